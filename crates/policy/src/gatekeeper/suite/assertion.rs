//! One assertion of a case: how many violations, with which message.

use model::{Node, NodeValue};
use regex::Regex;

/// How many violations there must be.
enum Count {
    Some,
    None,
    Exactly(u64),
}

/// One assertion.
pub(super) struct Assertion<'n> {
    count: Count,
    /// A regular expression that the message of a violation must match to be counted.
    message: Option<&'n str>,
}

impl<'n> Assertion<'n> {
    pub(super) fn read(node: &'n Node) -> Result<Assertion<'n>, String> {
        let wrong = || "`violations` must be yes, no or a number that is not negative".to_owned();
        let count = match node.get("violations").map(|node| &node.value) {
            None | Some(NodeValue::Null) => Count::Some,
            // YAML 1.1, which the field reads, takes `yes` and `no` for truth values in places; both are meant the same.
            Some(NodeValue::Bool(true)) => Count::Some,
            Some(NodeValue::Bool(false)) => Count::None,
            Some(NodeValue::String(text)) if text == "yes" => Count::Some,
            Some(NodeValue::String(text)) if text == "no" => Count::None,
            Some(NodeValue::Number(number)) => Count::Exactly(number.as_u64().ok_or_else(wrong)?),
            Some(_) => return Err(wrong()),
        };
        Ok(Assertion { count, message: node.get("message").and_then(Node::as_str) })
    }

    /// What is said when it does not hold.
    pub(super) fn fault(&self, messages: &[String]) -> Result<Option<String>, String> {
        let pattern = self.message.map(Regex::new).transpose().map_err(|error| format!("`message`: {error}"))?;
        let counts = |message: &&String| pattern.as_ref().is_none_or(|pattern| pattern.is_match(message));
        let matching = messages.iter().filter(counts).count() as u64;
        let (holds, wanted) = match self.count {
            Count::Some => (matching > 0, "at least 1".to_owned()),
            Count::None => (matching == 0, "none".to_owned()),
            Count::Exactly(number) => (matching == number, format!("exactly {number}")),
        };
        if holds {
            return Ok(None);
        }
        let containing = self.message.map(|message| format!(" containing {message:?}")).unwrap_or_default();
        let list = messages.join(" ");
        Ok(Some(format!(
            "unexpected number of violations: got {matching} violations{containing} but want {wanted}: got messages [{list}]"
        )))
    }
}
