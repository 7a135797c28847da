//! The test runner.

use insta::assert_snapshot;

use super::{documents, file};
use crate::{Example, Expectation, Options, PolicyFile, TestReport, Tests, Trust, run_tests};

fn report(files: &[(&str, &str)], examples: &[Example]) -> TestReport {
    let files = files.iter().map(|(name, text)| PolicyFile { name: (*name).to_owned(), ..file(text, Trust::User) });
    let (report, errors) =
        run_tests(Tests { files: files.collect(), examples, ..Tests::default() }, &Options::default());
    assert!(errors.is_empty(), "{errors:?}");
    report
}

fn check(files: &[(&str, &str)], examples: &[Example]) -> String {
    let report = report(files, examples);
    let cases = report
        .cases
        .iter()
        .map(|case| format!("{} {} {} {} {}\n", case.outcome.name(), case.suite, case.test, case.case, case.message));
    format!("{}{} {} {} {}", cases.collect::<String>(), report.passed, report.failed, report.errors, report.skipped)
}

const POLICY: &str = "package team.rules\ndeny contains msg if { input.a == 1; msg := \"no ones\" }\n";

#[test]
fn test_rules() {
    assert_snapshot!(check(&[("team.rego", POLICY), ("team_test.rego", "package team.rules_test
import data.team.rules
test_one if rules.deny[\"no ones\"] with input as {\"a\": 1}
test_two if count(rules.deny) == 0 with input as {\"a\": 2}
test_none if count(rules.deny) == 0
test_wrong if count(rules.deny) == 7 with input as {\"a\": 1}
test_false := false
test_error := x if { some x in [true, false] }
todo_test_later if false
helper if true
")], &[]), @r"
    pass team_test.rego team.rules_test.test_one  
    pass team_test.rego team.rules_test.test_two  
    pass team_test.rego team.rules_test.test_none  
    fail team_test.rego team.rules_test.test_wrong  team_test.rego:6: it is undefined, not true
    fail team_test.rego team.rules_test.test_false  team_test.rego:7: it is false, not true
    error team_test.rego team.rules_test.test_error  team_test.rego:8: rules must not produce multiple outputs
    skip team_test.rego team.rules_test.todo_test_later  
    3 2 1 1
    ");
}

/// Which cases a table has, and which of them hold, as `opa test` 1.22.3 says.
#[test]
fn tests_of_tables() {
    assert_snapshot!(check(&[("team.rego", POLICY), ("team_test.rego", "package team.rules_test
import data.team.rules
test_all[name] if {
  some name, given in {\"one\": {\"a\": 1}, \"two\": {\"a\": 1, \"b\": 2}}
  \"no ones\" in rules.deny with input as given
}
test_some[name] if {
  some name, given in {\"one\": {\"a\": 1}, \"three\": {\"a\": 3}, \"two\": {\"a\": 2}}
  count(rules.deny) == 1 with input as given
}
test_pairs[kind][number] if {
  some kind, numbers in {\"odd\": [1, 3], \"even\": [2, 5]}
  some number in numbers
  number % 2 == {\"odd\": 1, \"even\": 0}[kind]
}
test_empty[name] if { some name in []; name }
test_false[name] := given if some name, given in {\"a\": true, \"b\": false}
")], &[]), @r"
    pass team_test.rego team.rules_test.test_all  
    fail team_test.rego team.rules_test.test_some  team_test.rego:7: it is not true for three, two
    fail team_test.rego team.rules_test.test_pairs  team_test.rego:11: it is not true for even/5
    pass team_test.rego team.rules_test.test_empty  
    fail team_test.rego team.rules_test.test_false  team_test.rego:17: it is not true for b
    2 3 0 0
    ");
}

#[test]
fn examples() {
    let example = |name: &str, expects: Expectation, text: &str| Example {
        policy: "team.rego".to_owned(),
        name: name.to_owned(),
        expects,
        documents: documents(text),
        problems: Vec::new(),
    };
    assert_snapshot!(check(&[("team.rego", POLICY), ("other.rego", "package other\ndeny contains \"always\"\n")], &[
        example("pass.yaml", Expectation::Nothing, "a: 2"),
        example("pass-2.yaml", Expectation::Nothing, "b: 2\na: 1"),
        example("fail.yaml", Expectation::Something, "a: 1"),
        example("fail-2.yaml", Expectation::Something, "a: 2"),
        example("fail-3.yaml", Expectation::Lines(vec![4, 2]), "b: 1\na: 1\n---\na: 1"),
        example("fail-4.yaml", Expectation::Lines(vec![1]), "b: 1\na: 1"),
        example("fail-5.yaml", Expectation::Something, "# nothing"),
    ]), @r"
    pass team.rego examples pass.yaml 
    fail team.rego examples pass-2.yaml nothing should be found; line 2: no ones
    pass team.rego examples fail.yaml 
    fail team.rego examples fail-2.yaml something should be found, and nothing was
    pass team.rego examples fail-3.yaml 
    fail team.rego examples fail-4.yaml lines 1 should be found; line 2: no ones
    error team.rego examples fail-5.yaml fail-5.yaml: it holds no document
    3 3 1 0
    ");
}

#[test]
fn the_shape_of_the_report() {
    let report = report(&[("a.rego", "package a\ntest_a if true\n")], &[]);
    assert_snapshot!(serde_json::to_string(&report).expect("JSON"), @r#"{"passed":1,"failed":0,"errors":0,"skipped":0,"cases":[{"suite":"a.rego","test":"a.test_a","case":"","outcome":"pass","message":""}]}"#);
}

#[test]
fn lines_that_tests_reach() {
    let policy = "package a\nimport rego.v1\n\ndeny contains msg if {\n\tinput.a == 1\n\tmsg := \"one\"\n}\n\ndeny contains msg if {\n\tinput.a == 2\n\tmsg := \"two\"\n}\n";
    let other = "package b\n\n# nothing\ndeny contains \"x\" if {\n\tinput.b\n}\n";
    let tests = "package a_test\nimport rego.v1\nimport data.a\ntest_one if a.deny with input as {\"a\": 1}\n";
    let files = [("a.rego", policy), ("a_test.rego", tests), ("b.rego", other)];
    let files = files.map(|(name, text)| PolicyFile { name: name.to_owned(), ..file(text, Trust::User) });
    let example = Example {
        policy: "a.rego".to_owned(),
        name: "pass.yaml".to_owned(),
        expects: Expectation::Nothing,
        documents: documents("a: 3"),
        problems: Vec::new(),
    };
    let covered = |examples: &[Example]| {
        let tests = Tests { files: files.to_vec(), examples, coverage: true, ..Tests::default() };
        run_tests(tests, &Options::default()).0.coverage.expect("it was asked for")
    };
    let shown = |coverage: &crate::Coverage| {
        let rows = |lines: &[crate::Lines]| lines.iter().map(|run| (run.start.row, run.end.row)).collect::<Vec<_>>();
        let files = coverage.files.iter().map(|(name, file)| {
            let (reached, missed) = (rows(&file.covered), rows(&file.not_covered));
            format!(
                "{name} {} % of {}: {reached:?}, not {missed:?}\n",
                file.coverage,
                file.covered_lines + file.not_covered_lines
            )
        });
        format!("{}{} %", files.collect::<String>(), coverage.coverage)
    };
    let report = covered(&[]);
    assert_snapshot!(shown(&report), @r"
    a.rego 66.6 % of 6: [(4, 6), (10, 10)], not [(9, 9), (11, 11)]
    a_test.rego 100 % of 1: [(4, 4)], not []
    b.rego 0 % of 2: [], not [(4, 5)]
    55.5 %
    ");
    let json = serde_json::to_value(&report).expect("JSON");
    assert_eq!(json["files"]["b.rego"]["not_covered"], serde_json::json!([{"start": {"row": 4}, "end": {"row": 5}}]));
    assert!(covered(&[example]).coverage >= report.coverage);
}
