//! Lists of attacks: read, joined to records, shown with findings.

use model::{Package, Purl};

use super::*;
use crate::build::{BuildOptions, build};
use crate::snapshot::Snapshot;
use crate::testing::{Folder, record};

const KEV_JSON: &str = r#"{"title":"t","catalogVersion":"2025.08.25","dateReleased":"2025-08-25T17:04:19.9796Z","count":1,
    "vulnerabilities":[{"cveID":"CVE-2021-44228","dateAdded":"2021-12-10","knownRansomwareCampaignUse":"Known"}]}"#;
const EPSS_CSV: &str = "#model_version:v2025.03.14,score_date:2026-08-22T12:55:00Z\ncve,epss,percentile\n\
    CVE-2021-44228,0.94358,0.99957\nCVE-2020-1,0.00042,0.05\n";

#[test]
fn joined_to_records_and_shown_with_their_dates() {
    let folder = Folder::new();
    let records = ["A-1 = CVE-2021-44228 : npm a >=0", "A-2 = CVE-2020-1 : npm a >=0", "A-3 : npm a >=0"];
    let from = [
        folder.write("records.jsonl", records.map(|line| record(line).to_string()).join("\n")),
        folder.write("known_exploited_vulnerabilities.json", KEV_JSON),
        folder.write("epss_scores-current.csv", EPSS_CSV),
    ];
    let (built, problems) = build(&from, &BuildOptions::default()).expect("a snapshot");
    assert!(problems.is_empty(), "{problems:?}");
    let snapshot = Snapshot::from_bytes(built.bytes).expect("whole");
    let info = snapshot.info();
    assert_eq!((info.records, info.newest.to_string().as_str()), (3, "2024-01-02T00:00:00Z"));
    let purl: Purl = "pkg:npm/a@1.0.0".parse().expect("a purl");
    let answer = snapshot.match_package(&Package::new("a", purl, "test")).expect("whole");
    let shown: Vec<String> = answer
        .findings
        .iter()
        .map(|finding| format!("{} {:?} {:?}", finding.rule, finding.evidence.get("kev"), finding.evidence.get("epss")))
        .collect();
    insta::assert_snapshot!(shown.join("\n"), @r#"
    A-3 None None
    CVE-2020-1 None Some(Object {"id": String("CVE-2020-1"), "score": Number(0.00042), "percentile": Number(0.05), "as_of": String("2026-08-22")})
    CVE-2021-44228 Some(Array [Object {"id": String("CVE-2021-44228"), "ransomware": Bool(true), "added": String("2021-12-10"), "as_of": String("2025-08-25")}]) Some(Object {"id": String("CVE-2021-44228"), "score": Number(0.94358), "percentile": Number(0.99957), "as_of": String("2026-08-22")})
    "#);
    let sources: Vec<String> =
        info.sources.iter().map(|source| format!("{} {} {:?}", source.name, source.records, source.newest)).collect();
    insta::assert_snapshot!(sources.join("\n"), @r"
    records 3 Some(2024-01-02T00:00:00Z)
    CISA KEV 1 Some(2025-08-25T17:04:19Z)
    EPSS 2 Some(2026-08-22T00:00:00Z)
    ");
}

#[test]
fn distributions_mention_what_they_fix() {
    let mut threats = Threats::default();
    threats.take_kev(KEV_JSON.as_bytes()).expect("a catalogue");
    let record = Record { related: ["CVE-2021-44228".to_owned()].into(), ..Record::default() };
    assert_eq!((threats.of(&record, true).len(), threats.of(&record, false).len()), (1, 0));
}

#[test]
fn the_newest_list_counts() {
    let mut threats = Threats::default();
    threats.take_epss(EPSS_CSV).expect("a table");
    threats.take_epss(&EPSS_CSV.replace("2026-08-22", "2026-08-21").replace("0.94358", "0.1")).expect("a table");
    assert_eq!(
        threats.threat("CVE-2021-44228").and_then(|threat| threat.predicted).map(|predicted| predicted.score),
        Some(943_580)
    );
}

#[test]
fn damaged_lists_are_named() {
    let mut threats = Threats::default();
    let refused = |outcome: Result<(), String>| outcome.expect_err("damaged");
    assert!(refused(threats.take_kev(br#"{"catalogVersion":"1"}"#)).contains("vulnerabilities"));
    assert_eq!(
        refused(threats.take_epss("CVE-2020-1,0.5,0.5\nCVE-2020-2,1.5,0.5")),
        "line 2 is no `cve,epss,percentile`"
    );
}

#[test]
fn the_shared_catalogue_is_read() {
    let Some(path) = testkit::shared("conformance/kev/known_exploited_vulnerabilities.json") else { return };
    let json = std::fs::read(path).expect("it is there");
    assert!(is_kev(&json));
    let list = kev::parse(&json).expect("a catalogue");
    assert_eq!((list.entries.len(), list.date), (1404, Some(1_756_141_459)));
    assert!(list.entries.values().all(|entry| entry.added.is_some()));
}
