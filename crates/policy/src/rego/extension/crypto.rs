//! Digests, and keyed ones by RFC 2104. MD5 and SHA-1 protect nothing; policies meet them as names of files.

use md5::Md5;
use regorus::Value;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};

/// `crypto.md5`, in hex.
pub(super) fn md5(arguments: &[Value]) -> anyhow::Result<Value> {
    let [Value::String(text)] = arguments else { return Ok(Value::Undefined) };
    Ok(hex(&Md5::digest(text.as_bytes())))
}

/// `crypto.sha1`, in hex.
pub(super) fn sha1(arguments: &[Value]) -> anyhow::Result<Value> {
    let [Value::String(text)] = arguments else { return Ok(Value::Undefined) };
    Ok(hex(&Sha1::digest(text.as_bytes())))
}

/// `crypto.hmac.md5`: of a text, with a key.
pub(super) fn hmac_md5(arguments: &[Value]) -> anyhow::Result<Value> {
    Ok(hmac::<Md5>(arguments, 64))
}

/// `crypto.hmac.sha1`.
pub(super) fn hmac_sha1(arguments: &[Value]) -> anyhow::Result<Value> {
    Ok(hmac::<Sha1>(arguments, 64))
}

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
