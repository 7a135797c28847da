//! URIs (RFC 3986), taken apart as Go takes them.

use std::collections::BTreeMap;

use regorus::Value;

/// `uri.parse`: the parts that are there.
pub(super) fn parse(arguments: &[Value]) -> anyhow::Result<Value> {
    let [Value::String(text)] = arguments else { return Ok(Value::Undefined) };
    let Some(parts) = Parts::of(text) else { return Ok(Value::Undefined) };
    let named =
        [("scheme", parts.scheme), ("hostname", parts.hostname), ("port", parts.port), ("raw_query", parts.query)];
    let mut members: BTreeMap<Value, Value> = named
        .into_iter()
        .filter(|(_, part)| !part.is_empty())
        .map(|(name, part)| (Value::from(name), Value::from(part)))
        .collect();
    if !parts.path.is_empty() {
        let Some(plain) = decoded(&parts.path) else { return Ok(Value::Undefined) };
        // Go keeps the path as written only where it would write it otherwise.
        let raw = if encoded(&plain) == parts.path { plain } else { parts.path.clone() };
        members.insert(Value::from("raw_path"), Value::from(raw));
    }
    for (name, part) in [("path", parts.path), ("fragment", parts.fragment)] {
        if !part.is_empty() {
            let Some(plain) = decoded(&part) else { return Ok(Value::Undefined) };
            members.insert(Value::from(name), Value::from(plain));
        }
    }
    Ok(Value::from(members))
}

/// `uri.is_valid`: whether it can be taken apart; the empty text is none.
pub(super) fn is_valid(arguments: &[Value]) -> anyhow::Result<Value> {
    let [value] = arguments else { return Ok(Value::Undefined) };
    let Value::String(text) = value else { return Ok(Value::Bool(false)) };
    let is_valid = !text.is_empty()
        && Parts::of(text).is_some_and(|parts| decoded(&parts.path).is_some() && decoded(&parts.fragment).is_some());
    Ok(Value::Bool(is_valid))
}

#[derive(Default)]
struct Parts {
    scheme: String,
    hostname: String,
    port: String,
    path: String,
    query: String,
    fragment: String,
}

impl Parts {
    fn of(text: &str) -> Option<Parts> {
        if text.chars().any(|character| character.is_ascii_control()) {
            return None;
        }
        let (text, fragment) = text.split_once('#').unwrap_or((text, ""));
        let (scheme, rest) = scheme(text)?;
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let mut parts = Parts {
            scheme: scheme.to_ascii_lowercase(),
            query: query.to_owned(),
            fragment: fragment.to_owned(),
            ..Parts::default()
        };
        if !rest.starts_with('/') && !scheme.is_empty() {
            // `mailto:someone` has no path.
            return Some(parts);
        }
        let first = rest.split('/').next().unwrap_or_default();
        if scheme.is_empty() && first.contains(':') {
            return None;
        }
        parts.path = match rest.strip_prefix("//") {
            Some(behind) if !(rest.starts_with("///") && scheme.is_empty()) => {
                let end = behind.find('/').unwrap_or(behind.len());
                parts.take_authority(&behind[..end])?;
                behind[end..].to_owned()
            }
            _ => rest.to_owned(),
        };
        Some(parts)
    }

    fn take_authority(&mut self, authority: &str) -> Option<()> {
        let (user, host) = authority.rsplit_once('@').map_or(("", authority), |(user, host)| (user, host));
        let is_user = |c: char| c.is_ascii_alphanumeric() || "-._:~!$&'()*+,;=%@".contains(c);
        if !user.chars().all(is_user) || decoded(user).is_none() {
            return None;
        }
        let (name, port) = match host.strip_prefix('[') {
            Some(inner) => {
                let (name, rest) = inner.split_once(']')?;
                let name = name.split("%25").next().unwrap_or(name);
                let port = if rest.is_empty() { "" } else { rest.strip_prefix(':')? };
                name.contains(':').then_some(())?;
                (name, port)
            }
            None => {
                let (name, port) = host.rsplit_once(':').unwrap_or((host, ""));
                if name.contains(':') {
                    return None;
                }
                (name, port)
            }
        };
        if !port.bytes().all(|digit| digit.is_ascii_digit()) || name.contains([' ', '<', '>', '"']) {
            return None;
        }
        self.hostname = decoded(name)?;
        self.port = port.to_owned();
        Some(())
    }
}

/// The scheme, if there is one, and what follows it; a text that begins with `:` has none where one must be.
fn scheme(text: &str) -> Option<(&str, &str)> {
    for (at, character) in text.char_indices() {
        match character {
            'a'..='z' | 'A'..='Z' => {}
            '0'..='9' | '+' | '-' | '.' if at > 0 => {}
            ':' if at == 0 => return None,
            ':' => return Some((&text[..at], &text[at + 1..])),
            _ => break,
        }
    }
    Some(("", text))
}

/// A path as Go writes it.
fn encoded(path: &str) -> String {
    path.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.~$&+,/:;=@".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out += &format!("%{byte:02X}");
        }
        out
    })
}

/// Without `%` and two digits; nothing when one is wrong.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        if *first != b'%' {
            bytes.push(*first);
            rest = behind;
            continue;
        }
        let digits = std::str::from_utf8(behind.get(..2)?).ok()?;
        if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        rest = &behind[2..];
    }
    Some(String::from_utf8_lossy(&bytes).into_owned())
}
