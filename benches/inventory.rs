//! Promise: evidence costs reading it, and a tree costs walking it.
//!
//! Bounds, in the same run: for a parser, the same bytes through a parser that keeps no places; for a tree, the walk alone; for memory, what
//! `serde_json` holds of the same file. `--rss KIND FILE` is this program measuring itself in a process of its own.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a bench talks to who runs it")]

#[path = "inventory/each.rs"]
mod each;
#[path = "inventory/evidence.rs"]
mod evidence;
mod input;
#[path = "inventory/memory.rs"]
mod memory;
mod ratio;
#[path = "inventory/tree.rs"]
mod tree;

use std::hint::black_box;

use criterion::{Criterion, Throughput};
use portcullis::inventory::{Detector, Input, detectors};
use portcullis::model::{Origin, TreePath};

fn main() {
    if memory::is_measured_process() {
        return;
    }
    let mut criterion = Criterion::default().sample_size(20).configure_from_args();
    parsers(&mut criterion);
    each::bench(&mut criterion);
    tree::bench(&mut criterion);
    large_lockfile(&mut criterion);
    evidence::bench(&mut criterion);
    memory::print();
}

/// Parses a file with the detector of this name.
fn parse(detector: &Detector, path: &str, bytes: &[u8]) -> usize {
    let origin = Origin::file(TreePath::new(path).expect("a path"));
    (detector.parse)(&Input { origin: &origin, bytes, companions: &[] }).packages.len()
}

fn detector(name: &str) -> &'static Detector {
    detectors().iter().copied().find(|detector| detector.name == name).expect("a detector of this name")
}

/// Parsers beside what only reads the same language.
fn parsers(criterion: &mut Criterion) {
    let npm = input::npm_lockfile(1_000);
    let cargo = input::cargo_lockfile(1_000);
    let pnpm = input::pnpm_lockfile(1_000);
    let mut group = criterion.benchmark_group("inventory");
    for (name, path, text) in [
        ("npm-lock", "package-lock.json", &npm),
        ("cargo-lock", "Cargo.lock", &cargo),
        ("pnpm-lock", "pnpm-lock.yaml", &pnpm),
    ] {
        group.throughput(Throughput::Bytes(text.len() as u64));
        let detector = detector(name);
        assert!(parse(detector, path, text.as_bytes()) >= 1_000, "{name} reads what the bench made");
        group.bench_function(name, |bencher| bencher.iter(|| parse(detector, path, black_box(text.as_bytes()))));
        group.bench_function(format!("{name}-bytes"), |bencher| {
            bencher.iter(|| std::str::from_utf8(black_box(text.as_bytes())).expect("text").lines().count());
        });
    }
    group.bench_function("serde_json", |bencher| {
        bencher.iter(|| serde_json::from_str::<serde_json::Value>(black_box(&npm)).expect("it is JSON"));
    });
    group.bench_function("cargo_lock-crate", |bencher| {
        bencher.iter(|| black_box(&cargo).parse::<cargo_lock::Lockfile>().expect("a Cargo.lock"));
    });
    group.finish();
    let ratio = |what: &str, subject: &str, bound: &str| {
        ratio::print(what, &format!("inventory/{subject}"), &[&format!("inventory/{bound}")]);
    };
    ratio("1,000-package npm lockfile with places to a plain JSON parse", "npm-lock", "serde_json");
    ratio("1,000-package Cargo.lock with places to the cargo-lock crate", "cargo-lock", "cargo_lock-crate");
    for name in ["npm-lock", "cargo-lock", "pnpm-lock"] {
        ratio(&format!("{name} to counting the lines of the same bytes"), name, &format!("{name}-bytes"));
    }
}

/// As the largest of monorepos have it.
fn large_lockfile(criterion: &mut Criterion) {
    let text = input::npm_lockfile(memory::PACKAGES);
    let mut group = criterion.benchmark_group("inventory-large");
    group.sample_size(10).throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("serde_json", |bencher| {
        bencher.iter(|| serde_json::from_str::<serde_json::Value>(black_box(&text)).expect("it is JSON"));
    });
    let npm = detector("npm-lock");
    group.bench_function("npm-lock", |bencher| {
        bencher.iter(|| parse(npm, "package-lock.json", black_box(text.as_bytes())));
    });
    group.finish();
    let size = text.len() / 1_000_000;
    ratio::print(
        &format!("package-lock.json of {size} MB to a plain JSON parse (goal 4)"),
        "inventory-large/npm-lock",
        &["inventory-large/serde_json"],
    );
}
