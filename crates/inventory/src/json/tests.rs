//! The reader against `serde_json`, and what is left of a broken text.

use proptest::prelude::*;
use serde_json::Value;

use super::reader::plain_length;
use super::{read, read_giving, read_relaxed};
use crate::tree::{Data, Fault, Node};

fn to_value(node: &Node<'_>) -> Value {
    match &node.data {
        Data::Null => Value::Null,
        Data::Bool(value) => Value::Bool(*value),
        Data::Number(text) => serde_json::from_str(text).expect("a number"),
        Data::Text(text) => Value::String(text.to_string()),
        Data::List(items) => items.iter().map(to_value).collect(),
        Data::Map(members) => {
            Value::Object(members.iter().map(|member| (member.key.to_string(), to_value(&member.value))).collect())
        }
    }
}

fn check(text: &str, expected: &str, fault: Option<(usize, &str)>) {
    let (node, found) = read(text);
    assert_eq!(to_value(&node).to_string(), expected, "{text}");
    assert_eq!(found.as_ref().map(|fault| (fault.offset, fault.message.as_str())), fault, "{text}");
}

#[test]
fn values() {
    check(r#" {"a": [1, -2.5e3, true, null], "b": {"c": "d"}} "#, r#"{"a":[1,-2500.0,true,null],"b":{"c":"d"}}"#, None);
    check("\u{FEFF}[\"\\u00e9\\n\\ud83d\\ude00\\ud83d\"]", "[\"é\\n😀\u{FFFD}\"]", None);
}

#[test]
fn what_is_left_of_a_broken_text() {
    let ends = "the JSON ends in the middle: what follows is missing";
    check(r#"{"a": {"b": "1", "c": "2"#, r#"{"a":{"b":"1"}}"#, Some((24, ends)));
    check("", "null", Some((0, ends)));
    check(r#"[1, oops, 3]"#, "[1]", Some((4, "a value is expected here: from here on nothing is read")));
    check(r#"{"a": 1 "b": 2}"#, r#"{"a":1}"#, Some((8, "`,` or `}` is expected here: from here on nothing is read")));
    check("{} x", "{}", Some((3, "the JSON has ended: from here on nothing is read")));
    check("[1,]", "[1]", Some((3, "a value is expected here: from here on nothing is read")));
}

#[test]
fn relaxed() {
    let (node, fault) = read_relaxed("// a\n{\"a\": [1, /* b */ 2,],}\n");
    assert_eq!((to_value(&node).to_string().as_str(), fault.is_none()), (r#"{"a":[1,2]}"#, true));
    assert!(read_relaxed("/* open").1.is_some());
}

#[test]
fn places() {
    let text = "{\n  \"é\": {\"version\": \"1\"}\n}";
    let (node, _) = read(text);
    let member = node.member("é").expect("a member");
    assert_eq!(&text[member.range()], "\"é\": {\"version\": \"1\"}");
    assert_eq!(&text[member.range_to("version")], "\"é\": {\"version\": \"1\"");
}

/// What is given of `key` is what is else kept of it, and all the rest is the same.
fn check_given(text: &str, key: &'static str) {
    let (whole, fault) = read(text);
    let mut given: Vec<(String, Value)> = Vec::new();
    let (rest, same_fault) = read_giving(text, key, &mut |member| match member {
        None => given.clear(),
        Some(member) => given.push((member.key.to_string(), to_value(&member.value))),
    });
    let shown = |fault: Option<Fault>| fault.map(|fault| (fault.offset, fault.message));
    assert_eq!(shown(fault), shown(same_fault), "{text}");
    if let Some(node) = whole.get(key).filter(|node| node.is_map()) {
        let members = node.members().iter().map(|member| (member.key.to_string(), to_value(&member.value)));
        assert_eq!(given, members.collect::<Vec<_>>(), "{text}");
        assert!(rest.get(key).is_some_and(|node| node.is_map() && node.members().is_empty()), "{text}");
    }
    let others = |node: &Node<'_>| -> Vec<String> {
        let others = node.members().iter().filter(|member| member.key != key);
        others.map(|member| format!("{} {}", member.key, to_value(&member.value))).collect()
    };
    assert_eq!(others(&whole), others(&rest), "{text}");
}

#[test]
fn members_are_given_away() {
    check_given(r#"{"v": 1, "p": {"a": {"p": {"x": 1}}, "b": 2, "a": [{"p": {}}]}, "q": {"p": {"c": 3}}}"#, "p");
    check_given(r#"{"p": {"a": 1}, "p": {"b": 2}}"#, "p");
    check_given(r#"{"p": {"a": 1}, "p": [{"b": 2}]}"#, "p");
    check_given(r#"{"p": [{"a": 1}], "q": {"b": 2}, "p": {}}"#, "p");
    check_given(r#"[{"p": {"a": 1}}]"#, "p");
    check_given(r#"{"p": {"a": {"b": 1, "c"#, "p");
    check_given(r#"{"p": {"a": 1} "b": 2"#, "p");
}

#[test]
fn depth_is_bounded() {
    for open in ["[", "{\"a\":"] {
        let text = open.repeat(1_000_000);
        let message = read(&text).1.map(|fault| fault.message).unwrap_or_default();
        assert!(message.contains("nested deeper than 256 levels"), "{message}");
    }
}

proptest! {
    #[test]
    fn the_inside_of_a_text_ends_where_it_ends(bytes in proptest::collection::vec(
        prop_oneof![Just(b'a'), Just(0xC3), Just(0xFF), Just(0x80), Just(0x7F), any::<u8>()], 0..40,
    )) {
        let expected = bytes.iter().position(|byte| matches!(byte, b'"' | b'\\' | ..0x20)).unwrap_or(bytes.len());
        prop_assert_eq!(plain_length(&bytes), expected);
    }

    #[test]
    fn what_is_given_away_is_what_is_kept(text in r#"(\{"a":)?[\[\]{},:"ab1 ]{0,40}"#) {
        check_given(&text, "a");
    }

    #[test]
    fn agrees_with_serde(text in r#"[\[\]{},:"\\a1 u0-9tf.e-]{0,40}"#) {
        let (node, fault) = read(&text);
        match serde_json::from_str::<Value>(&text) {
            Ok(value) => { prop_assert!(fault.is_none(), "{:?}", fault); prop_assert_eq!(to_value(&node), value); }
            // Numbers are taken as they are written, so a few texts that serde refuses are read.
            Err(_) => prop_assert!(fault.is_none_or(|fault| fault.offset <= text.len())),
        }
    }
}
