//! Label selectors of Kubernetes, and names with `*` as Gatekeeper has them.

use std::collections::BTreeMap;

use model::{Node, NodeValue};

use super::objects;

/// A label selector: all of it must hold.
#[derive(Clone, Debug, Default)]
pub(super) struct Selector {
    requirements: Vec<Requirement>,
}

#[derive(Clone, Debug)]
struct Requirement {
    key: String,
    operator: Operator,
    values: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    In,
    NotIn,
    Exists,
    DoesNotExist,
}

impl Selector {
    /// Reads `matchLabels` and `matchExpressions`.
    pub(super) fn read(node: &Node) -> Result<Selector, String> {
        let mut requirements = Vec::new();
        if let Some(NodeValue::Object(members)) = node.get("matchLabels").map(|labels| &labels.value) {
            for (key, value) in members {
                let value = value.as_str().ok_or_else(|| format!("label `{}` is no text", key.name))?;
                let values = vec![value.to_owned()];
                requirements.push(Requirement { key: key.name.clone(), operator: Operator::In, values });
            }
        }
        for expression in node.get("matchExpressions").and_then(Node::as_array).unwrap_or_default() {
            requirements.push(Requirement::read(expression)?);
        }
        Ok(Selector { requirements })
    }

    /// Whether an object with these labels is chosen.
    pub(super) fn matches(&self, labels: &BTreeMap<&str, &str>) -> bool {
        self.requirements.iter().all(|requirement| requirement.matches(labels))
    }
}

impl Requirement {
    fn read(node: &Node) -> Result<Requirement, String> {
        let key = node.get("key").and_then(Node::as_str).filter(|key| !key.is_empty());
        let key = key.ok_or("an expression of a selector has no `key`")?.to_owned();
        let operator = match node.get("operator").and_then(Node::as_str) {
            Some("In") => Operator::In,
            Some("NotIn") => Operator::NotIn,
            Some("Exists") => Operator::Exists,
            Some("DoesNotExist") => Operator::DoesNotExist,
            other => {
                let other = other.unwrap_or_default();
                return Err(format!("`{other}` is no operator of a selector: In, NotIn, Exists or DoesNotExist"));
            }
        };
        let values = objects::texts(node.get("values")).ok_or("`values` of a selector must be texts")?;
        let has_values = matches!(operator, Operator::In | Operator::NotIn);
        if has_values == values.is_empty() {
            let what = if has_values { "needs `values`" } else { "must have no `values`" };
            return Err(format!("an expression of a selector for `{key}` {what}"));
        }
        Ok(Requirement { key, operator, values })
    }

    fn matches(&self, labels: &BTreeMap<&str, &str>) -> bool {
        let value = labels.get(self.key.as_str());
        let is_in = value.is_some_and(|value| self.values.iter().any(|wanted| wanted == value));
        match self.operator {
            Operator::In => is_in,
            // What lacks the label is chosen too.
            Operator::NotIn => !is_in,
            Operator::Exists => value.is_some(),
            Operator::DoesNotExist => value.is_none(),
        }
    }
}

/// The labels of an object.
pub(super) fn labels(root: &Node) -> BTreeMap<&str, &str> {
    match objects::below(root, &["metadata", "labels"]).map(|labels| &labels.value) {
        Some(NodeValue::Object(members)) => {
            members.iter().filter_map(|(key, value)| Some((key.name.as_str(), value.as_str()?))).collect()
        }
        _ => BTreeMap::new(),
    }
}

/// Whether a name fits a pattern with `*` at its start, its end or both.
pub(super) fn fits(pattern: &str, name: &str) -> bool {
    match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
        (Some(end), None) => name.ends_with(end),
        (None, Some(start)) => name.starts_with(start),
        // One `*` is taken from each end, no more.
        (Some(rest), Some(_)) => name.contains(rest.strip_suffix('*').unwrap_or(rest)),
        (None, None) => pattern == name,
    }
}

/// The same for a name that the cluster will put an end to: only a pattern that ends in `*` can fit.
pub(super) fn fits_start(pattern: &str, start: &str) -> bool {
    pattern.ends_with('*') && fits(pattern, start)
}
