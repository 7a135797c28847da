//! The same three packages in every form of the database, as the real rpm lists them; and every form damaged.

mod manifests;

use insta::assert_snapshot;

use super::DETECTOR;
use crate::Parsed;
use crate::hostile::survives;
use crate::listing::{list, run, run_with};

const SQLITE: &[u8] = include_bytes!("../../../../../fixtures/installed/rpm/rpmdb.sqlite");
const WAL: &[u8] = include_bytes!("../../../../../fixtures/installed/rpm/rpmdb.sqlite-wal");
const NDB: &[u8] = include_bytes!("../../../../../fixtures/installed/rpm/Packages.db");
const BERKELEY: &[u8] = include_bytes!("../../../../../fixtures/installed/rpm/Packages");
const EXPECTED: &str = include_str!("../../../../../fixtures/installed/rpm/expected.txt");

const WAL_PATH: &str = "var/lib/rpm/rpmdb.sqlite-wal";

fn in_every_form() -> [Parsed; 3] {
    [
        run_with(&DETECTOR, "var/lib/rpm/rpmdb.sqlite", SQLITE, &[(WAL_PATH, WAL)]),
        run(&DETECTOR, "var/lib/rpm/Packages.db", NDB),
        run(&DETECTOR, "var/lib/rpm/Packages", BERKELEY),
    ]
}

#[test]
fn as_rpm_lists_them() {
    for parsed in in_every_form() {
        let shown = |package: &model::Package| {
            let epoch = package.purl().qualifier("epoch").unwrap_or("0").to_owned();
            format!("{} {epoch} {}", package.name, package.purl().version().unwrap_or_default())
        };
        let mut packages: Vec<String> = parsed.packages.iter().map(shown).collect();
        packages.sort();
        assert_eq!(packages, EXPECTED.lines().collect::<Vec<_>>());
        assert_eq!(parsed.problems, []);
    }
}

#[test]
fn every_fact() {
    let [mut parsed, ..] = in_every_form();
    parsed.owned_files.retain(|(_, path)| path.file_name() == b"file");
    assert_snapshot!(list(&parsed), @r"
    pkg:rpm/base@1.0-1.el9?arch=noarch&upstream=base-1.0-1.el9.src.rpm · source base 1.0-1.el9 · license MIT
    pkg:rpm/tool@3.1.4-5.el9?arch=noarch&epoch=2&upstream=tool-3.1.4-5.el9.src.rpm · source tool 2:3.1.4-5.el9 · license MIT · needs base
    pkg:rpm/later@0.9~rc1-1?arch=noarch&upstream=later-0.9~rc1-1.src.rpm · source later 0.9~rc1-1 · license MIT · needs tool
    file /usr/share/base/file of base
    file /usr/share/tool/file of tool
    file /usr/share/later/file of later
    ");
    assert_eq!(parsed.packages[1].version.as_deref(), Some("2:3.1.4-5.el9"));
}

#[test]
fn what_is_only_in_the_log_needs_the_log() {
    assert_eq!(run(&DETECTOR, "var/lib/rpm/rpmdb.sqlite", SQLITE).packages.len(), 2);
    let damaged = run_with(&DETECTOR, "var/lib/rpm/rpmdb.sqlite", SQLITE, &[(WAL_PATH, &WAL[..20])]);
    assert_eq!(damaged.packages.len(), 2);
    assert_snapshot!(damaged.problems[0].message, @r"the log beside the package database is too short: what is only in it is not read");
    // A frame that was never finished does not count.
    let cut = run_with(&DETECTOR, "var/lib/rpm/rpmdb.sqlite", SQLITE, &[(WAL_PATH, &WAL[..WAL.len() - 1])]);
    assert_eq!((cut.packages.len(), cut.problems.len()), (2, 0));
}

#[test]
fn damaged() {
    let check = |name: &str, bytes: &[u8]| {
        let mut parsed = run(&DETECTOR, &format!("var/lib/rpm/{name}"), bytes);
        parsed.owned_files.clear();
        list(&parsed)
    };
    assert_snapshot!(check("Packages", b""), @r"Error Unsupported: the package database is in no form that is known: nothing of it is read");
    assert_snapshot!(check("Packages", &BERKELEY[..BERKELEY.len() / 2]), @r"
    pkg:rpm/base@1.0-1.el9?arch=noarch&upstream=base-1.0-1.el9.src.rpm · source base 1.0-1.el9 · license MIT
    Error Truncated: the package database is shorter than it says: packages may be missing
    Error Shape: a package of the database is damaged, a page of its value is missing: it is not read
    Error Shape: a package of the database is damaged, its value is larger than the database: it is not read
    ");
    assert_snapshot!(check("Packages.db", &NDB[..NDB.len() - 200]), @r"
    pkg:rpm/base@1.0-1.el9?arch=noarch&upstream=base-1.0-1.el9.src.rpm · source base 1.0-1.el9 · license MIT
    pkg:rpm/tool@3.1.4-5.el9?arch=noarch&epoch=2&upstream=tool-3.1.4-5.el9.src.rpm · source tool 2:3.1.4-5.el9 · license MIT · needs base
    Error Shape: package number 3 of the NDB database is damaged: it is not read
    ");
    assert_snapshot!(check("rpmdb.sqlite", &SQLITE[..SQLITE.len() / 2]), @r"Error Shape: 2 pages or rows of the package database are damaged: packages may be missing");
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, "var/lib/rpm/rpmdb.sqlite", SQLITE);
    survives(&DETECTOR, "var/lib/rpm/Packages.db", NDB);
    survives(&DETECTOR, "var/lib/rpm/Packages", BERKELEY);
}
