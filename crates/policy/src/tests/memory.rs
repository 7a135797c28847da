//! Policies that make much of little: what builtins of one run make is limited, all together and before it is made.

use model::Cancel;

use super::{documents, loaded};
use crate::Options;

/// The statements of a rule that ends in `msg`; what is said where it is not judged, or the first words of what it gave.
fn check(statements: &str) -> String {
    // What is asked is what may be made, however slow the machine.
    let options = Options { time_limit: std::time::Duration::from_secs(60), ..Options::default() };
    let set = loaded(&format!("package main\ndeny contains msg if {{\n{statements}\n}}"), &options);
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

const TOO_MUCH: &str = "its builtins, lists and sets would make more than 268435456 bytes";

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
        let found = check(&chain(first, step));
        assert!([TOO_MUCH, VALUE].contains(&found.as_str()), "{step}: {found}");
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
    let is_refused = |statements: &str| [TOO_MUCH, VALUE].contains(&check(statements).as_str());
    assert!(is_refused(&written));
    let walked = nested.replace("count(x40)", "count([1 | walk(x40)])");
    assert!(is_refused(&walked));
    let given = nested.replace("sprintf(\"%v\", [count(x40)])", "{\"msg\": \"a\", \"details\": x40}");
    assert!(is_refused(&given));
    let text = "x := concat(\"\", [\"a\" | some i in numbers.range(1, 3000); i > 0])\ny := replace(x, \"a\", x)\nmsg := {\"msg\": \"a\", \"details\": [y | some i in numbers.range(1, 40); i > 0]}";
    assert_eq!(check(text), "policy `main.deny` gave results of more ");
}

/// What takes all memory there is long before its time is spent. Elements of many values get there soon, also where nothing is optimised.
#[test]
fn lists_that_grow_through_others() {
    let wide = "a, b, c, d, ".repeat(64);
    let four = "some a in n; some b in n; some c in n; some d in n";
    for made in [
        format!("[[{wide}] | {four}]"),
        format!("{{[{wide}] | {four}}}"),
        format!("{{[a, b, c, d]: [{wide}] | {four}}}"),
        format!("[[[{wide}] | some a in n; some b in n] | some c in n; some d in n]"),
    ] {
        let found = check(&format!("n := numbers.range(1, 300)\nmsg := sprintf(\"%v\", [count({made})])"));
        assert_eq!(found, TOO_MUCH, "{made}");
    }
}

/// The same of sets that rules make, and of lists that functions give.
#[test]
fn rules_that_grow_through_others() {
    let wide = "a, b, c, ".repeat(64);
    let three = "some a in n; some b in n; some c in n";
    for (rule, asked) in [
        (format!("p contains [{wide}] if {{ {three} }}"), "count(p)"),
        (format!("p contains{{\"a\": [{wide}], \"b\": b}} if {{ {three} }}"), "count(p)"),
        (format!("p[[a, b, c]] := [{wide}] if {{ {three} }}"), "count(p)"),
        (format!("p[ [a, b, c] ]:={{\"a\": [{wide}], \"=\": b}} if {{ {three} }}"), "count(p)"),
        (format!("p.q[[a, b, c]] := [{wide}] if {{ {three} }}"), "count(p.q)"),
        (format!("p(a) := [[{wide}] | some b in n; some c in n]"), "count([p(a) | some a in n])"),
    ] {
        let policy =
            format!("msg := sprintf(\"%v\", [{asked}])\n}}\nn := numbers.range(1, 300)\n{rule}\nother if {{ true");
        assert_eq!(check(&policy), TOO_MUCH, "{rule}");
    }
}

#[test]
fn elements_are_what_they_were() {
    for (statement, expected) in [
        ("msg := sprintf(\"%v\", [[ x | some x in [3, 1] ]])", "[3, 1]"),
        ("msg := sprintf(\"%v\", [{ x # one | two\n| some x in [3, 1] }])", "{1, 3}"),
        ("msg := sprintf(\"%v\", [{\"a:|\": [x | some x in y] | some y in [[1], [1]]}])", "{\"a:|\": [1]}"),
        ("msg := sprintf(\"%v\", [{k: {\"a\": v, \"b\": 1} | some k, v in [5]}])", "{0: {\"a\": 5, \"b\": 1}}"),
        ("msg := sprintf(\"%v\", [[{\"a\": v, \"b\": k} | some k, v in [5]]])", "[{\"a\": 5, \"b\": 0}]"),
        ("msg := sprintf(\"%v\", [[false | true]])", "[false]"),
        ("msg := sprintf(\"%v\", [[x.y | some x in [{\"y\": 1}, {}]]])", "[1]"),
        ("a := 3; msg := sprintf(\"%v\", [[b | b := a * a]])", "[9]"),
        ("a := {{\"x\": 1} | true}; not count(a) == 2; msg := sprintf(\"%v\", [a])", "{{\"x\": 1}}"),
    ] {
        assert_eq!(check(statement), expected, "{statement}");
    }
    let set = loaded(
        "package main\ndeny[ {\"msg\": m, \"n\": [m] } ] { m := \"one\" }\nwarn[ concat(\"\", [m, input.b]) # says\n] { m := \"two\" }\n",
        &Options::default(),
    );
    let evaluation = set.evaluate(&documents("a: 1\nb: c\n")[0], &Cancel::new());
    let messages: Vec<&str> = evaluation.findings.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!((messages, evaluation.problems), (vec!["one", "twoc"], Vec::new()));
}

/// Members that rules give to objects.
#[test]
fn members_are_what_they_were() {
    for (rules, expected) in [
        ("p[x] := y if some x, y in [3, 4]", "{0: 3, 1: 4}"),
        ("p[x]:={\"a=\": y, \"b\": [y]} if some x, y in [3]", "{0: {\"a=\": 3, \"b\": [3]}}"),
        ("p[x] = y if { some x, y in [\"a\"] }\np[\"k\"] := 5 # says", "{0: \"a\", \"k\": 5}"),
        ("p[x] := y * y if some x, y in [3, 4]", "{0: 9, 1: 16}"),
        ("p[x] := [z | some z in y] if some x, y in [[1], []]", "{0: [1], 1: []}"),
        ("p[x] := q[y].z if some x, y in [0]\nq := [{\"z\": 7}]", "{0: 7}"),
        ("p[x == y] := x if some x, y in [0, 2]", "{false: 1, true: 0}"),
        ("p.q[x] := y if some x, y in [3]", "{\"q\": {0: 3}}"),
    ] {
        let found = check(&format!("msg := sprintf(\"%v\", [p])\n}}\n{rules}\nother if {{ true"));
        assert_eq!(found, expected, "{rules}");
    }
}

const NUMBER: &str = "it would make a number of more than 1048576 bits";
const VALUE: &str = "it would make a value of more than 67108864 bytes, were it written out";

#[test]
fn numbers_that_double_their_length() {
    let number = |step: &str| chain("12345", step).replace("count(x40)", "x40");
    for step in
        ["X * X", "X*X", "(X) * (X + 1)", "1 + (X * X) * 2", "abs(X * (X))", "product([X, X]) * 1", "[X * X][0]"]
    {
        let found = check(&number(step));
        assert!([NUMBER, TOO_MUCH].contains(&found.as_str()), "{step}: {found}");
    }
    for last in [
        "not x16 * x16 * x16 * x16 * x16 == 1",
        "{x16 * x16 * x16 * x16 * x16} == set()",
        "not abs(x16 * x16 * x16 * x16 * x16) == 1",
    ] {
        let statements = number("X * X").lines().take(17).map(|line| format!("{line}\n")).collect::<String>();
        assert_eq!(check(&format!("{statements}{last}\nmsg := \"x\"")), NUMBER, "{last}");
    }
}

#[test]
fn numbers_written_with_an_exponent() {
    for statements in [
        "msg := sprintf(\"%v\", [to_number(\"1e2000000000\")])",
        "msg := sprintf(\"%v\", [json.unmarshal(\"{\\\"a\\\": 1e2000000000}\")])",
        "msg := sprintf(\"%v\", [units.parse(\"1e2000000000\")])",
        "msg := sprintf(\"%v\", [units.parse_bytes(\"1e2000000000KB\")])",
        "msg := sprintf(\"%v\", [yaml.unmarshal(\"a: 1e2000000000\")])",
    ] {
        let found = check(statements);
        assert!(found.len() < 200, "{statements}: {found}");
    }
}

#[test]
fn values_that_double_are_looked_at_before_they_are_compared() {
    for step in [
        "[X, X]",
        "{\"l\": X, \"r\": X}",
        "{[X, 1], [X, 2]}",
        "[X | some i in [1, 2]; i > 0]",
        "[[X], X]",
        "twice(X)",
        "{\"a\": twice(X)}",
    ] {
        let values = chain("{\"a\": 1}", step);
        let others = values.replace('x', "y").replace("{\"a\": 1}", "{\"a\": 2}");
        let without_end =
            |text: &str| text.rsplit_once("msg :=").map(|(before, _)| before.to_owned()).unwrap_or_default();
        let statements = format!("{}{}x40 != y40\nmsg := \"x\"", without_end(&values), without_end(&others));
        let policy = format!("{statements}\n}}\n\ntwice(z) := [z, z] if {{ true");
        assert_eq!(check(&policy), VALUE, "{step}");
    }
}

#[test]
fn arithmetic_and_nested_values_are_what_they_were() {
    for (statement, expected) in [
        ("a := 3; b := 4; msg := sprintf(\"%v\", [a * b + (a + 1) * (b - 1) * a])", "48"),
        ("a := 3; msg := sprintf(\"%v\", [[a * a, a * 2, 2 * a * a, a / 2 * a]])", "[9, 6, 18, 4.5]"),
        ("a := 3; not a * a == 8; msg := sprintf(\"%v\", [{y | some x in [1, 2]; y := x * x}])", "{1, 4}"),
        ("a := 4294967296; msg := sprintf(\"%v\", [a * a * a])", "79228162514264337593543950336"),
        ("msg := sprintf(\"%v\", [b * b]); b := 5", "25"),
        ("a := 1.5; msg := concat(\"\", [sprintf(\"%v\", [a * a]), \" # a * b\"]) # a * b", "2.25 # a * b"),
        ("a := [1, 2]; msg := sprintf(\"%v\", [a[0] * a[1]\n* # x * y\na[1]])", "4"),
    ] {
        assert_eq!(check(statement), expected, "{statement}");
    }
    assert_eq!(check("a := \"x\"; msg := sprintf(\"%v\", [a * a])"), "policy `main.deny`: policy.rego:3: `*` t");
    let chained = chain("[1]", "[y | some y in X; some i in [1, 2, 3]; i == 2]").replace("count(x40)", "x40");
    assert_eq!(check(&chained), "[1]");
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
