//! Percent-encoding as package URLs use it.

use std::borrow::Cow;

use super::PurlError;

/// Encodes everything but unreserved characters and `:`.
pub(super) fn encode(text: &str) -> Cow<'_, str> {
    encode_all_but(text, |byte| byte == b':')
}

/// Encodes each segment of a path.
pub(super) fn encode_path(text: &str) -> Cow<'_, str> {
    encode_all_but(text, |byte| matches!(byte, b':' | b'/'))
}

/// Most texts need nothing, and are only looked at.
fn encode_all_but(text: &str, stays: impl Fn(u8) -> bool) -> Cow<'_, str> {
    let stays = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') || stays(byte);
    if text.bytes().all(stays) {
        return Cow::Borrowed(text);
    }
    let mut encoded = String::with_capacity(text.len() + 8);
    for byte in text.bytes() {
        if stays(byte) {
            encoded.push(byte as char);
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    Cow::Owned(encoded)
}

/// Decodes `%xx`; anything else stays.
pub(super) fn decode(text: &str) -> Result<String, PurlError> {
    let fault = || PurlError::Encoding(text.to_owned());
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        if *first == b'%' {
            let pair = tail.get(..2).filter(|pair| pair.iter().all(u8::is_ascii_hexdigit)).ok_or_else(fault)?;
            let digits = std::str::from_utf8(pair).map_err(|_| fault())?;
            bytes.push(u8::from_str_radix(digits, 16).map_err(|_| fault())?);
            rest = &tail[2..];
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8(bytes).map_err(|_| fault())
}

/// Decodes each segment of a path; empty segments are left out.
pub(super) fn decode_path(text: &str) -> Result<String, PurlError> {
    let segments: Result<Vec<String>, PurlError> =
        text.split('/').filter(|segment| !segment.is_empty()).map(decode).collect();
    Ok(segments?.join("/"))
}
