//! Promise: a 1,000-package npm lockfile is scanned, cold, in about the time a process needs to start.
//! Bound: the smallest program of the system, and starting and ending this same program without work. Goals: at most 10 ms and
//! five times the smallest program, with a snapshot of 250,000 names.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a bench talks to who runs it")]

mod input;
mod ratio;
mod snapshots;

use std::path::Path;
use std::process::{Command, Stdio};

use criterion::Criterion;

/// Of so many packages of the lockfile one has a record in the made snapshots, which affects about half of them.
const ONE_IN: usize = 10;

fn main() {
    let mut criterion = Criterion::default().sample_size(50).configure_from_args();
    let folder = input::folder("end-to-end");
    let name = |at: usize| if at.is_multiple_of(ONE_IN) { format!("package-{}", at * 97) } else { format!("p{at}") };
    // Without their addresses, as npm can be told to write them, packages are of the public registry, and matched.
    let lockfile = input::npm_lockfile_of(1_000, name);
    let public: Vec<&str> = lockfile.lines().filter(|line| !line.contains("\"resolved\"")).collect();
    std::fs::write(folder.join("package-lock.json"), public.join("\n")).expect("target is writable");
    // What `cargo xtask dist` built, for instance.
    let program = std::env::var("PORTCULLIS_PROGRAM").unwrap_or_else(|_| env!("CARGO_BIN_EXE_portcullis").to_owned());
    let program = Path::new(&program);
    let source = folder.display().to_string();
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/demo").display().to_string();
    let (large, malicious) =
        (snapshots::large().display().to_string(), snapshots::with_malicious().display().to_string());
    let mut group = criterion.benchmark_group("end-to-end");
    group.bench_function("empty-process", |bencher| bencher.iter(|| run(Command::new("true"))));
    group.bench_function("own-start", |bencher| bencher.iter(|| run(with(program, &["--version"]))));
    group.bench_function("npm-lockfile", |bencher| bencher.iter(|| run(scan(program, &[&source, "--db", &large]))));
    group.bench_function("malicious", |bencher| bencher.iter(|| run(scan(program, &[&source, "--db", &malicious]))));
    group.bench_function("embedded", |bencher| bencher.iter(|| run(scan(program, &[&source]))));
    group.bench_function("demo", |bencher| bencher.iter(|| run(scan(program, &[&demo]))));
    group.finish();
    let lockfiles = [
        ("1,000-package npm lockfile, cold, snapshot of 250,000 names", "end-to-end/npm-lockfile"),
        ("the same with 210,000 malicious packages beside them", "end-to-end/malicious"),
        ("the same with the embedded snapshot", "end-to-end/embedded"),
    ];
    for (what, id) in lockfiles {
        ratio::print_time(what, id);
        ratio::print(&format!("{what}, to an empty process"), id, &["end-to-end/empty-process"]);
        ratio::print(&format!("{what}, to this program's own start"), id, &["end-to-end/own-start"]);
    }
    ratio::print_time("the whole demo, cold", "end-to-end/demo");
}

fn scan(program: &Path, arguments: &[&str]) -> Command {
    let mut command = with(program, &["scan", "--now", "2026-08-14", "--fail-on", "none"]);
    command.args(arguments);
    command
}

fn with(program: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments);
    command
}

fn run(mut command: Command) {
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().expect("it starts");
    assert!(status.success(), "{command:?} ended with {status}");
}
