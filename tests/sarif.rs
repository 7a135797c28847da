//! SARIF of real scans against its schema and the reference validator.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::command::{Folder, NOW, portcullis, portcullis_in};

/// Scans and returns the log, once with what is suppressed.
fn log_of(sources: &[&str]) -> (Folder, Value) {
    let folder = Folder::new();
    let path = folder.path().join("log.sarif");
    let format = format!("sarif={}", path.display());
    let run = portcullis(&[&["scan", "--now", NOW, "-f", &format], sources].concat());
    assert!(matches!(run.code, 0 | 1 | 4), "{}: {}", run.code, run.stderr);
    let log = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).expect("SARIF is JSON");
    (folder, log)
}

pub(crate) fn check_schema(log: &Value) {
    let Some(path) = testkit::shared("conformance/sarif/schemas") else { return };
    let file = std::fs::read_dir(path).unwrap().flatten().map(|entry| entry.path()).find(|path| is_main_schema(path));
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(file.expect("the schema")).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let faults: Vec<String> =
        validator.iter_errors(log).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn is_main_schema(path: &Path) -> bool {
    path.file_name().is_some_and(|name| {
        name.to_string_lossy().starts_with("sarif-2.1.0") && !name.to_string_lossy().contains("rtm")
    })
}

/// The reference validator: no result of level error.
fn check_with_validator(folder: &Folder) {
    let Some(program) = testkit::sarif_validator() else { return };
    let answer = folder.path().join("answer.sarif");
    let output = Command::new(&program)
        .args(["validate", "log.sarif", "--output"])
        .arg(&answer)
        .args(["--rule-kind", "Sarif;Ghas", "--log", "ForceOverwrite"])
        .current_dir(folder.path())
        .output()
        .expect("the validator starts");
    let shown = || format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let text = std::fs::read_to_string(&answer).unwrap_or_else(|error| panic!("{error}: {}", shown()));
    let answer: Value = serde_json::from_str(&text).unwrap();
    let results = answer["runs"][0]["results"].as_array().cloned().unwrap_or_default();
    let errors: Vec<&Value> = results.iter().filter(|result| result["level"] == "error").collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

/// Services resolve paths against the repository, and pipelines call its folders by their whole paths.
#[test]
fn an_absolute_path_into_the_working_folder() {
    let folder = Folder::with("--- deploy/requirements.txt\ndjango==3.2.0\n");
    for source in [folder.path().join("deploy"), folder.path().to_owned()] {
        let source = source.display().to_string();
        let run = portcullis_in(folder.path(), &["scan", &source, "--now", NOW, "-f", "sarif"], b"");
        assert!(run.stdout.contains("\"uri\": \"deploy/requirements.txt\""), "{}{}", run.stdout, run.stderr);
    }
}

#[test]
fn the_demo() {
    let (folder, log) = log_of(&["fixtures/demo"]);
    check_schema(&log);
    check_with_validator(&folder);
    let results = log["runs"][0]["results"].as_array().unwrap();
    assert!(!results.is_empty());
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    for rule in rules {
        let severity = &rule["properties"]["security-severity"];
        assert!(severity.is_null() || severity.is_string(), "{rule:#}");
    }
    for result in results {
        assert!(result["partialFingerprints"].is_object(), "{result:#}");
    }
}

#[test]
fn a_damaged_tree_says_what_was_not_read() {
    let folder = Folder::with("--- package-lock.json\n{\"lockfileVersion\": 3, \"packages\": \n");
    let (own, log) = log_of(&[&folder.path().display().to_string()]);
    check_schema(&log);
    check_with_validator(&own);
    let invocation = &log["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false, "{invocation:#}");
    assert!(invocation["toolExecutionNotifications"][0]["locations"][0].is_object(), "{invocation:#}");
}
