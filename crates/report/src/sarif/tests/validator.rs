//! The reference validator of the format's authors: no error, by the standard's rules and by those of two services.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::{all, sarif};
use crate::{Options, testing};

/// What the validator says of a file, as `level rule: what it names`, without notes.
fn complaints(log: &Value, name: &str) -> Option<Vec<String>> {
    let validator = testkit::sarif_validator()?;
    let folder = std::env::temp_dir().join(format!("portcullis-sarif-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    let answer = run(&validator, &folder, log);
    std::fs::remove_dir_all(&folder).expect("the folder can be removed");
    let rules = answer["runs"][0]["tool"]["driver"]["rules"].clone();
    let results = answer["runs"][0]["results"].as_array().cloned().expect("the validator gives results");
    let words = |result: &Value| {
        let rule = &rules[result["ruleIndex"].as_u64().expect("an index") as usize];
        let level = result["level"].as_str().unwrap_or("warning");
        format!("{level} {}: {}", rule["id"].as_str().unwrap_or_default(), result["message"]["arguments"])
    };
    let mut complaints: Vec<String> = results.iter().map(words).filter(|words| !words.starts_with("note ")).collect();
    complaints.sort();
    complaints.dedup();
    Some(complaints)
}

fn run(validator: &Path, folder: &Path, log: &Value) -> Value {
    let input = folder.join("report.sarif");
    let output = folder.join("answer.sarif");
    std::fs::write(&input, log.to_string()).expect("the folder can be written");
    let done = Command::new(validator)
        .args(["validate", "--rule-kind", "Sarif;Ghas", "--log", "ForceOverwrite", "--output"])
        .args([&output, &input])
        .output()
        .expect("the validator can be started");
    let answer =
        std::fs::read(&output).unwrap_or_else(|_| panic!("no answer: {}", String::from_utf8_lossy(&done.stdout)));
    serde_json::from_slice(answer.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&answer)).expect("JSON")
}

#[test]
fn has_no_error() {
    let Some(complaints) = complaints(&sarif(&testing::report(), &all()), "all") else { return };
    let errors: Vec<&String> = complaints.iter().filter(|words| words.starts_with("error")).collect();
    assert_eq!(errors, Vec::<&String>::new());
    insta::assert_snapshot!(complaints.join("\n"), @r#"warning SARIF2005: ["runs[0].tool.driver","portcullis"]"#);
}

#[test]
fn has_no_error_for_nothing() {
    let Some(complaints) = complaints(&sarif(&testing::empty_report(), &Options::default()), "none") else { return };
    assert!(!complaints.iter().any(|words| words.starts_with("error")), "{complaints:?}");
}

/// By the standard's rules, and by those of code scanning.
#[test]
fn the_validator_is_awake() {
    let mut log = sarif(&testing::report(), &all());
    log["runs"][0]["results"][0]["ruleIndex"] = 99_999.into();
    log["runs"][0]["results"][1]["locations"] = Value::Array(Vec::new());
    let Some(complaints) = complaints(&log, "broken") else { return };
    let is_error_of = |rules: &str| complaints.iter().any(|words| words.starts_with(&format!("error {rules}")));
    assert!(is_error_of("SARIF1") && is_error_of("GH1"), "{complaints:?}");
}
