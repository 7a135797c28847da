//! Foreign text: whatever a policy or a document holds, loading and judging end, and nothing panics.

use std::time::Duration;

use model::{Cancel, Document, DocumentKind, Format, Key, Node, NodeValue, Origin, Span, TreePath};
use proptest::prelude::*;

use super::file;
use crate::{Namespaces, Options, Trust, load};

const POLICY: &str = "# METADATA
# title: A title
# custom:
#   severity: low
#   kinds: [plain, kubernetes]
package main
import rego.v1
import data.lib.x as y
f(x) := z if { z := x.a[_]; not startswith(z, \"b\") with input as {\"c\": [1, {2}]} }
deny contains result if {
  some i, c in input.list
  every v in c { v != `raw` }
  not c.name in {\"a\", \"b\"}
  result := {\"msg\": sprintf(\"%v %5d\", [c.name, i]), \"path\": [\"list\", i]}
}
warn contains msg if { some k; msg := input[k]; not f(input) == 1 } else := 2
exception contains [\"\"] if input.a
";

/// Pieces of the language in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "package main\n",
        "deny contains x if { ",
        "deny[msg] { ",
        "}\n",
        "}",
        "{",
        "[",
        "]",
        "(",
        ")",
        "not ",
        "some ",
        "x",
        "i",
        " in ",
        "input",
        ".a",
        "[_]",
        "[i]",
        " := ",
        " = ",
        " == ",
        "\"s\"",
        "`r`",
        "\"",
        "`",
        "\n",
        "; ",
        " | ",
        "with input as ",
        "every ",
        "# METADATA\n# title: x\n",
        "# custom: {id: a b}\n",
        "sprintf(",
        "1",
        " + ",
        ",",
        "f(x) ",
        "else ",
        "default ",
        "import data.x\n",
        "if ",
        "é",
        "\u{0}",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// The policy above with a piece taken out, put in, or twice there.
fn damaged() -> impl Strategy<Value = String> {
    let length = POLICY.len();
    (0..length, 0..length, pieces(), 0..3u8).prop_map(|(from, to, piece, what)| {
        let (from, to) = (from.min(to), from.max(to));
        match what {
            0 => format!("{}{}", &POLICY[..from], &POLICY[to..]),
            1 => format!("{}{piece}{}", &POLICY[..from], &POLICY[from..]),
            _ => format!("{}{}", &POLICY[..to], &POLICY[from..]),
        }
    })
}

fn values() -> impl Strategy<Value = NodeValue> {
    let leaf = prop_oneof![
        Just(NodeValue::Null),
        any::<bool>().prop_map(NodeValue::Bool),
        any::<i32>().prop_map(|number| NodeValue::Number(number.into())),
        "[a-z%:/]{0,6}".prop_map(NodeValue::String),
    ];
    let node = |value| Node { value, span: Span::default() };
    leaf.prop_recursive(4, 24, 4, move |inner| {
        let key = prop::sample::select(vec!["a", "list", "name", "kind", "spec", "c"]);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4)
                .prop_map(move |items| { NodeValue::Array(items.into_iter().map(node).collect()) }),
            prop::collection::btree_map(key, inner, 0..4).prop_map(move |members| {
                let key = |name: &str| Key { name: name.to_owned(), span: Span::default() };
                NodeValue::Object(members.into_iter().map(|(name, value)| (key(name), node(value))).collect())
            }),
        ]
    })
}

fn document(value: NodeValue) -> Document {
    let origin = Origin::file(TreePath::new("input").expect("a path"));
    let root = Node { value, span: Span::default() };
    Document { origin, index: 0, format: Format::Yaml, kind: DocumentKind::Plain, root, text: Default::default() }
}

fn judge(policy: &str, value: NodeValue) {
    let options = Options {
        namespaces: Namespaces::All,
        time_limit: Duration::from_millis(200),
        evaluations_per_finding: 40,
        ..Options::default()
    };
    let (set, errors) = load(vec![file(policy, Trust::User)], &options);
    assert!(errors.iter().all(|error| error.line.is_none_or(|line| line >= 1)), "{errors:?}");
    let evaluation = set.evaluate(&document(value), &Cancel::new());
    let message = evaluation.problems.iter().find(|problem| problem.message.contains("thrown away"));
    assert_eq!(message, None, "the engine panicked");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_text_as_a_policy(policy in pieces()) {
        judge(&policy, NodeValue::Null);
    }

    #[test]
    fn any_damage_to_a_policy(policy in damaged()) {
        judge(&policy, NodeValue::Null);
    }

    #[test]
    fn any_document(value in values()) {
        judge(&POLICY.replace("} else := 2", "}").replace("import data.lib.x as y\n", ""), value);
    }

    #[test]
    fn any_format(format in "(%|[-+# 0]|[0-9*.]|\\[[0-9]\\]|[a-zA-Z%é]){0,12}", arguments in prop::collection::vec(values(), 0..4)) {
        let node = |value| Node { value, span: Span::default() };
        let arguments = NodeValue::Array(arguments.into_iter().map(node).collect());
        let input = NodeValue::Array(vec![node(NodeValue::String(format)), node(arguments)]);
        judge("package main\ndeny contains sprintf(input[0], input[1])\n", input);
    }
}

#[test]
fn the_whole_policy_works() {
    let policy = POLICY.replace("} else := 2", "}").replace("import data.lib.x as y\n", "");
    let (_, errors) = load(vec![file(&policy, Trust::User)], &Options::default());
    assert_eq!(errors, []);
}
