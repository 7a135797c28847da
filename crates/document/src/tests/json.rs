//! JSON: values, places, and `serde_json` as the second judge.

use insta::assert_snapshot;
use model::Format;
use proptest::prelude::*;
use serde_json::Value;

use super::{read, shown, shown_bytes};
use crate::Limits;

fn check(text: &str) -> String {
    shown(Format::Json, text)
}

#[test]
fn places_of_keys_and_values() {
    assert_snapshot!(check("{\r\n  \"é\": [1, \"ü\" , null],\n  \"b\": {\"c\": true}\n}\n"), @r#"
    --- 0 plain
    . {} 1:1-4:2
    é [] 2:8-2:23 key «"é"»
    é[0] = 1 2:9-2:10 «1»
    é[1] = "ü" 2:12-2:15 «"ü"»
    é[2] = null 2:18-2:22 «null»
    b {} 3:8-3:19 key «"b"»
    b.c = true 3:14-3:18 «true» key «"c"»
    "#);
    assert_snapshot!(check("\u{feff}[\"\\u00e9\\ud83d\\ude80\\n\"]"), @r#"
    --- 0 plain
    . [] 1:2-1:26
    [0] = "é🚀\n" 1:3-1:25 «"\u00e9\ud83d\ude80\n"»
    "#);
}

#[test]
fn numbers_are_exact_or_text() {
    assert_snapshot!(check("[0, -0, 1e2, 18446744073709551615, 18446744073709551616, 1e999]"), @r#"
    --- 0 plain
    . [] 1:1-1:64
    [0] = 0 1:2-1:3 «0»
    [1] = -0.0 1:5-1:7 «-0»
    [2] = 100.0 1:9-1:12 «1e2»
    [3] = 18446744073709551615 1:14-1:34 «18446744073709551615»
    [4] = "18446744073709551616" 1:36-1:56 «18446744073709551616»
    [5] = "1e999" 1:58-1:63 «1e999»
    "#);
}

#[test]
fn key_given_twice() {
    assert_snapshot!(check("{\"a\": 1,\n\"\\u0061\": 2}"), @r#"
    --- 0 plain
    . {} 1:1-2:13
    a = 2 2:11-2:12 «2» key «"\u0061"»
    Warning Shape 2:1 key `a` is given twice, first in line 1: the last one counts here, other readers may take the first
    "#);
}

#[test]
fn nothing() {
    assert_snapshot!(check(" \n"), @"");
}

#[test]
fn faults_have_their_place() {
    assert_snapshot!(check("{\"a\": 1,\n \"b\" 2}"), @"Error Syntax 2:6 no valid JSON: `:` is expected behind the key, the file was not read");
    assert_snapshot!(check("{\"a\": [1, 2"), @"Error Truncated 1:12 JSON ends too early: `,` or `]` is expected, the file was not read");
    assert_snapshot!(check("{\"a\": 01}"), @"Error Syntax 1:8 no valid JSON: a number does not start with 0, the file was not read");
    assert_snapshot!(check("[\"\\ud83d\"]"), @"Error Syntax 1:3 no valid JSON: half of a surrogate pair stands alone, which is no character, the file was not read");
    assert_snapshot!(check("[1] // no"), @"Error Syntax 1:5 no valid JSON: nothing may follow the value, the file was not read");
    assert_snapshot!(check("{'a': 1}"), @"Error Syntax 1:2 no valid JSON: a key in double quotes is expected, the file was not read");
    assert_snapshot!(check("{\"a\": {{ .Values.a }}}"), @"Error Syntax 1:8 text looks like a template (`{{`): it must be rendered before it can be judged, and was not read");
    assert_snapshot!(shown_bytes(Format::Json, b"[\"\xff\"]", &Limits::default()), @"Error Encoding 1:3 text is not UTF-8 from here on, the rest was not read");
}

/// Equal, but for the last digit of a float: `serde_json` reads quickly and not always to the nearest one.
fn same(ours: &Value, theirs: &Value) -> bool {
    match (ours, theirs) {
        (Value::Array(ours), Value::Array(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(ours, theirs)| same(ours, theirs))
        }
        (Value::Object(ours), Value::Object(theirs)) => {
            let member = |name| ours.get(name).zip(theirs.get(name));
            ours.len() == theirs.len() && theirs.keys().all(|name| member(name).is_some_and(|(a, b)| same(a, b)))
        }
        (Value::Number(ours), Value::Number(theirs)) if ours.is_f64() && theirs.is_f64() => {
            let (ours, theirs) = (ours.as_f64().unwrap_or_default(), theirs.as_f64().unwrap_or_default());
            (ours - theirs).abs() <= ours.abs() * 1e-14
        }
        _ => ours == theirs,
    }
}

/// What `serde_json` refuses we refuse, what it reads we read to the same value.
fn judge(text: &str) {
    let (documents, problems) = read(Format::Json, text.as_bytes(), &Limits::default());
    let ours = documents.first().map(|document| document.root.to_json());
    match serde_json::from_str::<Value>(text) {
        Ok(theirs) => assert!(ours.as_ref().is_some_and(|ours| same(ours, &theirs)), "{text}: {ours:?} {theirs:?}"),
        // A number beyond any finite one is text here.
        Err(error) if error.to_string().starts_with("number out of range") => {}
        Err(_) => {
            assert_eq!(ours, None, "{text}");
            assert!(!problems.is_empty() || text.trim_matches([' ', '\t', '\n', '\r']).is_empty(), "{text}");
        }
    }
}

#[test]
fn second_judge_on_the_rules() {
    let texts = [
        "",
        " ",
        "1",
        "-",
        "-1",
        "01",
        "1.",
        ".1",
        "1.5",
        "1e",
        "1e+",
        "1E-2",
        "+1",
        "-0",
        "0",
        "-01",
        "1.0e10",
        "tru",
        "true",
        "nul",
        "null",
        "nullx",
        "false,",
        "\"",
        "\"\\",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u0000\"",
        "\"\\udc00\"",
        "\"\\ud800\\u0041\"",
        "\"\\ud83d\\ude80\"",
        "\"\t\"",
        "\"\u{7f}\"",
        "[",
        "[]",
        "[,]",
        "[1,]",
        "[1 2]",
        "{",
        "{}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "{\"a\":1 \"b\":2}",
        "[1]x",
        "\u{a0}1",
        "1\u{0}",
        "{\"\":0}",
        "[[[[]]]]",
        "\"é🚀\"",
        "\"\\/\"",
        "Infinity",
        "NaN",
        "9223372036854775807",
        "-9223372036854775808",
        "1.7976931348623157e308",
        "4.9e-324",
        "123456789.123456789",
    ];
    texts.iter().for_each(|text| judge(text));
}

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(".{0,4}", inner, 0..6).prop_map(|map| map.into_iter().collect::<Value>()),
        ]
    })
}

proptest! {
    #[test]
    fn same_values_as_the_second_judge(value in json()) {
        judge(&value.to_string());
        judge(&serde_json::to_string_pretty(&value).expect("a value"));
    }

    #[test]
    fn same_refusals_as_the_second_judge(value in json(), at in 0usize..400, with in "[\\[\\]{}\",:0-9a-z\\\\ .+-]{0,2}") {
        let mut text = value.to_string();
        let at = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
        text.insert_str(at, &with);
        // Large integers differ on purpose, and two keys of one name make objects that compare in another order.
        prop_assume!(!text.bytes().collect::<Vec<_>>().windows(19).any(|digits| digits.iter().all(u8::is_ascii_digit)));
        judge(&text);
    }

    #[test]
    fn json_is_yaml(value in json()) {
        let text = value.to_string();
        prop_assume!(!text.contains("e+") && !text.contains("\\u"));
        let (documents, _) = read(Format::Yaml, text.as_bytes(), &Limits::default());
        prop_assert!(documents.len() <= 1);
    }
}
