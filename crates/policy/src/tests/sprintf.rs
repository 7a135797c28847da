//! `sprintf` against OPA: what version 1.22.2 printed for each format and its arguments.
//!
//! Numbers of documents are those of Conftest, for which `3.0` is `3`; those of policies are in `fits.rs`.

use std::fmt::Write as _;

use super::{documents, loaded};
use crate::Options;

/// Format, arguments as JSON, text.
const PRINTED: &[(&str, &str, &str)] = &[
    ("%s", r#"["a"]"#, "a"),
    ("%s", "[1]", "%!s(int64=1)"),
    ("%s", "[1.5]", "%!s(float64=1.5)"),
    ("%s", "[true]", "true"),
    ("%s", "[null]", "null"),
    ("%s", r#"[["a", 1]]"#, r#"["a", 1]"#),
    ("%s", r#"[{"k": "v"}]"#, r#"{"k": "v"}"#),
    ("%v", r#"["a"]"#, "a"),
    ("%v", "[1]", "1"),
    ("%v", "[1.5]", "1.5"),
    ("%v", "[true]", "true"),
    ("%v", r#"[{"k": [1, "x"]}]"#, r#"{"k": [1, "x"]}"#),
    ("%d", "[1]", "1"),
    ("%d", "[1.5]", "%!d(float64=1.5)"),
    ("%d", r#"["a"]"#, "%!d(string=a)"),
    ("%5d|", "[42]", "   42|"),
    ("%-5d|", "[42]", "42   |"),
    ("%05d|", "[42]", "00042|"),
    ("%+d", "[42]", "+42"),
    ("% d", "[42]", " 42"),
    ("%x", "[255]", "ff"),
    ("%X", "[255]", "FF"),
    ("%#x", "[255]", "0xff"),
    ("%o", "[8]", "10"),
    ("%O", "[8]", "0o10"),
    ("%b", "[5]", "101"),
    ("%c", "[65]", "A"),
    ("%q", r#"["a\"b"]"#, r#""a\"b""#),
    ("%q", "[65]", "'A'"),
    ("%U", "[65]", "U+0041"),
    ("%-5s|", r#"["ab"]"#, "ab   |"),
    ("%5s|", r#"["ab"]"#, "   ab|"),
    ("%.1s|", r#"["ab"]"#, "a|"),
    ("%5.1s|", r#"["ab"]"#, "    a|"),
    ("%x", r#"["hi"]"#, "6869"),
    ("%X", r#"["hi"]"#, "6869"),
    ("%t", "[true]", "%!t(string=true)"),
    ("%T", r#"["a"]"#, "string"),
    ("%T", "[1]", "int64"),
    ("%T", "[1.5]", "float64"),
    ("%T", "[true]", "string"),
    ("%T", "[[1]]", "string"),
    ("%f", "[1.5]", "1.500000"),
    ("%.2f", "[1.5]", "1.50"),
    ("%06.2f|", "[1.5]", "001.50|"),
    ("%8.3f|", "[1.5]", "   1.500|"),
    ("%-8.3f|", "[1.5]", "1.500   |"),
    ("%+.1f", "[1.5]", "+1.5"),
    ("%f", "[1]", "%!f(int64=1)"),
    ("%.2f", "[3]", "%!f(int64=03)"),
    ("%e", "[1234.5678]", "1.234568e+03"),
    ("%E", "[1234.5678]", "1.234568E+03"),
    ("%g", "[1234.5678]", "1234.5678"),
    ("%v", "[1234567.5]", "1.2345675e+06"),
    ("%v", "[1.234e-05]", "1.234e-05"),
    ("%s", "[0.1]", "%!s(float64=0.1)"),
    ("%%", "[]", "%"),
    ("%", "[]", "%!(NOVERB)"),
    ("%d", "[]", "%!d(MISSING)"),
    ("%d %d", "[1]", "1 %!d(MISSING)"),
    ("%d", "[1, 2]", "1%!(EXTRA int64=2)"),
    ("%z", "[1]", "%!z(int64=1)"),
    ("%!", "[]", "%!!(MISSING)"),
    ("%s", r#"["é"]"#, "é"),
    ("%5s|", r#"["é"]"#, "    é|"),
    ("%.1s|", r#"["éa"]"#, "é|"),
    ("%q", r#"["é\n"]"#, r#""é\n""#),
    ("%s and %s", r#"["a", "b"]"#, "a and b"),
    ("%[2]s %[1]s", r#"["a", "b"]"#, "b a"),
    ("%*d|", "[5, 42]", "   42|"),
    ("%v", "[12345678901234567890]", "12345678901234567890"),
    ("%d", "[12345678901234567890]", "12345678901234567890"),
    ("%d", "[-42]", "-42"),
    ("%x", "[-255]", "-ff"),
    ("%05d", "[-42]", "-0042"),
    ("%+v", r#"["a"]"#, "a"),
    ("%#v", r#"["a"]"#, r#""a""#),
    ("%#v", "[1]", "1"),
    ("%p", r#"["a"]"#, "%!p(string=a)"),
    ("%s", "[-0.5]", "%!s(float64=-0.5)"),
    ("%v", "[100000]", "100000"),
    ("%.3d", "[7]", "007"),
    ("%8.3d|", "[7]", "     007|"),
    ("%s", "[]", "%!s(MISSING)"),
    ("plain", r#"["extra"]"#, "plain%!(EXTRA string=extra)"),
    ("plain", "[1, true]", "plain%!(EXTRA int64=1, string=true)"),
    ("%6.2f%%|", "[12.345]", " 12.35%|"),
    ("%.0f", "[2.5]", "2"),
    ("%s", r#"["a%sb"]"#, "a%sb"),
    ("%d%%", "[50]", "50%"),
    ("%-10s|%5d|", r#"["ab", 3]"#, "ab        |    3|"),
    ("%s", "[[]]", "[]"),
    ("%s", "[{}]", "{}"),
    ("%d", "[true]", "%!d(string=true)"),
    ("%d", "[[1]]", "%!d(string=[1])"),
    ("%s", r#"[["a", "b"]]"#, r#"["a", "b"]"#),
    ("%q", r#"[["a"]]"#, r#""[\"a\"]""#),
    ("%F", "[1.25]", "1.250000"),
    ("%.3g", "[1234.5678]", "1.23e+03"),
    ("%G", "[1e-07]", "1E-07"),
    ("%v", "[3.0]", "3"),
];

#[test]
fn as_opa_prints() {
    let policy = "package main\ndeny contains sprintf(input.format, input.arguments)\n";
    let set = loaded(policy, &Options::default());
    let mut differences = String::new();
    for (format, arguments, expected) in PRINTED {
        let input = format!("{{\"format\": {}, \"arguments\": {arguments}}}", serde_json::Value::from(*format));
        let evaluation = set.evaluate(&documents(&input)[0], &model::Cancel::new());
        let printed = evaluation.findings.first().map_or("", |finding| finding.message.as_str());
        if printed != *expected {
            let _ = writeln!(differences, "{format} {arguments}: {printed:?}, OPA {expected:?}");
        }
    }
    assert_eq!(differences, "");
}

#[test]
fn what_is_not_printed_is_an_error() {
    let set = loaded("package main\ndeny contains sprintf(\"%x\", [input.a])\n", &Options::default());
    let evaluation = set.evaluate(&documents("a: 1.5")[0], &model::Cancel::new());
    assert_eq!((evaluation.findings.len(), evaluation.unknown), (0, 1));
}
