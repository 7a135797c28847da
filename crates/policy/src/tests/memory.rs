//! Policies that make much of little: what builtins of one run make is limited, all together and before it is made.

use model::Cancel;

use super::{documents, loaded};
use crate::Options;

/// The statements of a rule that ends in `msg`; what is said where it is not judged, or the first words of what it gave.
fn check(statements: &str) -> String {
    let set = loaded(&format!("package main\ndeny contains msg if {{\n{statements}\n}}"), &Options::default());
    let evaluation = set.evaluate(&documents("a: 1")[0], &Cancel::new());
    let problem = evaluation.problems.first().map(|problem| problem.message.clone());
    let said = problem.or_else(|| evaluation.findings.first().map(|finding| finding.message.clone()));
    let said = said.unwrap_or_default();
    said.rsplit_once("judged by it: ").map_or(said.chars().take(40).collect(), |(_, fault)| fault.to_owned())
}

/// Each statement makes more of what the one before it made.
fn chain(first: &str, step: &str) -> String {
    let steps = (0..40).map(|at| format!("x{} := {}\n", at + 1, step.replace('X', &format!("x{at}"))));
    format!("x0 := {first}\n{}msg := sprintf(\"%v\", [count(x40)])", steps.collect::<String>())
}

const TOO_MUCH: &str = "its builtins would make more than 268435456 bytes";

#[test]
fn texts_and_lists_that_double() {
    for (first, step) in [
        ("\"abcdefgh\"", "concat(\"\", [X, X])"),
        ("\"abcdefgh\"", "sprintf(\"%s%s\", [X, X])"),
        ("\"a\"", "replace(X, \"a\", \"aa\")"),
        ("\"a\"", "strings.replace_n({\"a\": \"aa\"}, X)"),
        ("\"a\"", "regex.replace(X, \"a\", \"aa\")"),
        ("\"%\"", "hex.encode(X)"),
        ("\"a\"", "concat(\"\", [upper(X), lower(X)])"),
        ("[1]", "array.concat(X, X)"),
        ("\"\\\"\"", "json.marshal(X)"),
    ] {
        assert_eq!(check(&chain(first, step)), TOO_MUCH, "{step}");
    }
}

#[test]
fn much_at_once() {
    for statements in [
        "msg := sprintf(\"%v\", [count(net.cidr_expand(\"10.0.0.0/3\"))])",
        "msg := sprintf(\"%v\", [count(net.cidr_expand(\"::/0\"))])",
        "msg := sprintf(\"%v\", [count(numbers.range_step(1, 1000000000, 1))])",
        "msg := format_int(bits.lsh(1, 100000000), 2)",
        "x := concat(\"\", [\"a\" | numbers.range(1, 3000)[_]])\ny := replace(x, \"a\", x)\nmsg := sprintf(\"%v\", [count(split(y, \"\"))])",
    ] {
        assert_eq!(check(statements), TOO_MUCH, "{statements}");
    }
}

#[test]
fn values_that_share_are_not_written_out() {
    let nested = chain("{\"a\": 1}", "[X, X]");
    let written = nested.replace("count(x40)", "json.marshal(x40)");
    assert_eq!(check(&written), TOO_MUCH);
    let walked = nested.replace("count(x40)", "count([1 | walk(x40)])");
    assert_eq!(check(&walked), TOO_MUCH);
    let given = nested.replace("sprintf(\"%v\", [count(x40)])", "{\"msg\": \"a\", \"details\": x40}");
    assert_eq!(check(&given), "policy `main.deny` gave results of more ");
}

#[test]
fn what_policies_do_every_day_is_as_it_was() {
    for (statement, expected) in [
        ("msg := concat(\"-\", [\"a\", upper(\"b\"), base64.encode(\"c\")])", "a-B-Yw=="),
        (
            "msg := sprintf(\"%v\", [object.union({\"a\": {\"b\": 1}}, {\"a\": {\"c\": 2}})])",
            "{\"a\": {\"b\": 1, \"c\": 2}}",
        ),
        ("msg := sprintf(\"%v\", [[p | walk({\"a\": [1]}, [p, 1])]])", "[[\"a\", 0]]"),
        ("msg := sprintf(\"%v\", [graph.reachable_paths({\"a\": [\"b\"], \"b\": []}, {\"a\"})])", "{[\"a\", \"b\"]}"),
        (
            "msg := sprintf(\"%v\", [net.cidr_expand(\"10.0.0.0/30\")])",
            "{\"10.0.0.0\", \"10.0.0.1\", \"10.0.0.2\", \"10",
        ),
        ("msg := sprintf(\"%v\", [numbers.range_step(1, 7, 3)])", "[1, 4, 7]"),
        ("msg := sprintf(\"%v\", [bits.lsh(1, 70)])", "1180591620717411303424"),
    ] {
        assert_eq!(check(statement), expected, "{statement}");
    }
    // A builtin that fails is undefined, and said with its place.
    assert_eq!(check("msg := concat(\",\", 1)"), "policy `main.deny`: policy.rego:3: `conc");
}
