//! Promise: a 1,000-package npm lockfile is scanned, cold, in about the time a process needs to start.
//! Bound: starting and ending this same program without work, and the smallest program of the system.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a bench talks to who runs it")]

mod input;
mod ratio;

use std::path::Path;
use std::process::{Command, Stdio};

use criterion::Criterion;

fn main() {
    let mut criterion = Criterion::default().sample_size(50).configure_from_args();
    let folder = input::folder("end-to-end");
    // Without their addresses, as npm can be told to write them, packages are of the public registry, and matched.
    let lockfile = input::npm_lockfile(1_000);
    let public: Vec<&str> = lockfile.lines().filter(|line| !line.contains("\"resolved\"")).collect();
    std::fs::write(folder.join("package-lock.json"), public.join("\n")).expect("target is writable");
    let program = Path::new(env!("CARGO_BIN_EXE_portcullis"));
    let mut group = criterion.benchmark_group("end-to-end");
    group.bench_function("empty-process", |bencher| bencher.iter(|| run(Command::new("true"))));
    group.bench_function("own-start", |bencher| bencher.iter(|| run(with(program, &["--version"]))));
    group.bench_function("npm-lockfile", |bencher| {
        bencher.iter(|| {
            run(with(program, &["scan", "--now", "2026-08-25", "--fail-on", "none", &folder.display().to_string()]));
        });
    });
    group.bench_function("demo", |bencher| {
        let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/demo").display().to_string();
        bencher.iter(|| run(with(program, &["scan", "--now", "2026-08-25", "--fail-on", "none", &demo])));
    });
    group.finish();
    ratio::print(
        "1,000-package npm lockfile, cold, to an empty process",
        "end-to-end/npm-lockfile",
        &["end-to-end/empty-process"],
    );
    ratio::print("the same to this program's own start", "end-to-end/npm-lockfile", &["end-to-end/own-start"]);
    ratio::print_time("the whole demo, cold", "end-to-end/demo");
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
