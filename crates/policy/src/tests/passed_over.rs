//! Rules of the user that are not asked of what holds nothing for them: what is found, counted and said is the same as if all were asked.

use model::Cancel;

use super::{documents, loaded};
use crate::{Evaluation, Options};

/// Judges documents with and without passing over, and gives what was found with the number of documents that it was asked of.
fn check(policy: &str, text: &str) -> (Vec<Evaluation>, usize) {
    let set = loaded(policy, &passing_over());
    let all = loaded(policy, &Options { asks_all: true, ..Options::default() });
    let mut found = Vec::new();
    let mut asked = 0;
    for document in documents(text) {
        let (own, expected) = (set.evaluate(&document, &Cancel::new()), all.evaluate(&document, &Cancel::new()));
        assert_eq!(own, expected, "{:?}", document.root);
        let sieve = set.groups[0].sieve(&set.packages, &set.modules, &set.options).expect("it may pass over");
        asked += sieve.asked(&document).into_iter().filter(|is_asked| *is_asked).count();
        found.push(own);
    }
    (found, asked)
}

fn passing_over() -> Options {
    Options { passes_over_users: true, ..Options::default() }
}

/// The messages of all findings and the number of rules that were evaluated, and of those that were asked.
fn told(policy: &str, text: &str) -> (Vec<String>, u64, usize) {
    let (found, asked) = check(policy, text);
    let messages = found.iter().flat_map(|one| &one.findings).map(|finding| finding.message.clone()).collect();
    (messages, found.iter().map(|one| one.evaluated).sum(), asked)
}

const OBJECTS: &str =
    "kind: Pod\nspec: {hostNetwork: true}\n---\nkind: Service\nspec: {type: NodePort}\n---\nkind: Role\n";

#[test]
fn what_lacks_a_key_is_passed_over() {
    let policy = r#"package main

import rego.v1

deny contains "host" if input.spec.hostNetwork
deny_port contains "port" if { input.kind == "Service"; input.spec.type == "NodePort" }
warn contains msg if { not input.spec; msg := "no spec" }"#;
    assert_eq!(told(policy, OBJECTS), (["host", "port", "no spec"].map(str::to_owned).to_vec(), 9, 5));
}

#[test]
fn the_first_version_of_the_language_too() {
    let policy = "package main\n\ndeny[msg] {\n  input.spec.type == \"NodePort\"\n  msg := \"port\"\n}\n";
    assert_eq!(told(policy, OBJECTS), (vec!["port".to_owned()], 3, 1));
}

#[test]
fn two_values_of_one_rule_are_an_error_all_the_same() {
    let policy = r#"package main

import rego.v1

deny contains "no" if { word == "x"; input.never }
word := "a" if input.kind
word := "b" if input.spec"#;
    let (found, asked) = check(policy, OBJECTS);
    assert_eq!(asked, 2);
    assert_eq!(found.iter().map(|one| one.unknown).collect::<Vec<_>>(), [1, 1, 0]);
    // One that goes through a list may have two, and so may a key.
    for rule in
        ["word := input.spec[_]", "word := made.k\nmade := {key: value | some value in input.spec; key := \"k\"}"]
    {
        let policy = format!(
            "package main\n\nimport rego.v1\n\ndeny contains \"no\" if {{ word == \"x\"; input.never }}\n{rule}"
        );
        let (found, _) = check(&policy, "kind: Pod\nspec: {a: 1, b: 2}\n");
        assert_eq!(found[0].unknown, 1, "{rule}");
    }
}

#[test]
fn whoever_may_ask_for_the_file_is_asked() {
    let policy = "package main\n\nimport rego.v1\n\ndeny contains \"no\" if data.conftest.file.name == \"input\"";
    let set = loaded(policy, &passing_over());
    assert!(set.groups[0].sieve(&set.packages, &set.modules, &set.options).is_none());
    let found = set.evaluate(&documents("kind: Pod\n")[0], &Cancel::new());
    assert_eq!(found.findings.len(), 1);
}

#[test]
fn the_users_rules_are_passed_over_only_if_that_is_asked_for() {
    let set = loaded(
        "package main\n\nimport rego.v1\n\ndeny contains \"host\" if input.spec.hostNetwork",
        &Options::default(),
    );
    assert!(set.groups[0].sieve(&set.packages, &set.modules, &set.options).is_none());
}
