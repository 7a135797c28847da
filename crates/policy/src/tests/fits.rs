//! What OPA 1.22 answers where the engine alone answers something else, and says nothing: found by policies made by chance.

use super::messages;

/// What the rules of a policy say of a document.
fn check(rules: &str, expected: &[&str]) {
    let document = "all: [{a: 1, b: 2}, {a: 5}]\nnested: {a: {x: 1, y: 2}}\nwords: {a: no, b: x}\nyes: true\n";
    assert_eq!(messages(&format!("package main\n{rules}"), document), expected, "{rules}");
}

/// Of version 0.
#[test]
fn bodies_behind_others_have_the_head_of_the_first() {
    check("deny[msg] { p; msg := sprintf(\"%v\", [p]) }\np = 5 { input.missing } { input.yes }\n", &["5"]);
    check("deny[msg] { msg := sprintf(\"%v\", [p]) }\np = x { x := 3; input.no } { x := \"b\" }\n", &["b"]);
    check(
        "deny[msg] { msg := sprintf(\"%v\", [f(3)]) }\nf(x) = y { x > 5; y := 1 } { y := {\"a  b\": 2} }\n",
        &["{\"a  b\": 2}"],
    );
}

#[test]
fn an_object_fits_a_pattern_with_all_its_keys() {
    let check = |rules: &str, expected: &[&str]| check(&format!("import rego.v1\n{rules}"), expected);
    check("deny contains sprintf(\"%v\", [v]) if { some x in input.all; {\"a\": v} := x }", &["5"]);
    check("deny contains sprintf(\"%v\", [v]) if { some x in input.all; {\"a\": v} = x }", &["5"]);
    check("deny contains sprintf(\"%v\", [v]) if { {\"a\": v} = input.all[_] }", &["5"]);
    check("deny contains sprintf(\"%v\", [v]) if { input.all[_] = {\"a\": v} }", &["5"]);
    check("deny contains sprintf(\"%v\", [v]) if some {\"a\": v} in input.all", &["5"]);
    check("deny contains sprintf(\"%v\", [v]) if { some i, {\"a\": v, \"b\": w} in input.all; i + w == 2 }", &["1"]);
    check("deny contains sprintf(\"%v\", [v]) if { [{\"a\": v}, 1] = [input.all[_], 1] }", &["5"]);
    check(
        "deny contains sprintf(\"%v\", [v]) if { found[{\"a\": v}] }\nfound contains x if some x in input.all",
        &["5"],
    );
    check("deny contains sprintf(\"%v\", [v]) if { v := [w | {\"a\": w} := input.all[_]] }", &["[5]"]);
    check("deny contains sprintf(\"%v\", [v]) if { {\"a\": {\"x\": v}} = input.nested }", &[]);
    check("deny contains sprintf(\"%v\", [v]) if { {\"a\": {\"x\": v, \"y\": _}} = input.nested }", &["1"]);
    check("deny contains sprintf(\"%v\", [f(x)]) if { some x in input.all }\nf({\"a\": x}) := x", &["5"]);
    check(
        "deny contains sprintf(\"%v\", [f(x, 1)]) if some x in input.all\nf({\"a\": x}, n) := x + n if n > 0\nelse := 9",
        &["6"],
    );
    check(
        "deny contains sprintf(\"%v\", [f(x)]) if some x in input.all\nf({\n\t\"a\": x,\n\t\"b\": _\n}) := x if {\n\tx > 0\n}\n",
        &["1"],
    );
    check("deny contains sprintf(\"%v\", [z]) if { [{\"a\": 1}, z] = [input.all[_], 2] }", &[]);
    check("deny contains sprintf(\"%v\", [z]) if { [{\"a\": 5}, z] = [input.all[_], 2] }", &["2"]);
    check("deny contains \"x\" if some {\"a\": 1} in input.all", &[]);
    check("deny contains \"x\" if some {\"a\": 5} in input.all", &["x"]);
    check("deny contains \"x\" if f(input.all[_])\nf({\"a\": 1}) := true\nf({}) := true", &[]);
    check(
        "deny contains sprintf(\"%v\", [f(input.nested)]) if true\nf({\"a\": x}) := y if { {\"x\": y, \"y\": 2} = x }",
        &["1"],
    );
    check("deny contains \"x\" if f({})\nf({}) := true", &["x"]);
    check("deny contains \"x\" if { x := {\"a\": y}; y := 5; x in input.all }", &["x"]);
    check("deny contains \"x\" if { y := 5; x = {\"a\": y}; x in input.all }", &["x"]);
}

#[test]
fn a_value_that_goes_through_elements_is_there_if_it_is_for_one() {
    let check = |rules: &str, expected: &[&str]| check(&format!("import rego.v1\n{rules}"), expected);
    check("deny contains sprintf(\"%v\", [p]) if p\np := f(input.words[_])\nf(x) := 1 if x == \"x\"", &["1"]);
    check(
        "deny contains sprintf(\"%v\", [p]) if p\np := f(input.nested.a[_]) if input.yes\nf(x) := 1 if x == 1",
        &["1"],
    );
    check("deny contains sprintf(\"%v\", [g(input.nested.a)]) if true\ng(y) := f(y[_])\nf(x) := 1 if x == 1", &["1"]);
    check(
        "deny contains {\"msg\": x.msg} if some x in keyed\nkeyed[k] := {\"msg\": sprintf(\"%v\", [v]), \"b\": input.yes} if some k, v in input.words",
        &["false", "x"],
    );
}

#[test]
fn paths_that_end_early() {
    let check = |term: &str, expected: &str| {
        check(&format!("import rego.v1\ndeny contains sprintf(\"%v\", [{term}]) if true"), &[expected]);
    };
    check("json.filter(input.words, [\"a/b\", \"zz\"])", "{\"a\": false}");
    check(
        "json.filter(input, [\"all/1\", \"all/9/a\", \"nested/a/x\"])",
        "{\"all\": [{\"a\": 5}], \"nested\": {\"a\": {\"x\": 1}}}",
    );
    check("json.filter({\"e/f\": 1, \"\": 2}, {\"/e~1f\"})", "{\"e/f\": 1}");
    check("json.filter(input.words, [\"\", \"a//\"])", "{\"a\": false}");
    check("json.remove(input.words, [\"a/b\", \"b\"])", "{\"a\": false}");
    check("json.remove(input, [\"all/0/a\", \"all/1\", \"nested\", \"words\", [\"yes\"]])", "{\"all\": [{\"b\": 2}]}");
    check("strings.count(\"aaaa\", \"aa\")", "2");
    check("strings.count(\"äb\", \"\")", "3");
    check("strings.replace_n({\"a\": \"b\", \"b\": \"c\", \"ab\": \"x\"}, \"aäbab\")", "bäcbc");
}

/// Numbers as they are written.
#[test]
fn numbers_with_points_and_exponents() {
    let check = |term: &str, expected: &str| {
        check(&format!("import rego.v1\ndeny contains sprintf(\"%v %d\", [{term}, {term}]) if true"), &[expected]);
    };
    check("1e3", "1000 %!d(float64=1000)");
    check("1e6", "1e+06 %!d(float64=1e+06)");
    check("1.0", "1 %!d(float64=1)");
    check("1e3 + 1", "1001 1001");
    check("1e21 + 1", "1000000000000000000001 1000000000000000000001");
    check("9223372036854775807 / 3", "3.0744573456182584e+18 %!d(float64=3.0744573456182584e+18)");
    check("9223372036854775808", "9223372036854775808 9223372036854775808");
    check("to_number(\"1e6\")", "1e+06 %!d(float64=1e+06)");
    check("[1.0, 2.5]", "[1.0, 2.5] %!d(string=[1.0, 2.5])");
    check("format_int(-1e-2, 10)", "0 %!d(string=0)");
    check("{1000: \"x\"}[1e3]", "x %!d(string=x)");
    check("count({1e3, 1000, 1000.0})", "1 1");
    check("numbers.range(1e0, 2.0)", "[1, 2] %!d(string=[1, 2])");
}

/// What cannot be told is an error, and no other text than OPA's.
#[test]
fn numbers_that_would_be_printed_otherwise_are_an_error() {
    let check = |term: &str| {
        let policy = format!("package main\nimport rego.v1\ndeny contains sprintf(\"%v\", [{term}]) if true");
        let evaluation = super::loaded(&policy, &crate::Options::default())
            .evaluate(&super::documents("a: 1")[0], &model::Cancel::new());
        assert_eq!((evaluation.findings.len(), evaluation.unknown), (0, 1), "{term}: {:?}", evaluation.problems);
    };
    for term in ["1e21", "[1e3]", "{1.50}", "json.marshal({\"a\": 1.0})", "json.marshal(1.50)", "[[1E-2]]"] {
        check(term);
    }
}

#[test]
fn paths_longer_than_values_are_deep_are_an_error() {
    for function in ["json.filter", "json.remove"] {
        let path = "a/".repeat(100_000);
        let policy = format!("package main\nimport rego.v1\ndeny contains \"x\" if {function}(input, [\"{path}\"])");
        let evaluation = super::loaded(&policy, &crate::Options::default())
            .evaluate(&super::documents("a: 1")[0], &model::Cancel::new());
        assert_eq!((evaluation.findings.len(), evaluation.unknown), (0, 1), "{function}: {:?}", evaluation.problems);
    }
}

#[test]
fn what_is_looked_for_is_undefined() {
    let check = |rules: &str, expected: &[&str]| check(&format!("import rego.v1\n{rules}"), expected);
    check("deny contains sprintf(\"%v\", [v]) if { v := input.missing in [1] }", &[]);
    check("deny contains sprintf(\"%v\", [v]) if v := input.yes in input.missing", &[]);
    check("deny contains sprintf(\"%v\", [v]) if v := input.words[_] in [\"x\"]", &["false", "true"]);
    check("deny contains \"x\" if p == false\np := input.missing in [1]", &[]);
    check("deny contains \"x\" if f(1) == false\nf(x) := input.missing in [x] if x > 0", &[]);
    check("deny contains \"x\" if f(1) == false\nf(x) := input.yes in [x] if x > 0", &["x"]);
    check("deny contains \"x\" if { v := input.missing in [1] with input.missing as 1; v }", &["x"]);
}

#[test]
fn what_is_put_in_place_is_asked_for_before() {
    let check = |rule: &str, expected: &[&str]| {
        let rules = "given := input.b\nmissing := input.nope\nport := input.b\nis_three if input.b == 3\n";
        let policy = format!("package main\nimport rego.v1\n{rules}deny contains {rule}\n");
        assert_eq!(messages(&policy, "a: {b: 1}\nb: 2\nc: 3\n"), expected, "{rule}");
    };
    check("x if x := sprintf(\"%v\", [port]) with input.b as given", &["2"]);
    check("\"bare\" if port == 2 with input.b as given", &["bare"]);
    check("sprintf(\"%v\", [x]) if { x := port with input as input.a }", &["1"]);
    check(
        "sprintf(\"%v\", [x]) if { x := [input.b, input.c] with input.b as input.c with input.c as input.b }",
        &["[3, 2]"],
    );
    check("sprintf(\"%v\", [x]) if { some x in [y | y := port with input.b as given] }", &["2"]);
    check("sprintf(\"%v\", [x]) if { x := [y | y := port with input.b as missing] }", &["[]"]);
    check("\"not\" if { not is_three with input.b as given }", &["not"]);
    check("\"none\" if { not is_three with input.b as missing }", &[]);
    check("\"none\" if { every x in [1] { x == 1; not is_three with input.b as missing } }", &[]);
    check("\"bare not\" if not is_three with input.b as given", &["bare not"]);
    check("\"none\" if not is_three with input.b as missing", &[]);
    check("\"text\" if { \"x\" in names with input.b as given }\nnames contains \"x\" if input.b == 2", &["text"]);
    check(
        "\"bare text\" if \"x\" in names with input.b as given\nnames contains \"x\" if input.b == 2",
        &["bare text"],
    );
    check("\"member\" if { \"x\" == [\"x\"][count([input.nope in [1]])] }", &[]);
    check("\"called\" if { is_three with input.b as count([1, 2, 3]) }", &["called"]);
    check("\"mocked\" if { count([1]) == 5 with count as given_five }\ngiven_five(_) := 5", &["mocked"]);
}
