//! Promise: a snapshot opens at once and a lookup decodes nothing. Absolute goals: open 20 µs, lookup 250 ns.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a bench talks to who runs it")]

mod input;
mod ratio;
mod snapshots;

use std::hint::black_box;

use criterion::Criterion;
use portcullis::advisory::Snapshot;
use portcullis::model::Ecosystem;
use snapshots::NAMES;

/// Names that a scan asks for at once.
const TOGETHER: usize = 32;

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
    let npm = Ecosystem::from_osv("npm").expect("an ecosystem");
    group.bench_function("find", |bencher| {
        bencher.iter(|| {
            at = (at + 7_919) % NAMES;
            let name = format!("package-{at}");
            let found = snapshot.find(&npm, &name).next().expect("it is there").expect("it is whole");
            black_box(found.ecosystem().len())
        });
    });
    group.bench_function("find-together", |bencher| {
        bencher.iter(|| {
            let names: [String; TOGETHER] = std::array::from_fn(|_| {
                at = (at + 7_919) % NAMES;
                format!("package-{at}")
            });
            snapshot.fetch(names.iter().map(|name| (&npm, name.as_str())));
            for name in &names {
                let found = snapshot.find(&npm, name).next().expect("it is there").expect("it is whole");
                black_box(found.ecosystem().len());
            }
        });
    });
    group.bench_function("bytes", |bencher| {
        bencher.iter(|| {
            at = (at + 7_919) % NAMES;
            let name = format!("package-{at}");
            let found = snapshot.find(&npm, &name).next().expect("it is there").expect("it is whole");
            black_box(found.bytes().map(|bytes| bytes.expect("it is whole").0.len()).sum::<usize>())
        });
    });
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
    ratio::print_time("making a name to ask, which is in all of these", "matching/format-a-name");
    ratio::print_time("a name is found, nothing of its records read (goal 250 ns), 250,000 names", "matching/find");
    ratio::print_share(
        "one of 32 names that are asked for together, as a scan does (goal 250 ns)",
        "matching/find-together",
        TOGETHER,
    );
    ratio::print_time("a name alone, and the bytes of its record reached", "matching/bytes");
    ratio::print_time("lookup of a name that is not there, version read", "matching/miss");
    ratio::print_time("lookup of a name with one record, decoded and compared, answer made", "matching/hit");
}
