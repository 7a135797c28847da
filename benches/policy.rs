//! Promise: judging a document by every built-in policy costs little more than evaluating each once; finding the
//! smallest cause is part of it. Bound: reading the document.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a bench talks to who runs it")]

mod input;
mod ratio;

use std::hint::black_box;

use criterion::Criterion;
use portcullis::model::{Cancel, Document, Format, Origin, TreePath};
use portcullis::{Config, Scanner, document};

const GOOD: &str =
    "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: ledger\ndata:\n  mode: fast\n";

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let scanner =
        Scanner::new(Config::new(input::NOW.parse().expect("a date"))).expect("the built-in policies compile");
    let policies = scanner.policies();
    let bad = read(input::DEPLOYMENT);
    let good = read(GOOD);
    let found = policies.evaluate(&bad, &Cancel::new());
    println!("policy  {} rules, {} findings in the failing deployment", policies.rules().len(), found.findings.len());
    let mut group = criterion.benchmark_group("policy");
    group.bench_function("read", |bencher| bencher.iter(|| black_box(read(input::DEPLOYMENT))));
    group.bench_function("clean", |bencher| bencher.iter(|| black_box(policies.evaluate(&good, &Cancel::new()))));
    group.bench_function("failing", |bencher| bencher.iter(|| black_box(policies.evaluate(&bad, &Cancel::new()))));
    group.finish();
    ratio::print(
        "all policies on a failing deployment, causes found, to reading it",
        "policy/failing",
        &["policy/read"],
    );
    ratio::print_time("all policies on a clean object", "policy/clean");
    ratio::print_time("all policies on a failing deployment, causes found", "policy/failing");
}

fn read(text: &str) -> Document {
    let origin = Origin::file(TreePath::new("deployment.yaml").expect("a path"));
    let (mut documents, problems) =
        document::parse(Format::Yaml, &origin, text.as_bytes(), &document::Limits::default());
    assert!(problems.is_empty(), "{problems:?}");
    documents.remove(0)
}
