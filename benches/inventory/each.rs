//! Every reader on its fixtures, beside counting the lines of the same bytes.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Duration;

use criterion::{Criterion, Throughput};
use portcullis::inventory::{ClaimTable, Input, detectors};
use portcullis::model::{Origin, TargetKind, TreePath};

use crate::ratio;

/// A fixture with the place it would have in a target.
type File = (Origin, Vec<u8>);

pub(crate) fn bench(criterion: &mut Criterion) {
    let files = files_of_readers();
    let mut group = criterion.benchmark_group("inventory-each");
    group.sample_size(10).warm_up_time(Duration::from_millis(50)).measurement_time(Duration::from_millis(200));
    for detector in detectors() {
        let Some(files) = files.get(detector.name) else { continue };
        group.throughput(Throughput::Bytes(size(files)));
        let parse = |(origin, bytes): &File| {
            (detector.parse)(&Input { origin, bytes: black_box(bytes), companions: &[] }).packages.len()
        };
        group.bench_function(detector.name, |bencher| bencher.iter(|| files.iter().map(parse).sum::<usize>()));
        group.bench_function(format!("{}-bytes", detector.name), |bencher| {
            let lines = |(_, bytes): &File| black_box(bytes).iter().filter(|byte| **byte == b'\n').count();
            bencher.iter(|| files.iter().map(lines).sum::<usize>());
        });
    }
    group.finish();
    for detector in detectors() {
        match files.get(detector.name) {
            Some(files) => print(detector.name, size(files)),
            None => println!(
                "parser {}: no fixture in a file of its own; `inventory` and `inventory-evidence` measure npm, Cargo, JAR and rpm",
                detector.name
            ),
        }
    }
}

fn print(name: &str, bytes: u64) {
    let mean = |bench: &str| ratio::mean(&format!("inventory-each/{bench}"));
    let (Some(own), Some(bound)) = (mean(name), mean(&format!("{name}-bytes"))) else { return };
    #[expect(clippy::cast_precision_loss, reason = "fixtures are small")]
    let speed = bytes as f64 / own * 1e3;
    println!("parser {name}: {speed:.1} MB/s of {bytes} bytes, {:.1} times counting their lines", own / bound);
}

fn size(files: &[File]) -> u64 {
    files.iter().map(|(_, bytes)| bytes.len() as u64).sum()
}

/// The fixtures each reader claims where they lie, or by their names alone.
fn files_of_readers() -> BTreeMap<&'static str, Vec<File>> {
    let tables = [TargetKind::Directory, TargetKind::Image].map(|kind| (kind, ClaimTable::new(kind, true)));
    let mut files: BTreeMap<&'static str, Vec<File>> = BTreeMap::new();
    for root in ["lockfiles", "installed"].map(|folder| testkit::workspace().join("fixtures").join(folder)) {
        for file in files_below(&root) {
            let inside = file.strip_prefix(&root).expect("it is below").display().to_string();
            let name = inside.rsplit('/').next().unwrap_or(&inside).to_owned();
            let bytes = std::fs::read(&file).expect("a fixture");
            let mut known = Vec::new();
            for (kind, table) in &tables {
                for place in [&inside, &name] {
                    let path = if *kind == TargetKind::Image { TreePath::rooted(place) } else { TreePath::new(place) };
                    let path = path.expect("a path of the repository");
                    let new = table.route(&path, false).detectors.into_iter().map(|id| id.detector().name);
                    for reader in new.filter(|reader| !known.contains(reader)).collect::<Vec<_>>() {
                        known.push(reader);
                        files.entry(reader).or_default().push((Origin::file(path.clone()), bytes.clone()));
                    }
                }
            }
        }
    }
    for (reader, path, text) in made() {
        let origin = Origin::file(TreePath::rooted(path).expect("a path"));
        files.entry(reader).or_default().push((origin, text.into_bytes()));
    }
    files
}

/// What has no fixture in a file: databases of 500 packages, and single packages.
fn made() -> [(&'static str, &'static str, String); 5] {
    let debian =
        |at| format!("Package: p{at}\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1.{at}-1\n\n");
    let alpine = |at| format!("P:p{at}\nV:1.{at}-r0\nA:x86_64\nL:MIT\no:p{at}\n\n");
    let all = |stanza: &dyn Fn(u32) -> String| (0..500).map(stanza).collect::<String>();
    let node = r#"{"name": "a", "version": "1.0.0", "license": "MIT", "dependencies": {"b": "^1.0.0"}}"#;
    let python = "Metadata-Version: 2.1\nName: a\nVersion: 1.0\nLicense: MIT\nRequires-Dist: b\n\nText.\n";
    [
        ("dpkg", "var/lib/dpkg/status", all(&debian)),
        ("opkg", "usr/lib/opkg/status", all(&debian)),
        ("apk", "lib/apk/db/installed", all(&alpine)),
        ("node-installed", "app/node_modules/a/package.json", node.to_owned()),
        ("python-installed", "usr/lib/python3/dist-packages/a-1.0.dist-info/METADATA", python.to_owned()),
    ]
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder of fixtures").flatten().map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}
