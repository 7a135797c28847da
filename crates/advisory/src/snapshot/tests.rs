//! Damage of every kind: an error, never a panic, never another answer.

use std::sync::Arc;

use super::*;
use crate::build::{BuildOptions, build};
use crate::testing::{Folder, bytes_of, record, snapshot};

const RECORDS: [&str; 5] = [
    "GHSA-a = CVE-2020-1,X-9 % CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H # CWE-79 : npm a >=0 <2.0.0; b >=1.0.0 <=1.5.0 @9.0.0",
    "A-2 ^ CVE-2020-2 : Debian:12 c >=0 <1:2.0-3",
    "A-3 - 2024-01-01T00:00:00Z : npm a >=0",
    "A-4 : npm a >=0 <!3.0.0 | >=4.0.0",
    "A-5 : Hackage h >=0 <2 @1.0",
];

const QUESTIONS: [(&str, &str, &str); 7] = [
    ("npm", "a", "1.0.0"),
    ("npm", "a", "3.0.0"),
    ("npm", "b", "9.0.0"),
    ("npm", "c", "1.0.0"),
    ("Debian:12", "c", "1:1.0"),
    ("Debian", "c", "1:1.0"),
    ("Hackage", "h", "1.5"),
];

fn small() -> Vec<u8> {
    let folder = Folder::new();
    let from = [
        folder.write("records.jsonl", RECORDS.map(|line| record(line).to_string()).join("\n")),
        folder.write(
            "kev.json",
            r#"{"catalogVersion":"1","vulnerabilities":[{"cveID":"CVE-2020-1","dateAdded":"2021-12-10"}]}"#,
        ),
        folder.write("epss.csv", "CVE-2020-2,0.5,0.25\n"),
        folder.write(
            "endoflife.jsonl",
            r#"{"id":"debian","releases":[{"releaseCycle":"12","eol":"2026-07-11","eoes":true}]}"#,
        ),
    ];
    build(&from, &BuildOptions::default()).expect("a snapshot").0.bytes
}

#[test]
fn what_is_found_is_not_decoded() {
    let snapshot = Snapshot::from_bytes(small()).expect("whole");
    let found = |ecosystem: &str, name: &str| -> Vec<(String, usize)> {
        let ecosystem = model::Ecosystem::from_osv(ecosystem).expect("an ecosystem");
        let found: Vec<Stored<'_>> =
            snapshot.find(&ecosystem, name).collect::<Result<_, _>>().expect("nothing is damaged");
        found.iter().map(|stored| (stored.ecosystem().to_owned(), stored.bytes().count())).collect()
    };
    assert_eq!(found("npm", "a"), [("npm".to_owned(), 2)], "of three records one is withdrawn");
    assert_eq!(found("Debian:12", "c"), [("Debian:12".to_owned(), 1)]);
    assert_eq!(found("Debian:11", "c"), []);
    assert_eq!(found("npm", "c"), []);
    let npm = model::Ecosystem::from_osv("npm").expect("an ecosystem");
    let stored = snapshot.find(&npm, "b").next().expect("it is there").expect("whole");
    let (record, affected) = stored.bytes().next().expect("one record").expect("whole");
    let has = |bytes: &[u8], word: &[u8]| bytes.windows(word.len()).any(|window| window == word);
    assert!(has(record, b"GHSA-a") && has(affected, b"9.0.0") && !has(affected, b"2.0.0"));
}

type Answers = Vec<Result<String, String>>;

fn answers(snapshot: &Snapshot) -> Answers {
    let mut answers: Answers = QUESTIONS
        .iter()
        .map(|(ecosystem, name, version)| {
            snapshot
                .query(ecosystem, name, version)
                .map(|answer| format!("{answer:?}"))
                .map_err(|error| error.to_string())
        })
        .collect();
    for id in ["A-2", "CVE-2020-1", "X-9", "A-3", "NO-1"] {
        answers.push(snapshot.records(id).map(|records| format!("{records:?}")).map_err(|error| error.to_string()));
    }
    for (product, version) in [("debian", "12.1"), ("alpine", "3")] {
        let lifetime = snapshot.lifetime(product, version);
        answers.push(lifetime.map(|lifetime| format!("{lifetime:?}")).map_err(|error| error.to_string()));
    }
    for purl in ["pkg:npm/a@1.0.0", "pkg:deb/debian/c@1:1.0?distro=debian-12"] {
        let purl: model::Purl = purl.parse().expect("a purl");
        let package = model::Package::new(purl.name(), purl.clone(), "test");
        let answer = snapshot.match_package(&package);
        answers.push(answer.map(|answer| format!("{answer:?}")).map_err(|error| error.to_string()));
    }
    answers
}

#[test]
fn every_flipped_byte_is_an_error_or_changes_nothing() {
    let whole = small();
    let right = answers(&Snapshot::from_bytes(whole.clone()).expect("whole"));
    assert!(right.iter().all(Result::is_ok));
    for at in 0..whole.len() {
        for flip in [0x01, 0x80, 0xff] {
            let mut bytes = whole.clone();
            bytes[at] ^= flip;
            let Ok(snapshot) = Snapshot::from_bytes(bytes) else { continue };
            assert!(snapshot.verify().is_err(), "byte {at} is covered by no digest");
            for (answer, right) in answers(&snapshot).iter().zip(&right) {
                assert!(answer.is_err() || answer == right, "byte {at}: {answer:?} is not {right:?}");
            }
        }
    }
}

#[test]
fn every_shorter_or_longer_file_is_refused() {
    let whole = small();
    for length in 0..whole.len() {
        let error = Snapshot::from_bytes(whole[..length].to_vec()).expect_err("too short").to_string();
        assert!(!error.is_empty());
    }
    let longer = [whole.as_slice(), b"x"].concat();
    assert!(matches!(Snapshot::from_bytes(longer), Err(SnapshotError::Length { .. })));
}

#[test]
fn what_is_no_snapshot() {
    let refused = |bytes: &[u8]| Snapshot::from_bytes(bytes.to_vec()).expect_err("no snapshot").to_string();
    assert_eq!(refused(b""), "is no advisory snapshot; `portcullis db build` makes one of records");
    assert_eq!(refused(&[b'x'; 500]), "is no advisory snapshot; `portcullis db build` makes one of records");
    let mut newer = small();
    newer[8] = 9;
    assert_eq!(refused(&newer), "has format 9; this program reads format 2: build it again");
}

#[test]
fn a_file_is_mapped_and_outlives_its_replacement() {
    let folder = Folder::new();
    let path = folder.write("a.snapshot", small());
    let old = Snapshot::open(&path).expect("whole");
    crate::build::write(&bytes_of(&record("Z-1 : npm a >=0").to_string()), &path).expect("written");
    let new = Snapshot::open(&path).expect("whole");
    assert_eq!((old.info().records, new.info().records), (5, 1));
    old.verify().expect("whole");
    let empty = folder.write("empty", "");
    assert!(Snapshot::open(&empty).is_err());
    assert!(matches!(Snapshot::open(folder.path()), Err(SnapshotError::Io(_))));
    assert!(matches!(Snapshot::open(&folder.path().join("none")), Err(SnapshotError::Io(_))));
}

#[test]
fn many_threads_share_one() {
    let shared = Arc::new(Snapshot::from_bytes(small()).expect("whole"));
    let right = answers(&shared);
    let threads: Vec<_> = (0..4)
        .map(|_| {
            std::thread::spawn({
                let shared = Arc::clone(&shared);
                move || answers(&shared)
            })
        })
        .collect();
    threads.into_iter().for_each(|thread| assert_eq!(thread.join().expect("no panic"), right));
}

#[test]
fn what_it_says_of_itself() {
    let info = Snapshot::from_bytes(small()).expect("whole").info();
    assert_eq!((info.records, info.packages), (5, 4));
    assert_eq!(info.ecosystems, ["Debian:12", "Hackage", "npm"]);
    let snapshot = snapshot("A-1 : npm a >=0");
    let npm = model::Ecosystem::from_osv("npm").expect("known");
    assert_eq!((snapshot.mentions(&npm, "a").ok(), snapshot.mentions(&npm, "b").ok()), (Some(true), Some(false)));
}

proptest::proptest! {
    #[test]
    fn no_bytes_panic(changes in proptest::collection::vec((0usize..4000, proptest::num::u8::ANY), 1..12)) {
        let mut bytes = small();
        for (at, byte) in changes {
            let length = bytes.len();
            bytes[at % length] = byte;
        }
        if let Ok(snapshot) = Snapshot::from_bytes(bytes) {
            let _ = answers(&snapshot);
            let _ = snapshot.verify();
        }
    }

    #[test]
    fn values_round_trip(number: u64, text in ".*", texts in proptest::collection::btree_set(".{0,12}", 0..12), year in 0u16..3000, serial: u32) {
        let mut out = Vec::new();
        encode::number(&mut out, number);
        encode::text(&mut out, &text);
        encode::sorted_texts(&mut out, texts.iter().map(String::as_str));
        let cve = format!("CVE-{year}-{serial}");
        encode::id(&mut out, &cve);
        let mut cursor = cursor::Cursor::new(section::Kind::Texts, &out, 0);
        proptest::prop_assert_eq!(cursor.number().expect("whole"), number);
        proptest::prop_assert_eq!(cursor.text().expect("whole"), text);
        let mut read = Vec::new();
        cursor.sorted_texts(|text| { read.push(text.to_owned()); true }).expect("whole");
        proptest::prop_assert_eq!(read, texts.into_iter().collect::<Vec<_>>());
        proptest::prop_assert_eq!(cursor.id().expect("whole"), cve);
        proptest::prop_assert_eq!(cursor.position(), out.len());
    }
}
