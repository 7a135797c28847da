//! `base64.*` as OPA reads it: line breaks are passed over, and the last bits of the last letter are not looked at.

use anyhow::Context as _;
use regorus::Value;

use super::super::meter::is_strict;

const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

pub(super) fn decode(given: &[Value]) -> anyhow::Result<Value> {
    answer(text(given).and_then(|text| read(text, b"+/")))
}

/// With or without padding.
pub(super) fn decode_url(given: &[Value]) -> anyhow::Result<Value> {
    answer(text(given).and_then(|text| {
        // As many `=` as are missing are put behind it first.
        let missing = (4 - text.len() % 4) % 4;
        read(&format!("{text}{}", "=".repeat(missing)), b"-_")
    }))
}

/// Of what is no text it is false.
pub(super) fn is_valid(given: &[Value]) -> anyhow::Result<Value> {
    Ok(Value::Bool(text(given).and_then(|text| read(text, b"+/")).is_ok()))
}

fn text(given: &[Value]) -> anyhow::Result<&str> {
    match given {
        [Value::String(text)] => Ok(text),
        _ => anyhow::bail!("it takes a text"),
    }
}

/// What is wrong has no answer, and is said: see `Program::ask`.
fn answer(read: anyhow::Result<Vec<u8>>) -> anyhow::Result<Value> {
    match read {
        Ok(bytes) => Ok(Value::from(shown(&bytes))),
        Err(_) if !is_strict() => Ok(Value::Undefined),
        Err(error) => Err(error),
    }
}

fn read(text: &str, signs: &[u8; 2]) -> anyhow::Result<Vec<u8>> {
    let bytes: Vec<u8> = text.bytes().filter(|byte| !matches!(byte, b'\r' | b'\n')).collect();
    let padding = bytes.iter().rev().take_while(|byte| **byte == b'=').count();
    let letters = &bytes[..bytes.len() - padding];
    anyhow::ensure!(bytes.len().is_multiple_of(4) && padding <= 2, "padding is missing");
    anyhow::ensure!(letters.len() % 4 != 1, "a letter is missing");
    let value = |letter: &u8| {
        let place = match letter {
            b'+' | b'/' if signs != b"+/" => None,
            letter if *letter == signs[0] => Some(62),
            letter if *letter == signs[1] => Some(63),
            letter => LETTERS.iter().position(|known| known == letter),
        };
        place.and_then(|place| u32::try_from(place).ok()).context("it is no base64")
    };
    let mut out = Vec::with_capacity(letters.len() / 4 * 3 + 2);
    for group in letters.chunks(4) {
        let mut bits = 0;
        for letter in group {
            bits = (bits << 6) | value(letter)?;
        }
        bits <<= 6 * (4 - group.len());
        out.extend(&bits.to_be_bytes()[1..group.len()]);
    }
    Ok(out)
}

/// Each byte that belongs to no character as a character of its own.
fn shown(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        out += chunk.valid();
        out.extend(chunk.invalid().iter().map(|_| char::REPLACEMENT_CHARACTER));
    }
    out
}
