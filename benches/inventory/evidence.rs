//! Installed evidence: a JAR of 5,000 entries, an rpm database of 1,000 packages.

use std::hint::black_box;
use std::io::{Cursor, Write as _};
use std::path::Path;
use std::process::Command;

use criterion::{Criterion, Throughput};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::{detector, input, parse, ratio};

pub(crate) fn bench(criterion: &mut Criterion) {
    let jar = jar(5_000);
    let mut group = criterion.benchmark_group("inventory-evidence");
    group.throughput(Throughput::Bytes(jar.len() as u64));
    let java = detector("java-archive");
    group.bench_function("jar", |bencher| bencher.iter(|| assert_eq!(parse(java, "app.jar", black_box(&jar)), 1)));
    group.bench_function("jar-directory", |bencher| {
        bencher.iter(|| zip::ZipArchive::new(Cursor::new(black_box(&jar))).expect("an archive").len());
    });
    if let Some(database) = database() {
        let rpm = detector("rpm");
        let path = "var/lib/rpm/rpmdb.sqlite";
        group.throughput(Throughput::Bytes(database.len() as u64));
        assert!(parse(rpm, path, &database) >= 1_000);
        group.bench_function("rpm", |bencher| bencher.iter(|| parse(rpm, path, black_box(&database))));
        group.bench_function("rpm-bytes", |bencher| {
            bencher.iter(|| black_box(&database).iter().fold(0_u64, |sum, byte| sum.wrapping_add(u64::from(*byte))));
        });
    } else {
        println!("the rpm database is not measured: python3 is needed to make it");
    }
    group.finish();
    ratio::print("JAR of 5,000 entries to opening it", "inventory-evidence/jar", &["inventory-evidence/jar-directory"]);
    ratio::print(
        "rpm database of 1,000 packages to summing its bytes",
        "inventory-evidence/rpm",
        &["inventory-evidence/rpm-bytes"],
    );
    ratio::print_time("rpm database of 1,000 packages", "inventory-evidence/rpm");
}

fn jar(entries: usize) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: String, content: &[u8]| {
        writer.start_file(name, SimpleFileOptions::default()).expect("a new entry");
        writer.write_all(content).expect("memory takes all");
    };
    add(
        "META-INF/maven/org.example/tool/pom.properties".to_owned(),
        b"groupId=org.example\nartifactId=tool\nversion=1.0\n",
    );
    (1..entries).for_each(|at| add(format!("org/example/tool/Class{at}.class"), &[0xca; 500]));
    writer.finish().expect("memory takes all").into_inner()
}

/// The database of the fixtures, its packages as often as it takes: SQLite itself writes it.
fn database() -> Option<Vec<u8>> {
    const SCRIPT: &str = "\
import sqlite3, sys, shutil
shutil.copy(sys.argv[1] + '/rpmdb.sqlite', sys.argv[2]); shutil.copy(sys.argv[1] + '/rpmdb.sqlite-wal', sys.argv[2] + '-wal')
db = sqlite3.connect(sys.argv[2])
blobs = [row[0] for row in db.execute('select blob from Packages')]
db.executemany('insert into Packages (blob) values (?)', [(blobs[at % len(blobs)],) for at in range(1000)])
db.commit(); db.execute('pragma wal_checkpoint(truncate)'); db.execute('pragma journal_mode=delete'); db.close()
";
    let made = input::folder("inventory-rpm").join("rpmdb.sqlite");
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/installed/rpm");
    let status = Command::new("python3").arg("-c").arg(SCRIPT).arg(fixtures).arg(&made).status().ok()?;
    if status.success() { std::fs::read(made).ok() } else { None }
}
