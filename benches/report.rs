//! Promise: writing SARIF costs about what writing the same findings as plain JSON costs.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a bench talks to who runs it")]

mod input;
mod ratio;

use std::hint::black_box;
use std::io;

use criterion::Criterion;
use portcullis::model::Report;
use portcullis::report::{self, Format, Options};
use portcullis::{Cancel, Config, Scanner, Source};

const FINDINGS: usize = 5_000;

fn main() {
    let mut criterion = Criterion::default().sample_size(20).configure_from_args();
    let report = large_report();
    let mut group = criterion.benchmark_group("report");
    for format in [Format::Json, Format::Sarif, Format::Text] {
        group.bench_function(format.name(), |bencher| {
            bencher.iter(|| {
                report::write(black_box(&report), format, &Options::default(), &mut io::sink())
                    .expect("a sink takes all");
            });
        });
    }
    group.finish();
    ratio::print("SARIF to plain JSON", "report/sarif", &["report/json"]);
    ratio::print("text to plain JSON", "report/text", &["report/json"]);
}

/// The report of a real scan, its findings repeated at other places.
fn large_report() -> Report {
    let folder = input::folder("report");
    std::fs::write(folder.join("package-lock.json"), input::npm_lockfile(50)).expect("target is writable");
    std::fs::write(folder.join("deployment.yaml"), input::DEPLOYMENT).expect("target is writable");
    let scanner =
        Scanner::new(Config::new(input::NOW.parse().expect("a date"))).expect("the built-in policies compile");
    let mut report = scanner.scan(&[Source::detect(&folder)], &Cancel::new()).expect("the folder is there");
    let findings = &mut report.targets[0].findings;
    assert!(!findings.is_empty(), "the bench needs findings to repeat");
    let some: Vec<_> = findings.clone();
    findings.extend(some.iter().cycle().take(FINDINGS).cloned());
    report
}
