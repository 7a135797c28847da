//! What a process of its own takes: time, processor, memory. Read from `/proc`, so only on Linux.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

/// What one run took.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Taken {
    pub(crate) wall: Duration,
    pub(crate) cpu: Duration,
    pub(crate) peak_mib: u64,
}

/// Ticks of the processor times in `/proc`, a second: what Linux says on every architecture.
const TICKS: u64 = 100;

/// How often the memory of a run is looked at. Each look takes from the cores that are measured.
const LOOK: Duration = Duration::from_millis(20);

/// Runs the program to its end.
pub(crate) fn run(arguments: &[&str]) -> Taken {
    let (begun, before) = (Instant::now(), cpu_of_children());
    // What `cargo xtask dist` built, for instance.
    let program = std::env::var("PORTCULLIS_PROGRAM").unwrap_or_else(|_| env!("CARGO_BIN_EXE_portcullis").to_owned());
    let mut child = Command::new(program)
        .args(arguments)
        .args(["--now", "2026-08-25", "--fail-on", "none", "-f", "json"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::inherit())
        .spawn()
        .expect("the program starts");
    let place = format!("/proc/{}", child.id());
    let (ended, wait) = channel::<()>();
    let looking = thread::spawn(move || {
        let mut peak = 0;
        // The figure only grows; what comes within the last look is missed.
        while wait.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout) {
            peak = peak_of(Path::new(&place)).unwrap_or_default().max(peak);
        }
        peak
    });
    let status = child.wait().expect("our own child");
    let wall = begun.elapsed();
    drop(ended);
    let peak_mib = looking.join().expect("it only reads");
    assert!(status.success(), "{arguments:?} ended with {status}");
    Taken { wall, cpu: cpu_of_children().saturating_sub(before), peak_mib }
}

/// The processor time of this process.
pub(crate) fn own_cpu() -> Duration {
    cpu(11).unwrap_or_default()
}

/// The processor time of all processes that this one started and that ended.
fn cpu_of_children() -> Duration {
    cpu(13).unwrap_or_default()
}

/// Time in the program and in the system, which stand one behind the other.
fn cpu(at: usize) -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The name may hold spaces and brackets; what counts comes after the last one.
    let mut words = text.rsplit_once(')')?.1.split_whitespace().skip(at);
    let mut ticks = || words.next()?.parse::<u64>().ok();
    let sum = ticks()? + ticks()?;
    Some(Duration::from_millis(sum * 1000 / TICKS))
}

fn peak_of(process: &Path) -> Option<u64> {
    let text = std::fs::read_to_string(process.join("status")).ok()?;
    let line = text.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kib| kib / 1024)
}
