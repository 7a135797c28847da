//! OSV records as sources write them, good and bad.

use super::*;
use crate::record::{EventKind, Informational};

fn read(json: &str) -> Parsed {
    parse(json.as_bytes(), false).expect("a record")
}

fn one(affected: &str) -> Parsed {
    read(&format!(r#"{{"id":"X-1","affected":[{affected}]}}"#))
}

fn refused(json: &str) -> String {
    parse(json.as_bytes(), false).expect_err("no record").reason
}

#[test]
fn names_are_normalised_and_entries_united() {
    let parsed = one(r#"{"package":{"ecosystem":"PyPI","name":"Foo_Bar"},"versions":["1"]},
                        {"package":{"ecosystem":"PyPI","name":"foo.bar"},"versions":["2"]}"#);
    let (subject, affected) = parsed.record.affected.first_key_value().expect("one package");
    assert_eq!((subject.ecosystem.as_str(), subject.name.as_str()), ("PyPI", "foo-bar"));
    assert_eq!(affected.versions.iter().collect::<Vec<_>>(), ["1", "2"]);
}

#[test]
fn unknown_ecosystems_are_named() {
    let parsed = one(r#"{"package":{"ecosystem":"Klingon","name":"a"},"versions":["1"]}"#);
    assert_eq!((parsed.unknown_ecosystems.len(), parsed.record.affected.len()), (1, 0));
}

#[test]
fn commit_ranges_are_noted_not_kept() {
    let parsed = one(
        r#"{"package":{"ecosystem":"npm","name":"a"},"ranges":[{"type":"GIT","repo":"r","events":[{"introduced":"0"}]}]}"#,
    );
    let affected = parsed.record.affected.values().next().expect("one package");
    assert!(affected.has_commits && affected.ranges.is_empty());
}

#[test]
fn a_limit_of_star_is_no_limit() {
    let parsed = one(
        r#"{"package":{"ecosystem":"npm","name":"a"},"ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"limit":"*"}]}]}"#,
    );
    let range = parsed.record.affected.values().next().and_then(|affected| affected.ranges.first()).expect("a range");
    assert_eq!(range.iter().map(|event| event.kind).collect::<Vec<_>>(), [EventKind::Introduced]);
}

#[test]
fn a_range_without_a_beginning_is_said() {
    let parsed =
        one(r#"{"package":{"ecosystem":"npm","name":"a"},"ranges":[{"type":"SEMVER","events":[{"fixed":"1.0.0"}]}]}"#);
    assert!(parsed.warnings[0].contains("no `introduced`"), "{:?}", parsed.warnings);
}

#[test]
fn ratings_come_from_where_sources_put_them() {
    let check = |json: &str, expected: &[&str]| {
        let record = read(&format!(r#"{{"id":"X-1","affected":[],{json}}}"#)).record;
        assert_eq!(record.ratings.iter().map(String::as_str).collect::<Vec<_>>(), expected, "{json}");
    };
    check(r#""database_specific":{"severity":"MODERATE"}"#, &["word=medium"]);
    check(r#""database_specific":{"cvss_v3":"7.5","cvss_v2":5}"#, &["score/2=5.0", "score/3=7.5"]);
    check(r#""summary":"Important: a update""#, &["word=high"]);
    check(r#""summary":"Note: low""#, &[]);
    check(r#""severity":[{"type":"Ubuntu","score":"low"}]"#, &["word=low"]);
}

#[test]
fn a_bad_vector_is_said_and_the_record_kept() {
    let parsed = read(r#"{"id":"X-1","affected":[],"severity":[{"type":"CVSS_V3","score":"CVSS:3.1/AV:N/"}]}"#);
    assert!(parsed.warnings[0].contains("does not count"));
}

#[test]
fn year_one_is_no_date() {
    let record =
        read(r#"{"id":"X-1","affected":[],"modified":"0001-01-01T00:00:00Z","published":"2024-01-02T00:00:00Z"}"#)
            .record;
    assert_eq!((record.modified, record.published), (None, Some(1_704_153_600)));
}

#[test]
fn informational_kinds() {
    let parsed =
        one(r#"{"package":{"ecosystem":"crates.io","name":"a"},"database_specific":{"informational":"unmaintained"}}"#);
    assert_eq!(parsed.record.informational, Some(Informational::Unmaintained));
}

#[test]
fn links_start_with_the_advisory() {
    let record = read(r#"{"id":"X-1","affected":[],"references":[{"type":"WEB","url":"https://a"},{"type":"ADVISORY","url":"https://b"},{"url":"javascript:x"}]}"#).record;
    assert_eq!(record.links, ["https://b", "https://a"]);
}

#[test]
fn what_is_no_record() {
    assert!(refused("{").contains("not an OSV record"));
    assert!(refused(r#"{"affected":[]}"#).contains("id"));
    assert!(refused(r#"{"id":"a b","affected":[]}"#).contains("no advisory id"));
    assert!(refused(r#"{"id":"X-1","affected":{}}"#).contains("not an OSV record"));
}

#[test]
fn nulls_are_absent() {
    let parsed =
        read(r#"{"id":"X-1","aliases":null,"severity":null,"affected":null,"references":null,"withdrawn":null}"#);
    assert!(!parsed.record.withdrawn);
}
