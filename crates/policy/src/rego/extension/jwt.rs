//! JSON web tokens, taken apart and not verified (RFC 7515, section 7.1).

use regorus::Value;

/// `io.jwt.decode`: header, claims, and the signature in hex.
pub(super) fn decode(arguments: &[Value]) -> anyhow::Result<Value> {
    let [Value::String(token)] = arguments else { return Ok(Value::Undefined) };
    let parts: Vec<&str> = token.split('.').collect();
    let [header, claims, signature] = parts[..] else { return Ok(Value::Undefined) };
    let decoded = (json(header), json(claims), base64url(signature));
    let (Some(header), Some(claims), Some(signature)) = decoded else { return Ok(Value::Undefined) };
    let signature: String = signature.iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Value::from(vec![header, claims, Value::from(signature)]))
}

fn json(part: &str) -> Option<Value> {
    let value: serde_json::Value = serde_json::from_slice(&base64url(part)?).ok()?;
    value.is_object().then(|| Value::from(value))
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
