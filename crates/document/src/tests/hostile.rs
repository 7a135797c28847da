//! Whatever the bytes: no panic, an end in good time, and never silence about what was not read.

use std::fmt::Write;

use model::{Format, ProblemKind, ProblemSeverity};
use proptest::prelude::*;

use super::read;
use crate::Limits;

const FORMATS: &[Format] = Format::ALL;

/// The kinds of the errors, after reading with these limits.
fn errors(format: Format, text: &str, limits: &Limits) -> Vec<ProblemKind> {
    let (_, problems) = read(format, text.as_bytes(), limits);
    let errors = problems.iter().filter(|problem| problem.severity == ProblemSeverity::Error);
    errors.map(|problem| problem.kind).collect()
}

#[test]
fn a_billion_laughs() {
    let mut text = String::from("a0: &a0 [lol, lol]\n");
    for level in 1..40 {
        let below = level - 1;
        let _ = writeln!(text, "a{level}: &a{level} [*a{below}, *a{below}, *a{below}]");
    }
    assert_eq!(errors(Format::Yaml, &text, &Limits::default()), [ProblemKind::Limit]);
}

#[test]
fn a_billion_merges() {
    let mut text = String::from("a0: &a0 {k0: v}\n");
    for level in 1..60 {
        let below = level - 1;
        let _ = writeln!(text, "a{level}: &a{level} {{<<: [*a{below}, *a{below}], k{level}: v}}");
    }
    assert_eq!(errors(Format::Yaml, &text, &Limits::default()), [ProblemKind::Limit]);
}

#[test]
fn one_long_text_many_times() {
    let mut text = format!("a: &a {}\nb:\n", "x".repeat(1 << 20));
    (0..1000).for_each(|_| text.push_str("- *a\n"));
    assert_eq!(errors(Format::Yaml, &text, &Limits::default()), [ProblemKind::Limit]);
}

#[test]
fn aliases_without_end() {
    assert_eq!(errors(Format::Yaml, "a: &a [*a]\n", &Limits::default()), [ProblemKind::Shape]);
    assert_eq!(errors(Format::Yaml, "&a {b: &b {<<: *a}}\n", &Limits::default()), [ProblemKind::Shape]);
    assert_eq!(errors(Format::Yaml, "&a {*a : 1}\n", &Limits::default()), [ProblemKind::Shape]);
}

#[test]
fn depth() {
    let limits = Limits::default();
    for depth in [99, 100, 101, 200, 100_000] {
        let flow = "[".repeat(depth) + &"]".repeat(depth);
        let block = "- ".repeat(depth) + "x\n";
        let is_fine = depth <= limits.depth;
        assert_eq!(errors(Format::Json, &flow, &limits).is_empty(), is_fine, "{depth}");
        assert_eq!(errors(Format::Yaml, &flow, &limits).is_empty(), is_fine, "{depth}");
        assert_eq!(errors(Format::Yaml, &block, &limits).is_empty(), is_fine, "{depth}");
    }
    let mut nested = String::from("a0: &a0 [x]\n");
    for level in 1..200 {
        let _ = writeln!(nested, "a{level}: &a{level} [*a{}]", level - 1);
    }
    assert_eq!(errors(Format::Yaml, &nested, &limits), [ProblemKind::Limit]);
}

#[test]
fn limits_are_said() {
    let limits = Limits { bytes: 2000, nodes: 10, documents: 3, problems: 4, ..Limits::default() };
    assert_eq!(errors(Format::Yaml, &" ".repeat(2001), &limits), [ProblemKind::Limit]);
    assert_eq!(errors(Format::Yaml, "[1,2,3,4,5,6,7,8,9,10]", &limits), [ProblemKind::Limit]);
    assert_eq!(errors(Format::Json, "[1,2,3,4,5,6,7,8,9,10]", &limits), [ProblemKind::Limit]);
    assert_eq!(errors(Format::Yaml, "--- 1\n--- 2\n--- 3\n", &limits), []);
    assert_eq!(errors(Format::Yaml, "--- 1\n--- 2\n--- 3\n--- 4\n", &limits), [ProblemKind::Limit]);
    assert_eq!(errors(Format::Dockerfile, "FROM a\nUSER b\nUSER c\nUSER d\n", &limits), [ProblemKind::Limit]);
    let broken = "---\n[\n".repeat(9);
    let (_, problems) = read(Format::Yaml, broken.as_bytes(), &limits);
    assert_eq!(problems.len(), 5);
    assert!(problems[4].message.contains('5') && problems[4].severity == ProblemSeverity::Error, "{:?}", problems[4]);
}

#[test]
fn large_but_honest() {
    let limits = Limits::default();
    let line = format!("[{}]", vec!["\"é\""; 200_000].join(","));
    assert_eq!(errors(Format::Json, &line, &limits), []);
    assert_eq!(errors(Format::Yaml, &line, &limits), []);
    let keys: String = (0..100_000).fold(String::new(), |mut text, number| {
        let _ = writeln!(text, "k{number}: é");
        text
    });
    assert_eq!(errors(Format::Yaml, &keys, &limits), []);
    let users = "FROM a\n".to_owned() + &"RUN <<A\nx\nA\n".repeat(9_000);
    assert_eq!(errors(Format::Dockerfile, &users, &limits), []);
    let broken = "FROM a\n".to_owned() + &"BROKEN x\n".repeat(9_000);
    assert!(!errors(Format::Dockerfile, &broken, &limits).is_empty());
    let broken = "--- [\n".repeat(9_000);
    assert!(!errors(Format::Yaml, &broken, &limits).is_empty());
}

/// Pieces that formats give a meaning to.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("\n"),
        Just("\r\n"),
        Just("  "),
        Just("\t"),
        Just("- "),
        Just(": "),
        Just("? "),
        Just("&a "),
        Just("*a "),
        Just("<<: "),
        Just("!!int "),
        Just("!x "),
        Just("---\n"),
        Just("...\n"),
        Just("|\n"),
        Just(">-\n  "),
        Just("["),
        Just("]"),
        Just("{"),
        Just("}"),
        Just(","),
        Just("\""),
        Just("'"),
        Just("\\"),
        Just("#"),
        Just("é"),
        Just("🚀"),
        Just("\u{feff}"),
        Just("0x1"),
        Just("key"),
        Just("FROM a\n"),
        Just("RUN "),
        Just("ENV "),
        Just("ONBUILD "),
        Just("HEALTHCHECK "),
        Just("<<EOF"),
        Just("EOF\n"),
        Just("="),
        Just("# escape=`\n"),
        Just("`"),
        Just("--f=x "),
        Just("COPY "),
        Just("{{"),
        Just("%TAG ! x\n"),
        Just("\0"),
        Just("\u{85}"),
        Just("//"),
        Just("/*"),
        Just("*/"),
        Just("[a]\n"),
        Just("[[a.b]]\n"),
        Just("a = "),
        Just("r \"x\" {\n"),
        Just("${"),
        Just("%{if a}"),
        Just("%{endif}"),
        Just("<<-E\n"),
        Just(" ? "),
        Just("f("),
        Just(")"),
        Just("<a>"),
        Just("</a>"),
        Just("<b x='"),
        Just("/>"),
        Just("&amp;"),
        Just("<![CDATA["),
        Just("]]>"),
        Just("export "),
        Just("$A"),
        Just("!a"),
        Just(";"),
        Just("\\u00e9"),
        Just("#_"),
        Just("#{"),
        Just(":k "),
        Just("a: {"),
        Just("a <"),
        Just("PackageName: "),
        Just("PackageChecksum: "),
        Just("Relationship: a "),
        Just("<text>"),
        Just("</text>"),
        Just("server {"),
        Just("*.rs @a/b "),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn any_pieces(text in pieces()) {
        for format in FORMATS.iter().copied() {
            read(format, text.as_bytes(), &Limits::default());
        }
    }

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        for format in FORMATS.iter().copied() {
            read(format, &bytes, &Limits::default());
        }
    }

    #[test]
    fn plain_values_stand_where_they_stand(keys in prop::collection::vec("[a-zé🚀]{1,6}", 1..6), values in prop::collection::vec("[a-züж🎈]{1,8}", 6), comment in "[ -~é🚀]{0,10}") {
        let mut text = String::new();
        for (key, value) in keys.iter().zip(&values) {
            let _ = writeln!(text, "{key}:   {value}   # {comment}");
        }
        let (documents, _) = read(Format::Yaml, text.as_bytes(), &Limits::default());
        let model::NodeValue::Object(members) = &documents[0].root.value else { panic!("{text}") };
        for (key, node) in members {
            let slice = |span: model::Span| &text[span.start.offset as usize..span.end.offset as usize];
            prop_assert_eq!(slice(key.span), &key.name);
            if let Some(value) = node.as_str() {
                prop_assert_eq!(slice(node.span), value);
            }
        }
    }
}
