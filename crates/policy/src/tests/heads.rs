//! Heads of rules that are undefined for some element: that element is left out, as for OPA, and the others stay.

use insta::assert_snapshot;

use super::check;

const LIST: &str = "list: [{path: a}, {other: 1}, {path: b}]\none: {}\n";

/// The messages alone: where they are is not asked here.
fn messages(policy: &str) -> String {
    let shown = check(policy, LIST);
    let lines = shown.lines().filter(|line| !line.starts_with(' '));
    lines.map(|line| format!("{line}\n")).collect()
}

#[test]
fn elements_of_sets() {
    assert_snapshot!(messages("package main
deny_path contains item.path if some item in input.list
deny_call contains sprintf(\"%s\", [upper(item.path)]) if some item in input.list
deny_body contains sprintf(\"%s\", [
  item.path,
]) if {
  some item in input.list
  not startswith(item.path, \"b\")
}
deny_object contains {\"msg\": item.path, \"at\": [\"list\"]} if { some item in input.list }
deny_negated contains input.one.path if not input.two
deny_rule contains name if input.one
name := input.one.path
deny_missing contains input.one.path if input.one
deny_local contains msg if { some item in input.list; msg := item.path }
"), @r"
    high main/deny_body: a
    high main/deny_call: A
    high main/deny_call: B
    high main/deny_local: a
    high main/deny_local: b
    high main/deny_object: a
    high main/deny_object: b
    high main/deny_path: a
    high main/deny_path: b
    ");
}

#[test]
fn members_of_objects() {
    assert_snapshot!(messages("package main
keys[item.path] := 1 if some item in input.list
values[place] := item.path if some place, item in input.list
deny_keys contains key if some key, _ in keys
deny_values contains sprintf(\"%v %v\", [key, value]) if some key, value in values
parts[input.list[0].path][item.path] := place if some place, item in input.list
deny_parts contains sprintf(\"%v\", [parts])
"), @r#"
    high main/deny_keys: a
    high main/deny_keys: b
    high main/deny_parts: {"a": {"a": 0, "b": 2}}
    high main/deny_values: 0 a
    high main/deny_values: 2 b
    "#);
}

#[test]
fn version_0() {
    assert_snapshot!(messages("package main
deny_path[item.path] { item := input.list[_] }
deny_call[sprintf(\"%s\", [input.list[i].path])] { input.list[i] }
"), @r"
    high main/deny_call: a
    high main/deny_call: b
    high main/deny_path: a
    high main/deny_path: b
    ");
}
