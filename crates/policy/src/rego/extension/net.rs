//! Networks as CIDR blocks (RFC 4632).

use std::net::IpAddr;

use regorus::Value;

/// `net.cidr_intersects`, and `net.cidr_overlap`, its older name: whether two blocks share an address.
pub(super) fn intersects(arguments: &[Value]) -> anyhow::Result<Value> {
    let [Value::String(left), Value::String(right)] = arguments else { return Ok(Value::Undefined) };
    let (Some(left), Some(right)) = (Block::of(left), Block::of(right)) else { return Ok(Value::Undefined) };
    Ok(Value::Bool(left.is_v6 == right.is_v6 && left.first <= right.last && right.first <= left.last))
}

struct Block {
    is_v6: bool,
    first: u128,
    last: u128,
}

impl Block {
    fn of(text: &str) -> Option<Block> {
        let (address, length) = text.split_once('/')?;
        let (is_v6, address, bits) = match address.parse().ok()? {
            IpAddr::V4(address) => (false, u128::from(u32::from(address)), 32),
            IpAddr::V6(address) => (true, u128::from(address), 128),
        };
        let length: u32 = length.parse().ok().filter(|length| *length <= bits)?;
        let host = if bits == length { 0 } else { u128::MAX >> (128 - (bits - length)) };
        Some(Block { is_v6, first: address & !host, last: address | host })
    }
}
