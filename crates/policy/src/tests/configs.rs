//! Conftest's `parse_config` and its like.

use insta::assert_snapshot;

use super::{checked, faults};
use crate::{ConfigFiles, ConfigReader, Options};

/// Two files, and a language of `name=value`.
struct Files;

impl ConfigReader for Files {
    fn parse(&self, parser: &str, text: &str) -> Result<serde_json::Value, String> {
        let (name, value) = text.split_once('=').ok_or("no `=`")?;
        if parser == "pairs" { Ok(serde_json::json!({name: value})) } else { Err(format!("no parser {parser}")) }
    }

    fn read(&self, path: &str) -> Result<serde_json::Value, String> {
        match path {
            "one.yaml" => Ok(serde_json::json!({"one": 1})),
            "two.yaml" => Ok(serde_json::json!([{"two": 1}, {"two": 2}])),
            other => Err(format!("{other} leads out")),
        }
    }
}

fn check(policy: &str) -> String {
    let options = Options { configs: Some(ConfigFiles::new(Files)), ..Options::default() };
    checked(policy, "a: 1", &options)
}

#[test]
fn texts_and_files() {
    assert_snapshot!(check("package main\ndeny contains json.marshal(parse_config(\"pairs\", \"a=b\"))\n"), @r#"
    high main/deny: {"a":"b"}
      1:1 «a: 1»
      object
    "#);
    assert_snapshot!(check("package main\ndeny contains json.marshal(parse_config_file(\"two.yaml\"))\n"), @r#"
    high main/deny: [{"two":1},{"two":2}]
      1:1 «a: 1»
      object
    "#);
    assert_snapshot!(check("package main\ndeny contains json.marshal(parse_combined_config_files([\"one.yaml\", \"two.yaml\"]))\n"), @r#"
    high main/deny: [{"contents":{"one":1},"path":"one.yaml"},{"contents":{"two":1},"path":"two.yaml"},{"contents":{"two":2},"path":"two.yaml"}]
      1:1 «a: 1»
      object
    "#);
}

#[test]
fn what_cannot_be_read_is_said() {
    assert_snapshot!(check("package main\ndeny contains parse_config_file(\"../secret\")\n"), @"error policy: policy `main.deny` of policy.rego gave no answer, this was not judged by it: policy.rego:2: parse_config_file: ../secret leads out");
    assert_snapshot!(check("package main\ndeny contains parse_config(\"cobol\", \"a=b\")\n"), @"error policy: policy `main.deny` of policy.rego gave no answer, this was not judged by it: policy.rego:2: parse_config: no parser cobol");
    assert_snapshot!(faults("package main\ndeny contains parse_config_file(\"one.yaml\")\n"), @"policy.rego:2:32: there is no function `parse_config_file`; scan the file itself, give its content as data, or test with `policy test`");
}
