//! The engine's traps: each test shows the trap, then that it is guarded.

use std::time::{Duration, Instant};

use insta::assert_snapshot;
use regorus::{Engine, Value};

use super::{check, checked, documents, faults, loaded, messages};
use crate::Options;

/// What the bare engine says, for traps that are gone once it is fixed.
fn bare(policy: &str, rule: &str) -> Result<Value, String> {
    let mut engine = Engine::new();
    engine.add_policy("bare.rego".to_owned(), policy.to_owned()).map_err(|error| error.to_string())?;
    engine.set_input(Value::new_object());
    engine.eval_rule(rule.to_owned()).map_err(|error| error.to_string())
}

#[test]
fn brackets_on_new_lines_and_second_bodies() {
    assert_snapshot!(super::check("package main
deny contains \"above\" if {
  x := input.a
  y := x
  (y - 1) >= 1
}
", "a: 2"), @r"
    high main/deny: above
      1:1 «a: 2»
      cause a
    ");
    assert_snapshot!(super::check("package main
deny[msg] {
  input.a == 1
  msg := \"one { }\"
} {
  input.a == 2 # }
  msg := \"two\"
}
warn[\"w\"] { input.a == 3 } { input.a == 2 }
other { true }
", "a: 2"), @r"
    high main/deny: two
      1:1 «a: 2»
      cause a
    low main/warn: w
      1:1 «a: 2»
      cause a
    ");
}

#[test]
fn assignments_behind_their_use() {
    assert_snapshot!(super::check("package main
deny contains msg if {
  some name in input.names
  twice := [other | some i; other == name; other := input.names[i]]
  count(twice) > 1
  msg := sprintf(\"%s comes %d times\", [name, count(twice)])
}
", "names: [a, b, a]"), @r"
    high main/deny: a comes 2 times
      1:9 «a»
      cause names[0]
    ");
    assert_snapshot!(super::check("package main
deny contains msg if {
  y > 1 # above
  y := x + 1
  x := input.a
  msg := sprintf(\"%d\", [y])
}
", "a: 1"), @r"
    high main/deny: 2
      1:1 «a: 1»
      cause a
    ");
}

#[test]
fn deep_literals_take_the_parser_exponential_time() {
    let nested = |levels: usize| format!("package main\nx := {}1{}\n", "{\"a\": ".repeat(levels), "}".repeat(levels));
    let time = |levels: usize| {
        let once = || {
            let start = Instant::now();
            bare(&nested(levels), "data.main.x").expect("it parses in the end");
            start.elapsed()
        };
        (0..5).map(|_| once()).min().expect("five")
    };
    let (short, long) = (time(5), time(9));
    assert!(long > 5 * short, "four levels more cost no more: {short:?} {long:?}; the guard may go");
    let start = Instant::now();
    assert_snapshot!(faults(&nested(40)), @"policy.rego:2:102: literals nest so deep, here 17 levels, that the parser takes too long; give inner values names outside and use the names, or give the value as data");
    assert!(start.elapsed() < Duration::from_secs(1));
}

#[test]
fn subsets_of_arrays_do_not_panic() {
    let trap = std::panic::catch_unwind(|| bare("package main\nx := object.subset([1], [])\n", "data.main.x"));
    assert!(trap.is_err(), "the engine does not panic any more: {trap:?}");
    // As OPA 1.22.2 answers.
    for (all, part, expected) in [
        ("[1]", "[]", "true"),
        ("[1, 2, 3]", "[2, 3]", "true"),
        ("[1, 2, 3]", "[1, 3]", "false"),
        ("{\"a\": {\"b\": 1, \"c\": 2}}", "{\"a\": {\"c\": 2}}", "true"),
        ("{\"a\": [1, 2]}", "{\"a\": [2]}", "true"),
        ("{1, 2}", "{2}", "true"),
        ("[1, 2]", "{2}", "true"),
        ("{1, 2}", "{2, 3}", "false"),
        ("{\"a\": 1}", "[1]", "undefined"),
        ("{1, 2}", "[1]", "undefined"),
    ] {
        let policy = format!(
            "package main\ndefault answer := \"undefined\"\nanswer := object.subset(input.all, {part}) if input.k\nanswer := object.subset({all}, {part}) if not input.k\ndeny contains sprintf(\"%v\", [answer])\n"
        );
        let found = check(&policy, "a: 1");
        assert!(found.contains(&format!("main/deny: {expected}\n")), "{all} {part}: {found}");
    }
}

#[test]
fn panics_are_contained() {
    // A trap of the engine that is known would be one that is guarded; the guard itself is what is tried here.
    let fault = crate::rego::Program::panicking();
    assert_eq!(fault.to_string(), "the engine failed and was thrown away (a fault of the engine)");
}

#[test]
fn stubs_and_unknown_functions_are_refused_when_loaded() {
    assert_snapshot!(faults("package main
import data.lib.net
deny contains \"a\" if http.send({\"method\": \"get\", \"url\": \"x\"}).status_code != 200
deny contains \"b\" if opa.runtime().env.HOME
deny contains \"c\" if { [_, claims, _] := io.jwt.decode(input.token); claims.admin }
deny contains \"d\" if crypto.sha512(input.a) == \"\"
deny contains \"e\" if net.resolve(input.a)
deny contains \"f\" if not nobody(input.a)
deny contains \"g\" if { any([true]) }
"), @r"
    policy.rego:3:31: there is no function `http.send`; a scan uses no network, so give what it would fetch as data
    policy.rego:4:33: there is no function `opa.runtime`; a policy sees no environment, so give what it needs as data
    policy.rego:6:35: there is no function `crypto.sha512`; give digests and certificates that were taken apart as data
    policy.rego:7:33: there is no function `data.lib.net.resolve` in the policies loaded; load the file that has it too
    policy.rego:8:32: there is no function `nobody`; OPA may have it, this engine does not
    policy.rego:9:27: there is no function `any`; OPA 1 has none either, write `true in items` instead
    ");
}

#[test]
fn time_is_limited() {
    let policy = "package main\nn := numbers.range(1, 400)\ndeny contains \"x\" if { some a in n; some b in n; some c in n; a * b * c < 0 }\n";
    let options = Options { time_limit: Duration::from_millis(50), ..Options::default() };
    let start = Instant::now();
    assert_snapshot!(checked(policy, "a: 1", &options), @"error engine: policy `main.deny` of policy.rego gave no answer, this was not judged by it: it took longer than the limit of 50ms");
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    let set = loaded(policy, &Options::default());
    let cancel = model::Cancel::with_deadline(Instant::now() + Duration::from_millis(20));
    let evaluation = set.evaluate(&documents("a: 1")[0], &cancel);
    assert_eq!((evaluation.unknown, evaluation.problems.len()), (1, 1));
    let cancelled = set.evaluate(&documents("a: 1")[0], &cancel);
    assert_eq!(cancelled.problems[0].kind, model::ProblemKind::Cancelled);
}

#[test]
fn results_are_limited() {
    let policy = "package main\ndeny contains msg if { some n in numbers.range(1, 30); msg := sprintf(\"%d\", [n]) }\n";
    let options = Options { results: 2, message_bytes: 16, ..Options::default() };
    assert_snapshot!(checked(policy, "a: 1", &options), @r"
    high main/deny: 1
      1:1 «a: 1»
      object 
    high main/deny: 10
      1:1 «a: 1»
      object 
    error limit: policy `main.deny` gave 30 results, more than the limit of 2; 28 are not listed
    ");
    let long = "package main\ndeny contains concat(\"\", [\"0123456789\", \"é456789\"])\n";
    assert_snapshot!(checked(long, "a: 1", &options), @r"
    high main/deny: 0123456789é4567… (cut at 16 bytes)
      1:1 «a: 1»
      object
    ");
}

#[test]
fn functions_that_call_themselves_are_refused() {
    assert_snapshot!(faults("package main
f(x) := g(x)
g(x) := h(x + 1)
h(x) := y if { y := f(x) }
deny contains \"x\" if f(1) > 2
fine(items) := count(items)
items := [1 | fine([1])]
"), @r"
    policy.rego:2:1: `main.f` calls itself, directly or through others, which Rego does not allow
    policy.rego:3:1: `main.g` calls itself, directly or through others, which Rego does not allow
    policy.rego:4:1: `main.h` calls itself, directly or through others, which Rego does not allow
    ");
}

#[test]
fn rules_that_go_in_circles_are_an_error() {
    assert_snapshot!(check("package main\na := b\nb := a\ndeny contains \"x\" if a\n", "a: 1"), @"error policy: policy `main.deny` of policy.rego gave no answer, this was not judged by it: policy.rego:2: recursion detected when evaluating rule");
}

#[test]
fn what_a_builtin_cannot_do_is_undefined_and_said() {
    assert_snapshot!(check("package main
deny contains \"a\" if to_number(input.word) > 1
deny contains \"b\" if not to_number(input.word)
", "word: abc"), @r"
    high main/deny: b
      1:1 «word: abc»
      object word
    warning policy: policy `main.deny`: policy.rego:2: could not parse string as number; what asked for it was taken as undefined, as OPA does
    ");
}

#[test]
fn long_lines_and_files() {
    let long = format!("package main\ndeny contains \"x\" if input.a in [{}]\n", "1, ".repeat(2000) + "2");
    assert!(bare(&long, "data.main.deny").is_err(), "the engine takes long lines now");
    assert_snapshot!(check(&long, "a: 2"), @r"
    high main/deny: x
      1:1 «a: 2»
      cause a
    ");
    let options = Options { file_bytes: 100, ..Options::default() };
    let (_, errors) = crate::load(vec![super::file(&long, crate::Trust::User)], &options);
    assert_snapshot!(errors[0], @"policy.rego: file of 6049 bytes is larger than the limit of 100");
}

#[test]
fn errors_name_the_line() {
    assert_snapshot!(faults("package main\n\ndeny contains msg if {\n  msg := \n}\n"), @"policy.rego:4:7: a value is missing behind this `:=`");
    assert_snapshot!(faults("package main\ndeny[msg] {\n  msg := \"x\" +\n}\n"), @"policy.rego:3:14: a value is missing behind this `+`");
    assert_snapshot!(faults(""), @"policy.rego:1:1: there is nothing in it; a policy begins with `package NAME`");
}

/// Each rule, and whether OPA 1.22.2 found it true for `{"y": {"k": 1}, "x": {}, "zz": 1}`.
const NEGATIONS: &[(&str, bool)] = &[
    ("not input.m", true),
    ("not input.m.n.o", true),
    ("not startswith(input.m, \"a\")", false),
    ("not input.m == 1", true),
    ("not input.m = 1", true),
    ("not input.m != 1", false),
    ("not input.m < 1", false),
    ("not f(input.m)", false),
    ("not f(g(input.m))", false),
    ("not count(input.m) > 0", false),
    ("not input.m + 1 == 2", false),
    ("not \"a\" in input.m", false),
    ("not input.m in [\"a\"]", false),
    ("not data.q.w", true),
    ("not f(data.q.w)", false),
    ("not obj[input.m]", false),
    ("not input.x[input.m]", false),
    ("not f({input.m})", false),
    ("not f([input.m])", false),
    ("not [input.m] == [1]", false),
    ("not f([x | x := input.m])", true),
    ("{ x := input.y; not f(x.z) }", false),
    ("{ x := input.y; not x.z == 1 }", true),
    ("not f(undef)", false),
    ("not undef == 1", true),
    ("not f(input.m) with input as {\"m\": 2}", true),
    ("not f(input.m) with input as {}", false),
    ("not all_above(input.m)", false),
    ("not f(input.y[g(input.m)])", false),
    ("not concat(\",\", [\"a\", input.m]) == \"x\"", false),
    ("not object.get(input.m, \"a\", true)", false),
    ("not object.get(input, \"m\", false)", true),
    ("not object.get(input, [\"m\", \"n\"], input.q)", false),
    ("{ some x in [1]; y := {z | z := x; not startswith(input.m, \"a\")}; count(y) == 1 }", false),
    ("not startswith(input.y.k,\n  # a comment\n  \"a\")", true),
];

#[test]
fn undefined_in_a_negation_is_what_it_is_to_opa() {
    let library = "f(x) if x == input.zz\ng(x) := x + 1\nall_above(x) if every y in x { y > 1 }\nobj := {\"a\": 1}\nundef := 1 if input.m\n";
    let input = "y: {k: 1}\nx: {}\nzz: 1\n";
    let mut differences = String::new();
    let mut traps = 0;
    for (body, expected) in NEGATIONS {
        let policy = format!("package main\n{library}deny contains \"x\" if {body}\n");
        let engine = bare(&policy.replace("package main", "package bare"), "data.bare.deny");
        traps += usize::from(matches!(engine, Ok(Value::Set(found)) if found.is_empty() == *expected));
        assert_eq!(faults(&policy), "", "{body}");
        let found = check(&policy, input).contains("main/deny");
        if found != *expected {
            differences += &format!("{body}: {found}\n");
        }
    }
    assert_eq!(differences, "");
    assert!(traps > 0, "the engine agrees with OPA now; the rewriting may go");
}

#[test]
fn undefined_in_a_negation_is_true_with_the_import() {
    let library = "f(x) if x == input.zz\ng(x) := x + 1\nall_above(x) if every y in x { y > 1 }\nobj := {\"a\": 1}\nundef := 1 if input.m\n";
    for import in ["import future.keywords.not", "import future.keywords"] {
        // OPA 1.22.3 found all of them true.
        for (body, _) in NEGATIONS {
            let policy = format!("package main\n{import}\n{library}deny contains \"x\" if {body}\n");
            assert_eq!(faults(&policy), "", "{body}");
            assert_eq!(messages(&policy, "y: {k: 1}\nx: {}\nzz: 1\n"), ["x"], "{import} {body}");
        }
    }
}

#[test]
fn imports_behind_a_rule_count() {
    let policy = "package main\n\na := 1\n\nimport input.z as z # says\n\ndeny contains \"x\" if a == z\nimport data.lib\nwarn contains lib if lib.a\n";
    assert_eq!(messages(policy, "z: 1"), ["x"]);
    // A slip beside them is said as such.
    assert_snapshot!(faults(&policy.replace("lib.a\n", "lib.a ||\n")), @"policy.rego:9:28: there is no `||`: write a rule of the same name for each case, or `x in {a, b}`");
}

#[test]
fn walk_gives_pairs_wherever_it_stands() {
    let found = |body: &str| {
        let policy = format!("package main\ndeny contains msg if {body}\n");
        messages(&policy, "z: 1\n").join(" ")
    };
    // As OPA 1.22.3 answers.
    for (body, expected) in [
        ("{ [p, v] := walk(input); v == 1; msg := sprintf(\"%v\", [p]) }", "[\"z\"]"),
        ("{ [p, 1] = walk(input); msg := sprintf(\"%v\", [p]) }", "[\"z\"]"),
        ("{ x := walk(input); msg := sprintf(\"%v\", [x]) }", "[[\"z\"], 1] [[], {\"z\": 1}]"),
        ("{ walk(input)[0][0] == \"z\"; msg := \"w\" }", "w"),
        ("{ count([x | x := walk(input)]) == 2; msg := \"c\" }", "c"),
        ("{ count([1 | walk(input)]) == 2; msg := \"c\" }", "c"),
        ("{ msg := concat(\"\", [\"/\", concat(\"/\", walk(input)[0])]) }", "/ /z"),
        ("{ walk(input) = [p, {\"y\": 2}] with input as {\"y\": 2}; msg := sprintf(\"%v\", [p]) }", "[]"),
        ("{ some [p, v] in walk(input); msg := \"s\" }", ""),
        ("[_, msg] := walk({\"a\": \"b\"}[\"a\"])", "b"),
    ] {
        assert_eq!(found(body), expected, "{body}");
    }
    let refused = "policy.rego:2:32: `walk` gives one pair after the other; name it in a statement of its own, `walk(x, [path, value])`\n";
    assert_eq!(faults("package main\ndeny contains \"x\" if { not walk(input) == 1 }\n"), refused);
}

#[test]
fn variables_that_nothing_gives_a_value() {
    let body = |body: &str| faults(&format!("package main\ndeny contains msg if {{ {body} }}\n"));
    assert_snapshot!(body("y := 1"), @"policy.rego:2:15: `msg` never has a value: no rule has that name, and nothing in this rule gives it one");
    assert_snapshot!(body("not input.a[i]; msg := \"x\""), @"policy.rego:2:36: `i` never has a value: no rule has that name, and nothing in this rule gives it one");
    assert_snapshot!(body("some i; i > 3; msg := \"x\""), @"policy.rego:2:32: `i` never has a value: no rule has that name, and nothing in this rule gives it one");
    assert_snapshot!(body("not input.list[_].bad; msg := \"x\""), @"policy.rego:2:39: `_` in a negation never has a value; bring the element out with `some … in …` before the `not`");
    assert_snapshot!(body("inptu.a == 1; msg := \"x\""), @"policy.rego:2:24: `inptu` never has a value: no rule has that name, and nothing in this rule gives it one");
    for fine in [
        "some i; input.a[i] > 3; msg := \"x\"",
        "walk(input, [path, value]); value == 1; msg := concat(\".\", path)",
        "{\"a\": x} = input; msg := x",
        "[_, msg] := split(input.a, \"/\")",
        "every k, v in input { k != v }; msg := \"x\"",
        "some {\"name\": msg} in input.list",
        "not any_in({x | some x in input.list}); msg := \"x\" } any_in(list) if { count(list) > 0",
        "object.get(input, \"a\", null, out); msg := out",
        "msg := [m | m := input.list[_]][_]",
        "not count([x | x := input.list[_]; x > 1]) > 2; msg := \"x\"",
    ] {
        assert_eq!(body(fine), "", "{fine}");
    }
}

#[test]
fn names_that_are_declared_in_a_loop() {
    let body = "some pod in input.pods\n  some index\n  volume := pod.volumes[index]\n  some\n    type, other\n  source := volume[type]\n  other = source\n  not type in allowed\n  msg := type";
    let policy = format!(
        "package main\nallowed := {{\"name\"}}\ndeny contains msg if {{\n  {body}\n}}\ndeny contains 1 + true\n"
    );
    let input = "pods:\n  - volumes:\n      - {name: a, nfs: x}\n      - {name: b, host: y}\n";
    let mut engine = Engine::new();
    engine.add_policy("a.rego".to_owned(), policy.replace("deny contains 1 + true", "")).expect("it parses");
    engine.set_input(Value::from_json_str(r#"{"pods": [{"volumes": [{"a": 1}, {"b": 1}]}]}"#).expect("JSON"));
    assert!(engine.eval_rule("data.main.deny".to_owned()).is_err(), "the engine takes it now; the rewriting may go");
    assert_snapshot!(check(&policy.replace("deny contains 1 + true", ""), input), @r"
    high main/deny: host
      4:19 «host: y»
      object pods[0].volumes[1].host
    high main/deny: nfs
      3:19 «nfs: x»
      object pods[0].volumes[0].nfs
    ");
    // Lines after it are where they were.
    assert_snapshot!(faults(&policy), @"policy.rego:14:19: a calculation is made of numbers, and this is none");
}
