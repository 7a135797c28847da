//! What a rule takes for a secret is not repeated: reports show the instructions that made layers, and `policy input` all of it.

use std::borrow::Cow;

use model::{Finding, Layer, Node, NodeValue};

use super::judge::{along, layer_of};
use crate::credential::hidden;

/// The built-in rule that finds secrets in instructions.
const RULE: &str = "image/secret-in-history";
/// The one that finds them among variables.
const ENVIRONMENT: &str = "image/secret-in-env";
const MASK: &str = "***";
/// Stands for an instruction whose secret cannot be told from the rest.
const WITHHELD: &str = "(not shown: it holds a secret)";

/// Takes the values that the rule found out of the instructions of layers.
pub(crate) fn mask(layers: &mut [Layer], findings: &[Finding], root: &Node) {
    for finding in findings.iter().filter(|finding| finding.rule.as_str() == RULE) {
        let Some(path) = finding.evidence.get("path").and_then(serde_json::Value::as_str) else { continue };
        let nodes = along(root, path);
        let Some(made) = nodes.iter().find_map(|node| layer_of(node)) else { continue };
        let value = nodes.iter().find_map(|node| node.get("value")?.as_str());
        for layer in layers.iter_mut().filter(|layer| layer.index == made) {
            layer.created_by = layer.created_by.as_deref().map(|instruction| masked(instruction, value));
        }
    }
}

/// Takes what the rules found out of the whole document: a variable's value stands in the step that set it, too.
pub(crate) fn mask_document(root: &mut Node, findings: &[Finding]) {
    let mut secrets: Vec<Secret> = Vec::new();
    for finding in findings.iter().filter(|finding| [RULE, ENVIRONMENT].contains(&finding.rule.as_str())) {
        let Some(path) = finding.evidence.get("path").and_then(serde_json::Value::as_str) else { continue };
        let nodes = along(root, path);
        let value = nodes.iter().find_map(|node| node.get("value")?.as_str()).map(|value| (value, MASK));
        let instruction = nodes.last().and_then(|node| node.as_str()).map(|text| (text, WITHHELD));
        secrets.extend(value.or(instruction).map(|(text, mask)| Secret { text: text.to_owned(), mask }));
    }
    // One may be a part of another.
    secrets.sort_by_key(|secret| std::cmp::Reverse(secret.text.len()));
    hide(root, &secrets);
}

/// A text, and what is shown in its place.
struct Secret {
    text: String,
    mask: &'static str,
}

fn hide(node: &mut Node, secrets: &[Secret]) {
    /// Shorter ones are parts of many words.
    const SHORT: usize = 4;
    match &mut node.value {
        NodeValue::String(text) => {
            for secret in secrets.iter().filter(|secret| !secret.text.is_empty()) {
                if *text == secret.text || secret.text.len() >= SHORT {
                    *text = text.replace(&secret.text, secret.mask);
                }
            }
            // What is in no instruction: words of a health check, labels.
            if let Cow::Owned(shown) = hidden(text) {
                *text = shown;
            }
        }
        NodeValue::Array(items) => items.iter_mut().for_each(|item| hide(item, secrets)),
        NodeValue::Object(members) => members.iter_mut().for_each(|(_, value)| hide(value, secrets)),
        NodeValue::Null | NodeValue::Bool(_) | NodeValue::Number(_) => {}
    }
}

fn masked(instruction: &str, value: Option<&str>) -> String {
    match value {
        Some(value) if !value.is_empty() && instruction.contains(value) => instruction.replace(value, MASK),
        // Written twice, and masked already with the first.
        Some(_) if instruction.contains(MASK) => instruction.to_owned(),
        _ => WITHHELD.to_owned(),
    }
}
