//! JSON web tokens (RFC 7515, section 7.1), taken apart and verified.

mod constraints;
mod key;
mod verify;

use regorus::Value;
use serde_json::{Map, Value as Json};

pub(super) use constraints::decode_verify;

/// `io.jwt.decode`: header, claims, and the signature in hex.
pub(super) fn decode(arguments: &[Value]) -> anyhow::Result<Value> {
    let [Value::String(text)] = arguments else { return Ok(Value::Undefined) };
    let Some(token) = Token::of(text) else { return Ok(Value::Undefined) };
    let signature: String = token.signature.iter().map(|byte| format!("{byte:02x}")).collect();
    let parts =
        [Value::from(Json::Object(token.header)), Value::from(Json::Object(token.claims)), Value::from(signature)];
    Ok(Value::from(parts.to_vec()))
}

/// The claims of a token that is signed with a key: a public one, or the secret of an HMAC. The key decides which algorithms
/// may be, not the token: a public key is no secret.
pub(crate) fn claims_signed_with(token: &str, key: &str) -> Result<Map<String, Json>, String> {
    let token = Token::of(token).ok_or("the signature is no token of three parts")?;
    let name = token.header.get("alg").and_then(Json::as_str).unwrap_or_default();
    let algorithm = verify::algorithm(name).ok_or_else(|| format!("it is signed with `{name}`, which is not taken"))?;
    if algorithm.is_secret() && key::is_public(key) {
        return Err(format!("it is signed with {name}, a secret, and the key that was given is a public one"));
    }
    match verify::is_signed(algorithm, &token, key)? {
        true => Ok(token.claims),
        false => Err("it is not signed with the key that was given".to_owned()),
    }
}

/// One builtin for each algorithm.
macro_rules! verifiers {
    ($($function:ident $name:literal),*) => {
        $(pub(super) fn $function(arguments: &[Value]) -> anyhow::Result<Value> {
            verify::verify($name, arguments)
        })*
    };
}

verifiers! {
    hs256 "HS256", hs384 "HS384", hs512 "HS512", rs256 "RS256", rs384 "RS384", rs512 "RS512",
    ps256 "PS256", ps384 "PS384", ps512 "PS512", es256 "ES256", es384 "ES384", eddsa "EdDSA"
}

/// A token in its parts.
struct Token<'t> {
    header: Map<String, Json>,
    claims: Map<String, Json>,
    signature: Vec<u8>,
    /// What the signature is of.
    signed: &'t str,
}

impl<'t> Token<'t> {
    fn of(text: &'t str) -> Option<Token<'t>> {
        let (signed, signature) = text.rsplit_once('.')?;
        let (header, claims) = signed.split_once('.').filter(|(_, claims)| !claims.contains('.'))?;
        Some(Token { header: object(header)?, claims: object(claims)?, signature: base64url(signature)?, signed })
    }
}

fn string(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.to_string()),
        _ => None,
    }
}

fn object(part: &str) -> Option<Map<String, Json>> {
    match serde_json::from_slice(&base64url(part)?).ok()? {
        Json::Object(members) => Some(members),
        _ => None,
    }
}

/// RFC 4648, section 5, without padding.
fn base64url(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    let (mut bits, mut held) = (0u32, 0u32);
    for byte in text.trim_end_matches('=').bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => return None,
        };
        bits = (bits << 6 | u32::from(value)) & 0xffff;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
        }
    }
    Some(bytes)
}
