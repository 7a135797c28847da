//! What a process of its own takes: time, processor, memory. Read from `/proc`, so only on Linux.

use std::path::Path;
use std::process::{Command, Stdio};
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

/// Runs the program to its end.
pub(crate) fn run(arguments: &[&str]) -> Taken {
    let begun = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_portcullis"))
        .args(arguments)
        .args(["--now", "2026-08-25", "--fail-on", "none", "-f", "json"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::inherit())
        .spawn()
        .expect("the program starts");
    // Asked until it ends: its figures go with it. Seldom enough to cost nothing.
    let place = format!("/proc/{}", child.id());
    let (mut cpu, mut peak_mib) = (Duration::ZERO, 0);
    let status = loop {
        if let Some(status) = child.try_wait().expect("our own child") {
            break status;
        }
        cpu = cpu_of(Path::new(&place)).unwrap_or(cpu).max(cpu);
        peak_mib = peak_of(Path::new(&place)).unwrap_or(peak_mib).max(peak_mib);
        std::thread::sleep(Duration::from_millis(1));
    };
    let wall = begun.elapsed();
    assert!(status.success(), "{arguments:?} ended with {status}");
    Taken { wall, cpu, peak_mib }
}

/// The processor time of this process.
pub(crate) fn own_cpu() -> Duration {
    cpu_of(Path::new("/proc/self")).unwrap_or_default()
}

fn cpu_of(process: &Path) -> Option<Duration> {
    let text = std::fs::read_to_string(process.join("stat")).ok()?;
    // The name may hold spaces and brackets; what counts comes after the last one.
    let mut words = text.rsplit_once(')')?.1.split_whitespace().skip(11);
    let mut ticks = || words.next()?.parse::<u64>().ok();
    let sum = ticks()? + ticks()?;
    Some(Duration::from_millis(sum * 1000 / TICKS))
}

fn peak_of(process: &Path) -> Option<u64> {
    let text = std::fs::read_to_string(process.join("status")).ok()?;
    let line = text.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kib| kib / 1024)
}
