//! What directives say, which rules they mean, what they cover.

use jiff::civil::{Date, date};
use model::{
    Finding, FindingClass, Location, Position, Reach, Remark, RemarkForm, Severity, Span, Status, Target, TargetKind,
    TreePath,
};
use proptest::prelude::*;

use super::directive::{self, Reaching, Rules};
use super::{RuleNames, apply_remarks};

const TODAY: Date = date(2026, 11, 23);

fn path() -> TreePath {
    TreePath::new("app.yaml").expect("a path")
}

/// Whole lines, both included.
fn lines(first: u32, last: u32) -> Span {
    let at = |line: u32, column: u32| Position { line, column, offset: line * 100 + column };
    Span { start: at(first, 1), end: at(last, 80) }
}

/// A comment in line 3 that speaks of line 4, the block of lines 4 to 6, and stands in a block of lines 2 to 9.
fn comment(text: &str) -> Remark {
    Remark {
        location: Location::at(path(), lines(3, 3)),
        text: text.to_owned(),
        form: RemarkForm::Comment,
        reach: Reach { lines: Some((4, 4)), block: Some(lines(4, 6)), around: Some(lines(2, 9)), is_head: false },
    }
}

fn annotation(key: &str, text: &str) -> Remark {
    let reach = Reach { around: Some(lines(2, 9)), ..Reach::default() };
    Remark { form: RemarkForm::Annotation(key.to_owned()), reach, ..comment(text) }
}

fn rules() -> RuleNames {
    let mut rules = RuleNames::default();
    rules.add(
        "kubernetes/privileged-container",
        ["checkov:CKV_K8S_16", "trivy:KSV-0017", "kube-linter:privileged-container"],
    );
    rules.add("dockerfile/latest", ["hadolint:DL3007", "hadolint:DL3006"]);
    rules.add("github-actions/template-injection", ["zizmor:template-injection"]);
    rules.add("main/deny", []);
    rules
}

/// Findings of a rule in these lines; what is said of a remark, and in which lines findings are left.
fn outcome(remark: &Remark, rule: &str, at: &[u32], needs_reason: bool) -> (Vec<u32>, Vec<String>) {
    let finding = |line: &u32| {
        let mut finding =
            Finding::new(rule.parse().expect("a rule"), FindingClass::Policy, Severity::High, "a message");
        finding.locations = vec![Location::at(path(), lines(*line, *line))];
        finding
    };
    let mut target = Target::new(TargetKind::Directory, ".");
    target.findings = at.iter().map(finding).collect();
    apply_remarks(&mut target, std::slice::from_ref(remark), &rules(), TODAY, needs_reason);
    let open = target.findings.iter().filter(|finding| finding.status == Status::Open);
    let open = open.filter_map(|finding| finding.locations[0].line()).collect();
    let said = target.problems.iter().map(|problem| format!("{} {}", problem.severity.name(), problem.message));
    (open, said.filter(|said| !said.contains("suppressed by comments")).collect())
}

/// The lines of 1 to 10 in which a remark leaves a finding open; it must have nothing else to say.
fn left(remark: &Remark, rule: &str) -> Vec<u32> {
    let (open, said) = outcome(remark, rule, &(1..=10).collect::<Vec<_>>(), false);
    assert_eq!(said, Vec::<String>::new(), "{}", remark.text);
    open
}

fn said(remark: &Remark) -> String {
    outcome(remark, "kubernetes/privileged-container", &[4], false).1.join("\n")
}

#[test]
fn reach_of_our_own() {
    let rule = "kubernetes/privileged-container";
    assert_eq!(left(&comment(&format!("portcullis: ignore {rule} -- why")), rule), [1, 2, 3, 5, 6, 7, 8, 9, 10]);
    assert_eq!(left(&comment(&format!("portcullis: ignore-block {rule}")), rule), [1, 2, 3, 7, 8, 9, 10]);
    let mut file = comment(&format!("portcullis: ignore-file main/deny, {rule}"));
    assert!(said(&file).contains("must stand before everything else"));
    file.reach.is_head = true;
    assert_eq!(left(&file, rule), Vec::<u32>::new());
    for key in ["portcullis.dev/ignore.privileged-container", "portcullis.dev/ignore.kubernetes.privileged-container"] {
        assert_eq!(left(&annotation(key, "why"), rule), [1, 10], "{key}");
    }
    assert_eq!(left(&annotation("portcullis.dev/ignore", &format!("{rule} -- why")), rule), [1, 10]);
    assert_eq!(left(&annotation("portcullis.dev/ignore.main.deny", "why"), "main/deny"), [1, 10]);
}

#[test]
fn forms_of_others() {
    let privileged = "kubernetes/privileged-container";
    let block = [1, 2, 3, 7, 8, 9, 10];
    for text in ["checkov:skip=CKV_K8S_16:why", "bridgecrew:skip=CKV_X, CKV_K8S_16"] {
        assert_eq!(left(&comment(text), privileged), [1, 10], "{text}");
    }
    for text in [
        "trivy:ignore:KSV-0017",
        "trivy:ignore:AVD-KSV-0017",
        "trivy:ignore:KSV017:exp:2027-01-01",
        "tfsec:ignore:ksv-0017 why",
        "trivy:ignore:*",
        "kics-scan ignore-block",
    ] {
        assert_eq!(left(&comment(text), privileged), block, "{text}");
    }
    assert_eq!(left(&comment("kics-scan ignore-line"), privileged).len(), 9);
    assert_eq!(left(&comment("hadolint ignore=DL3006,SC2034"), "dockerfile/latest").len(), 9);
    let mut head = comment("hadolint global ignore=DL3007");
    head.reach.is_head = true;
    assert_eq!(left(&head, "dockerfile/latest"), Vec::<u32>::new());
    let zizmor = comment("zizmor: ignore[template-injection] why");
    assert_eq!(left(&zizmor, "github-actions/template-injection"), [1, 2, 5, 6, 7, 8, 9, 10]);
    let linter = annotation("ignore-check.kube-linter.io/privileged-container", "why");
    assert_eq!(left(&linter, privileged), [1, 10]);
    assert_eq!(left(&annotation("kube-linter.io/ignore-all", "why"), privileged), [1, 10]);
    assert_eq!(left(&annotation("checkov.io/skip1", "CKV_K8S_16=why"), privileged), [1, 10]);
}

#[test]
fn what_is_said_is_kept() {
    let read = |remark: Remark| directive::read(&remark).remove(0).expect("a directive");
    let own = read(comment("portcullis: ignore a/b, c/d -- a reason, and more, until 2027-01-01"));
    assert_eq!(own.rules, Rules::Named(vec!["a/b".to_owned(), "c/d".to_owned()]));
    assert_eq!((own.reason.as_deref(), own.expires), (Some("a reason, and more"), Some(date(2027, 1, 1))));
    let xml = read(comment("portcullis: ignore a/b-c - a reason"));
    assert_eq!((xml.rules, xml.reason.as_deref()), (Rules::Named(vec!["a/b-c".to_owned()]), Some("a reason")));
    let words = read(comment("portcullis: ignore a/b -- wait until then"));
    assert_eq!((words.reason.as_deref(), words.expires), (Some("wait until then"), None));
    let bare = read(comment("portcullis: ignore a/b, until 2027-01-01"));
    assert_eq!((bare.reason, bare.expires), (None, Some(date(2027, 1, 1))));
    let dated = read(annotation("portcullis.dev/ignore.x", "reason, until 2027-01-01"));
    assert_eq!(
        (dated.reason.as_deref(), dated.expires, dated.reach),
        (Some("reason"), Some(date(2027, 1, 1)), Reaching::Around)
    );
    assert!(directive::read(&comment("see portcullis: ignore a/b")).is_empty());
    assert!(directive::read(&comment("hadolint shell=/bin/bash")).is_empty());
    assert_eq!(directive::read(&comment("trivy:ignore:A trivy:ignore:B")).len(), 2);
}

#[test]
fn what_is_not_followed_is_said() {
    for (text, expected) in [
        (
            "portcullis: ignore kubernetes/privileged-containr",
            "note ignore comment names a rule that there is not: `kubernetes/privileged-containr`, did you mean `kubernetes/privileged-container`?",
        ),
        (
            "portcullis: ignore privileged-containers",
            "note ignore comment names a rule that there is not: `privileged-containers`, did you mean `kubernetes/privileged-container`?",
        ),
        ("portcullis: ignore", "warning ignore comment names no rule"),
        (
            "portcullis: ignore kubernetes/*",
            "warning ignore comment names `kubernetes/*`; it must name every rule it means",
        ),
        (
            "portcullis: disable x",
            "warning ignore comment says nothing that is known; there are `ignore`, `ignore-block` and `ignore-file`",
        ),
        (
            "portcullis: ignore main/deny -- x, until 2027-13-01",
            "warning ignore comment ends on `2027-13-01`, which is no date; write the last day it holds, as in 2027-01-31",
        ),
        ("portcullis: ignore main/deny", "note ignore comment of main/deny covers no finding"),
        ("portcullis: ignore CVE-2020-1", "note ignore comment of CVE-2020-1 covers no finding"),
        (
            "portcullis: ignore kubernetes/privileged-container, until 2026-11-22",
            "warning ignore comment of kubernetes/privileged-container expired on 2026-11-22: 1 finding counts again",
        ),
        (
            "portcullis: ignore main/deny, until 2026-11-22",
            "note ignore comment of main/deny expired on 2026-11-22 and changes nothing",
        ),
        ("checkov:skip=CKV_K8S_99:why", "note ignore comment names what no rule here stands for: checkov `CKV_K8S_99`"),
        (
            "trivy:ignore:KSV-0017[a=b]",
            "warning ignore comment holds only for some values of an attribute, which is not followed here",
        ),
        ("trivy:ignore:KSV-0017:ws:dev", "warning ignore comment holds only for `ws`, which is not followed here"),
        (
            "trivy:ignore:KSV-0017:exp:soon",
            "warning ignore comment ends on `soon`, which is no date; write the last day it holds, as in 2027-01-31",
        ),
        (
            "kics-scan ignore",
            "warning ignore comment is about the whole file and must stand before everything else in it",
        ),
    ] {
        let (open, said) = outcome(&comment(text), "kubernetes/privileged-container", &[4], false);
        assert_eq!((open, said), (vec![4], vec![expected.to_owned()]), "{text}");
    }
    let today = comment("portcullis: ignore kubernetes/privileged-container, until 2026-11-23");
    assert_eq!(said(&today), "", "the last day counts");
}

#[test]
fn a_reason_may_be_asked_for() {
    let rule = "kubernetes/privileged-container";
    let (open, said) = outcome(&comment(&format!("portcullis: ignore {rule}")), rule, &[4], true);
    assert_eq!((open, said.len()), (vec![4], 1));
    let (open, said) = outcome(&comment("checkov:skip=CKV_K8S_16:why"), rule, &[4], true);
    assert_eq!((open, said.len()), (vec![], 0));
}

#[test]
fn a_long_one_is_not_followed() {
    let text = format!("portcullis: ignore kubernetes/privileged-container -- {}", "x".repeat(1024));
    assert_eq!(said(&comment(&text)), "warning ignore comment is longer than 1024 bytes and was not followed");
}

proptest! {
    #[test]
    fn no_text_panics_and_none_suppresses_what_it_does_not_name(text in "(portcullis: ignore|checkov:skip=|trivy:ignore:|kics-scan |hadolint |zizmor: ignore\\[)?.{0,40}") {
        let (open, _) = outcome(&comment(&text), "other/rule", &[4], false);
        let names_all = text.starts_with("trivy:ignore:*") || text.starts_with("kics-scan ignore");
        prop_assert!(open == [4] || names_all || text.contains("trivy:ignore:*"), "{}", text);
    }
}

#[test]
fn an_expired_one_counts_what_nothing_else_covers() {
    let check = |texts: &[&str], expected: &str| {
        let mut target = Target::new(TargetKind::Directory, ".");
        let rule = "kubernetes/privileged-container".parse().expect("a rule");
        let mut finding = Finding::new(rule, FindingClass::Policy, Severity::High, "a message");
        finding.locations = vec![Location::at(path(), lines(4, 4))];
        target.findings = vec![finding];
        let remarks: Vec<Remark> = texts.iter().map(|text| comment(text)).collect();
        apply_remarks(&mut target, &remarks, &rules(), TODAY, false);
        let said: Vec<&str> = target.problems.iter().map(|problem| problem.message.as_str()).collect();
        assert!(said.contains(&expected), "{said:?}");
    };
    let old = "portcullis: ignore kubernetes/privileged-container, until 2026-11-22";
    let good = "portcullis: ignore kubernetes/privileged-container -- known";
    check(&[old], "ignore comment of kubernetes/privileged-container expired on 2026-11-22: 1 finding counts again");
    let harmless = "ignore comment of kubernetes/privileged-container expired on 2026-11-22 and changes nothing";
    check(&[old, good], harmless);
    check(&[good, old], harmless);
}
