//! Cases of what is missing, of rules of every form, of errors, and of the first version of the language.

use super::Case;
use super::NAMED;

pub(super) const MISSING: &[Case] = &[
    (
        "a default of object.get",
        "deny contains \"x\" if object.get(input, [\"a\", \"b\"], \"none\") == \"none\"",
        "c: 1\n",
    ),
    (
        "a default of an item",
        "deny contains \"x\" if { some i in input.l; object.get(i, \"k\", true) == true }",
        "l: [{}]\n",
    ),
    ("not", "deny contains \"x\" if not input.a.b", "c: 1\n"),
    ("not not", "deny contains \"x\" if not has\nhas if not input.a", "a: 1\n"),
    ("not of a function", "deny contains \"x\" if not f(input.a)\nf(x) if x == \"b\"", "a: c\n"),
    ("not of a builtin", "deny contains \"x\" if not startswith(input.a, \"b\")", "a: c\n"),
    ("not of a comparison", "deny contains \"x\" if not input.a == \"b\"", "c: 1\n"),
    ("not of a membership", "deny contains \"x\" if not \"b\" in input.a", "a: [c]\n"),
    ("nothing to count", "deny contains \"x\" if count(object.get(input, \"a\", [])) == 0", "c: 1\n"),
    ("an empty list", "deny contains \"x\" if count(input.a) == 0", "a: []\n"),
    ("at least none", "deny contains \"x\" if count([y | y := input.a[_]; y.b]) >= 0", "a: []\n"),
    ("more than less than none", "deny contains \"x\" if count([y | y := input.a[_]; y.b]) > -1", "a: []\n"),
    ("none is less", "deny contains \"x\" if 1 > count([y | y := input.a[_]; y.b])", "a: []\n"),
    ("an empty object", "deny contains \"x\" if {} == input.a", "a: {}\n"),
    ("null", "deny contains \"x\" if is_null(input.a)", "a: null\n"),
    ("false", "deny contains \"x\" if input.a == false", "a: false\n"),
    ("a false one that is bound", "deny contains \"x\" if { x := input.a == \"b\"; x == false }", "a: c\n"),
    ("a false membership", "deny contains \"x\" if { x := \"b\" in input.a; not x }", "a: []\n"),
    (
        "a false membership in nothing",
        "deny contains \"x\" if { x := \"b\" in object.get(input, \"a\", []); x == false }",
        "c: 1\n",
    ),
    ("a false beginning", "deny contains \"x\" if { x := startswith(input.a, \"b\"); x == false }", "a: c\n"),
    ("every of none", "deny contains \"x\" if { every x in object.get(input, \"a\", []) { x.b } }", "c: 1\n"),
    ("every key", "deny contains \"x\" if { every k, v in input.a { k == v } }", "a: {b: b}\n"),
    ("all of a collection", "deny contains \"x\" if { xs := [x | x := input.a[_].b]; xs == [] }", "c: 1\n"),
    ("the sum of none", "deny contains \"x\" if sum([x | x := input.a[_].b]) == 0", "c: 1\n"),
    ("not any", "deny contains \"x\" if { not any_bad }\nany_bad if { some x in input.a; x.b == \"c\" }", "a: [{}]\n"),
    ("an empty text", "deny contains \"x\" if input.a == \"\"", "a: \"\"\n"),
    ("any text has it", "deny contains \"x\" if contains(input.a, \"\")", "a: \"\"\n"),
    ("the type", "deny contains \"x\" if type_name(input.a) != \"string\"", "a: 1\n"),
    ("no text", "deny contains \"x\" if not is_string(input.a)", "a: 1\n"),
    ("unequal", "deny contains \"x\" if input.a != \"b\"", "a: null\n"),
    ("printed", "deny contains \"x\" if { print(input.never); input.a }", "a: 1\n"),
    ("less than a text", "deny contains \"x\" if input.a < \"b\"", "a: 1\n"),
];

pub(super) const FORMS: &[Case] = &[
    ("by default", "deny contains \"x\" if not ok\ndefault ok := false\nok if input.a == \"b\"", "c: 1\n"),
    (
        "a default that holds",
        "deny contains \"x\" if ok\ndefault ok := true\nok := false if input.a == \"b\"",
        "c: 1\n",
    ),
    (
        "a default of a function",
        "deny contains \"x\" if f(input.c) == \"d\"\ndefault f(_) := \"d\"\nf(x) := \"e\" if x.y",
        "c: 1\n",
    ),
    ("else", "deny contains \"x\" if p == \"c\"\np := \"b\" if input.a else := \"c\"", "c: 1\n"),
    (
        "else with bodies",
        "deny contains \"x\" if p == \"c\"\np := \"b\" if input.a else := \"c\" if input.c else := \"d\"",
        "c: 1\n",
    ),
    (
        "else of a function",
        "deny contains \"x\" if f(input) == \"c\"\nf(x) := \"b\" if x.a == \"q\" else := \"c\" if not x.a else := \"d\"",
        "c: 1\n",
    ),
    ("else that is true", "deny contains \"x\" if p\np if input.a == \"b\" else if input.c", "c: 1\n"),
    ("an else of the rule itself", "deny := [\"x\"] if input.a else := [\"y\"] if input.c", "c: 1\n"),
    ("a list", "deny := [m | some m in input.c]", "c: [m]\n"),
    ("true alone", "deny if input.c == \"d\"", "c: d\n"),
    ("an object of keys", "deny[m] if some m in input.c", "c: [d]\n"),
    (
        "an object of values",
        "deny contains \"x\" if byname.a == \"b\"\nbyname[k] := v if some k, v in input.c",
        "c: {a: b}\n",
    ),
    ("sets by key", "deny contains \"x\" if \"b\" in by.a\nby[k] contains v if some k, v in input.c", "c: {a: b}\n"),
    ("a rule with a way", "deny contains \"x\" if p.q.r == \"b\"\np.q.r := input.c", "c: b\n"),
    ("a function with a way", "deny contains \"x\" if p.q(input.c)\np.q(x) if x == \"b\"", "c: b\n"),
    (
        "functions of one name's way",
        "deny contains \"x\" if { p.q(input.c) == 1 }\np.q(x) := 1 if x == \"b\"\np.r(x) := 2 if x.never",
        "c: b\n",
    ),
    (
        "literal arguments",
        "deny contains \"x\" if f(input.c, \"k\") == 1\nf(\"b\", _) := 1\nf(\"d\", k) := 2 if input[k]",
        "c: b\n",
    ),
    (
        "arguments taken apart",
        "deny contains \"x\" if f([input.c, {\"k\": \"v\"}])\nf([x, {\"k\": y}]) if { x == \"b\"; y == \"v\" }",
        "c: b\n",
    ),
    (
        "the key as an argument",
        "deny contains \"x\" if { some k in [\"a\", \"c\"]; f(input, k) }\nf(o, k) if o[k] == \"b\"",
        "c: b\n",
    ),
    ("a value without a head", "deny contains input.c.msg if input.c", "c: {msg: m}\n"),
    ("several bodies", "deny contains \"x\" if input.a\ndeny contains \"y\" if input.c", "c: 1\n"),
    ("without a body", "deny contains \"x\"", "c: 1\n"),
    (
        "parts of an or",
        "deny contains \"x\" if { some x in ({y | y := input.a} | {y | y := input.c}); x == \"b\" }",
        "c: b\n",
    ),
    (
        "one in two",
        "deny contains \"x\" if { [input.a, input.c][_] == \"b\" }\ndeny contains \"y\" if input.c",
        "c: b\n",
    ),
    ("the place in a membership", "deny contains \"x\" if \"k\", \"b\" in input.c", "c: {k: b}\n"),
    ("members of an object", "deny contains \"x\" if \"b\" in input.c", "c: {k: b}\n"),
    ("a message of its own", "deny contains m if { m := {\"msg\": sprintf(\"%v\", [input.c])} }", "c: {k: b}\n"),
    ("a comprehension as a head", "deny contains concat(\",\", [x | some x in input.c])", "c: [m]\n"),
    ("of wrong form", "deny contains 5 if input.c", "c: b\n"),
    ("of wrong form alone", "deny := 5 if input.c", "c: b\n"),
    ("in a negated way", "deny contains \"x\" if { input.c; not f({\"b\" | input.a}) }\nf(s) if s.b", "c: b\n"),
    (
        "through every and not",
        "deny contains \"x\" if { every x in input.c { not x.a; every y in x.d { not y.e } } }",
        "c: [{d: [{}]}]\n",
    ),
    (
        "a table",
        "deny contains w if { some f, w in t; input.c[f] == true }\nt := {\"a\": \"m\", \"b\": \"n\"}",
        "c: {b: true}\n",
    ),
    (
        "a table that comes back",
        "deny contains w if { some f, w in t; [input.c, t][_][f] == w }\nt := {\"a\": \"m\", \"b\": \"n\"}",
        "c: {}\n",
    ),
    (
        "a table that is given",
        "deny contains \"x\" if f(t)\nf(o) if o.a == \"m\"\nt := {\"a\": \"m\", \"b\": \"n\"}",
        "c: {}\n",
    ),
    (
        "two arguments out",
        "deny contains \"x\" if { split(input.c, \",\", [a, b]); a == \"m\"; b == \"n\" }",
        "c: \"m,n\"\n",
    ),
    ("an argument out", "deny contains \"x\" if { count(input.c, n); n == 1 }", "c: [m]\n"),
];

pub(super) const ERRORS: &[Case] = &[
    (
        "two values",
        "deny contains \"x\" if { w == \"x\"; input.never }\nw := \"a\" if input.a\nw := \"b\" if input.b",
        "a: 1\nb: 1\n",
    ),
    (
        "two values of a function",
        "deny contains \"x\" if { f(input) == \"x\"; input.never }\nf(x) := \"a\" if x.a\nf(x) := \"b\" if x.b",
        "a: 1\nb: 1\n",
    ),
    (
        "inside of not",
        "deny contains \"x\" if { not w == \"x\"; input.never }\nw := \"a\" if input.a\nw := \"b\" if input.b",
        "a: 1\nb: 1\n",
    ),
    (
        "inside of every",
        "deny contains \"x\" if { every y in [1] { w == y }; input.never }\nw := \"a\" if input.a\nw := \"b\" if input.b",
        "a: 1\nb: 1\n",
    ),
    ("out of a list", "deny contains \"x\" if { w == \"x\"; input.never }\nw := input.a[_]", "a: [1, 2]\n"),
    (
        "out of a set lookup",
        "deny contains \"x\" if { w == \"x\"; input.never }\nw := \"a\" if s.a\nw := \"b\" if s.b\ns contains x if some x in input.l",
        "l: [a, b]\n",
    ),
    (
        "a key twice",
        "deny contains \"x\" if { o.k; input.never }\no := {k: v | some v in input.a; k := \"k\"}",
        "a: [1, 2]\n",
    ),
    (
        "a key twice in the rule",
        "deny contains \"x\" if { o := {k: v | some v in input.a; k := \"k\"}; o.never }",
        "a: [1, 2]\n",
    ),
    (
        "a key of a rule twice",
        "deny contains \"x\" if { o.k; input.never }\no[\"k\"] := v if some v in input.a",
        "a: [1, 2]\n",
    ),
    (
        "a key twice in a function",
        "deny contains \"x\" if { f(input.a).k; input.never }\nf(l) := {k: v | some v in l; k := \"k\"}",
        "a: [1, 2]\n",
    ),
    (
        "through a table",
        "deny contains \"x\" if { w == \"x\"; input.never }\nw := v if some k, v in input.a",
        "a: {b: 1, c: 2}\n",
    ),
    (
        "else too",
        "deny contains \"x\" if { w == \"x\"; input.never }\nw := \"a\" if input.a\nw := \"c\" if { input.never } else := \"b\" if input.b",
        "a: 1\nb: 1\n",
    ),
    (
        "by data",
        "deny contains \"x\" if { data.main.w == \"x\"; input.never }\nw := \"a\" if input.a\nw := \"b\" if input.b",
        "a: 1\nb: 1\n",
    ),
    (
        "by data with a variable",
        "deny contains \"x\" if { some k in [\"w\"]; data.main[k] == \"x\"; input.never }\nw := \"a\" if input.a\nw := \"b\" if input.b",
        "a: 1\nb: 1\n",
    ),
    ("the rule itself", "deny := [\"a\"] if input.a\ndeny := [\"b\"] if input.b", "a: 1\nb: 1\n"),
    ("walked", "deny contains \"x\" if { w == \"x\"; input.never }\nw := v if walk(input, [[_], v])", "a: 1\nb: 2\n"),
    (
        "in a with",
        "deny contains \"x\" if { input.never with input as w }\nw := {\"p\": 1} if input.a\nw := {\"q\": 1} if input.b",
        "a: 1\nb: 1\n",
    ),
    ("a given value", "deny contains \"x\" if { w == \"x\"; input.never }\nw := input.a\nw := input.b", "a: 1\nb: 2\n"),
];

pub(super) const VERSION_0: &[Case] = &[
    ("a set", "deny[msg] { names[\"web\"]; msg := \"x\" }\nnames[n] { n := input.names[_] }", NAMED),
    ("a set by a variable", "deny[msg] { w := \"web\"; names[w]; msg := w }\nnames[n] { n := input.names[_] }", NAMED),
    (
        "labels",
        "deny[msg] { provided := {l | input.labels[l]}; not provided[\"team\"]; provided[\"app\"]; msg := \"x\" }",
        "labels: {app: a}\n",
    ),
    ("words in a list", "deny[msg] { s := {n | n := input.names[_]}; s[\"web\"]; msg := \"x\" }", NAMED),
    ("two bodies", "deny[msg] { input.a; msg := \"a\" } { input.other; msg := \"b\" }", NAMED),
    ("else", "deny[msg] { p == 2; msg := \"x\" }\np = 1 { input.never } else = 2 { input.other }", NAMED),
    ("a default", "deny[msg] { ok; msg := \"x\" }\ndefault ok = true\nok = false { input.never }", NAMED),
    ("a function", "deny[msg] { f(input.other, \"a\"); msg := \"x\" }\nf(x, y) { x == y }", NAMED),
    ("an object", "deny[msg] { o[\"a\"] == \"b\"; msg := \"x\" }\no[k] = v { v := \"b\"; k := input.other }", NAMED),
    ("with", "deny[msg] { x := input.kind with input as {\"kind\": \"Pod\"}; x == \"Pod\"; msg := \"x\" }", NAMED),
    ("unification", "deny[msg] { input.names[_] = name; name = \"web\"; msg := \"x\" }", NAMED),
    ("a bare value", "deny = [\"x\"] { input.other == \"a\" }", NAMED),
    ("violation", "violation[{\"msg\": msg}] { some i; input.names[i] == \"web\"; msg := \"x\" }", NAMED),
    (
        "two values",
        "deny[msg] { w == 3; input.never; msg := \"x\" }\nw = 1 { input.names }\nw = 2 { input.other }",
        NAMED,
    ),
];
