//! Processors dealt to the threads of one scan.
//!
//! Linux wakes a thread beside the one that wakes it unless it knows of an idle processor, and in a virtual machine it often does not:
//! a processor that halted is one that the host took away, as far as the guest can tell (`vcpu_is_preempted`). Two threads then take
//! turns on one processor until the loads are balanced, some ten milliseconds later, which may be half of a scan. So each keeps to
//! processors of its own. Where there are more of them than threads, each has several to be placed on.

/// Those that this process may use, by number, in ascending order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Processors(Vec<usize>);

impl Processors {
    /// The ones that the calling thread may use. `None` where that cannot be told, or there is one.
    #[cfg(target_os = "linux")]
    pub(super) fn allowed() -> Option<Processors> {
        use rustix::thread::CpuSet;
        let set = rustix::thread::sched_getaffinity(None).ok()?;
        let all: Vec<usize> = (0..CpuSet::MAX_CPU).filter(|number| set.is_set(*number)).collect();
        (all.len() > 1).then_some(Processors(all))
    }

    /// Nobody deals them elsewhere.
    #[cfg(not(target_os = "linux"))]
    pub(super) fn allowed() -> Option<Processors> {
        None
    }

    /// The share of thread `at` of so many: every processor is somebody's, and nobody is without one.
    fn share(&self, at: usize, threads: usize) -> Processors {
        let hands = threads.clamp(1, self.0.len());
        Processors(self.0.iter().copied().skip(at % hands).step_by(hands).collect())
    }

    /// The calling thread keeps to its share, thread `at` of so many. A kernel that does not allow it goes on as before.
    pub(super) fn deal(&self, at: usize, threads: usize) {
        self.share(at, threads).keep();
    }

    /// The calling thread, and each that it starts from here on, may run on these.
    #[cfg(target_os = "linux")]
    pub(super) fn keep(&self) {
        let mut set = rustix::thread::CpuSet::new();
        self.0.iter().for_each(|number| set.set(*number));
        let _ = rustix::thread::sched_setaffinity(None, &set);
    }

    #[cfg(not(target_os = "linux"))]
    #[allow(clippy::unused_self, reason = "of the same form everywhere")]
    pub(super) fn keep(&self) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(all: &[usize], threads: usize, shares: &[&[usize]]) {
        let all = Processors(all.to_vec());
        let dealt: Vec<Vec<usize>> = (0..threads).map(|at| all.share(at, threads).0).collect();
        assert_eq!(dealt, shares);
    }

    #[test]
    fn each_has_its_own_as_far_as_they_go() {
        check(&[0, 1], 2, &[&[0], &[1]]);
        check(&[0, 1], 1, &[&[0, 1]]);
        check(&[2, 3, 7], 2, &[&[2, 7], &[3]]);
        check(&[4, 5], 3, &[&[4], &[5], &[4]]);
        check(&[0, 1, 2, 3, 4], 2, &[&[0, 2, 4], &[1, 3]]);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_thread_keeps_to_its_share_and_is_let_go() {
        std::thread::spawn(|| {
            let Some(all) = Processors::allowed() else { return };
            let threads = all.0.len();
            all.deal(1, threads);
            assert_eq!(Processors::allowed(), None, "one is left");
            let inherited = std::thread::spawn(Processors::allowed).join().expect("it only looks");
            assert_eq!(inherited, None, "who is started keeps to it too");
            all.keep();
            assert_eq!(Processors::allowed(), Some(all));
        })
        .join()
        .expect("no assertion fails");
    }
}
