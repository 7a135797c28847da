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
    let all = std::env::var_os("PORTCULLIS_ALL_TYPES").is_some();
    let mut asked = 0;
    for loaded in POLICIES.rules().iter().filter(|loaded| loaded.kinds != [DocumentKind::Dockerfile]) {
        for file in examples(loaded.rule.id.as_str(), "fail") {
            let documents = documents(&file);
            let own = documents.iter().enumerate().filter(|(_, document)| loaded.kinds.contains(&document.kind));
            for (place, document) in own {
                // Every wrong type for every node takes minutes; one each, in turn, meets all over all examples.
                for number in 1..count(&document.root) {
                    let turns = if all { asked..asked + 6 } else { asked..asked + 1 };
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

/// With a wrong type in the place of a node; `None` where it is no longer a document of its kind.
fn broken(documents: &[Document], place: usize, number: usize, turn: usize) -> Option<Vec<Document>> {
    let wrong = match turn % 6 {
        0 => NodeValue::Null,
        1 => NodeValue::Number(7.into()),
        2 => NodeValue::String("odd".to_owned()),
        3 => NodeValue::Array(Vec::new()),
        4 => NodeValue::Object(Vec::new()),
        _ => NodeValue::Bool(true),
    };
    let mut all = documents.to_vec();
    let broken = &mut all[place];
    replace(&mut broken.root, &mut { number }, &wrong);
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

/// Puts a value in the place of the node of this number, counted from the root in the order of the text.
fn replace(node: &mut Node, number: &mut usize, wrong: &NodeValue) -> bool {
    if *number == 0 {
        node.value = wrong.clone();
        return true;
    }
    *number -= 1;
    match &mut node.value {
        NodeValue::Object(members) => members.iter_mut().any(|(_, value)| replace(value, number, wrong)),
        NodeValue::Array(items) => items.iter_mut().any(|item| replace(item, number, wrong)),
        _ => false,
    }
}
