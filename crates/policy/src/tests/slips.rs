//! Texts that do not parse, as people write them: where the slip is, and what to write instead.

use super::faults;

/// A policy of these lines behind its package; the place and words of its fault, without what stands in brackets.
fn check(lines: &str, expected: &str) {
    let text = format!("package main\nimport rego.v1\n{lines}\n");
    assert_eq!(faults(&text).trim_end(), format!("policy.rego:{expected}"), "{lines}");
}

/// The same of statements of a body, which begins on line 4.
fn check_body(statements: &str, expected: &str) {
    check(&format!("deny contains \"x\" if {{\n{statements}\n}}"), expected);
}

const TWO: &str = "all statements of a body must hold, so write two, on lines of their own or with `;` between";
const CASES: &str = "write a rule of the same name for each case, or `x in {a, b}`";
const MIGRATE: &str = "`portcullis policy migrate` rewrites files of version 0";

#[test]
fn version_0_in_a_file_of_version_1() {
    let body = "{\n  msg := \"x\"\n}";
    let wants = |head: &str| format!("version 1 of Rego wants `if` before a body, `{head} if {{`; {MIGRATE}");
    let writes = |head: &str| format!("version 1 of Rego writes `{head} if {{` for this; {MIGRATE}");
    check(&format!("deny[msg] {body}"), &format!("3:1: {}", writes("deny contains msg")));
    check(&format!("deny contains msg {body}"), &format!("3:19: {}", wants("deny contains msg")));
    check(&format!("allow {body}"), &format!("3:7: {}", wants("allow")));
    check(&format!("f(x, y) = z {body}"), &format!("3:13: {}", wants("f(x, y) := z")));
    check("a if {\n  input.a\n} else = false {\n  true\n}", &format!("5:16: {}", wants("else := false")));
    // A file with both has version 1's words without their import.
    let mixed = format!("package main\ndeny contains \"x\" if input.a\nwarn[msg] {body}\n");
    assert_eq!(faults(&mixed).trim_end(), format!("policy.rego:3:1: {}", writes("warn contains msg")));
}

#[test]
fn a_slip_in_a_file_of_version_0_is_no_version() {
    let text = "package main\ndeny[msg] {\n  input.a == 1 && input.b == 2\n  msg := \"x\"\n}\n";
    assert_eq!(faults(text).trim_end(), format!("policy.rego:3:16: there is no `&&`: {TWO}"));
    let open = "package main\ndeny[msg] {\n  msg := \"x\"\n\nwarn[msg] {\n  msg := \"y\"\n}\n";
    let told = "this `{` is not closed before what begins on line 5; write `}` there";
    assert_eq!(faults(open).trim_end(), format!("policy.rego:2:11: {told}"));
}

#[test]
fn brackets_without_their_other_half() {
    check("deny contains \"x\" if {\n  input.a", "3:22: this `{` is never closed; write the `}` that is missing");
    check("a := {\n  1,\n\nb := 2", "3:6: this `{` is not closed before what begins on line 6; write `}` there");
    check_body("}", "5:1: nothing is open that this `}` closes; take it away");
    check_body(
        "  msg := sprintf(\"%s\", [input.a)",
        "4:24: this `[` is not closed before the `)` of 4:32; write `]` there",
    );
    check_body("  count(input.a", "4:8: this `(` is not closed before the `}` of 5:1; write `)` there");
}

#[test]
fn strings() {
    check_body(
        "  input.a == \"x",
        "4:14: this string has no closing `\"`; it must end on its line (one of several lines stands in backquotes)",
    );
    check_body("  input.a == `x", "4:14: this string begins with a backquote and never ends; write the other one");
    check_body(
        "  regex.match(\"^\\d+\", input.a)",
        "4:17: strings know no `\\d`; write a pattern in backquotes, `\\d` as it is, or double the backslash",
    );
    for quoted in ["'x'", "“x”", "‘x’"] {
        check_body(&format!("  input.a == {quoted}"), "4:14: strings stand in double quotes, `\"…\"`");
    }
}

#[test]
fn characters() {
    check_body("\u{a0} input.a", "4:1: the character U+00A0 may stand in strings and comments only; take it away");
    check(
        "größe := 1",
        "3:3: names are of ASCII letters, digits and `_`, and `ö` is none; text stands in double quotes",
    );
    let text = "package main\rdeny contains \"x\" if input.a\r";
    assert_eq!(
        faults(text).trim_end(),
        "policy.rego:1:13: this line ends in a carriage return alone; save the file with line feeds"
    );
    // Tabs and Windows' lines are fine, and a tab is one column.
    check_body("\t\tinput.a ===\t1", "4:11: write `==`");
    assert_eq!(faults("package main\r\n\r\ndeny contains \"x\" if\tinput.a\r\n"), "");
}

#[test]
fn signs_and_words_of_other_languages() {
    check_body("  input.a || input.b", &format!("4:11: there is no `||`: {CASES}"));
    check_body("  input.a or input.b", &format!("4:11: there is no `or`: {CASES}"));
    check_body("  input.a == 1 and input.b", &format!("4:16: there is no `and`: {TWO}"));
    check_body("  !input.a", "4:3: there is no `!`: write `not`");
    check_body("  n += 1", "4:5: a variable has one value; give the sum another name, or ask for `sum([…])`");
    check_body("  // why", "4:3: a comment begins with `#`");
    check_body("  a := input.a ? 1 : 2", "4:16: there is no `? :`: write a rule with `else := …`");
    check_body(
        "  for x in input.a {\n    x\n  }",
        "4:3: there is no `for`: write `some x in list`, or `every x in list { … }` where all must hold",
    );
    check_body("  let x = input.a", "4:3: leave `let` out: `x := value`");
    check(
        "f(x) := y if {\n  return x\n}",
        "4:3: there is no `return`: the head of the rule names what it gives, `f(x) := value if { … }`",
    );
    check("def f(x) := x", "3:1: a rule or function begins with its name; leave `def` out");
    check(
        "a := 1 if {\n  input.a\n} elif {\n  input.b\n}",
        "5:3: there is no `elif`: a rule goes on with `else := value if { … }`",
    );
}

#[test]
fn negations() {
    let one = "a negation has one condition; `not` of several is `not` of a rule that has them as its body";
    check_body("  input.a not in {1}", "4:11: write `not x in y`");
    check_body("  not (input.a == 1; input.b == 2)", &format!("4:20: {one}"));
    check_body("  not {\n    input.a == 1\n    input.b == 2\n  }", &format!("6:5: {one}"));
}

#[test]
fn statements() {
    let two = |left: &str, right: &str| {
        format!("between `{left}` and `{right}` an operator is missing, or the `;` or new line of two statements")
    };
    check_body("  input.a == 1 msg := 2", &format!("4:16: {}", two("1", "msg")));
    check_body(
        "  input.a == 1\n  input.b,\n  input.c",
        "5:10: statements stand on lines of their own, or have `;` between; take the `,` away",
    );
    // Without a statement before it the engine takes it for a set.
    let set = "statements stand on lines of their own, or have `;` between them; with `,` they are a set, which is always true";
    check_body("  input.a == 1,\n  input.b", &format!("3:22: {set}"));
    check("allow if {input.a, input.b}", &format!("3:10: {set}"));
    check_body("  a :=", "4:5: a value is missing behind this `:=`");
    check_body("  input.a ==", "4:11: a value is missing behind this `==`");
    let condition =
        "no condition stands in a body: write it as a statement, or a rule for each case, `name := value if { … }`";
    check_body("  if input.a {\n    input.b\n  }", &format!("4:3: {condition}"));
    check_body("  input.a contains 1", "4:11: write `y in x` of lists and sets, `contains(x, y)` of texts");
    let some = "`some x in list` goes through a list; a value alone is given without `some`, `x := value`";
    check_body("  some x := input.a", &format!("4:10: {some}"));
    let braces = "`some` has no braces: what is asked of each is the next statement";
    check_body("  some x in input.a {\n    x\n  }", &format!("4:21: {braces}"));
    check_body("  every x in input.a x == 1", "4:22: `every x in list { … }` has its conditions in braces");
    check_body("  input .a", "4:9: a path has no blanks around its `.`");
}

#[test]
fn lists_and_objects() {
    check("a := {\n  \"b\"\n  \"c\",\n}", "5:3: a `,` is missing between `\"b\"` and `\"c\"`");
    check_body("  sprintf(\"%s\" [input.a])", "4:16: a `,` is missing between `\"%s\"` and `[`");
    check("a := [1; 2]", "3:8: values have `,` between them");
    check_body(
        "  a := {\"b\" = 1}",
        "4:13: no name is given a value here; do it in a statement before, or write `key: value`",
    );
}

#[test]
fn heads_packages_and_imports() {
    check("deny msg if {\n  msg := 1\n}", "3:6: `contains` is missing: `deny contains msg`");
    check("deny contains if {\n  input.a\n}", "3:6: what the set contains is missing: `deny contains msg if {`");
    check("a == 1 if input.a", "3:3: a rule is given its value by `:=`; `==` compares");
    check("deny-all contains 1", "3:5: names have no `-`; write `_`");
    check("default allow\n\nallow if input.a", "3:1: a default needs a value: `default allow := false`");
    check("default a contains 1", "3:11: a set has no default: it is empty where no rule gives an element");
    check("import lib.x", "3:8: paths of imports begin with `data` or `input`: `import data.lib.x`");
    check("import \"lib\"", "3:8: a path has no quotes: `import data.lib`");
    let first = |text: &str| faults(text).trim_end().to_owned();
    let package = "1:1: a policy begins with `package NAME`, before imports and rules";
    for text in ["deny contains 1 if input.a", "{\"deny\": 1}", "kind: Pod\n"] {
        assert_eq!(first(text), format!("policy.rego:{package}"), "{text}");
    }
    assert_eq!(first("# nothing\n"), "policy.rego:1:1: there is nothing in it; a policy begins with `package NAME`");
    let dash = "1:11: names have no `-`; write `_`, or the part in brackets: `data[\"a-b\"]`";
    assert_eq!(first("package my-policy\n"), format!("policy.rego:{dash}"));
}
