//! A tree of 20,000 files with 50 lockfiles, beside the walk alone.

use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};

use criterion::Criterion;
use ignore::DirEntry;
use portcullis::model::Cancel;
use portcullis::{Config, Scanner, ScannerKind, Scanners, Source};

use crate::{input, ratio};

const FILES: usize = 20_000;
const LOCKFILES: usize = 50;

pub(crate) fn bench(criterion: &mut Criterion) {
    let root = make();
    let mut group = criterion.benchmark_group("inventory-tree");
    group.sample_size(20);
    group.bench_function("walk", |bencher| {
        bencher.iter(|| assert!(walk(&root, |entry| is_file(entry.metadata())) >= FILES));
    });
    group.bench_function("names", |bencher| {
        bencher.iter(|| {
            let is_file = |entry: &DirEntry| entry.file_type().is_some_and(|kind| kind.is_file());
            assert!(walk(&root, is_file) >= FILES);
        });
    });
    let now = input::NOW.parse().expect("a date");
    let mut config = Config::new(now);
    // Packages are found and matched; documents are not judged.
    config.scanners = Scanners::new([ScannerKind::Vulnerability]).expect("one scanner");
    config.builtin_policies = false;
    let scanner = Scanner::new(config).expect("the configuration is valid");
    let source = [Source::detect(&root)];
    group.bench_function("scan", |bencher| {
        bencher.iter(|| {
            let report = scanner.scan(&source, &Cancel::new()).expect("a tree");
            assert!(report.targets[0].packages.len() >= LOCKFILES);
        });
    });
    group.finish();
    ratio::print(
        "tree of 20,000 files with 50 lockfiles to the walk alone, which looks at every file (goal 1.3)",
        "inventory-tree/scan",
        &["inventory-tree/walk"],
    );
    ratio::print("the same to a walk that reads names only", "inventory-tree/scan", &["inventory-tree/names"]);
}

/// The crate that walks for the scan too, on as many threads.
fn walk(root: &Path, is_file: impl Fn(&DirEntry) -> bool + Sync) -> usize {
    let count = std::sync::atomic::AtomicUsize::new(0);
    let walker = ignore::WalkBuilder::new(root).standard_filters(false).threads(2).build_parallel();
    walker.run(|| {
        Box::new(|entry| {
            let is_file = entry.is_ok_and(|entry| is_file(&entry));
            count.fetch_add(usize::from(is_file), std::sync::atomic::Ordering::Relaxed);
            ignore::WalkState::Continue
        })
    });
    count.into_inner()
}

/// Whoever wants programs wherever they lie must look at the metadata of every file: only that says what may be executed.
fn is_file(metadata: Result<Metadata, ignore::Error>) -> bool {
    metadata.is_ok_and(|metadata| metadata.is_file())
}

fn make() -> PathBuf {
    let root = input::folder("inventory-tree");
    let mark = root.join("made");
    if mark.exists() {
        return root;
    }
    for at in 0..FILES {
        let folder = root.join(format!("src/{}/{}", at % 20, at % 400));
        fs::create_dir_all(&folder).expect("target is writable");
        fs::write(folder.join(format!("file{at}.c")), "int x;\n".repeat(at % 200)).expect("target is writable");
    }
    for at in 0..LOCKFILES {
        let folder = root.join(format!("src/{}/{}", at % 20, at));
        fs::create_dir_all(&folder).expect("target is writable");
        fs::write(folder.join("package-lock.json"), input::npm_lockfile(20)).expect("target is writable");
    }
    fs::write(mark, "").expect("target is writable");
    root
}
