//! What a rule takes for a secret is not repeated: reports show the instructions that made layers.

use model::{Finding, Layer, Node};

use super::judge::{along, layer_of};

/// The built-in rule that finds secrets in instructions.
const RULE: &str = "image/secret-in-history";
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

fn masked(instruction: &str, value: Option<&str>) -> String {
    match value {
        Some(value) if !value.is_empty() && instruction.contains(value) => instruction.replace(value, MASK),
        // Written twice, and masked already with the first.
        Some(_) if instruction.contains(MASK) => instruction.to_owned(),
        _ => WITHHELD.to_owned(),
    }
}
