//! `io.jwt.decode_verify`: a token taken apart, if it keeps all that is asked of it.

use regorus::Value;
use serde_json::Value as Json;

use super::verify::{algorithm, is_signed};
use super::{Token, string};

/// What may be asked.
const KNOWN: &[&str] = &["cert", "secret", "alg", "iss", "time", "aud"];

/// `[true, header, claims]`, or `[false, {}, {}]`.
pub(in crate::rego::extension) fn decode_verify(arguments: &[Value]) -> anyhow::Result<Value> {
    let [token, constraints] = arguments else { return Ok(Value::Undefined) };
    let (Some(text), Value::Object(_)) = (string(token), constraints) else { return Ok(Value::Undefined) };
    let asked = crate::rego::json(constraints);
    let fails = |message: String| anyhow::anyhow!("io.jwt.decode_verify: {message}");
    if let Some(unknown) = asked.as_object().and_then(|all| all.keys().find(|name| !KNOWN.contains(&name.as_str()))) {
        return Err(fails(format!("there is no constraint `{unknown}`")));
    }
    let Some(token) = Token::of(&text) else { return Err(fails("it is no token of three parts".to_owned())) };
    let is_valid = is_valid(&token, &asked).map_err(fails)?;
    let parts = if is_valid {
        [Value::Bool(true), Value::from(Json::Object(token.header)), Value::from(Json::Object(token.claims))]
    } else {
        [Value::Bool(false), Value::new_object(), Value::new_object()]
    };
    Ok(Value::from(parts.to_vec()))
}

fn is_valid(token: &Token<'_>, asked: &Json) -> Result<bool, String> {
    let text = |name: &str| asked.get(name).and_then(Json::as_str);
    let Some(name) = token.header.get("alg").and_then(Json::as_str) else { return Ok(false) };
    let Some(algorithm) = algorithm(name).filter(|_| text("alg").is_none_or(|asked| asked == name)) else {
        return Ok(false);
    };
    let key = match (text("cert"), text("secret")) {
        (Some(cert), None) => cert,
        (None, Some(secret)) => secret,
        _ => return Err("one of `cert` and `secret` is needed".to_owned()),
    };
    let needs_secret = name.starts_with("HS");
    if needs_secret != text("secret").is_some() || !is_signed(algorithm, token, key)? {
        return Ok(false);
    }
    if text("iss").is_some() && token.claims.get("iss").and_then(Json::as_str) != text("iss") {
        return Ok(false);
    }
    Ok(is_for(token, text("aud")) && is_timely(token, asked.get("time"))?)
}

/// Whether the token is for this audience; one that names an audience is for nobody who does not.
fn is_for(token: &Token<'_>, audience: Option<&str>) -> bool {
    match (token.claims.get("aud"), audience) {
        (None, None) => true,
        (Some(Json::String(one)), Some(asked)) => one == asked,
        (Some(Json::Array(several)), Some(asked)) => several.iter().any(|one| one == asked),
        _ => false,
    }
}

/// Whether the token is valid at a time in nanoseconds. There is no clock here.
fn is_timely(token: &Token<'_>, time: Option<&Json>) -> Result<bool, String> {
    let (expires, begins) = (token.claims.get("exp"), token.claims.get("nbf"));
    if expires.is_none() && begins.is_none() {
        return Ok(true);
    }
    let now = time.and_then(Json::as_f64).ok_or(
        "the token is valid for some time only: give the moment it is asked for as `time`, in nanoseconds (`time.now_ns()`)",
    )?;
    let nanoseconds = |claim: &Json| claim.as_f64().map(|seconds| seconds * 1e9);
    let is_before_end = expires.is_none_or(|end| nanoseconds(end).is_some_and(|end| now < end));
    let is_after_start = begins.is_none_or(|start| nanoseconds(start).is_some_and(|start| now >= start));
    Ok(is_before_end && is_after_start)
}
