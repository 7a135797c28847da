//! What waivers say and what they cover.

use jiff::civil::{Date, date};
use model::{Coverage, Finding, FindingClass, Location, Severity, Status, Target, TargetKind, TreePath};
use proptest::prelude::*;

use super::{Waiver, WaiverError, apply_waivers};

const TODAY: Date = date(2026, 11, 23);

fn parse_waivers(text: &str) -> Result<Vec<Waiver>, WaiverError> {
    super::parse_waivers(text, "portcullis.toml", false)
}

/// A file that whoever wrote the scanned code also wrote.
fn parse_planted(text: &str) -> Vec<Waiver> {
    super::parse_waivers(text, "sub/portcullis.toml", true).expect("a valid file")
}

fn finding(rule: &str, package: Option<&str>, path: &str) -> Finding {
    let class = if package.is_some() { FindingClass::Vulnerability } else { FindingClass::Policy };
    let mut finding = Finding::new(rule.parse().expect("a rule id"), class, Severity::High, "A message.");
    finding.package = package.map(|purl| purl.parse().expect("a purl"));
    finding.locations = vec![Location::file(TreePath::try_from(path.to_owned()).expect("a path"))];
    finding
}

fn lodash() -> Finding {
    let mut lodash = finding("CVE-2020-8203", Some("pkg:npm/lodash@4.17.4?vcs_url=x"), "web/package-lock.json");
    lodash.aliases = vec!["GHSA-p6mc-m468-83gw".to_owned()];
    lodash
}

fn target(findings: Vec<Finding>) -> Target {
    Target {
        kind: TargetKind::Directory,
        name: "services/web".to_owned(),
        digest: None,
        platform: None,
        os: None,
        layers: Vec::new(),
        coverage: Coverage::default(),
        packages: Vec::new(),
        findings,
        problems: Vec::new(),
        efficiency: None,
    }
}

fn parse(text: &str) -> Vec<Waiver> {
    parse_waivers(text).unwrap_or_else(|error| panic!("{text}\n{error}"))
}

/// Whether one waiver, given by its lines beside the reason, covers a finding.
fn covers(lines: &str, finding: Finding) -> bool {
    let waivers = parse(&format!("[[ignore]]\nreason = \"seen\"\n{lines}"));
    let mut targets = [target(vec![finding])];
    let problems = apply_waivers(&mut targets, &waivers, TODAY);
    let suppressed = targets[0].findings[0].status == Status::Suppressed;
    assert_eq!(suppressed, problems.is_empty(), "an unused waiver is a note: {problems:?}");
    suppressed
}

#[test]
fn rules_and_aliases() {
    assert!(covers("id = 'CVE-2020-8203'", lodash()));
    assert!(covers("id = 'ghsa-P6MC-m468-83gw'", lodash()));
    assert!(!covers("id = 'CVE-2020-820'", lodash()));
    assert!(covers("id = 'CVE-2020-*'", lodash()));
    let policy = finding("kubernetes/run-as-root", None, "deploy/web.yaml");
    assert!(covers("id = 'kubernetes/*'", policy.clone()));
    assert!(!covers("id = 'docker*'", policy));
}

#[test]
fn packages() {
    for glob in [
        "pkg:npm/lodash",
        "pkg:npm/lodash@4.17.4",
        "pkg:npm/lodash@4.17.4?vcs_url=x",
        "pkg:NPM/lodash",
        "pkg:npm/*",
        "pkg:npm/lodash@4.*",
        "pkg:{npm,pypi}/lodash",
    ] {
        assert!(covers(&format!("id = 'CVE-2020-8203'\npackages = ['{glob}']"), lodash()), "{glob}");
    }
    for glob in ["pkg:npm/lodash@4.17.5", "pkg:pypi/lodash", "pkg:npm/loda", "pkg:npm/lodash@5.*"] {
        assert!(!covers(&format!("id = 'CVE-2020-8203'\npackages = ['{glob}']"), lodash()), "{glob}");
    }
    let scoped = finding("CVE-1", Some("pkg:npm/%40babel/core@7.0.0"), "package-lock.json");
    assert!(covers("id = 'CVE-1'\npackages = ['pkg:npm/@babel/core']", scoped.clone()));
    assert!(covers("id = 'CVE-1'\npackages = ['pkg:npm/@babel/*']", scoped));
    let policy = finding("kubernetes/run-as-root", None, "deploy/web.yaml");
    assert!(!covers("id = 'kubernetes/*'\npackages = ['pkg:*']", policy));
}

#[test]
fn paths() {
    for glob in ["web/package-lock.json", "./web/package-lock.json", "/web/*", "web/", "**/package-lock.json", "**"] {
        assert!(covers(&format!("id = 'CVE-2020-8203'\npaths = ['{glob}']"), lodash()), "{glob}");
    }
    for glob in ["package-lock.json", "*", "we", "web", "api/**"] {
        assert!(!covers(&format!("id = 'CVE-2020-8203'\npaths = ['{glob}']"), lodash()), "{glob}");
    }
    let in_image = finding("CVE-1", Some("pkg:deb/debian/a@1"), "/var/lib/dpkg/status");
    assert!(covers("id = 'CVE-1'\npaths = ['/var/lib/dpkg/*']", in_image.clone()));
    assert!(covers("id = 'CVE-1'\npaths = ['var/lib/dpkg/']", in_image));
}

#[test]
fn targets_and_all_scopes_together() {
    assert!(covers("id = 'CVE-2020-8203'\ntargets = ['services/*']", lodash()));
    assert!(!covers("id = 'CVE-2020-8203'\ntargets = ['images/*']", lodash()));
    assert!(!covers("id = 'CVE-2020-8203'\npackages = ['pkg:npm/*']\npaths = ['api/**']", lodash()));
    assert!(covers("id = '*'\npackages = ['pkg:pypi/*', 'pkg:npm/lodash']", lodash()));
}

#[test]
fn the_last_day_counts() {
    assert!(covers("id = 'CVE-2020-8203'\nexpires = '2026-11-23'", lodash()));
    assert!(covers("id = 'CVE-2020-8203'\nexpires = 2026-11-23", lodash()));
    let waivers = parse("[[ignore]]\nid = 'CVE-2020-8203'\nreason = 'seen'\nexpires = 2026-11-22");
    let mut targets = [target(vec![lodash()])];
    let problems = apply_waivers(&mut targets, &waivers, TODAY);
    assert_eq!(targets[0].findings[0].status, Status::Open);
    insta::assert_snapshot!(problems[0].message, @"the waiver of CVE-2020-8203 in portcullis.toml:2 expired on 2026-11-22: 1 finding counts again");
}

/// The remarks on waivers, each with its severity.
fn remarks(waivers: &[Waiver], findings: Vec<Finding>) -> String {
    let problems = apply_waivers(&mut [target(findings)], waivers, TODAY);
    problems.iter().map(|problem| format!("{:?}: {}\n", problem.severity, problem.message)).collect()
}

#[test]
fn expired_unused_and_planted_waivers_are_named() {
    let mut waivers = parse(
        "[[ignore]]\nid = 'CVE-2020-8203'\nreason = 'seen'\nexpires = 2026-01-01\n\
         [[ignore]]\nid = 'CVE-1999-0001'\nreason = 'seen'\nexpires = 2026-01-01\n\
         [[ignore]]\nid = 'CVE-1999-0002'\nreason = 'seen'\n",
    );
    insta::assert_snapshot!(remarks(&waivers, vec![lodash(), lodash()]), @r"
    Warning: the waiver of CVE-2020-8203 in portcullis.toml:2 expired on 2026-01-01: 2 findings count again
    Note: the waiver of CVE-1999-0001 in portcullis.toml:6 expired on 2026-01-01 and changes nothing
    Note: the waiver of CVE-1999-0002 in portcullis.toml:10 covers no finding
    ");
    waivers = parse_planted("[[ignore]]\nid = 'CVE-*'\nreason = 'trust me'");
    insta::assert_snapshot!(remarks(&waivers, vec![lodash(), lodash()]), @"Warning: 2 findings suppressed by sub/portcullis.toml inside the scanned tree");
}

#[test]
fn a_holding_waiver_makes_an_expired_one_harmless() {
    let waivers = parse(
        "[[ignore]]\nid = 'CVE-2020-8203'\nreason = 'old'\nexpires = 2026-01-01\n\
         [[ignore]]\nid = 'CVE-2020-*'\nreason = 'new'\n",
    );
    let mut targets = [target(vec![lodash()])];
    let problems = apply_waivers(&mut targets, &waivers, TODAY);
    let suppression = targets[0].findings[0].suppression.clone().expect("suppressed");
    assert_eq!((suppression.reason.as_str(), suppression.source.as_str()), ("new", "portcullis.toml"));
    insta::assert_snapshot!(problems[0].message, @"the waiver of CVE-2020-8203 in portcullis.toml:2 expired on 2026-01-01 and changes nothing");
}

#[test]
fn trusted_waivers_come_before_planted_ones() {
    let text = "[[ignore]]\nid = 'CVE-2020-8203'\nreason = 'seen'";
    let waivers = [parse_planted(text), parse(text)].concat();
    let mut targets = [target(vec![lodash()])];
    assert!(apply_waivers(&mut targets, &waivers, TODAY).is_empty(), "nothing hangs on the planted one");
}

/// The faults of a file, one a line.
fn faults(text: &str) -> String {
    parse_waivers(text).expect_err("a faulty file").to_string()
}

#[test]
fn faults_are_located_and_all_reported() {
    insta::assert_snapshot!(faults("[[ignore]]\nid = 'CVE-1'\nraeson = 'x'\npath = ['a']\n"), @r"
    portcullis.toml:1:1: a waiver needs `reason`
    portcullis.toml:3:1: a waiver has no `raeson`; did you mean `reason`?
    portcullis.toml:4:1: a waiver has no `path`; did you mean `paths`?
    ");
    insta::assert_snapshot!(faults("[[ignore]]\nid = '*'\nreason = 'x'\n[[ignore]]\nid = 'a'\nreason = ' '\n"), @r"
    portcullis.toml:2:6: a waiver of `*` without paths, packages or targets would suppress everything
    portcullis.toml:6:10: the reason of a waiver must not be empty: say why this is accepted
    ");
    insta::assert_snapshot!(faults("[[ignore]]\nid = '*'\nreason = 'x'\npackages = ['pkg:*']\npaths = ['**']\n"), @"portcullis.toml:2:6: a waiver of `*` without paths, packages or targets would suppress everything");
    insta::assert_snapshot!(faults("[[ignore]]\nid = 'a'\nreason = 'x'\npackages = ['lodash']\n"), @"portcullis.toml:4:13: `lodash` is no package URL; write one such as `pkg:npm/lodash` or `pkg:deb/debian/*`");
    insta::assert_snapshot!(faults("[[ignore]]\nid = 'a'\nreason = 'x'\npackages = []\n"), @"portcullis.toml:4:12: `packages` names nothing; leave it out for a waiver that holds everywhere");
    insta::assert_snapshot!(faults("[[ignore]]\nid = 'a'\nreason = 'x'\npaths = 'a/**'\n"), @"portcullis.toml:4:9: `paths` is a list of texts, not a TOML string");
    insta::assert_snapshot!(faults("[[ignore]]\nid = 'a'\nreason = 'x'\npaths = ['a[']\n"), @"portcullis.toml:4:10: `a[` is no pattern: unclosed character class; missing ']'");
    insta::assert_snapshot!(faults("[[ignore]]\nid = 'a'\nreason = 'x'\nexpires = 2026-11-23T10:00:00Z\n"), @r#"portcullis.toml:4:11: `2026-11-23T10:00:00Z` is no date; write the last day it holds, as in "2027-01-31""#);
    insta::assert_snapshot!(faults("[[ignore]]\nid = 'a'\nreason = 'x'\nexpires = '2026-02-30'\n"), @r#"portcullis.toml:4:11: `2026-02-30` is no date; write the last day it holds, as in "2027-01-31""#);
    insta::assert_snapshot!(faults("[ignore]\nid = 'a'\n"), @"portcullis.toml:1:1: `ignore` is a list of tables, each headed `[[ignore]]`, not a TOML table");
    insta::assert_snapshot!(faults("[[ignore]]\nid = 3\nreason = 'x'\nfrobnicate = 1\n"), @r"
    portcullis.toml:2:6: `id` is a text, not a TOML integer
    portcullis.toml:4:1: a waiver has no `frobnicate`; it has id, paths, packages, targets, reason and expires
    ");
    insta::assert_snapshot!(faults("[[ignore]]\nid = 'a\n"), @"portcullis.toml:2:8: invalid literal string, expected `'`");
}

#[test]
fn other_sections_are_not_looked_at() {
    assert!(parse("fail-on = 'high'\n[policy]\nx = 1\n").is_empty());
    assert!(parse("").is_empty());
}

#[test]
fn an_embedder_needs_no_file() {
    let waiver = Waiver::new("CVE-2020-8203", "accepted", "board decision 12")
        .and_then(|waiver| waiver.in_package("pkg:npm/lodash"))
        .and_then(|waiver| waiver.in_path("web/**"))
        .and_then(|waiver| waiver.in_target("services/web"))
        .expect("a waiver")
        .until(TODAY);
    let mut targets = [target(vec![lodash()])];
    assert!(apply_waivers(&mut targets, &[waiver], TODAY).is_empty());
    assert!(Waiver::new("CVE-1", "  ", "x").is_err());
}

const GOOD: &str = "[[ignore]]\nid = \"CVE-2020-8203\"\npaths = [\"a/**\"]\npackages = [\"pkg:npm/*\"]\nreason = \"é\"\nexpires = 2027-01-01\n";

#[test]
fn a_file_cut_anywhere_does_not_panic() {
    for end in (0..GOOD.len()).filter(|end| GOOD.is_char_boundary(*end)) {
        let _ = parse_waivers(&GOOD[..end]);
    }
}

proptest! {
    #[test]
    fn no_text_panics(text in ".{0,200}") {
        let _ = parse_waivers(&text);
    }

    #[test]
    fn no_flipped_byte_panics(at in 0..GOOD.len(), byte in 0_u8..128) {
        let mut bytes = GOOD.as_bytes().to_vec();
        bytes[at] = byte;
        if let Ok(text) = String::from_utf8(bytes) {
            let _ = parse_waivers(&text);
        }
    }

    #[test]
    fn no_pattern_panics(pattern in ".{0,60}", wild in "[*?{}\\[\\],a-c!\\\\-]{0,200}") {
        for text in [&pattern, &wild] {
            if let Ok(waiver) = Waiver::new(text, "x", "y").and_then(|waiver| waiver.in_path(text)) {
                apply_waivers(&mut [target(vec![lodash()])], &[waiver], TODAY);
            }
            let _ = Waiver::new("a", "x", "y").and_then(|waiver| waiver.in_package(&format!("pkg:{text}")));
        }
    }
}
