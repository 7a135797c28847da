//! Peak memory of reading the largest lockfile, each reader in a process of its own.

use std::hint::black_box;
use std::process::Command;

use crate::{detector, input, parse};

/// Packages that make a lockfile of about 60 MB.
pub(crate) const PACKAGES: usize = 150_000;

const FLAG: &str = "--rss";

/// Measures and prints when this process was started for it.
pub(crate) fn is_measured_process() -> bool {
    let arguments: Vec<String> = std::env::args().collect();
    let Some(at) = arguments.iter().position(|argument| argument == FLAG) else { return false };
    let (kind, file) = (arguments[at + 1].as_str(), &arguments[at + 2]);
    let bytes = std::fs::read(file).expect("the file the bench wrote");
    match kind {
        "read" => drop(black_box(bytes)),
        "npm-lock" => drop(black_box(parse(detector("npm-lock"), "package-lock.json", &bytes))),
        other => panic!("no reader is called {other}"),
    }
    println!("{}", peak_kib());
    true
}

/// Prints the peaks, where the system tells them.
pub(crate) fn print() {
    let file = input::folder("inventory-memory").join("package-lock.json");
    let text = input::npm_lockfile(PACKAGES);
    std::fs::write(&file, &text).expect("target is writable");
    let measure = |kind: &str| -> Option<u64> {
        let program = std::env::current_exe().ok()?;
        let output = Command::new(program).arg(FLAG).arg(kind).arg(&file).output().ok()?;
        String::from_utf8(output.stdout).ok()?.trim().parse().ok()
    };
    let (Some(read), Some(parsed)) = (measure("read"), measure("npm-lock")) else {
        println!("ratio  memory of a large package-lock.json: not measured on this system");
        return;
    };
    let size = text.len() as f64 / 1024.0;
    println!(
        "ratio  memory of a package-lock.json of {:.0} MB to its size (goal 8): {:.2} ({} MiB, reading it alone {} MiB)",
        size / 1e3,
        parsed as f64 / size,
        parsed / 1024,
        read / 1024,
    );
}

/// `VmHWM` of Linux, the most this process ever held.
fn peak_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    line.and_then(|line| line.split_whitespace().nth(1)).and_then(|word| word.parse().ok()).unwrap_or_default()
}
