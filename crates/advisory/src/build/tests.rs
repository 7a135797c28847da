//! What becomes of records: counted, named, united, and always the same bytes.

use model::Problem;

use super::*;
use crate::snapshot::Snapshot;
use crate::testing::{Folder, record};

fn build_lines(lines: &[&str], options: &BuildOptions) -> Result<(Built, Vec<Problem>), BuildError> {
    let folder = Folder::new();
    let path = folder.write("test.jsonl", lines.join("\n"));
    build(&[path], options)
}

fn shown(problems: &[Problem]) -> Vec<String> {
    let line = |problem: &Problem| problem.line.map(|line| format!("{line}: ")).unwrap_or_default();
    problems.iter().map(|problem| format!("{}{}", line(problem), problem.message)).collect()
}

#[test]
fn a_bad_record_costs_only_itself() {
    let good = record("A-1 : npm a >=0").to_string();
    let lines = [good.as_str(), "{", "", r#"{"id":"A B","affected":[]}"#, &good.replace("A-1", "A-2")];
    let (built, problems) = build_lines(&lines, &BuildOptions::default()).expect("a snapshot");
    assert_eq!((built.statistics.records, built.statistics.skipped), (2, 2));
    let shown = shown(&problems);
    assert!(shown[0].starts_with("2: not an OSV record") && shown[1].starts_with("4: "), "{shown:?}");
    let strict = BuildOptions { strict: true, ..BuildOptions::default() };
    let refused = build_lines(&lines, &strict).err().expect("strict").to_string();
    assert!(refused.contains("test.jsonl:2: not an OSV record"), "{refused}");
}

#[test]
fn unknown_ecosystems_and_warnings_are_told() {
    let lines = [r#"{"id":"A-1","affected":[{"package":{"ecosystem":"Klingon","name":"a"}}]}"#; 2];
    let (built, problems) = build_lines(&lines, &BuildOptions::default()).expect("a snapshot");
    assert_eq!(
        shown(&problems),
        ["2 entries speak of the ecosystem `Klingon`, of which nothing is known here, and are left out"]
    );
    assert_eq!(
        built.statistics.to_string(),
        "1 records of 0 packages, 1 of an id already seen, 1 without a package, 2 entries of unknown ecosystems left out"
    );
}

#[test]
fn nothing_is_an_error() {
    assert!(matches!(build_lines(&["", "{"], &BuildOptions::default()), Err(BuildError::Empty { because: Some(_) })));
    assert!(matches!(build(&["does/not/exist".into()], &BuildOptions::default()), Err(BuildError::Missing { .. })));
}

#[test]
fn the_order_of_input_does_not_matter() {
    let lines: Vec<String> =
        (0..60).map(|n| record(&format!("A-{n} = C-{n} : npm p{} >=0 <{n}.0.0 @{n}", n % 7)).to_string()).collect();
    let mut forward: Vec<&str> = lines.iter().map(String::as_str).collect();
    let first = build_lines(&forward, &BuildOptions::default()).expect("a snapshot").0.bytes;
    forward.reverse();
    forward.push(lines[3].as_str());
    let second = build_lines(&forward, &BuildOptions::default()).expect("a snapshot").0.bytes;
    assert!(first == second);
}

#[test]
fn of_equal_ids_the_newest_counts_for_each_package() {
    let old = record("A-1 : npm a >=0 <9.0.0; b >=0 <9.0.0").to_string();
    let new = record("A-1 : npm a >=0 <2.0.0").to_string().replace("2024-01-02", "2024-03-04");
    let twin = record("A-1 : npm a >=3.0.0 <4.0.0").to_string().replace("2024-01-02", "2024-03-04");
    let bytes = build_lines(&[&new, &old, &twin], &BuildOptions::default()).expect("a snapshot").0.bytes;
    let snapshot = Snapshot::from_bytes(bytes).expect("whole");
    let affected = |name, version| !snapshot.query("npm", name, version).expect("whole").ids.is_empty();
    assert!(affected("a", "1.0.0") && affected("a", "3.5.0") && affected("b", "5.0.0"));
    assert!(!affected("a", "2.0.0") && !affected("a", "5.0.0"));
    assert_eq!(snapshot.info().records, 1);
}

#[test]
fn sources_have_names_licences_and_dates() {
    let folder = Folder::new();
    let first = folder.write("one.jsonl", record("A-1 : npm a >=0").to_string());
    let second = folder.write("npm/all.jsonl", record("B-1 : npm a >=0").to_string());
    let facts =
        SourceFacts { input: "one".to_owned(), name: "The One".to_owned(), license: Some("CC0-1.0".to_owned()) };
    let options = BuildOptions { sources: vec![facts], ..BuildOptions::default() };
    let (built, _) = build(&[first, second], &options).expect("a snapshot");
    let info = Snapshot::from_bytes(built.bytes).expect("whole").info();
    let shown: Vec<(&str, u64, Option<&str>)> =
        info.sources.iter().map(|source| (source.name.as_str(), source.records, source.license.as_deref())).collect();
    assert_eq!(shown, [("The One", 1, Some("CC0-1.0")), ("npm", 1, None)]);
    assert_eq!(info.newest.to_string(), "2024-01-02T00:00:00Z");
}

#[test]
fn limits_are_named() {
    let line = record("A-1 : npm a >=0").to_string();
    let limits = Limits { record_bytes: 40, ..Limits::default() };
    let short = BuildOptions { limits, ..BuildOptions::default() };
    let good = r#"{"id":"A-2","affected":[]}"#;
    let (_, problems) = build_lines(&[&line, good], &short).expect("a snapshot");
    assert_eq!(shown(&problems)[0], "1: the record is longer than the limit of 40 bytes");
    let few = BuildOptions { limits: Limits { records: 1, ..Limits::default() }, ..BuildOptions::default() };
    assert!(matches!(build_lines(&[&line, good], &few), Err(BuildError::TooLarge(_))));
    let many = vec!["{"; 30];
    let kept = Limits { problems: 5, ..Limits::default() };
    let (_, problems) =
        build_lines(&[many, vec![good]].concat(), &BuildOptions { limits: kept, ..BuildOptions::default() })
            .expect("a snapshot");
    assert_eq!((problems.len(), problems[5].message.as_str()), (6, "26 more problems were counted but not kept"));
}

#[test]
fn writing_replaces_whole_files() {
    let folder = Folder::new();
    let path = folder.write("a.snapshot", "old");
    write(b"new", &path).expect("written");
    assert_eq!(std::fs::read(&path).expect("there"), b"new");
    assert_eq!(std::fs::read_dir(folder.path()).expect("there").count(), 1);
    assert!(matches!(write(b"new", &folder.path().join("no/such/folder")), Err(BuildError::Write { .. })));
}

#[test]
fn vectors_are_lent_to_records_of_the_same_cve_that_have_none() {
    let vector = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H";
    let rated = record(&format!("GHSA-a = CVE-2020-1 % {vector} : npm a >=0 <9.0.0")).to_string();
    let check = |other: &str, expected: &str| {
        let other = record(other).to_string();
        let bytes = build_lines(&[&rated, &other], &BuildOptions::default()).expect("a snapshot").0.bytes;
        let snapshot = Snapshot::from_bytes(bytes).expect("whole");
        let found = snapshot.record("OWN-1").expect("whole").expect("it is there");
        assert_eq!(format!("{} {}", found.severity, found.ratings.join(" ")).trim(), expected);
        assert!(snapshot.query("PyPI", "a", "5").expect("whole").ids.is_empty(), "ranges are never lent");
    };
    check("OWN-1 = CVE-2020-1 : PyPI a >=0 <2", &format!("high lent/GHSA-a={vector}"));
    check("OWN-1 ^ CVE-2020-1 : PyPI a >=0 <2", &format!("high lent/GHSA-a={vector}"));
    check("OWN-1 = CVE-2020-1,CVE-2020-2 : PyPI a >=0 <2", "unknown");
    check("OWN-1 = CVE-2020-2 : PyPI a >=0 <2", "unknown");
    check("OWN-1 = CVE-2020-1 % low : PyPI a >=0 <2", "low word=low");
}
