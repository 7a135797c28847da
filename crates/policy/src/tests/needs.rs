//! What a rule needs a document to have before it is asked, as text: a line for each clause, `/` in front of keys of the document
//! itself.

use std::fmt::Write as _;

use insta::assert_snapshot;

use super::loaded;
use crate::rego::{Analysis, Mark, Module, Scalar};
use crate::{Input, Options};

/// What `deny` of the package `main` needs.
fn check(rules: &str) -> String {
    checked(rules, Input::Document)
}

fn checked(rules: &str, input: Input) -> String {
    let set = loaded(&format!("package main\n\nimport rego.v1\n\n{rules}\n"), &Options::default());
    let modules: Vec<&Module> = set.modules.iter().collect();
    let needs = Analysis::of(&modules).needs(&["main".to_owned(), "deny".to_owned()], input == Input::Document);
    let mut out = String::new();
    for clause in needs.clauses() {
        let marks: Vec<String> = clause.iter().map(shown).collect();
        let _ = writeln!(out, "{}", marks.join(" or "));
    }
    if out.is_empty() { "nothing\n".to_owned() } else { out }
}

fn shown(mark: &Mark) -> String {
    let root = if mark.is_root { "/" } else { "" };
    let value = match &mark.value {
        None => String::new(),
        Some(Scalar::Bool(value)) => format!(" = {value}"),
        Some(Scalar::Text(text)) => format!(" = {text}"),
        Some(Scalar::Part { part }) => format!(" = …{part}…"),
    };
    format!("{root}{}{value}", mark.key)
}

#[test]
fn keys_and_values_of_references() {
    assert_snapshot!(check(r#"deny contains "no" if {
  input.kind in {"Role", "ClusterRole"}
  some entry in input.rules
  "" in entry.apiGroups
  entry.open == true
}"#), @r"
    apiGroups = 
    /kind = ClusterRole or /kind = Role
    open = true
    /rules
    ");
}

#[test]
fn one_of_several_bodies() {
    assert_snapshot!(check(r#"deny contains "no" if input.spec.a
deny contains "no" if { input.spec.b; input.spec.c }"#), @r"
    a or b
    a or c
    /spec
    ");
}

#[test]
fn rules_and_functions_are_looked_into() {
    assert_snapshot!(check(r#"deny contains "no" if {
  some container in containers
  field(container, "privileged") == true
}
containers := array.concat([c | some c in input.containers], [c | some c in input.initContainers])
field(container, name) := container.spec.securityContext[name]
field(container, name) := container.pod[name] if not container.spec"#), @r"
    /containers or /initContainers
    pod or securityContext
    pod or spec
    privileged
    ");
}

#[test]
fn keys_of_an_object_that_a_rule_is() {
    assert_snapshot!(check(r#"deny contains path if path := paths[input.kind]
paths := {"Pod": "spec", "Job": "spec.template"}"#), @"/kind = Job or /kind = Pod");
}

#[test]
fn names_out_of_a_list() {
    assert_snapshot!(check(r#"deny contains "no" if {
  some field in ["livenessProbe", "startupProbe"]
  input.spec[field].host
}"#), @r"
    host
    livenessProbe or startupProbe
    /spec
    ");
}

#[test]
fn what_may_be_missing_needs_nothing() {
    assert_snapshot!(check(r#"deny contains "no" if {
  not input.a
  every x in input.b { x.c }
  object.get(input, "d", "e") == "e"
  x := input.kind == "Pod"
  x == false
}"#), @"/kind");
}

#[test]
fn other_circumstances_need_nothing() {
    assert_snapshot!(check(r#"deny contains "no" if is_bad with input as {"a": 1}
is_bad if input.a"#), @"nothing");
}

#[test]
fn what_a_rule_makes_need_not_be_in_the_document() {
    assert_snapshot!(check(r#"deny contains "no" if {
  some entry in [{"made": item, "found": item} | some item in input.items]
  entry.made.other == "x"
  entry.found == "y"
}"#), @r"
    /items
    other = x
    ");
    // Keys that are worked out may be any.
    assert_snapshot!(check(r#"deny contains "no" if {
  by_name := {name: item | some item in input.items; name := item.name}
  by_name.web.port == "y"
}"#), @"nothing");
    assert_snapshot!(check(r#"deny contains "no" if json.unmarshal(input.text).kind == "Pod""#), @"/text");
}

#[test]
fn a_name_stands_for_what_it_stands_for_where_it_is_bound() {
    // The second `key` is another variable, and so is the last.
    assert_snapshot!(check(r#"deny contains "no" if {
  names := [key | some key in ["a"]; input.spec[key]]
  input.other[key]
}"#), @"/other");
    assert_snapshot!(check(r#"deny contains "no" if {
  some _, word in {"a": "b"}
  input.spec[_] == word
}"#), @"/spec = b");
}

#[test]
fn parts_of_texts() {
    assert_snapshot!(check(r#"deny contains "no" if startswith(input.image, "docker.io/")"#), @"/image = …docker.io/…");
    // Whether it does may be asked without meaning that it does.
    assert_snapshot!(check(r#"deny contains "no" if {
  is_it := contains(input.image, ":")
  is_it == false
}"#), @"/image");
}

#[test]
fn any_text() {
    assert_snapshot!(check(r#"deny contains "no" if {
  target := input.spec.ports[_].targetPort
  is_string(target)
}"#), @r"
    ports
    /spec
    targetPort = ……
    ");
}

#[test]
fn tables_are_no_place_to_find_something_in() {
    assert_snapshot!(check(r#"deny contains word if {
  some field, word in words
  item := input.items[_]
  copy := {"of": item}
  copy.of[field] == true
}
words := {"hostPID": "process", "hostIPC": "communication"}"#), @r"
    hostIPC = true or hostPID = true
    /items
    ");
    // What goes elsewhere may come back from anywhere.
    assert_snapshot!(check(r#"deny contains word if {
  some field, word in words
  item := [input.items[_], words][_]
  item[field] == true
}
words := {"hostPID": "process", "hostIPC": "communication"}"#), @"/items");
}

#[test]
fn one_level_of_items() {
    assert_snapshot!(check(r#"deny contains "no" if "x" in input.lists[_]"#), @"/lists");
    assert_snapshot!(check(r#"deny contains "no" if input.spec.verbs[_] in {"get", "list"}"#), @r"
    /spec
    verbs = get or verbs = list
    ");
}

#[test]
fn a_list_of_documents_has_no_keys_of_its_own() {
    assert_snapshot!(checked(r#"deny contains "no" if {
  item := input[_].contents
  item.kind == "Service"
}"#, Input::Documents), @"kind = Service");
}

#[test]
fn what_holds_by_default_needs_nothing() {
    assert_snapshot!(check(r#"deny contains "no" if is_open
default is_open := true
is_open := false if input.closed"#), @"nothing");
    assert_snapshot!(check(r#"deny contains "no" if is_closed
default is_closed := false
is_closed if input.closed"#), @"/closed");
}
