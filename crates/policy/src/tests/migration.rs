//! Version 0 rewritten as version 1.

use insta::assert_snapshot;
use model::Cancel;

use super::{documents, file, loaded};
use crate::{Options, PolicyFile, Trust, migrate};

fn check(text: &str) -> String {
    match migrate(&file(text, Trust::User), &Options::default()) {
        Ok(Some(text)) => text,
        Ok(None) => "as it is".to_owned(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn template_strings_are_of_version_1() {
    assert_eq!(check("package main\ndeny contains $\"of {input.a}\" if input.a\n"), "as it is");
    assert!(check("package main\ndeny[x] { x := $\"of {input.a}\" }\n").contains("template strings"));
}

#[test]
fn bodies_behind_others() {
    let text = check("package main\np = 5 {\n\tinput.a\n} {\n\tinput.b\n}\n");
    assert_eq!(text, "package main\n\nimport rego.v1\np = 5 if {\n\tinput.a\n} p = 5 if {\n\tinput.b\n}\n");
}

#[test]
fn imports_behind_rules() {
    let text = check("package main # ours\na { f.x }\n\nimport data.foo as f # why\nb { f.y }\n");
    assert_eq!(text, "package main # ours\n\nimport rego.v1\n\nimport data.foo as f\na if { f.x }\n\nb if { f.y }\n");
}

#[test]
fn line_breaks_stay_what_they_are() {
    assert_eq!(check("package a\r\nb { true }\r\n"), "package a\r\n\r\nimport rego.v1\r\nb if { true }\r\n");
}

const OLD: &str = r#"package main

import data.lib
import future.keywords.in

default allow = false

# Not in strings: "deny[x] {"
deny[msg] {
	input.a == 1
	msg = sprintf("%v {", [input.a])
}

deny["always"]

violation[{"msg": msg, "details": {}}] { msg := "one line" }

allow {
	input.b
} else = {"c": 1} {
	input.c
} else = false

names[key] = value {
	value := input.names[key]
}

twice(x) = y {
	y := x * 2
}

is_good(x) {
	re_match("^[a-z]+$", x)
}

constant = {"a": [1]}

limits = {"most": 3} {
	input.limited
}

warn[msg] { input.x; msg := "x" }
"#;

#[test]
fn every_kind_of_rule() {
    let new = check(OLD);
    for line in [
        "package main\n\nimport rego.v1\n\nimport data.lib\n\ndefault allow = false\n",
        "# Not in strings: \"deny[x] {\"\ndeny contains msg if {\n",
        "\tmsg = sprintf(\"%v {\", [input.a])\n",
        "\ndeny contains \"always\"\n",
        "\nviolation contains {\"msg\": msg, \"details\": {}} if { msg := \"one line\" }\n",
        "\nallow if {\n\tinput.b\n} else = {\"c\": 1} if {\n\tinput.c\n} else = false\n",
        "\nnames[key] = value if {\n",
        "\ntwice(x) = y if {\n",
        "\nis_good(x) if {\n\tregex.match(\"^[a-z]+$\", x)\n}\n",
        "\nconstant = {\"a\": [1]}\n",
        "\nlimits = {\"most\": 3} if {\n",
        "\nwarn contains msg if { input.x; msg := \"x\" }\n",
    ] {
        assert!(new.contains(line), "{line:?} is not in\n{new}");
    }
}

#[test]
fn what_stays_or_cannot_be() {
    assert_snapshot!(check("package a\ndeny contains \"x\" if input.a\n"), @"as it is");
    assert_snapshot!(check("package a\nimport rego.v1\ndeny contains \"x\" if input.a\n"), @"as it is");
    assert_snapshot!(check("package a\ndeny[msg] { any([input.a, input.b]); msg := \"x\" }\n"), @"policy.rego:2:16: `any` is not in version 1 of the language; write it otherwise first");
}

#[test]
fn it_says_the_same_afterwards() {
    let new = PolicyFile { text: check(OLD), ..file("", Trust::User) };
    let found = |text: &str, document: &str| {
        let set = loaded(text, &Options::default());
        let evaluation = set.evaluate(&documents(document)[0], &Cancel::new());
        assert_eq!(evaluation.problems, []);
        evaluation.findings
    };
    for document in ["a: 1", "x: true", "x: true\ny: true", "b: 2\na: 1"] {
        let messages = |findings: Vec<model::Finding>| -> Vec<String> {
            findings.into_iter().map(|finding| format!("{} {}", finding.rule, finding.message)).collect()
        };
        let (before, after) = (messages(found(OLD, document)), messages(found(&new.text, document)));
        assert_eq!(before, after, "{document}");
        assert!(before.len() > 1);
    }
}
