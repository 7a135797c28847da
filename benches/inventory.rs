//! Promise: a lockfile costs reading it. Bound: the same bytes through a JSON parser that keeps no places.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a bench talks to who runs it")]

mod input;
mod ratio;

use std::hint::black_box;

use criterion::{Criterion, Throughput};
use portcullis::inventory::{Input, detectors};
use portcullis::model::{Origin, TreePath};

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let text = input::npm_lockfile(1_000);
    let origin = Origin::file(TreePath::new("package-lock.json").expect("a path"));
    let detector = detectors().iter().find(|detector| detector.name == "npm-lock").expect("npm lockfiles are read");
    let mut group = criterion.benchmark_group("inventory");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("serde_json", |bencher| {
        bencher.iter(|| serde_json::from_str::<serde_json::Value>(black_box(&text)).expect("it is JSON"));
    });
    group.bench_function("npm-lock", |bencher| {
        let input = Input { origin: &origin, bytes: text.as_bytes(), companions: &[] };
        bencher.iter(|| black_box((detector.parse)(&input)));
    });
    group.finish();
    ratio::print(
        "1,000-package npm lockfile with places to a plain JSON parse",
        "inventory/npm-lock",
        &["inventory/serde_json"],
    );
}
