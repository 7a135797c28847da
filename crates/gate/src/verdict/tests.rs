//! The table of verdicts.

use model::{
    Coverage, DataOverride, Finding, FindingClass, Problem, ProblemKind, ProblemSeverity, Severity, Status, Target,
    TargetKind, TreePath, Verdict,
};
use proptest::prelude::*;

use super::{Gate, Scan};
use crate::{DataState, FailOn};

fn target(severities: &[Severity]) -> Target {
    let finding = |severity: &Severity| {
        let rule = "CVE-2020-8203".parse().expect("a rule id");
        Finding::new(rule, FindingClass::Vulnerability, *severity, "lodash 4.17.4 is affected.")
    };
    Target {
        kind: TargetKind::Directory,
        name: "service".to_owned(),
        digest: None,
        platform: None,
        os: None,
        layers: Vec::new(),
        coverage: Coverage::default(),
        packages: Vec::new(),
        findings: severities.iter().map(finding).collect(),
        problems: Vec::new(),
        efficiency: None,
    }
}

fn path(text: &str) -> TreePath {
    TreePath::new(text).expect("a path")
}

fn unread(file: &str) -> Problem {
    Problem::error(ProblemKind::Truncated, "the file ends too early").in_file(&path(file))
}

fn fresh() -> DataState {
    DataState { asked: true, age_days: Some(3), has_exploited: true, has_predicted: true, ..DataState::default() }
}

fn judge(targets: &mut [Target], anything_judged: bool, data: &[DataState], gate: &Gate) -> Verdict {
    super::judge(targets, &Scan { anything_judged, data, ..Scan::default() }, gate)
}

fn show(verdict: &Verdict) -> String {
    format!("{} {}\n{}", u8::from(verdict.exit_code), verdict.outcome.name(), verdict.reasons.join("\n"))
}

/// Judges one target that had something to judge, with fresh data, and compares code, outcome and reasons.
fn check(target: Target, gate: &Gate, expected: &str) {
    check_with(target, true, &fresh(), gate, expected);
}

fn check_with(target: Target, judged: bool, data: &DataState, gate: &Gate, expected: &str) {
    let verdict = judge(&mut [target], judged, std::slice::from_ref(data), gate);
    assert_eq!(show(&verdict), expected);
}

fn fail_on(word: &str) -> Gate {
    Gate { fail_on: word.parse().expect("a threshold"), ..Gate::default() }
}

#[test]
fn findings_against_the_threshold() {
    use Severity::{Critical, High, Low, Medium, Unknown};
    let gate = Gate::default();
    check(target(&[]), &gate, "0 pass\nno finding at or above high");
    check(target(&[Medium, Low]), &gate, "0 pass\nno finding at or above high");
    check(target(&[High, Critical, Low]), &gate, "1 fail\n2 findings at or above high (1 critical, 1 high)");
    check(target(&[Critical]), &fail_on("critical"), "1 fail\n1 critical finding");
    check(target(&[High]), &fail_on("critical"), "0 pass\nno critical finding");
    check(target(&[Low]), &fail_on("low"), "1 fail\n1 finding at or above low (1 low)");
    check(target(&[Unknown]), &fail_on("any"), "1 fail\n1 finding (1 unknown)");
    check(target(&[]), &fail_on("any"), "0 pass\nno finding");
    check(target(&[Low]), &fail_on("critical,kev"), "0 pass\nno finding for critical,kev");
    let mut known = target(&[Low, Low]);
    known.findings[0].evidence.insert("kev".to_owned(), serde_json::json!([{"id": "CVE-2020-8203"}]));
    check(known, &fail_on("critical,kev"), "1 fail\n1 finding for critical,kev (1 low)");
}

#[test]
fn lists_that_the_data_lacks_are_no_pass_in_silence() {
    let bare = DataState { has_exploited: false, has_predicted: false, ..fresh() };
    let check = |gate: &str, data: &DataState, expected: &str| {
        check_with(target(&[]), true, data, &fail_on(gate), expected);
    };
    let advice = "give `portcullis db build` one";
    let kev = format!("kev is not known: the advisory data has no list of what is exploited; {advice}");
    let epss = format!("epss is not known: the advisory data has no predictions; {advice}");
    check("critical,kev", &bare, &format!("0 pass\nno finding for critical,kev\n{kev}"));
    check("high+epss>0.1,kev", &bare, &format!("0 pass\nno finding for high+epss>0.1,kev\n{kev}\n{epss}"));
    let named = DataState { name: Some("own.snapshot".to_owned()), ..bare.clone() };
    check("kev", &named, &format!("0 pass\nno finding for kev\nown.snapshot: {kev}"));
    check("high", &bare, "0 pass\nno finding at or above high");
    check("kev", &DataState { asked: false, ..bare }, "0 pass\nno finding for kev");
}

#[test]
fn targets_without_anything_to_judge_are_named() {
    let empty = ["a".to_owned(), "b".to_owned()];
    let scan = |anything_judged| Scan { anything_judged, unjudged: &empty, data: &[], policy_faults: &[] };
    let verdict = |anything_judged| super::judge(&mut [target(&[])], &scan(anything_judged), &Gate::default());
    assert_eq!(show(&verdict(true)), "0 pass\nno finding at or above high\nnothing to judge in a, b");
    assert!(!show(&verdict(false)).contains("in a, b"), "the verdict says that of all");
}

#[test]
fn what_nobody_could_judge_fails_where_it_is_asked() {
    let mut unclear = target(&[Severity::Low]);
    unclear.coverage.packages.no_advisory_source = 4;
    unclear.coverage.packages.undecided = 1;
    unclear.findings[0].status = Status::Unknown;
    let counted = "4 packages without an advisory source not compared\n\
                   1 package could not be compared with every advisory";
    check(
        unclear.clone(),
        &fail_on("high,no-advisory-source,undecided"),
        &format!(
            "1 fail\n4 packages without an advisory source\n2 answers of packages and policies undecided\n\
             1 finding undecided and not counted\n{counted}"
        ),
    );
    check(target(&[]), &fail_on("undecided,no-advisory-source"), "0 pass\nnothing was asked of findings");
    unclear.coverage.packages = model::PackageCoverage::default();
    unclear.findings.clear();
    unclear.coverage.policies.unknown = 3;
    check(unclear, &fail_on("undecided"), "1 fail\n3 answers of packages and policies undecided");
}

#[test]
fn images_against_what_their_bytes_are_spent_on() {
    let dive = model::DiveFigures { efficiency: 0.75, wasted_bytes: 70, user_wasted_ratio: None };
    let mut image = target(&[Severity::High]);
    image.kind = model::TargetKind::Image;
    image.name = "app:1".to_owned();
    image.efficiency = Some(model::Efficiency {
        total_bytes: 100,
        reclaimable_bytes: 20,
        hidden_bytes: 20,
        causes: Vec::new(),
        waste: Vec::new(),
        more_waste: 0,
        dive,
    });
    let exact = "20 of 100 bytes could be reclaimed";
    check(
        image.clone(),
        &fail_on("high,efficiency<0.9,reclaimable>1MB"),
        &format!(
            "1 fail\n1 finding at or above high (1 high)\napp:1 for efficiency<0.9: its efficiency is 0.7500, {exact}"
        ),
    );
    check(
        image.clone(),
        &fail_on("efficiency<0.5,wasted-ratio>0.1"),
        "0 pass\nnothing was asked of findings\nwasted-ratio>0.1 is not known of app:1: it has one layer, and nothing \
         that was put on it\n1 finding only reported",
    );
    image.kind = model::TargetKind::Directory;
    check(
        image,
        &fail_on("critical,efficiency<0.9"),
        "0 pass\nno critical finding\nefficiency<0.9 is not known of app:1: it is no image",
    );
}

#[test]
fn what_does_not_count_is_said() {
    let gate = Gate::default();
    check(
        target(&[Severity::Unknown, Severity::Unknown]),
        &gate,
        "0 pass\nno finding at or above high\n2 findings of unknown severity not counted",
    );
    check(
        target(&[Severity::Critical]),
        &fail_on("none"),
        "0 pass\nthe gate only reports: no finding fails it\n1 finding only reported",
    );
    let mut mixed = target(&[Severity::Critical, Severity::Critical]);
    mixed.findings[0].status = Status::Suppressed;
    mixed.findings[1].status = Status::Unknown;
    check(
        mixed.clone(),
        &gate,
        "0 pass\nno finding at or above high\n1 finding undecided and not counted\n1 finding suppressed",
    );
    let verdict = judge(&mut [mixed], true, &[fresh()], &fail_on("any"));
    assert_eq!(verdict.exit_code, model::ExitCode::Pass, "neither fails even `any`");
}

#[test]
fn what_the_scanned_tree_suppresses_is_counted_apart() {
    let mut planted = target(&[Severity::Critical, Severity::High]);
    for (at, finding) in planted.findings.iter_mut().enumerate() {
        finding.status = Status::Suppressed;
        finding.suppression = Some(model::Suppression {
            reason: "trust me".to_owned(),
            expires: None,
            source: "portcullis.toml".to_owned(),
            line: None,
            kind: model::SuppressionKind::Waiver,
            from_scanned_tree: at == 0,
        });
    }
    check(
        planted,
        &Gate::default(),
        "0 pass\nno finding at or above high\n2 findings suppressed, 1 by the scanned tree itself",
    );
}

#[test]
fn packages_nobody_spoke_about_are_counted() {
    let mut lonely = target(&[]);
    lonely.coverage.packages.no_advisory_source = 4;
    lonely.coverage.packages.undecided = 1;
    check(
        lonely,
        &Gate::default(),
        "0 pass\nno finding at or above high\n4 packages without an advisory source not compared\n\
         1 package could not be compared with every advisory",
    );
}

#[test]
fn the_gate_mark_is_set_and_taken_back() {
    let mut targets = [target(&[Severity::High, Severity::Low])];
    targets[0].findings[1].gate = true;
    judge(&mut targets, true, &[fresh()], &Gate::default());
    let marks: Vec<bool> = targets[0].findings.iter().map(|finding| finding.gate).collect();
    assert_eq!(marks, [true, false]);
}

#[test]
fn unread_input_is_incomplete() {
    let gate = Gate::default();
    let mut broken = target(&[]);
    broken.problems = vec![unread("package-lock.json"), unread("package-lock.json")];
    check(broken.clone(), &gate, "4 incomplete\n1 file could not be read in full (package-lock.json)");
    broken.problems.extend(["a", "b", "c", "d"].map(unread));
    check(broken.clone(), &gate, "4 incomplete\n5 files could not be read in full (a, b, c and 2 more)");
    let allowing = Gate { allow_incomplete: true, ..Gate::default() };
    check(
        broken.clone(),
        &allowing,
        "0 pass\nno finding at or above high\n5 files could not be read in full (a, b, c and 2 more) (allowed)",
    );
    for problem in &mut broken.problems {
        problem.severity = ProblemSeverity::Warning;
    }
    check(broken, &gate, "0 pass\nno finding at or above high");
}

#[test]
fn each_kind_of_gap_has_its_words() {
    let mut broken = target(&[]);
    broken.problems = vec![
        Problem::error(ProblemKind::Engine, "the engine ran out of time").in_file(&path("web.yaml")),
        Problem::error(ProblemKind::Cancelled, "cancelled"),
        Problem::error(ProblemKind::Manifest, "the manifest names no layers"),
        Problem::error(ProblemKind::Internal, "a detector panicked").in_file(&path("go.mod")),
    ];
    check(
        broken,
        &Gate::default(),
        "4 incomplete\npolicies could not judge 1 file (web.yaml)\na fault of our own at go.mod: a detector panicked\n\
         service could not be read in full: the manifest names no layers\nthe scan of service was stopped before its end",
    );
}

#[test]
fn data_that_is_missing_or_old() {
    let gate = Gate::default();
    let refused = DataState { refused: Some("db.bin: no such file".to_owned()), ..fresh() };
    let missing = "5 stale\nadvisory data could not be used: db.bin: no such file";
    check_with(target(&[]), true, &refused, &gate, missing);
    let stubborn = Gate { allow_stale: true, ..Gate::default() };
    check_with(target(&[]), true, &refused, &stubborn, missing);
    let unopened = DataState { asked: true, ..DataState::default() };
    check_with(target(&[]), true, &unopened, &gate, "5 stale\nadvisory data could not be used: no data was opened");
    let old = DataState { age_days: Some(15), ..fresh() };
    let too_old = "advisory data is 15 days old, allowed are 14";
    check_with(target(&[]), true, &old, &gate, &format!("5 stale\n{too_old}"));
    let allowed = format!("0 pass\nno finding at or above high\n{too_old} (allowed)");
    check_with(target(&[]), true, &old, &stubborn, &allowed);
    let limit = DataState { age_days: Some(14), ..fresh() };
    check_with(target(&[]), true, &limit, &gate, "0 pass\nno finding at or above high");
    let not_asked = DataState { asked: false, ..refused };
    check_with(target(&[]), true, &not_asked, &gate, "0 pass\nno finding at or above high");
}

#[test]
fn embedded_data_warns_unless_a_limit_is_asked_for() {
    let old = DataState { age_days: Some(95), embedded: true, ..fresh() };
    let mut targets = [target(&[])];
    let verdict = judge(&mut targets, true, std::slice::from_ref(&old), &Gate::default());
    let warning = "the embedded advisory data is 95 days old; newer advisories are not known to it";
    assert_eq!(show(&verdict), format!("0 pass\nno finding at or above high\n{warning}"));
    assert_eq!(targets[0].problems, [Problem::warning(ProblemKind::DataAge, warning)]);
    judge(&mut targets, true, std::slice::from_ref(&old), &Gate::default());
    assert_eq!(targets[0].problems.len(), 1, "judging twice says it once");
    let strict = Gate { max_data_age_days: Some(30), ..Gate::default() };
    check_with(target(&[]), true, &old, &strict, "5 stale\nadvisory data is 95 days old, allowed are 30");
}

#[test]
fn of_stacked_snapshots_each_counts() {
    let named = |name: &str, age| DataState { name: Some(name.to_owned()), age_days: Some(age), ..fresh() };
    let show_all = |data: &[DataState]| show(&judge(&mut [target(&[])], true, data, &Gate::default()));
    assert_eq!(show_all(&[named("public", 3), named("own", 14)]), "0 pass\nno finding at or above high");
    let old = "own: advisory data is 15 days old, allowed are 14";
    assert_eq!(show_all(&[named("public", 3), named("own", 15)]), format!("5 stale\n{old}"));
    let missing = DataState { refused: Some("no such file".to_owned()), ..named("public", 3) };
    let said = format!("5 stale\npublic: advisory data could not be used: no such file\n{old}");
    assert_eq!(show_all(&[missing, named("own", 15)]), said);
    let embedded = DataState { embedded: true, ..named("embedded", 95) };
    let warning = "the embedded advisory data is 95 days old; newer advisories are not known to it";
    let passed = format!("0 pass\nno finding at or above high\n{warning}");
    assert_eq!(show_all(&[embedded, named("own", 1)]), passed);
}

#[test]
fn data_from_the_future_is_a_note() {
    let mut targets = [target(&[])];
    let data = DataState { age_days: Some(0), in_future: true, ..fresh() };
    assert_eq!(
        judge(&mut targets, true, std::slice::from_ref(&data), &Gate::default()).exit_code,
        model::ExitCode::Pass
    );
    assert_eq!(targets[0].problems[0].severity, ProblemSeverity::Note);
}

#[test]
fn policies_at_fault_are_the_configuration() {
    let faults = ["p/bad.rego:4:1: a value is missing".to_owned(), "p/net.rego:6:2: there is no function".to_owned()];
    let judged = |targets: &mut [Target], faults: &[String], gate: &Gate| {
        show(&super::judge(
            targets,
            &Scan { anything_judged: true, unjudged: &[], policy_faults: faults, data: &[fresh()] },
            gate,
        ))
    };
    let lenient = Gate { allow_incomplete: true, ..fail_on("none") };
    let mut clean = [target(&[])];
    let expected = "2 misconfigured\n2 faults of policies, which were not asked";
    assert_eq!(judged(&mut clean, &faults, &lenient), expected);
    let problems: Vec<(ProblemSeverity, &str)> =
        clean[0].problems.iter().map(|problem| (problem.severity, problem.message.as_str())).collect();
    let error = |text| (ProblemSeverity::Error, text);
    let told = ["not asked, p/bad.rego:4:1: a value is missing", "not asked, p/net.rego:6:2: there is no function"];
    assert_eq!(problems, told.map(error));
    // What failed and what was not read stand behind it; the faults are no reason of their own for an incomplete scan.
    let mut failing = target(&[Severity::High]);
    failing.problems.push(unread("a.yaml"));
    assert_eq!(
        judged(&mut [failing], &faults[..1], &Gate::default()),
        "2 misconfigured\n1 fault of policies, which were not asked\n1 finding at or above high (1 high)\n1 file could not be read in \
         full (a.yaml)"
    );
    assert_eq!(
        judged(&mut [], &faults[..1], &Gate::default()),
        "2 misconfigured\n1 fault of policies, which were not asked"
    );
}

#[test]
fn nothing_to_judge() {
    let nothing = "nothing to scan: no package, no configuration document and no image configuration was found";
    check_with(target(&[]), false, &fresh(), &Gate::default(), &format!("3 nothing\n{nothing}"));
    let allowing = Gate { allow_empty: true, ..Gate::default() };
    check_with(target(&[]), false, &fresh(), &allowing, &format!("0 pass\n{nothing} (allowed)"));
    let verdict = judge(&mut [], false, &[fresh()], &Gate::default());
    assert_eq!(u8::from(verdict.exit_code), 3);
}

#[test]
fn data_that_expired_is_stale_and_what_was_allowed_is_told() {
    let end = "2026-09-01T00:00:00Z".parse().expect("a date");
    let expired = DataState { expired: Some(end), ..fresh() };
    let said = "advisory data expired at 2026-09-01T00:00:00Z, says who published it; import a newer bundle";
    check_with(target(&[]), true, &expired, &Gate::default(), &format!("5 stale\n{said}"));
    let allowing = Gate { allow_stale: true, ..Gate::default() };
    let passed = format!("0 pass\nno finding at or above high\n{said} (allowed)");
    check_with(target(&[]), true, &expired, &allowing, &passed);
    let data = DataState {
        overrides: vec![DataOverride::Unsigned, DataOverride::Older],
        doubtful_origin: Some("nobody knows".to_owned()),
        ..fresh()
    };
    let mut targets = [target(&[])];
    assert_eq!(u8::from(judge(&mut targets, true, std::slice::from_ref(&data), &Gate::default()).exit_code), 0);
    let shown: Vec<&str> = targets[0].problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(
        shown,
        [
            "nobody knows",
            "the advisory data was taken although it is older than what was there (--allow-older)",
            "the advisory data was taken although no trusted key signed it (--allow-unsigned)"
        ]
    );
}

#[test]
fn a_failed_gate_is_never_masked_and_every_reason_is_there() {
    let old = DataState { age_days: Some(95), ..fresh() };
    let mut all = target(&[Severity::High]);
    all.problems = vec![unread("a")];
    let (file, age) = ("1 file could not be read in full (a)", "advisory data is 95 days old, allowed are 14");
    let nothing = super::reasons::NOTHING;
    let expected = format!("1 fail\n1 finding at or above high (1 high)\n{file}\n{age}\n{nothing}");
    check_with(all.clone(), false, &old, &Gate::default(), &expected);
    all.findings.clear();
    check_with(all.clone(), false, &old, &Gate::default(), &format!("4 incomplete\n{file}\n{age}\n{nothing}"));
    all.problems.clear();
    check_with(all, false, &old, &Gate::default(), &format!("5 stale\n{age}\n{nothing}"));
}

fn any_severity() -> impl Strategy<Value = Severity> {
    proptest::sample::select(Severity::WORST_FIRST.to_vec())
}

fn any_status() -> impl Strategy<Value = Status> {
    proptest::sample::select(vec![Status::Open, Status::Suppressed, Status::Unknown])
}

proptest! {
    /// The code is a function of four facts, whatever else a scan holds.
    #[test]
    fn the_code_follows_the_table(
        findings in proptest::collection::vec((any_severity(), any_status()), 0..6),
        word in proptest::sample::select(vec!["none", "low", "medium", "high", "critical", "any", "critical,low+fixable", "kev,medium"]),
        (broken, judged, embedded) in any::<(bool, bool, bool)>(),
        (allow_empty, allow_incomplete, allow_stale) in any::<(bool, bool, bool)>(),
        (age, explicit) in (0_u32..40, proptest::option::of(0_u32..40)),
    ) {
        let fail_on: FailOn = word.parse().expect("a threshold");
        let mut one = target(&findings.iter().map(|(severity, _)| *severity).collect::<Vec<_>>());
        for (finding, (_, status)) in one.findings.iter_mut().zip(&findings) {
            finding.status = *status;
        }
        if broken {
            one.problems.push(unread("a"));
        }
        let gate = Gate { fail_on: fail_on.clone(), allow_empty, allow_incomplete, allow_stale, max_data_age_days: explicit };
        let data = DataState { age_days: Some(age), embedded, ..fresh() };
        let fails = one.findings.iter().any(|finding| finding.status == Status::Open && fail_on.matches(finding));
        let verdict = judge(&mut [one], judged, &[data], &gate);
        let limit = explicit.unwrap_or(if embedded { u32::MAX } else { 14 });
        let expected = if fails {
            1
        } else if broken && !allow_incomplete {
            4
        } else if age > limit && !allow_stale {
            5
        } else if !judged && !allow_empty {
            3
        } else {
            0
        };
        prop_assert_eq!(u8::from(verdict.exit_code), expected);
        prop_assert_eq!(verdict.outcome.exit_code(), verdict.exit_code);
        prop_assert!(!verdict.reasons.is_empty());
    }
}
