//! The JSON report against its schema, and back.

use model::Report;
use proptest::prelude::*;

use crate::{Format, Options, testing, write};

fn json(report: &Report) -> String {
    let mut bytes = Vec::new();
    write(report, Format::Json, &Options::default(), &mut bytes).expect("a Vec takes every write");
    String::from_utf8(bytes).expect("JSON is UTF-8")
}

/// Every report is valid by the schema that `portcullis schema report` prints, and reads back as itself.
fn check(report: &Report) {
    let text = json(report);
    let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let schema = serde_json::to_value(schemars::schema_for!(Report)).expect("a schema");
    let validator = jsonschema::validator_for(&schema).expect("a valid schema");
    let errors: Vec<String> =
        validator.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert_eq!(errors, Vec::<String>::new());
    // Byte offsets of spans and parts of the model's own making are kept too.
    assert_eq!(&serde_json::from_str::<Report>(&text).expect("a report"), report);
}

#[test]
fn keeps_to_its_schema_and_reads_back() {
    check(&testing::report());
    check(&testing::empty_report());
}

#[test]
fn the_schema_refuses_what_is_none() {
    let schema = serde_json::to_value(schemars::schema_for!(Report)).expect("a schema");
    let validator = jsonschema::validator_for(&schema).expect("a valid schema");
    let mut value: serde_json::Value = serde_json::from_str(&json(&testing::report())).expect("JSON");
    value["targets"][0]["findings"][0]["severity"] = "horrible".into();
    assert!(!validator.is_valid(&value));
}

#[test]
fn ends_with_a_line_break() {
    insta::assert_snapshot!(json(&testing::report()).lines().take(6).collect::<Vec<_>>().join("\n"), @r#"
        {
          "schema": "portcullis.report/1",
          "tool": {
            "name": "portcullis",
            "version": "0.1.0"
          },
        "#);
    assert!(json(&testing::report()).ends_with("}\n"));
}

proptest! {
    #[test]
    fn any_text_survives(message in any::<String>(), name in any::<String>()) {
        let mut report = testing::report();
        report.targets[0].findings[0].message = message;
        report.targets[1].name = name;
        prop_assert_eq!(&serde_json::from_str::<Report>(&json(&report)).expect("a report"), &report);
    }
}
