//! Template strings, with what OPA 1.22 makes of them.

use super::{faults, messages};

const DOCUMENT: &str = "a: A\nlist: [p, q]\n";

fn check(template: &str, expected: &str) {
    let policy = format!("package main\nimport rego.v1\ndeny contains {template} if true\nf(x) := \"one\" if x == 1\n");
    assert_eq!(messages(&policy, DOCUMENT), [expected], "{template}");
}

#[test]
fn texts_and_expressions() {
    check("$\"x {input.a} y {input.missing} z\"", "x A y <undefined> z");
    check(
        "$\"{1+1} {1.0} {true} {null} {[1,\"a\"]} {{\"k\": \"v\"}} {{1,2}}\"",
        "2 1.0 true null [1, \"a\"] {\"k\": \"v\"} {1, 2}",
    );
    check("$`raw {input.a} \\n {input.missing} \\{x\\}`", "raw A \\n <undefined> {x\\}");
    check("$\"esc \\{not} \\\" {upper(\"q\")} {$\"nested {input.a}\"}\"", "esc {not} \" Q nested A");
    check("$\"{[x | some x in input.list]} } {set()} {\"\"}|\"", "[\"p\", \"q\"] } set() |");
    check("$\"{f(1)} {f(2)} {to_number(\"abc\")} %d %s\"", "one <undefined> <undefined> %d %s");
    check("$\"{input.list[0]} {\"}\"} {`}`} {input.a in {\"A\"}} {1 == 1}\"", "p } } true true");
    check("$`{1}\ntwo {\n2 # end }\n}`", "1\ntwo 2");
    check("concat(\",\", [$\"{1}\", $\"a{input.a}\"])", "1,aA");
}

#[test]
fn in_bodies() {
    let check = |rules: &str, expected: &[&str]| {
        assert_eq!(messages(&format!("package main\nimport rego.v1\n{rules}"), DOCUMENT), expected, "{rules}");
    };
    check("deny contains $\"el {x}\" if some x in input.list", &["el p", "el q"]);
    check(
        "deny contains msg if { some x in input.list; msg := $\"{x} {input.b}\"; not $\"{input.b}\" == \"q\" }",
        &["p <undefined>", "q <undefined>"],
    );
    check("p[$\"k{input.a}\"] := 1\ndeny contains k if some k, _ in p", &["kA"]);
    check("# $\"{comment\ndeny contains `$\"{raw`", &["$\"{raw"]);
}

#[test]
fn what_is_none() {
    let check = |template: &str, expected: &str| {
        assert_eq!(
            faults(&format!("package main\nimport rego.v1\nx := \"ä\" \ndeny contains {template} if true\n")),
            format!("policy.rego:{expected}\n"),
            "{template}"
        );
    };
    check("$\"{}\"", "4:18: there is nothing in these braces of a template string; write `\\{` for a brace");
    let unclosed = "this `{` of a template string has no end, or templates stand in it more than 8 deep";
    check("$\"{input.a", &format!("4:17: {unclosed}"));
    check("$\"a", "4:15: a template string has no end");
    check("$\"{input.a; input.b}\"", &format!("4:17: {unclosed}"));
    for (opening, closing) in [("$\"{", "}\""), ("$`{f(", ")}`")] {
        let nested = |depth| format!("{}1{}", opening.repeat(depth), closing.repeat(depth));
        check(&nested(10), &format!("4:17: {unclosed}"));
        check(&nested(100_000), &format!("4:17: {unclosed}"));
        check(&opening.repeat(100_000), &format!("4:17: {unclosed}"));
    }
    let cut = "package main\nimport rego.v1\nx := $\"\\";
    assert_eq!(faults(cut), "policy.rego:3:6: a template string has no end\n");
    check("$\"{not input.a}\"", "4:18: in the braces of a template string stands an expression, no statement");
    check("$\"ä {input.a}\" 5", "4:31: expecting identifier. Failed to parse rule-ref");
}
