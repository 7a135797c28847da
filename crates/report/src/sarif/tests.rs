//! SARIF against its schema, the reference validator, and what each consumer refuses.

mod consumers;
mod shape;
mod validator;

use model::{Finding, FindingClass, Report, Severity, Status};
use proptest::prelude::*;
use serde_json::Value;

use crate::{Format, Options, testing, write};

pub(super) fn sarif(report: &Report, options: &Options) -> Value {
    let mut bytes = Vec::new();
    write(report, Format::Sarif, options, &mut bytes).expect("a Vec takes every write");
    serde_json::from_slice(&bytes).expect("JSON")
}

fn all() -> Options {
    Options { include_suppressed: true, ..Options::default() }
}

/// The only result of a report of one finding.
fn result_of(finding: Finding) -> Value {
    let log = sarif(&testing::report_of(vec![finding]), &all());
    log["runs"][0]["results"][0].clone()
}

fn check_schema(log: &Value) {
    let Some(schema) = testkit::shared("conformance/sarif/schemas/sarif-2.1.0.json") else { return };
    let schema = std::fs::read(schema).expect("the schema is readable");
    let schema: Value = serde_json::from_slice(&schema).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a valid schema");
    let errors: Vec<String> =
        validator.iter_errors(log).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert_eq!(errors, Vec::<String>::new());
}

#[test]
fn keeps_to_the_schema() {
    for options in [Options::default(), all()] {
        check_schema(&sarif(&testing::report(), &options));
        check_schema(&sarif(&testing::empty_report(), &options));
    }
}

#[test]
fn one_rule_an_advisory_whatever_it_affects() {
    let log = sarif(
        &testing::report_of(vec![
            testing::vulnerability("CVE-2020-1", "pkg:npm/a@1"),
            testing::vulnerability("CVE-2020-1", "pkg:npm/b@1"),
        ]),
        &all(),
    );
    let run = &log["runs"][0];
    assert_eq!(run["tool"]["driver"]["rules"].as_array().map(Vec::len), Some(1));
    assert_eq!(run["results"].as_array().map(Vec::len), Some(2));
    assert!(!run["tool"]["driver"].to_string().contains("pkg:npm"), "rules do not vary with what was scanned");
}

#[test]
fn suppressed_results_are_written_on_request_only() {
    let rules = |options: &Options| {
        let log = sarif(&testing::report(), options);
        let results = log["runs"][0]["results"].as_array().cloned().expect("results");
        results.into_iter().filter(|result| result["ruleId"] == "CVE-2023-45857").collect::<Vec<_>>()
    };
    assert_eq!(rules(&Options::default()), Vec::<Value>::new());
    let suppressed = rules(&all());
    insta::assert_snapshot!(suppressed[0]["suppressions"].to_string(), @r#"[{"kind":"external","status":"accepted","justification":"the proxy \\u{1b}[1mstrips\\u{1b}[0m the header","properties":{"expires":"2027-03-01","fromScannedTree":true,"source":"portcullis.toml"}}]"#);
    let log = sarif(&testing::report(), &Options::default());
    assert_eq!(log["runs"][0]["properties"]["suppressed"], 1);
    assert_eq!(log["runs"][0]["properties"]["undecided"], 1);
}

#[test]
fn what_was_not_read_is_notified() {
    let log = sarif(&testing::report(), &Options::default());
    let invocation = &log["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], true, "a failed execution is refused by services");
    let notifications = invocation["toolExecutionNotifications"].as_array().expect("notifications");
    let mut lines: Vec<String> = notifications
        .iter()
        .map(|one| format!("{} {} {}", one["level"], one["descriptor"]["id"], one["message"]["text"]))
        .collect();
    lines.retain(|line| !line.contains("CVE-2019-"));
    insta::assert_snapshot!(lines.join("\n"), @r#"
        "error" "truncated" "the lockfile ends inside an object, packages after it were not read."
        "note" "data-age" "the data is dated after the day of judgement."
        "note" "skipped" "not read: larger than 16 MiB."
        "note" "undecided" "not decided: the value of var.acl is known only when applied."
        "error" "digest-mismatch" "the layer does not have the digest of its manifest."
        "#);
}

#[test]
fn an_unusable_scan_closes_no_alerts() {
    let mut report = testing::report_of(Vec::new());
    report.verdict.outcome = model::Outcome::Incomplete;
    let log = sarif(&report, &Options::default());
    assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], false);
}

#[test]
fn fingerprints_are_those_of_the_line_or_the_finding() {
    let mut finding = testing::vulnerability("CVE-2020-1", "pkg:npm/a@1");
    finding.line_hash = Some("0123456789abcdef:1".to_owned());
    let prints = result_of(finding.clone())["partialFingerprints"].clone();
    assert_eq!(prints["primaryLocationLineHash"], "0123456789abcdef:1");
    assert_eq!(prints["portcullisIdentity/v1"], finding.fingerprint.as_str());
    finding.line_hash = None;
    let prints = result_of(finding.clone())["partialFingerprints"].clone();
    assert_eq!(prints["primaryLocationLineHash"], format!("{}:1", finding.fingerprint));
    // Two of the same finding stay two alerts.
    let log = sarif(&testing::report_of(vec![finding.clone(), finding.clone()]), &all());
    assert_eq!(
        log["runs"][0]["results"][1]["partialFingerprints"]["primaryLocationLineHash"],
        format!("{}:2", finding.fingerprint)
    );
}

#[test]
fn related_places_are_linked_from_the_message() {
    let mut finding =
        testing::finding("a/b", FindingClass::Policy, Severity::High, "two ports [80](http://evil) clash. See {0}");
    finding.locations =
        vec![testing::place("a.yaml", &[], 1, 3, (1, 2)), testing::place("dir [x]/b.yaml", &[], 1, 9, (1, 2))];
    let result = result_of(finding);
    insta::assert_snapshot!(result["message"]["text"].as_str().expect("a text"), @r"two ports \[80\](http://evil) clash. See {{0}}. See also [dir \[x\]/b.yaml:9](1).");
    assert_eq!(result["relatedLocations"][0]["id"], 1);
}

#[test]
fn categories_stay_the_same_for_a_new_build() {
    let id = |options: &Options| sarif(&testing::report(), options)["runs"][0]["automationDetails"]["id"].clone();
    assert_eq!(id(&Options::default()), "portcullis/scan/services-shop+docker.example-5000-team-shop+list.txt/");
    assert_eq!(id(&Options { category: Some("mine/".to_owned()), ..Options::default() }), "mine/");
    assert_eq!(
        sarif(&testing::empty_report(), &Options::default())["runs"][0]["automationDetails"]["id"],
        "portcullis/scan/nothing/"
    );
}

#[test]
fn a_file_is_never_larger_than_services_take() {
    let worst = |number: usize| number == 25_700;
    let findings = (0..26_000).map(|number| {
        let severity = if worst(number) { Severity::Critical } else { Severity::Low };
        testing::finding(&format!("rule-{number}"), FindingClass::Policy, severity, "no.")
    });
    let log = sarif(&testing::report_of(findings.collect()), &Options::default());
    let run = &log["runs"][0];
    assert_eq!(run["results"].as_array().map(Vec::len), Some(25_000));
    assert_eq!(run["tool"]["driver"]["rules"].as_array().map(Vec::len), Some(25_000));
    assert!(run["results"].as_array().expect("results").iter().any(|result| result["ruleId"] == "rule-25700"));
    let said = &run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"];
    insta::assert_snapshot!(said.as_str().expect("a text"), @"1000 of 26000 results are left out, for services refuse larger files; the worst are here.");
}

#[test]
fn a_file_that_does_not_compress_is_cut() {
    let mut state = 1_u64;
    let mut noise = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from(b'!' + u8::try_from((state >> 33) % 90).expect("below 90"))
    };
    let findings = (0..40).map(|number| {
        let message: String = (0..3_000).map(|_| noise()).collect();
        testing::finding(&format!("rule-{number}"), FindingClass::Policy, Severity::Low, &message)
    });
    let report = testing::report_of(findings.collect());
    let bytes = super::log(&report, &Options::default(), 100, 60_000).expect("no write fails");
    let log: Value = serde_json::from_slice(&bytes).expect("JSON");
    assert!(super::size::compressed(&bytes).expect("no write fails") <= 60_000);
    assert_eq!(log["runs"][0]["results"].as_array().map(Vec::len), Some(10));
    assert!(
        log["runs"][0]["invocations"][0]["toolExecutionNotifications"]
            .to_string()
            .contains("30 of 40 results are left out")
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn hostile_texts_stay_acceptable(bad in any::<String>()) {
        let mut report = testing::report();
        for target in &mut report.targets {
            target.name.clone_from(&bad);
            target.layers.iter_mut().for_each(|layer| layer.created_by = Some(bad.clone()));
            for finding in &mut target.findings {
                finding.title.clone_from(&bad);
                finding.message.clone_from(&bad);
                finding.aliases = vec![bad.clone()];
                finding.remedy = Some(bad.clone());
                finding.suppression.iter_mut().for_each(|suppression| suppression.reason.clone_from(&bad));
                if finding.status == Status::Unknown {
                    finding.status = Status::Open;
                }
            }
            target.problems.iter_mut().for_each(|problem| problem.message.clone_from(&bad));
        }
        for rule in report.rules.values_mut() {
            rule.title.clone_from(&bad);
            rule.description.clone_from(&bad);
            rule.remediation.clone_from(&bad);
            rule.links = vec![bad.clone()];
            rule.cwes = vec![bad.clone()];
            rule.domain.clone_from(&bad);
        }
        let log = sarif(&report, &all());
        check_schema(&log);
        consumers::check(&log);
    }
}
