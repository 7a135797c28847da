//! Records to answers.

use super::*;
use crate::testing::snapshot;

/// Asks `ECOSYSTEM NAME VERSION` of records and compares `ids; undecided ids`.
fn check(records: &str, question: &str, expected: &str) {
    let answer = ask(records, question);
    let undecided: Vec<&str> = answer.undecided.iter().map(|undecided| undecided.id.as_str()).collect();
    let shown = match undecided.as_slice() {
        [] => answer.ids.join(" "),
        list => format!("{} ? {}", answer.ids.join(" "), list.join(" ")),
    };
    assert_eq!(shown.trim(), expected, "{question}");
}

fn ask(records: &str, question: &str) -> QueryAnswer {
    let words: Vec<&str> = question.split(' ').collect();
    let [ecosystem, name, version] = words.as_slice() else { panic!("three words: {question}") };
    snapshot(records).query(&ecosystem.replace('+', " "), name, version).expect("a whole snapshot")
}

#[test]
fn ranges_and_lists_are_united() {
    let records = "A-1 : npm a >=0 <1.2.0 | >=2.0.0 <=2.1.0 @3.0.0";
    check(records, "npm a 1.1.9", "A-1");
    check(records, "npm a 1.2.0-rc.1", "A-1");
    check(records, "npm a 1.2.0", "");
    check(records, "npm a 2.0.0", "A-1");
    check(records, "npm a 2.1.0", "A-1");
    check(records, "npm a 2.1.1", "");
    check(records, "npm a 3.0.0", "A-1");
    check(records, "npm b 1.0.0", "");
}

#[test]
fn zero_is_before_everything() {
    check("A-1 : Go example.com/a >=0 <1.0.0", "Go example.com/a v0.0.0-20200101000000-abcdefabcdef", "A-1");
    check("A-1 : Debian:12 a >=0 <1.0", "Debian:12 a 0~~git1", "A-1");
    check("A-1 : Debian:12 a >=0 <0", "Debian:12 a 0~~git1", "");
}

#[test]
fn equal_spellings_are_equal() {
    check("A-1 : PyPI a @1.0", "PyPI A 1.0.0", "A-1");
    check("A-1 : PyPI A_b.c >=0 <2", "PyPI a-B-C 1", "A-1");
    check("A-1 : crates.io a-b >=0 <2.0.0", "crates.io a_b 1.0.0", "A-1");
}

#[test]
fn names_are_exact_where_the_ecosystem_is() {
    check("A-1 : npm JSONStream >=0", "npm jsonstream 1.0.0", "");
    check("A-1 : npm JSONStream >=0", "npm JSONStream 1.0.0", "A-1");
}

#[test]
fn withdrawn_records_never_match() {
    check("A-1 - 2024-02-01T00:00:00Z : npm a >=0", "npm a 1.0.0", "");
}

#[test]
fn what_cannot_be_read_is_undecided() {
    check("A-1 : npm a >=0 <1.0.0", "npm a banana", "? A-1");
    check("A-1 : npm a >=0 <1.0.0 @banana", "npm a banana", "A-1");
    check("A-1 : npm a @1.0.0", "npm a banana", "? A-1");
    check("A-1 : npm a >=0", "npm a banana", "A-1");
    check("A-1 : npm a >=0 <banana", "npm a 1.0.0", "? A-1");
    check("A-1 : npm a >=0 <banana @1.0.0", "npm a 1.0.0", "A-1");
    check("A-1 : npm a >=1.0.0 <1.0.0", "npm a banana", "");
    let answer = ask("A-1 : npm a >=0 <1.0.0", "npm a banana");
    assert!(answer.undecided[0].reason.contains("`banana`"), "{}", answer.undecided[0].reason);
}

#[test]
fn commits_and_nothing_are_said() {
    check("A-1 : npm a commits", "npm a 1.0.0", "? A-1");
    check("A-1 : npm a commits @1.0.0", "npm a 2.0.0", "");
    check("A-1 : npm a", "npm a 1.0.0", "? A-1");
}

#[test]
fn releases_are_apart() {
    let records = "A-1 : Debian:11 a >=0 <2\nA-2 : Debian:12 a >=0 <3\nA-3 : Debian a >=0 <4";
    check(records, "Debian:11 a 1", "A-1 A-3");
    check(records, "Debian:12 a 1", "A-2 A-3");
    check(records, "Debian:12 a 3", "A-3");
}

#[test]
fn an_unknown_release_is_never_clean() {
    let records = "A-1 : Debian:11 a >=0 <2\nA-2 : Debian:12 a >=0 <3";
    check(records, "Debian a 1", "? A-1 A-2");
    check(records, "Debian a 2", "? A-2");
    let answer = ask(records, "Debian a 1");
    assert!(answer.undecided[0].reason.contains("Debian:11"), "{}", answer.undecided[0].reason);
    assert_eq!(ask(records, "Debian b 1").outcome, MatchOutcome::NoSource);
    assert_eq!(ask(records, "Debian:13 a 1").outcome, MatchOutcome::NoSource);
}

#[test]
fn releases_of_several_spellings() {
    check("A-1 : Ubuntu:22.04:LTS a >=0 <2", "Ubuntu:22.04 a 1", "A-1");
    check("A-1 : Red+Hat:enterprise_linux:9::baseos a >=0 <2", "Red+Hat:9 a 1", "A-1");
}

#[test]
fn groups_by_name_and_never_across_ecosystems() {
    let records = "GHSA-1 = CVE-2020-1 : npm a >=0 <2.0.0\nA-1 = GHSA-1 : npm a >=0 <3.0.0\nB-1 : npm a >=0\n\
                   P-1 = CVE-2020-1 : PyPI a >=0 <9";
    let answer = ask(records, "npm a 1.0.0");
    let groups: Vec<String> = answer.groups.iter().map(|ids| ids.join(" ")).collect();
    assert_eq!(groups, ["GHSA-1 A-1", "B-1"]);
    check(records, "npm a 2.5.0", "A-1 B-1");
    check(records, "npm a 8.0.0", "B-1");
}

/// Matches a purl against records and shows the outcome and each finding.
fn findings(records: &str, purl: &str, change: impl FnOnce(&mut Package)) -> String {
    let purl: model::Purl = purl.parse().expect("a purl");
    let mut package = Package::new(purl.name(), purl.clone(), "test");
    change(&mut package);
    let answer = snapshot(records).match_package(&package).expect("a whole snapshot");
    let mut shown = format!("{:?}", answer.outcome);
    for (finding, rule) in answer.findings.iter().zip(&answer.rules) {
        assert_eq!(finding.rule, rule.id);
        let score = finding.score.map(|score| format!(" {score}")).unwrap_or_default();
        shown += &format!(
            "\n{} {} {}{score} [{}] {}\n  {}\n  {}",
            finding.rule,
            finding.class.name(),
            finding.severity,
            finding.aliases.join(" "),
            rule.title,
            finding.message,
            finding.remedy.as_deref().unwrap_or_default()
        );
    }
    for undecided in &answer.undecided {
        shown += &format!("\n? {}: {}", undecided.id, undecided.reason);
    }
    shown
}

const V31: &str = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H";

#[test]
fn a_group_is_one_finding_named_by_its_cve() {
    let records = format!(
        "GHSA-a = CVE-2020-2 % {V31} # CWE-1321 : npm a >=0 <1.5.0 | >=2.0.0 <2.3.0\nNSWG-1 = CVE-2020-2 : npm a >=0 <1.6.0"
    );
    insta::assert_snapshot!(findings(&records, "pkg:npm/a@1.0.0", |_| {}), @r"
    Matched
    CVE-2020-2 vulnerability high 7.5 [GHSA-a NSWG-1] CVE-2020-2: prototype pollution
      a 1.0.0 is affected by CVE-2020-2 (prototype pollution). Fixed in 1.6.0, 2.3.0.
      Upgrade a to 1.6.0, or to 2.3.0 on a later line.
    ");
}

#[test]
fn malicious_and_unmaintained_are_their_own_classes() {
    insta::assert_snapshot!(findings("MAL-2024-1 = GHSA-x : npm a @1.0.0", "pkg:npm/a@1.0.0", |_| {}), @r"
    Matched
    MAL-2024-1 malicious critical [GHSA-x] MAL-2024-1: malicious package
      a 1.0.0 is a malicious package (MAL-2024-1).
      Remove a, and change every secret that was within its reach.
    ");
    insta::assert_snapshot!(findings("RUSTSEC-1 ! unmaintained : crates.io a >=0", "pkg:cargo/a@1.0.0", |_| {}), @r"
    Matched
    RUSTSEC-1 unmaintained unknown [] RUSTSEC-1: unmaintained package
      a 1.0.0 is no longer maintained (RUSTSEC-1).
      Replace a with something that is maintained.
    ");
}

#[test]
fn distributions_speak_of_the_source() {
    let source = |package: &mut Package| {
        package.source =
            Some(Box::new(model::SourcePackage { name: "openssl".to_owned(), version: "1.0-2".to_owned() }));
    };
    let records = "DSA-1 ^ CVE-2020-1,CVE-2020-2 : Debian:12 openssl >=0 <1.0-3\nDEBIAN-CVE-2020-1 ^ CVE-2020-1 : Debian:12 openssl >=0";
    insta::assert_snapshot!(findings(records, "pkg:deb/debian/libssl3@1.0-2%2Bb1?distro=debian-12", source), @r"
    Matched
    CVE-2020-1 vulnerability unknown [DEBIAN-CVE-2020-1] CVE-2020-1: known vulnerability
      libssl3 1.0-2+b1 (as openssl 1.0-2) is affected by CVE-2020-1. No fixed version is known.
      No version of libssl3 with a fix is known: replace it, or waive the finding with a reason.
    DSA-1 vulnerability unknown [] DSA-1: known vulnerability
      libssl3 1.0-2+b1 (as openssl 1.0-2) is affected by DSA-1. Fixed in 1.0-3.
      Upgrade libssl3 to 1.0-3 or later.
    ");
}

#[test]
fn another_spelling_is_not_told() {
    let django =
        findings("A-1 : PyPI django-x >=0", "pkg:pypi/django-x@1.0", |package| package.name = "Django_X".to_owned());
    assert!(django.contains("Django_X 1.0 is affected by A-1."), "{django}");
}

#[test]
fn what_is_not_matched_is_said() {
    let records = "A-1 : npm a >=0 <2.0.0\nA-2 : npm a >=0 <3.0.0";
    let git = |package: &mut Package| package.provenance = Provenance::Git("https://example.com/a".to_owned());
    assert_eq!(findings(records, "pkg:npm/a@1.0.0", git), "NotPublic");
    assert_eq!(findings(records, "pkg:cargo/a@1.0.0", |_| {}), "NoSource");
    assert_eq!(findings(records, "pkg:generic/a@1.0.0", |_| {}), "NoSource");
    assert_eq!(findings(records, "pkg:npm/b", |_| {}), "Matched");
    insta::assert_snapshot!(findings(records, "pkg:npm/a", |_| {}), @r"
    NoVersion
    ? A-1 and 1 other advisories: no version is known
    ");
    insta::assert_snapshot!(findings("A-1 : Debian:12 a >=0 <2", "pkg:deb/debian/a@1", |_| {}), @r"
    Matched
    ? A-1: the release of the distribution is not known; it may be affected in Debian:12
    ");
}

#[test]
fn stacked_snapshots_are_one() {
    let (public, own) =
        (snapshot("GHSA-1 = CVE-2020-1 : npm a >=0 <2.0.0"), snapshot("OWN-1 = CVE-2020-1 : npm a >=0 <3.0.0"));
    let answer = query(&[&public, &own], "npm", "a", "1.0.0").expect("whole snapshots");
    assert_eq!((answer.ids.len(), answer.groups.len()), (2, 1));
    let purl: model::Purl = "pkg:npm/a@1.0.0".parse().expect("a purl");
    let answer = match_package(&[&public, &own], &Package::new("a", purl, "test")).expect("whole snapshots");
    assert_eq!(answer.findings[0].fixed_in, ["3.0.0"]);
}

#[test]
fn why_and_why_not() {
    let records =
        "A-1 = CVE-2020-1 : npm a >=0 <1.0.0 | >=2.0.0 <2.5.0\nA-2 = CVE-2020-1 - 2024-01-01T00:00:00Z : npm a >=0";
    let why = |purl: &str, id: &str| {
        let purl: model::Purl = purl.parse().expect("a purl");
        let reasonings = snapshot(records).why(&Package::new(purl.name(), purl.clone(), "test"), id).expect("whole");
        let ranges = |reasoning: &Reasoning| reasoning.ranges.iter().map(|range| range.holds).collect::<Vec<_>>();
        let shown = reasonings.iter().map(|one| format!("{} {} {:?}: {}", one.id, one.answer, ranges(one), one.reason));
        shown.collect::<Vec<_>>().join("; ")
    };
    let inside = "A-1 affected [Some(false), Some(true)]: the version lies in a range of the record";
    assert_eq!(why("pkg:npm/a@2.4.0", "CVE-2020-1"), inside);
    let outside = "A-1 not-affected [Some(false), Some(false)]: no range holds the version and no list has it";
    assert_eq!(why("pkg:npm/a@3.0.0", "A-1"), outside);
    assert_eq!(why("pkg:npm/a@3.0.0", "A-2"), "A-2 withdrawn []: the source has taken the record back");
    assert!(why("pkg:npm/a@banana", "A-1").starts_with("A-1 undecided [None, None]: "));
    assert_eq!(why("pkg:npm/b@3.0.0", "A-1"), "");
}

#[test]
fn every_comparison_is_shown() {
    let records = "A-1 = CVE-2020-1 : PyPI a-b >=1.0 <=2.5 | >=3.0 <banana";
    let purl: model::Purl = "pkg:pypi/a-b@2.6".parse().expect("a purl");
    let mut package = Package::new("A_b", purl, "test");
    let reasonings = snapshot(records).why(&package, "CVE-2020-1").expect("whole");
    let steps = |at: usize| {
        let range = &reasonings[0].ranges[at];
        let steps =
            range.steps.iter().map(|s| format!("{} {} {} {} {}", s.bound, s.version, s.relation, s.other, s.holds));
        (range.holds, steps.collect::<Vec<_>>().join(", "))
    };
    assert_eq!(steps(0), (Some(false), "introduced 2.6 > 1.0 true, last_affected 2.6 > 2.5 false".to_owned()));
    assert_eq!(steps(1), (None, String::new()));
    assert_eq!(reasonings[0].name_from, "the spelling under which PyPI takes A_b for the same name");
    package.name = "a-b".to_owned();
    let again = snapshot(records).why(&package, "A-1").expect("whole");
    assert_eq!(
        (again[0].name_from.as_str(), &again[0].aliases[..]),
        ("the package's own name", &["CVE-2020-1".to_owned()][..])
    );
}

#[test]
fn sources_that_disagree_are_shown() {
    let records =
        "GHSA-1 = CVE-2020-1 : npm a >=0 <2.0.0\nOWN-1 = CVE-2020-1 : npm a >=0 <3.0.0\nOWN-2 : npm a >=0 <1.0.0";
    insta::assert_snapshot!(findings(records, "pkg:npm/a@2.5.0", |_| {}), @r"
    Matched
    CVE-2020-1 vulnerability unknown [OWN-1] CVE-2020-1: known vulnerability
      a 2.5.0 is affected by CVE-2020-1. Fixed in 3.0.0. Sources disagree: GHSA-1 (test) does not count this version.
      Upgrade a to 3.0.0 or later.
    ");
    assert!(!findings(records, "pkg:npm/a@1.5.0", |_| {}).contains("disagree"), "both count it");
    let purl: model::Purl = "pkg:npm/a@2.5.0".parse().expect("a purl");
    let answer = snapshot(records).match_package(&Package::new("a", purl, "test")).expect("whole");
    let expected = serde_json::json!([{"id": "GHSA-1", "source": "test", "ecosystem": "npm",
        "affected": [{"introduced": "0", "fixed": "2.0.0"}]}]);
    assert_eq!(answer.findings[0].evidence["disagreeing"], expected);
}

#[test]
fn modules_are_told_apart() {
    let line = |id: &str, summary: &str, fixed: &str| {
        serde_json::json!({"id": id, "modified": "2024-01-02T00:00:00Z", "summary": summary, "affected": [{
            "package": {"ecosystem": "AlmaLinux:8", "name": "nodejs"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": fixed}]}],
        }]})
        .to_string()
    };
    let lines = [
        line("ALSA-1", "Important: nodejs:18 security update", "1:18.20.2-1.module_el8.9.0+3776"),
        line("ALSA-2", "Red Hat Security Advisory: nodejs:20 security update", "1:20.12.2-2.module_el8.9.0+3775"),
        line("ALSA-3", "Moderate: nodejs security update", "1:99-1.el8"),
    ];
    let snapshot = Snapshot::from_bytes(crate::testing::bytes_of(&lines.join("\n"))).expect("whole");
    let ids = |label: &str| {
        let purl = format!("pkg:rpm/almalinux/nodejs@1:18.20.2-1.module_el8.9.0%2B3776?distro=almalinux-8{label}");
        let package = Package::new("nodejs", purl.parse().expect("a purl"), "test");
        let found = snapshot.match_package(&package).expect("whole").findings;
        found.iter().map(|finding| finding.rule.to_string()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(ids("&rpmmod=nodejs:18:8090020240301:abc"), "ALSA-3");
    assert_eq!(ids("&rpmmod=nodejs:16:8090020240301:abc"), "ALSA-3", "no record is about the stream 16");
    assert_eq!(ids(""), "ALSA-2 ALSA-3", "better a doubtful finding than silence");
    let purl = "pkg:rpm/almalinux/nodejs@1:18.1-1?distro=almalinux-8&rpmmod=nodejs:18:1:a";
    let package = Package::new("nodejs", purl.parse().expect("a purl"), "test");
    let why = snapshot.why(&package, "ALSA-2").expect("whole");
    assert_eq!((why[0].answer, why[0].reason.contains("nodejs:20")), ("not-affected", true));
}
