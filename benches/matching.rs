//! Promise: a snapshot opens at once and a lookup decodes nothing. Absolute goals: open 20 µs, lookup 250 ns.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a bench talks to who runs it")]

mod input;
mod ratio;
mod snapshots;

use std::hint::black_box;

use criterion::Criterion;
use portcullis::advisory::Snapshot;
use snapshots::NAMES;

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let path = snapshots::large();
    let snapshot = Snapshot::open(&path).expect("it was just built");
    let mut group = criterion.benchmark_group("matching");
    group.bench_function("read-header", |bencher| {
        bencher.iter(|| {
            use std::io::Read as _;
            let mut head = [0; 4096];
            std::fs::File::open(&path).expect("it is there").read_exact(&mut head).expect("it is longer");
            black_box(head)
        });
    });
    group.bench_function("open", |bencher| bencher.iter(|| black_box(Snapshot::open(&path).expect("it is whole"))));
    let mut at = 0;
    group.bench_function("hit", |bencher| {
        bencher.iter(|| {
            at = (at + 7_919) % NAMES;
            black_box(snapshot.query("npm", &format!("package-{at}"), "1.5.0").expect("it is whole"))
        });
    });
    group.bench_function("miss", |bencher| {
        bencher.iter(|| {
            at = (at + 7_919) % NAMES;
            black_box(snapshot.query("npm", &format!("absent-{at}"), "1.5.0").expect("it is whole"))
        });
    });
    group.bench_function("format-a-name", |bencher| {
        bencher.iter(|| {
            at = (at + 7_919) % NAMES;
            black_box(format!("absent-{at}"))
        });
    });
    group.finish();
    ratio::print("snapshot open to reading its first page", "matching/open", &["matching/read-header"]);
    ratio::print_time("snapshot open", "matching/open");
    ratio::print_time("lookup of a name that is not there, 250,000 names", "matching/miss");
    ratio::print_time("lookup of a name with one record, version compared, 250,000 names", "matching/hit");
}
