//! Forms of the language and calls of builtins that people write: each policy, its input, and what OPA 1.22.3 gives for `data.main.deny`.

pub(super) const FORMS: &[(&str, &str, &str)] = &[
    (r#"deny := {"a": {"b": c | c := 5}}"#, "{}", r#"{"a": {"b": 5}}"#),
    ("deny contains i if { [10, 20][i] == 20 }", "{}", "[1]"),
    ("deny := input.x[0]", r#"{"x": "abc"}"#, "undefined"),
    (r#"deny := input.x["0"]"#, r#"{"x": ["a"]}"#, "undefined"),
    ("deny := input.x[true]", r#"{"x": {"true": 1}}"#, "undefined"),
    ("deny := input.x.y", r#"{"x": null}"#, "undefined"),
    (r#"deny contains "null" if input.x == null"#, "{}", "[]"),
    (r#"deny contains "null" if not input.x == null"#, "{}", r#"["null"]"#),
    (r#"deny contains "x" if input.x != 1"#, "{}", "[]"),
    (r#"deny contains "x" if not input.x"#, r#"{"x": null}"#, "[]"),
    (r#"deny contains "x" if input.x"#, r#"{"x": 0}"#, r#"["x"]"#),
    (r#"deny contains "x" if not input.x"#, r#"{"x": 0}"#, "[]"),
    (r#"deny contains "x" if input.x"#, r#"{"x": ""}"#, r#"["x"]"#),
    (r#"deny contains "x" if not false == input.x"#, r#"{"x": false}"#, "[]"),
    (
        "a.b.c contains x if some x in [1,2]
a.b.d := 3
deny := a",
        "{}",
        r#"{"b": {"c": [1, 2], "d": 3}}"#,
    ),
    (
        r#"a[x][y] := z if { some x in ["p", "q"]; some y in ["r"]; z := concat("", [x, y]) }
deny := a"#,
        "{}",
        r#"{"p": {"r": "pr"}, "q": {"r": "qr"}}"#,
    ),
    (
        r#"a[x] contains y if { some x in ["p", "q"]; some y in [1, 2] }
deny := a"#,
        "{}",
        r#"{"p": [1, 2], "q": [1, 2]}"#,
    ),
    (
        r#"a.b[x] := 1 if some x in ["c", "d"]
a.e := 2
deny := a"#,
        "{}",
        r#"{"b": {"c": 1, "d": 1}, "e": 2}"#,
    ),
    (
        r#"default f(_) := 0
f(x) := x if x > 2
deny := [f(1), f(3), f("a")]"#,
        "{}",
        r#"[0, 3, "a"]"#,
    ),
    (
        r#"f([x, y]) := x + y
f({"a": x}) := x
deny := [f([1, 2]), f({"a": 3})]"#,
        "{}",
        "[3, 3]",
    ),
    (
        r#"f(1) := "one"
f("a") := "text"
f(_) := "other" if false
deny := [f(1), f("a"), f(1.0)]"#,
        "{}",
        r#"["one", "text", "one"]"#,
    ),
    (
        r#"f(x) := y if { y := x; x > 1 } else := "small" if x > 0 else := "neg"
deny := [f(2), f(1), f(-1)]"#,
        "{}",
        r#"[2, "small", "neg"]"#,
    ),
    ("deny contains x if { x := {y | y := input.a[_]} | {9} }", r#"{"a": [1]}"#, "[[1, 9]]"),
    ("deny := {1, 2, 3} & {2, 3} - {3} | {7}", "{}", "[2, 7]"),
    ("deny := 1 + 2 * 3 - 4 / 2 % 2", "{}", "7"),
    ("deny := [7 % 3, -7 % 3, 7 % -3, 7.0 % 2]", "{}", "[1, -1, 1, 1]"),
    ("deny := [10 / 4, 10 / 5, 1 / 3, -7 / 2]", "{}", "[2.5, 2, 0.3333333333333333, -3.5]"),
    (
        r#"deny := sprintf("%v %d %s %.2f %5d|%-5d|%05d %x %t", [1.0, 3, "x", 2.345, 42, 42, 42, 255, true])"#,
        "{}",
        r#""1 3 x 2.35    42|42   |00042 ff %!t(string=true)""#,
    ),
    (
        r#"deny := sprintf("%v %v %v %v", [[1, "a"], {"k": [null]}, {1, 2}, null])"#,
        "{}",
        r#""[1, \"a\"] {\"k\": [null]} {1, 2} null""#,
    ),
    (r#"deny := sprintf("%s %s", ["a"])"#, "{}", r#""a %!s(MISSING)""#),
    (r#"deny := sprintf("%d", ["a"])"#, "{}", r#""%!d(string=a)""#),
    (r#"deny := sprintf("%s", [1])"#, "{}", r#""%!s(int64=1)""#),
    (r#"deny := sprintf("%d", [1.5])"#, "{}", r#""%!d(float64=1.5)""#),
    (r#"deny := sprintf("%q %T %p", ["a", 1, 1])"#, "{}", r#""\"a\" int64 %!p(int64=1)""#),
    (r#"deny := [upper("ß"), lower("İ"), upper("ŉ"), lower("ΑΣ"), upper("ǆ")]"#, "{}", r#"["ß", "i", "ŉ", "ασ", "Ǆ"]"#),
    (
        r#"deny := [split("", ","), split("a,b", ""), split("äö", ""), split("abc", "b"), split("aXbX", "X")]"#,
        "{}",
        r#"[[""], ["a", ",", "b"], ["ä", "ö"], ["a", "c"], ["a", "b", ""]]"#,
    ),
    (
        r#"deny := [substring("äöü", 1, 1), substring("abc", 1, 100), substring("abc", 5, 1), substring("abc", 0, -1), substring("", 0, 1)]"#,
        "{}",
        r#"["ö", "bc", "", "abc", ""]"#,
    ),
    (r#"deny := substring("abc", -1, 1)"#, "{}", "undefined"),
    (r#"deny := [indexof("äöü", "ü"), indexof("abc", "x"), indexof("", "a")]"#, "{}", "[2, -1, -1]"),
    (r#"deny := indexof("abc", "")"#, "{}", "undefined"),
    (
        r#"deny := [trim("xxaxx", "x"), trim_left("  a ", " "), trim_right("a\n", "\n"), trim_prefix("aab", "a"), trim_suffix("baa", "a"), trim("äaä", "ä"), trim_space("\t a \u00a0\n")]"#,
        "{}",
        r#"["a", "a ", "a", "ab", "ba", "a", "a"]"#,
    ),
    (
        r#"deny := [replace("aaa", "a", "b"), replace("abc", "", "-"), replace("", "", "x"), replace("a", "a", "")]"#,
        "{}",
        r#"["bbb", "-a-b-c-", "x", ""]"#,
    ),
    (
        r#"deny := [contains("abc", ""), startswith("abc", ""), endswith("", "a"), contains("", "")]"#,
        "{}",
        "[true, true, false, true]",
    ),
    (r#"deny := [concat(",", []), concat(",", {"b", "a"}), concat("", ["x"])]"#, "{}", r#"["", "a,b", "x"]"#),
    (r#"deny := concat(",", input.x)"#, r#"{"x": ["a", 1]}"#, "undefined"),
    (r#"deny := [count("äöü"), count({}), count(set()), count([null])]"#, "{}", "[3, 0, 0, 1]"),
    ("deny := count(input.x)", r#"{"x": 5}"#, "undefined"),
    (
        r#"deny := [to_number("1.50"), to_number("-3"), to_number("1e2"), to_number(true), to_number(null), to_number("0x10")]"#,
        "{}",
        "undefined",
    ),
    (
        r#"deny := [to_number("1.50"), to_number("-3"), to_number("1e2"), to_number(true), to_number(null), to_number(false)]"#,
        "{}",
        "[1.5, -3, 100, 1, 0, 0]",
    ),
    (r#"deny := to_number("")"#, "{}", "undefined"),
    (r#"deny := to_number(" 1")"#, "{}", "undefined"),
    (
        "deny := [format_int(10, 2), format_int(255, 16), format_int(-8, 8), format_int(3.9, 10), format_int(-3.9, 10)]",
        "{}",
        r#"["1010", "ff", "-10", "3", "-3"]"#,
    ),
    ("deny := format_int(10, 3)", "{}", "undefined"),
    (
        "deny := [numbers.range(1, 3), numbers.range(3, 1), numbers.range(0, 0), numbers.range_step(0, 10, 3), numbers.range_step(10, 0, 4)]",
        "{}",
        "[[1, 2, 3], [3, 2, 1], [0], [0, 3, 6, 9], [10, 6, 2]]",
    ),
    ("deny := numbers.range_step(0, 10, 0)", "{}", "undefined"),
    (
        "deny := [array.slice([1,2,3], 1, 10), array.slice([1,2,3], -1, 2), array.slice([1,2,3], 2, 1), array.concat([], [1]), array.reverse([1, 2])]",
        "{}",
        "[[2, 3], [1, 2], [], [1], [2, 1]]",
    ),
    (
        r#"deny := [object.get({"a": {"b": 1}}, ["a", "b"], 0), object.get({"a": {"b": 1}}, ["a", "c"], 0), object.get({"a": 1}, "b", null), object.get({"a": [5]}, ["a", 0], 9), object.get({"a": 1}, [], 2)]"#,
        "{}",
        r#"[1, 0, null, 5, {"a": 1}]"#,
    ),
    (
        r#"deny := [object.remove({"a": 1, "b": 2}, ["a"]), object.filter({"a": 1, "b": 2}, {"a"}), object.union({"a": {"b": 1}}, {"a": {"c": 2}}), object.union_n([{"a": 1}, {"a": {"b": 2}}]), object.keys({"a": 1, 2: 3})]"#,
        "{}",
        r#"[{"b": 2}, {"a": 1}, {"a": {"b": 1, "c": 2}}, {"a": {"b": 2}}, [2, "a"]]"#,
    ),
    (
        r#"deny := [object.subset({"a": 1, "b": 2}, {"a": 1}), object.subset({1, 2}, {1}), object.subset([1, 2, 3], [2, 3]), object.subset([1,2], {1})]"#,
        "{}",
        "[true, true, true, true]",
    ),
    (
        r#"deny := [json.filter({"a": {"b": 1, "c": 2}}, ["a/b"]), json.remove({"a": {"b": 1, "c": 2}}, ["a/b"]), json.patch({"a": 1}, [{"op": "add", "path": "/b", "value": 2}])]"#,
        "{}",
        r#"[{"a": {"b": 1}}, {"a": {"c": 2}}, {"a": 1, "b": 2}]"#,
    ),
    (r#"deny := json.patch({"a": [1]}, [{"op": "replace", "path": "/x", "value": 2}])"#, "{}", "undefined"),
    (
        r#"deny := json.patch([1, 2], [{"op": "add", "path": "/1", "value": 9}, {"op": "remove", "path": "/0"}])"#,
        "{}",
        "[9, 2]",
    ),
    (r#"deny := json.patch({"a": {1, 2}}, [{"op": "add", "path": "/a/3", "value": 3}])"#, "{}", "undefined"),
    (
        r#"deny := [p | walk({"a": {1, "x"}, "b": [2]}, [p, _])]"#,
        "{}",
        r#"[[], ["a"], ["a", 1], ["a", "x"], ["b"], ["b", 0]]"#,
    ),
    (
        r#"deny := [regex.match("^a.c$", "abc"), regex.split("[,;]", "a,b;c"), regex.find_n("\\d", "a1b2c3", 2), regex.find_n("\\d", "a1b2", -1), regex.replace("abc", "(b)", "[$1]"), regex.replace("abc", "b", "${0}${0}"), regex.find_all_string_submatch_n("(a)(b)?", "ab a", -1)]"#,
        "{}",
        r#"[true, ["a", "b", "c"], ["1", "2"], ["1", "2"], "a[b]c", "abbc", [["ab", "a", "b"], ["a", "a", ""]]]"#,
    ),
    (r#"deny := regex.match("(?=a)", "a")"#, "{}", "undefined"),
    (
        r#"deny := [glob.match("*.b", ["."], "a.b"), glob.match("*.b", [], "x.a.b"), glob.match("*.b", null, "x.a.b"), glob.match("**.b", ["."], "x.a.b"), glob.match("{a,b}", [], "b"), glob.match("[!a]", [], "b"), glob.match("a?", [], "aö")]"#,
        "{}",
        "[true, false, true, true, true, true, true]",
    ),
    (
        r#"deny := [net.cidr_contains("10.0.0.0/8", "10.1.1.1"), net.cidr_contains("10.0.0.0/8", "10.0.0.0/9"), net.cidr_intersects("10.0.0.0/8", "11.0.0.0/8"), net.cidr_is_valid("10.0.0.0/33"), net.cidr_expand("10.0.0.0/30")]"#,
        "{}",
        r#"[true, true, false, false, ["10.0.0.0", "10.0.0.1", "10.0.0.2", "10.0.0.3"]]"#,
    ),
    (r#"deny := net.cidr_contains("10.0.0.0/8", "x")"#, "{}", "undefined"),
    (
        r#"deny := [time.parse_rfc3339_ns("2020-01-01T00:00:00Z"), time.date(0), time.clock([0, "Europe/Berlin"]), time.weekday(0), time.add_date(0, 1, 1, 1), time.diff(0, 86400000000000), time.parse_duration_ns("1h30m")]"#,
        "{}",
        r#"[1577836800000000000, [1970, 1, 1], [1, 0, 0], "Thursday", 34300800000000000, [0, 0, 1, 0, 0, 0], 5400000000000]"#,
    ),
    (r#"deny := time.format([0, "UTC", "2006-01-02"])"#, "{}", r#""1970-01-01""#),
    (
        r#"deny := [base64.encode("ä"), base64.decode("w6Q="), base64url.encode("??>"), hex.encode("a"), hex.decode("61"), urlquery.encode("a b&c"), crypto.sha256("")]"#,
        "{}",
        r#"["w6Q=", "ä", "Pz8-", "61", "a", "a+b%26c", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"]"#,
    ),
    (
        r#"deny := [semver.compare("1.2.3", "1.10.0"), semver.is_valid("1.2"), semver.compare("1.0.0-alpha", "1.0.0")]"#,
        "{}",
        "[-1, false, -1]",
    ),
    (
        r#"deny := [units.parse("10Ki"), units.parse("1.5M"), units.parse("5m"), units.parse_bytes("1KiB"), units.parse_bytes("1.5kb")]"#,
        "{}",
        "[10240, 1500000, 0.005, 1024, 1500]",
    ),
    (r#"deny := [max([1, "a"]), min({3, 2}), sum([1, 2.5]), product([2, 3]), max([]) ]"#, "{}", "undefined"),
    ("deny := max([])", "{}", "undefined"),
    (
        r#"deny := [type_name(1), type_name("a"), type_name(null), type_name({}), type_name(set()), type_name([]), type_name(true)]"#,
        "{}",
        r#"["number", "string", "null", "object", "set", "array", "boolean"]"#,
    ),
    ("deny := [is_number(1), is_set({1}), is_object({}), is_null(null)]", "{}", "[true, true, true, true]"),
    ("deny := is_string(1)", "{}", "false"),
    ("deny := [union({{1}, {2}}), intersection({{1, 2}, {2}}), union(set())]", "{}", "[[1, 2], [2], []]"),
    (
        "deny := [bits.and(6, 3), bits.or(6, 1), bits.xor(6, 3), bits.negate(5), bits.lsh(1, 10), bits.rsh(-8, 1)]",
        "{}",
        "[2, 7, 5, -6, 1024, -4]",
    ),
    (r#"deny := graph.reachable({"a": ["b"], "b": ["c"], "c": []}, ["a"])"#, "{}", r#"["a", "b", "c"]"#),
    (
        r#"deny := graph.reachable_paths({"a": ["b"], "b": ["a", "c"], "c": []}, ["a"])"#,
        "{}",
        r#"[["a", "b"], ["a", "b", "c"]]"#,
    ),
    (
        r#"deny := [strings.any_prefix_match("abc", ["x", "ab"]), strings.any_suffix_match(["a"], "a"), strings.reverse("äb"), strings.count("aaa", "aa"), strings.replace_n({"a": "b", "b": "a"}, "ab")]"#,
        "{}",
        r#"[true, true, "bä", 1, "ba"]"#,
    ),
    (
        r#"deny := [strings.split_n("a,b,c", ",", 2), strings.split_n("a,b,c", ",", -1), strings.split_n("a", ",", 0)]"#,
        "{}",
        r#"[["a", "b"], ["c"], []]"#,
    ),
    (
        "deny := x if { x := 1 } 
deny := y if { y := 2 }",
        "{}",
        "error",
    ),
    (
        "deny := 1 if input.a
deny := 1.0 if input.a",
        r#"{"a": 1}"#,
        "1",
    ),
    (
        r#"p := 1 if input.a
p := 2 if input.a
deny contains "x" if p"#,
        r#"{"a": 1}"#,
        "error",
    ),
    (
        r#"p := 1 if input.a
p := 2 if input.a
deny contains "x" if not p"#,
        r#"{"a": 1}"#,
        "error",
    ),
    (
        r#"f(x) := 1 if x
f(x) := 2 if x
deny contains "x" if not f(true)"#,
        "{}",
        "error",
    ),
    (
        r#"f(x) := 1 if x
f(x) := 2 if x
deny contains "x" if { y := [1 | f(true)]; count(y) == 0 }"#,
        "{}",
        "error",
    ),
    (r#"deny contains "x" if every x in input.none { x }"#, "{}", "[]"),
    (r#"deny contains "x" if every k, v in {"a": 1} { k == "a"; v == 1 }"#, "{}", r#"["x"]"#),
    (r#"deny contains "x" if every x in input.n { x > 0 }"#, r#"{"n": 3}"#, "[]"),
    (r#"deny contains "x" if every x in "abc" { x }"#, "{}", "[]"),
    ("deny contains x if some x in input.n", r#"{"n": 3}"#, "[]"),
    ("deny contains x if some i, x in input.n", r#"{"n": "abc"}"#, "[]"),
    (r#"deny contains [k, x] if some k, x in {"a", "b"}"#, "{}", r#"[["a", "a"], ["b", "b"]]"#),
    ("deny contains x if { some x; input.a[x] == 1 }", r#"{"a": {"p": 1, "q": 2}}"#, r#"["p"]"#),
    ("deny contains x if { x := input.a[i].b; i > 0 }", r#"{"a": [{"b": 1}, {"b": 2}]}"#, "[2]"),
    ("deny contains [i, j] if { input.a[i] == input.b[j] }", r#"{"a": [1, 2], "b": [2, 1]}"#, "[[0, 1], [1, 0]]"),
    ("deny contains x if { [x, 1] = [input.a, input.b] }", r#"{"a": 5, "b": 1}"#, "[5]"),
    (r#"deny contains x if { {"a": x, "b": 1} = input }"#, r#"{"a": 5, "b": 1}"#, "[5]"),
    (r#"deny contains x if { {"a": x} = input }"#, r#"{"a": 5, "b": 1}"#, "[]"),
    ("deny contains x if { x = input.a; x == 1 }", r#"{"a": 1}"#, "[1]"),
    ("deny contains x if { input.a = x; y = x; y > 0 }", r#"{"a": 1}"#, "[1]"),
    (
        r#"deny contains msg if { x := input.x; msg := sprintf("%v", [x]) }"#,
        r#"{"x": {"b": [1, 2.5, "q"], "a": null}}"#,
        r#"["{\"a\": null, \"b\": [1, 2.5, \"q\"]}"]"#,
    ),
    (r#"deny contains "x" if { not input.a.b.c }"#, r#"{"a": 1}"#, r#"["x"]"#),
    (r#"deny contains "x" if { not input.a[0].c }"#, r#"{"a": []}"#, r#"["x"]"#),
    (r#"deny contains "x" if { x := input.a; not x }"#, r#"{"a": false}"#, r#"["x"]"#),
    (r#"deny contains "x" if { count([x | x := input.a[_]; x > 1]) == 1 }"#, r#"{"a": [1, 2]}"#, r#"["x"]"#),
    (r#"deny := {x: y | some x, y in {"a": 1}}"#, "{}", r#"{"a": 1}"#),
    (
        r#"deny := {x: count(y) | some x in ["a", "b"]; y := [z | z := input.l[_]; z == x]}"#,
        r#"{"l": ["a", "a"]}"#,
        r#"{"a": 2, "b": 0}"#,
    ),
    (r#"deny := {"a": 1, "a": 2}"#, "{}", r#"{"a": 2}"#),
    ("deny := {x: 1 | x := [1, 1][_]}", "{}", r#"{"1": 1}"#),
    (r#"deny := {x: y | x := "a"; y := [1, 2][_]}"#, "{}", "error"),
    (
        "import input.a as aa
deny := aa.b",
        r#"{"a": {"b": 1}}"#,
        "1",
    ),
    (
        "import data.main.q
q := 5
deny := q",
        "{}",
        "5",
    ),
    (
        "deny := data.main.q
q := 5",
        "{}",
        "5",
    ),
    (
        r#"deny := data.main[x] if { x := "q" }
q := 5"#,
        "{}",
        "5",
    ),
    ("deny := count(data.none)", "{}", "undefined"),
    (r#"deny := `raw \n "x"`"#, "{}", r#""raw \\n \"x\"""#),
    (r#"deny := "esc \u00e9 \t \" \\ \/""#, "{}", r#""esc é \t \" \\ /""#),
    ("deny := [x, y] if { some x, y in [5] ; true }", "{}", "[0, 5]"),
    (r#"deny contains x if { x := input["a-b"]["c.d"] }"#, r#"{"a-b": {"c.d": 1}}"#, "[1]"),
    (r#"deny := 1 if { print("x", input.none) }"#, "{}", "1"),
    ("deny contains x if { x := 1; x == 1.0 }", "{}", "[1]"),
    ("deny := {1, 1.0, 2}", "{}", "[1, 2]"),
    (r#"deny := [{"a": 1} == {"a": 1.0}, [1] == [1.0], {1} == {1.0}]"#, "{}", "[true, true, true]"),
    ("deny := {[1, 2]: 3}[[1, 2]]", "{}", "3"),
    (r#"deny contains x if { x := {"a", "b"}[_] }"#, "{}", r#"["a", "b"]"#),
    (r#"deny contains "y" if { s := {"a", "b"}; s["a"] }"#, "{}", r#"["y"]"#),
    (r#"deny := s["a"] if { s := {"a", "b"} }"#, "{}", r#""a""#),
    (r#"deny := s.a if { s := {"a", "b"} }"#, "{}", r#""a""#),
    (r#"deny contains "z" if { s := {1, 2}; s[1] ; not s[3] }"#, "{}", r#"["z"]"#),
    ("deny := y if { x := [1, [2, 3]]; [_, [y, _]] := x }", "{}", "2"),
    ("deny := y if { [_, [y, _]] := input.x }", r#"{"x": [1, [2]]}"#, "undefined"),
    (
        "deny contains x if { x := [a | a := input.n[_].v] }",
        r#"{"n": [{"v": 1}, {}, {"v": null}, {"v": false}]}"#,
        "[[1, null, false]]",
    ),
    (
        "deny contains v if { v := input.n[_].v }",
        r#"{"n": [{"v": 1}, {}, {"v": null}, {"v": false}]}"#,
        "[null, false, 1]",
    ),
    (
        "deny contains v if { input.n[_].v = v }",
        r#"{"n": [{"v": 1}, {}, {"v": null}, {"v": false}]}"#,
        "[null, false, 1]",
    ),
    ("deny contains i if { input.n[i].v }", r#"{"n": [{"v": 1}, {}, {"v": null}, {"v": false}]}"#, "[0, 2]"),
    ("deny[x] { x := 1 } #v0", "{}", "[1]"),
    (
        r#"deny[msg] { msg = input.a[_] }
deny[msg] { not input.b; msg := "nb" }"#,
        r#"{"a": ["x", "y"]}"#,
        r#"["nb", "x", "y"]"#,
    ),
    ("deny = x { x := 1 } else = y { y := 2 }", "{}", "1"),
    (
        "default deny = false
deny { input.a == 1 }",
        r#"{"a": 1}"#,
        "true",
    ),
    (
        r#"deny[{"msg": m, "k": k}] { some k; m := input[k]; is_string(m) }"#,
        r#"{"a": "1", "b": 2}"#,
        r#"[{"k": "a", "msg": "1"}]"#,
    ),
    ("deny[k] = v { v := input[k] }", r#"{"a": "1", "b": 2}"#, r#"{"a": "1", "b": 2}"#),
    (r#"deny = "x" { any([false, true]) }"#, "{}", r#""x""#),
    (r#"deny = x { x := {y | y := input.a[_]} - {1}; re_match("a", "a"); all([]) }"#, r#"{"a": [1, 2]}"#, "[2]"),
];
