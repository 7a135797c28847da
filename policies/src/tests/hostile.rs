//! Documents that are not what they say: no rule may stumble, whatever stands where something else was expected, and the
//! compiled rules have to give what the texts give.

use std::collections::BTreeSet;

use model::{Cancel, Document, DocumentKind, Node, NodeValue};
use policy::Input;

use super::precompiled::{difference_alone, difference_together};
use super::{POLICIES, documents, examples};

/// Every node of every failing example, one after the other, becomes something else.
///
/// Instructions of a Dockerfile always have their shape; everything else is what its author typed.
#[test]
fn no_rule_stumbles_over_the_wrong_type() {
    let mut faults = BTreeSet::new();
    let asked = each_broken(&mut |documents, place, input| faults.extend(stumbles(documents, place, input)));
    assert!(asked > 1000, "{asked}");
    assert!(faults.is_empty(), "{}", faults.into_iter().collect::<Vec<_>>().join("\n"));
}

/// Shows every broken example: its documents, the place of the broken one, and what the rule it lies beside sees. Gives their number.
pub(super) fn each_broken(visit: &mut dyn FnMut(&[Document], usize, Input)) -> usize {
    let kinds = std::env::var("PORTCULLIS_ALL_TYPES").ok();
    let mut asked = 0;
    for loaded in POLICIES.rules().iter().filter(|loaded| loaded.kinds != [DocumentKind::Dockerfile]) {
        for file in examples(loaded.rule.id.as_str(), "fail") {
            let documents = documents(&file);
            let own = documents.iter().enumerate().filter(|(_, document)| loaded.kinds.contains(&document.kind));
            for (place, document) in own {
                // Everything that can be wrong with every node takes minutes; one each, in turn, meets all over all examples.
                for number in 1..count(&document.root) {
                    let turns = match kinds.as_deref().map(str::parse::<usize>) {
                        None => number..number + 1,
                        Some(Ok(one)) => one..one + 1,
                        Some(Err(_)) => 0..KINDS,
                    };
                    for turn in turns {
                        if let Some(broken) = broken(&documents, place, number, turn) {
                            visit(&broken, place, loaded.input);
                        }
                    }
                    asked += 1;
                }
            }
        }
    }
    asked
}

/// Ways to be wrong.
const KINDS: usize = 7;

/// With a wrong type in the place of a node, or without it; `None` where it is no longer a document of its kind.
fn broken(documents: &[Document], place: usize, number: usize, turn: usize) -> Option<Vec<Document>> {
    let wrong = match turn % KINDS {
        0 => Some(NodeValue::Null),
        1 => Some(NodeValue::Number(7.into())),
        2 => Some(NodeValue::String("odd".to_owned())),
        3 => Some(NodeValue::Array(Vec::new())),
        4 => Some(NodeValue::Object(Vec::new())),
        5 => Some(NodeValue::Bool(true)),
        _ => None,
    };
    let mut all = documents.to_vec();
    let broken = &mut all[place];
    replace(&mut broken.root, &mut { number }, wrong.as_ref());
    let is_text = |name| broken.root.get(name).is_some_and(|node| node.as_str().is_some());
    let is_none = broken.kind == DocumentKind::Kubernetes && (!is_text("apiVersion") || !is_text("kind"));
    (!is_none).then_some(all)
}

fn stumbles(documents: &[Document], place: usize, input: Input) -> Vec<String> {
    let broken = &documents[place];
    let (evaluation, different) = match input {
        Input::Document => {
            let evaluation = POLICIES.evaluate(broken, &Cancel::new());
            let different = difference_alone(broken, &evaluation, "a broken example");
            (evaluation, different)
        }
        Input::Documents => {
            let all: Vec<&Document> = documents.iter().collect();
            let evaluation = POLICIES.evaluate_together(&all, &[], &Cancel::new());
            let different = difference_together(&all, &evaluation, "a broken example");
            (evaluation, different)
        }
    };
    evaluation.problems.into_iter().map(|problem| problem.message).chain(different).collect()
}

fn count(node: &Node) -> usize {
    1 + match &node.value {
        NodeValue::Object(members) => members.iter().map(|(_, value)| count(value)).sum(),
        NodeValue::Array(items) => items.iter().map(count).sum(),
        _ => 0,
    }
}

/// Puts a value in the place of the node of this number, counted from its parent (0) in the order of the text, or takes it out.
/// True once that is done.
fn replace(parent: &mut Node, number: &mut usize, wrong: Option<&NodeValue>) -> bool {
    // Counts a child; true if it is the one.
    let is_it = |number: &mut usize, child: &mut Node| {
        *number -= 1;
        if let (0, Some(wrong)) = (*number, wrong) {
            child.value = wrong.clone();
        }
        *number == 0
    };
    match &mut parent.value {
        NodeValue::Object(members) => {
            for at in 0..members.len() {
                if is_it(number, &mut members[at].1) {
                    if wrong.is_none() {
                        members.remove(at);
                    }
                    return true;
                }
                if replace(&mut members[at].1, number, wrong) {
                    return true;
                }
            }
        }
        NodeValue::Array(items) => {
            for at in 0..items.len() {
                if is_it(number, &mut items[at]) {
                    if wrong.is_none() {
                        items.remove(at);
                    }
                    return true;
                }
                if replace(&mut items[at], number, wrong) {
                    return true;
                }
            }
        }
        _ => {}
    }
    false
}
