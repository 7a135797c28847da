//! Networks as CIDR blocks (RFC 4632).

mod block;

use std::collections::BTreeSet;

use regorus::Value;

use block::Block;

/// `net.cidr_intersects`, and `net.cidr_overlap`, its older name: whether two blocks share an address.
pub(super) fn intersects(arguments: &[Value]) -> anyhow::Result<Value> {
    let [Value::String(left), Value::String(right)] = arguments else { return Ok(Value::Undefined) };
    let (Some(left), Some(right)) = (Block::of(left), Block::of(right)) else { return Ok(Value::Undefined) };
    Ok(Value::Bool(left.is_v6 == right.is_v6 && left.first <= right.last && right.first <= left.last))
}

/// `net.cidr_contains_matches`: which blocks of the first hold which blocks or addresses of the second, as pairs of what tells
/// them: their places in an array, their keys in an object, else themselves.
pub(super) fn contains_matches(arguments: &[Value]) -> anyhow::Result<Value> {
    let [left, right] = arguments else { return Ok(Value::Undefined) };
    let holds_nothing = |side: &Value| matches!(side, Value::Null | Value::Bool(_) | Value::Number(_));
    if holds_nothing(left) || holds_nothing(right) {
        return Ok(Value::new_set());
    }
    let (Some(left), Some(right)) = (named(left), named(right)) else { return Ok(Value::Undefined) };
    let mut pairs = BTreeSet::new();
    for (name, outer) in &left {
        let Some(outer) = Block::of(outer) else { return Ok(Value::Undefined) };
        for (other, inner) in &right {
            let Some(inner) = Block::of(inner).or_else(|| Block::of_address(inner)) else {
                return Ok(Value::Undefined);
            };
            if outer.is_v6 == inner.is_v6 && outer.first <= inner.first && inner.last <= outer.last {
                pairs.insert(Value::from(vec![name.clone(), other.clone()]));
            }
        }
    }
    Ok(Value::from(pairs))
}

/// `net.cidr_merge`: the fewest blocks that hold the same addresses.
pub(super) fn merge(arguments: &[Value]) -> anyhow::Result<Value> {
    let texts: Vec<&Value> = match arguments {
        [Value::Array(items)] => items.iter().collect(),
        [Value::Set(items)] => items.iter_sorted().collect(),
        _ => return Ok(Value::Undefined),
    };
    let mut blocks = Vec::new();
    for text in texts {
        let Value::String(text) = text else { return Ok(Value::Undefined) };
        match Block::of(text).or_else(|| Block::of_class(text)) {
            Some(block) => blocks.push(block),
            None => return Ok(Value::Undefined),
        }
    }
    let Some(merged) = block::merged(blocks) else {
        anyhow::bail!("net.cidr_merge: blocks of both families that go on from one another are not put together")
    };
    Ok(Value::from(merged.iter().map(|block| Value::from(block.to_string())).collect::<BTreeSet<_>>()))
}

/// Blocks with what tells each.
fn named(value: &Value) -> Option<Vec<(Value, String)>> {
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.to_string()),
        Value::Array(items) => match items.first() {
            Some(Value::String(text)) => Some(text.to_string()),
            _ => None,
        },
        _ => None,
    };
    match value {
        Value::String(one) => Some(vec![(value.clone(), one.to_string())]),
        Value::Array(items) => {
            items.iter().enumerate().map(|(at, item)| Some((Value::from(at as u64), text(item)?))).collect()
        }
        Value::Set(items) => items.iter_sorted().map(|item| Some((item.clone(), text(item)?))).collect(),
        Value::Object(members) => members.iter_sorted().map(|(key, item)| Some((key.clone(), text(item)?))).collect(),
        _ => None,
    }
}
