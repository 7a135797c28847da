//! Digests: SHA-2, and keyed ones by RFC 2104.

use regorus::Value;
use sha2::{Digest, Sha256, Sha512};

/// `crypto.sha256`, in hex.
pub(super) fn sha256(arguments: &[Value]) -> anyhow::Result<Value> {
    let [Value::String(text)] = arguments else { return Ok(Value::Undefined) };
    Ok(hex(&Sha256::digest(text.as_bytes())))
}

/// `crypto.hmac.sha256`: of a text, with a key.
pub(super) fn hmac_sha256(arguments: &[Value]) -> anyhow::Result<Value> {
    Ok(hmac::<Sha256>(arguments, 64))
}

/// `crypto.hmac.sha512`.
pub(super) fn hmac_sha512(arguments: &[Value]) -> anyhow::Result<Value> {
    Ok(hmac::<Sha512>(arguments, 128))
}

/// `crypto.hmac.equal`.
pub(super) fn equal(arguments: &[Value]) -> anyhow::Result<Value> {
    let [left @ Value::String(_), right @ Value::String(_)] = arguments else { return Ok(Value::Undefined) };
    Ok(Value::Bool(left == right))
}

fn hmac<D: Digest>(arguments: &[Value], block: usize) -> Value {
    let [Value::String(text), Value::String(key)] = arguments else { return Value::Undefined };
    let mut padded = if key.len() > block { D::digest(key.as_bytes()).to_vec() } else { key.as_bytes().to_vec() };
    padded.resize(block, 0);
    let with = |mask: u8| padded.iter().map(|byte| byte ^ mask).collect::<Vec<u8>>();
    let inner = D::new().chain_update(with(0x36)).chain_update(text.as_bytes()).finalize();
    hex(&D::new().chain_update(with(0x5c)).chain_update(inner).finalize())
}

fn hex(bytes: &[u8]) -> Value {
    Value::from(bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>())
}
