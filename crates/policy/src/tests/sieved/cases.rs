//! Policies that are easily misread: each says something, or ends in an error, about at least one of its documents.

mod forms;

use serde_json::json;

use super::super::{documents, file};
use super::{Pair, mutate, with_value};
use crate::{Options, Trust};
use forms::{ERRORS, FORMS, MISSING, VERSION_0};

/// What it is about, the rules of a package `main`, and documents.
type Case = (&'static str, &'static str, &'static str);

/// Changes of one document.
const MOST: usize = 60;

fn check(cases: &[Case], begin: &str) {
    let data = json!({"known": {"web": {"port": "x"}}, "words": ["web"], "flag": true});
    let options = Options { data, ..Options::default() };
    let mut faults = String::new();
    for (what, rules, text) in cases {
        let policy = format!("package main\n\n{begin}{rules}\n");
        let Some(pair) = Pair::load(&[file(&policy, Trust::User)], &options) else {
            let (_, errors) = crate::load(vec![file(&policy, Trust::User)], &options);
            faults += &format!("{what}: {errors:?}\n");
            continue;
        };
        let mut said = 0;
        for document in documents(text) {
            let changed = mutate::some(&document.root.to_json(), MOST);
            let changed = changed.iter().map(|value| with_value(&document, value));
            for one in std::iter::once(document.clone()).chain(changed) {
                match pair.found(&one) {
                    Ok(found) => said += found.findings.len() as u64 + found.unknown,
                    Err(fault) => {
                        faults += &format!("{what}: {fault}\n");
                        break;
                    }
                }
            }
        }
        if said == 0 {
            faults += &format!("{what}: nothing was ever said\n");
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

#[test]
fn sets_are_no_objects() {
    check(SETS, "import rego.v1\n\n");
}

#[test]
fn other_circumstances() {
    check(CIRCUMSTANCES, "import rego.v1\n\n");
}

#[test]
fn names_and_what_they_stand_for() {
    check(NAMES, "import rego.v1\n\n");
}

#[test]
fn what_is_missing_or_false() {
    check(MISSING, "import rego.v1\n\n");
}

#[test]
fn rules_of_every_form() {
    check(FORMS, "import rego.v1\n\n");
}

#[test]
fn errors_are_not_passed_over() {
    check(ERRORS, "import rego.v1\n\n");
}

#[test]
fn the_first_version_of_the_language() {
    check(VERSION_0, "");
}

const NAMED: &str = "names: [web]\nother: a\n";

const SETS: &[Case] = &[
    (
        "a rule that is a set",
        "deny contains \"x\" if names[\"web\"]\nnames contains name if some name in input.names",
        NAMED,
    ),
    ("with a dot", "deny contains \"x\" if names.web\nnames contains name if some name in input.names", NAMED),
    (
        "by its path",
        "deny contains \"x\" if data.main.names.web\nnames contains name if some name in input.names",
        NAMED,
    ),
    ("a variable", "deny contains \"x\" if { names := {name | some name in input.names}; names[\"web\"] }", NAMED),
    (
        "by a variable",
        "deny contains \"x\" if { names := {name | some name in input.names}; some w in [\"web\", \"db\"]; names[w] }",
        NAMED,
    ),
    (
        "by a constant",
        "deny contains \"x\" if { names := {name | some name in input.names}; w := \"web\"; names[w] == \"web\" }",
        NAMED,
    ),
    ("an argument", "deny contains \"x\" if has({name | some name in input.names})\nhas(names) if names.web", NAMED),
    (
        "what a function gives",
        "deny contains \"x\" if { s := of(input); s.web }\nof(x) := {name | some name in x.names}",
        NAMED,
    ),
    ("in an object", "deny contains \"x\" if { o := {\"s\": {name | some name in input.names}}; o.s.web }", NAMED),
    ("in a list", "deny contains \"x\" if { o := [{name | some name in input.names}]; o[0].web }", NAMED),
    ("without a name", "deny contains \"x\" if {name | some name in input.names}[\"web\"]", NAMED),
    ("a literal", "deny contains \"x\" if { s := {input.other, \"b\"}; s.a }", NAMED),
    ("a union", "deny contains \"x\" if { s := {\"b\"} | {name | some name in input.names}; s.web }", NAMED),
    ("a difference", "deny contains \"x\" if { s := {name | some name in input.names} - {\"b\"}; s.web }", NAMED),
    ("union of sets", "deny contains \"x\" if union({{name | some name in input.names}, {\"b\"}}).web", NAMED),
    ("keys", "deny contains \"x\" if object.keys({input.other: 1}).a", NAMED),
    ("keys of its own", "deny contains \"x\" if object.keys({\"a\": input.other}).a", NAMED),
    (
        "what can be reached",
        "deny contains \"x\" if graph.reachable({\"b\": input.names, \"web\": []}, {\"b\"}).web",
        NAMED,
    ),
    ("out of a collection", "deny contains \"x\" if { some s in [{name | some name in input.names}]; s.web }", NAMED),
    ("every one", "deny contains \"x\" if { every s in [{name | some name in input.names}] { s.web } }", NAMED),
    ("a rule of one value", "deny contains \"x\" if names.web\nnames := {name | some name in input.names}", NAMED),
    (
        "a rule through another",
        "deny contains \"x\" if copy.web\ncopy := names\nnames contains name if some name in input.names",
        NAMED,
    ),
    ("by unification", "deny contains \"x\" if { s = {name | some name in input.names}; s.web }", NAMED),
    ("through a pattern", "deny contains \"x\" if { [s, _] := [{name | some name in input.names}, 1]; s.web }", NAMED),
    ("by default", "deny contains \"x\" if s.web\ndefault s := {\"web\"}", NAMED),
    ("constants", "deny contains \"x\" if { s[input.other] }\ns := {\"a\", \"b\"}", NAMED),
    ("constants by a dot", "deny contains \"x\" if { s.a; input.other }\ns := {\"a\", \"b\"}", NAMED),
    ("walked", "deny contains \"x\" if { walk({\"q\": {name | some name in input.names}}, [_, v]); v.web }", NAMED),
    ("the rule itself", "deny contains name if some name in input.names\nwarn contains \"y\" if deny.web", NAMED),
    (
        "through all of the package",
        "deny contains name if some name in input.names\nwarn contains \"y\" if { some k in [\"names\"]; data.main[k].web }\nnames contains name if some name in input.names",
        NAMED,
    ),
];

const CIRCUMSTANCES: &[Case] = &[
    (
        "a variable",
        "deny contains \"x\" if { x := input.kind with input as {\"kind\": \"Pod\"}; x == \"Pod\" }",
        "a: 1\n",
    ),
    (
        "a way on",
        "deny contains \"x\" if { x := input.spec with input as {\"spec\": {\"b\": true}}; x.b == true }",
        "a: 1\n",
    ),
    (
        "an item",
        "deny contains \"x\" if { some x in input.list with input as {\"list\": [\"a\"]}; x == \"a\" }",
        "a: 1\n",
    ),
    (
        "a collection",
        "deny contains \"x\" if { xs := [y | y := input.kind; y == \"Pod\"] with input as {\"kind\": \"Pod\"}; count(xs) > 0 }",
        "a: 1\n",
    ),
    ("a rule", "deny contains \"x\" if { is_bad with input as {\"a\": 1} }\nis_bad if input.a", "b: 1\n"),
    ("data", "deny contains \"x\" if { has with data.words as [\"z\"] }\nhas if \"z\" in data.words", "b: 1\n"),
    (
        "a rule replaced",
        "deny contains \"x\" if { has with data.main.words as [\"b\"] }\nhas if input.a in words\nwords := [\"c\"]",
        "a: b\n",
    ),
    (
        "a constant replaced",
        "deny contains \"x\" if { w := words with data.main.words as [\"b\"]; input.a in w }\nwords := [\"c\"]",
        "a: b\n",
    ),
    (
        "a function replaced",
        "deny contains \"x\" if { has with f as g }\nhas if f(input.a)\nf(x) if x == \"never\"\ng(_) := true",
        "a: b\n",
    ),
    ("a builtin replaced", "deny contains \"x\" if { has with count as 5 }\nhas if count(input.a) > 3", "a: [1]\n"),
    (
        "two values under them",
        "deny contains \"x\" if { w := word with input as {\"a\": 1, \"b\": 1}; w == \"z\"; input.never }\nword := \"a\" if input.a\nword := \"b\" if input.b",
        "c: 1\n",
    ),
    (
        "a key twice under them",
        "deny contains \"x\" if { w := o with input as [1, 2]; w.never; input.never }\no := {k: v | some v in input; k := \"k\"}",
        "c: 1\n",
    ),
    (
        "two values of a function under them",
        "deny contains \"x\" if { w := f(1) with input as {\"a\": 1, \"b\": 1}; w == \"z\"; input.never }\nf(_) := \"a\" if input.a\nf(_) := \"b\" if input.b",
        "c: 1\n",
    ),
    (
        "two values below a rule under them",
        "deny contains \"x\" if { not outer with input as {\"a\": 1, \"b\": 1}; input.never }\nouter if word == \"c\"\nword := \"a\" if input.a\nword := \"b\" if input.b",
        "c: 1\n",
    ),
    ("a piece of the input", "deny contains \"x\" if { is_bad with input.a as 1 }\nis_bad if input.a", "b: 1\n"),
    (
        "the input through a name",
        "deny contains \"x\" if { x := input with input as {\"a\": {\"b\": 1}}; x.a.b }",
        "b: 1\n",
    ),
    ("a negation", "deny contains \"x\" if { not is_fine with input as {\"b\": 1} }\nis_fine if input.a", "a: 1\n"),
];

const NAMES: &[Case] = &[
    (
        "a rule named as a builtin begins",
        "deny contains \"x\" if { object.get(input, \"a\", 0) == 0 }\nobject := input.review.object",
        "b: 1\n",
    ),
    ("an argument called input", "deny contains \"x\" if f({\"a\": 1})\nf(x) if { some y in [x]; y.a }", "b: 1\n"),
    ("an import with an alias", "import input.spec as s\ndeny contains \"x\" if s.a == \"b\"", "spec: {a: b}\n"),
    (
        "a rule hidden by an argument",
        "deny contains \"x\" if f(input.list)\nf(words) if words.a == \"b\"\nwords := {\"never\": 1}",
        "list: {a: b}\n",
    ),
    ("a variable key", "deny contains \"x\" if input[k].y == \"b\"", "q: {y: b}\n"),
    (
        "keys in the middle",
        "deny contains \"x\" if { some k in [\"p\", \"q\"]; input[k].y[_] == \"b\" }",
        "q: {y: {z: b}}\n",
    ),
    ("numbers and names for keys", "deny contains \"x\" if { some k in [\"p\", 0]; input.l[k] == \"b\" }", "l: [b]\n"),
    ("data that is given", "deny contains \"x\" if data.known[input.names[_]].port == \"x\"", NAMED),
    (
        "data through a name",
        "deny contains \"x\" if { some k, v in data.known; k in input.names; v.port == \"x\" }",
        NAMED,
    ),
    (
        "data in another place",
        "deny contains \"x\" if { o := object.union(input, data.known); o.web.port == \"x\" }",
        NAMED,
    ),
    ("a flag of data", "deny contains \"x\" if { some o in [input, data]; o.flag == true }", NAMED),
    ("the input as a whole", "deny contains \"x\" if { x := input; x.a == \"b\" }", "a: b\n"),
    ("a function of all input", "deny contains \"x\" if f(input)\nf(x) if x.a[_] == \"b\"", "a: [b]\n"),
    ("a way in the word", "deny contains \"x\" if { k := concat(\"\", [\"a\", \"b\"]); input[k] }", "ab: b\n"),
    (
        "walked to",
        "deny contains \"x\" if { walk(input, [path, value]); path[count(path) - 1] == \"a\"; value == \"b\" }",
        "q: [{a: b}]\n",
    ),
    (
        "walked to through a pattern",
        "deny contains \"x\" if { walk(input, [[\"q\", _, key], \"b\"]); key == \"a\" }",
        "q: [{a: b}]\n",
    ),
    (
        "patched",
        "deny contains \"x\" if json.patch(input, [{\"op\": \"add\", \"path\": \"/n\", \"value\": \"b\"}]).n == \"b\"",
        "a: b\n",
    ),
    ("filtered", "deny contains \"x\" if json.filter(input, [\"a/b\"]).a.b == \"c\"", "a: {b: c}\n"),
    ("read", "deny contains \"x\" if yaml.unmarshal(input.t).a.b == \"c\"", "t: \"a: {b: c}\"\n"),
    ("a key of a key", "deny contains \"x\" if input.t[input.k] == \"c\"", "t: {a: c}\nk: a\n"),
    ("another rule of the package", "deny contains \"x\" if data.main.is_bad\nis_bad if input.a", "a: b\n"),
    (
        "an object a rule is",
        "deny contains \"x\" if paths[input.kind].q[_] == \"r\"\npaths := {\"Pod\": {\"q\": [\"r\"]}}",
        "kind: Pod\n",
    ),
    (
        "what lists have in common",
        "deny contains \"x\" if { l := array.concat(input.a, [{\"n\": \"b\"}]); l[_].n == \"b\" }",
        "a: []\n",
    ),
    (
        "objects made of others",
        "deny contains \"x\" if { o := {k: v | some k, v in input.a}; o.n == \"b\" }",
        "a: {n: b}\n",
    ),
    ("an array in the head", "deny contains x if { [x, \"b\"] = input.a }", "a: [m, b]\n"),
    ("an object taken apart", "deny contains x if { {\"n\": x} = input.a }", "a: {n: b}\n"),
    ("a word with quotes", "deny contains \"x\" if input[\"a\\n\\\"b\"] == \"c\\td\"", "{\"a\\n\\\"b\": \"c\\td\"}"),
    ("a raw word", "deny contains \"x\" if input[`a\\b`] == `c\\d`", "{\"a\\\\b\": \"c\\\\d\"}"),
    ("a list at the root", "deny contains \"x\" if input[_].a == \"b\"", "[{\"a\": \"b\"}]"),
];
