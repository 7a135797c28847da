//! `glob.match` and `glob.quote_meta` as OPA does them: `*` and `?` stop at separators, `**` at nothing, `[a-c]`, `[!abc]` and `{a,b}` choose.

use std::iter::Peekable;
use std::str::Chars;

use anyhow::bail;
use regorus::Value;

use super::super::meter::is_strict;
use super::pattern::compiled;

/// Pieces of `{…}` inside each other.
const DEEPEST: usize = 64;

pub(super) fn is_match(given: &[Value]) -> anyhow::Result<Value> {
    match matches(given) {
        // What is wrong has no answer, and is said: see `Program::ask`.
        Err(_) if !is_strict() => Ok(Value::Undefined),
        answer => answer.map(Value::Bool),
    }
}

fn matches(given: &[Value]) -> anyhow::Result<bool> {
    let [Value::String(pattern), separators, Value::String(text)] = given else {
        bail!("`glob.match` takes a pattern, separators and a text")
    };
    let separators = match separators {
        Value::Null => String::new(),
        Value::Array(items) if items.is_empty() => ".".to_owned(),
        Value::Array(items) => items.iter().map(separator).collect::<anyhow::Result<String>>()?,
        _ => bail!("separators are a list"),
    };
    Ok(compiled(&translated(pattern, &separators)?)?.is_match(text))
}

fn separator(value: &Value) -> anyhow::Result<char> {
    let Value::String(text) = value else { bail!("a separator is a text") };
    let mut characters = text.chars();
    match (characters.next(), characters.next()) {
        (Some(character), None) => Ok(character),
        _ => bail!("a separator is one character"),
    }
}

pub(super) fn quote_meta(given: &[Value]) -> anyhow::Result<Value> {
    let [Value::String(text)] = given else {
        anyhow::ensure!(!is_strict(), "`glob.quote_meta` takes a text");
        return Ok(Value::Undefined);
    };
    let quoted = text.chars().flat_map(|character| {
        let is_sign = matches!(character, '*' | '?' | '\\' | '[' | ']' | '{' | '}');
        is_sign.then_some('\\').into_iter().chain([character])
    });
    Ok(Value::from(quoted.collect::<String>()))
}

/// A pattern of the whole text.
fn translated(pattern: &str, separators: &str) -> anyhow::Result<String> {
    let any = "(?s:.)";
    let other = match separators {
        "" => any.to_owned(),
        separators => format!("[^{}]", in_class(separators.chars())),
    };
    let mut out = "^(?:".to_owned();
    let mut characters = pattern.chars().peekable();
    let mut depth = 0_usize;
    while let Some(character) = characters.next() {
        match character {
            '\\' => out.extend(characters.next().map(|escaped| regex::escape(&escaped.to_string()))),
            '*' if characters.next_if_eq(&'*').is_some() => {
                while characters.next_if_eq(&'*').is_some() {}
                out += &format!("{any}*");
            }
            '*' => out += &format!("{other}*"),
            '?' => out += &other,
            '[' => out += &class(&mut characters)?,
            '{' if depth < DEEPEST => {
                depth += 1;
                out += "(?:";
            }
            '{' => bail!("`{{` is in too many others"),
            '}' if depth > 0 => {
                depth -= 1;
                out.push(')');
            }
            ',' if depth > 0 => out.push('|'),
            other => out += &regex::escape(&other.to_string()),
        }
    }
    anyhow::ensure!(depth == 0, "`{{` has no end");
    Ok(out + ")$")
}

/// `a-c]` or `abc]`, with a `!` before where none of these is meant.
fn class(characters: &mut Peekable<Chars<'_>>) -> anyhow::Result<String> {
    let sign = if characters.next_if_eq(&'!').is_some() { "^" } else { "" };
    let mut rest = characters.clone();
    if let (Some(low), Some('-')) = (rest.next(), rest.next()) {
        let (Some(high), Some(']')) = (rest.next(), rest.next()) else { bail!("`[` has no end") };
        *characters = rest;
        anyhow::ensure!(low <= high, "a range goes from the lower to the higher");
        return Ok(format!("[{sign}{}-{}]", in_class([low].into_iter()), in_class([high].into_iter())));
    }
    let mut members = Vec::new();
    loop {
        match characters.next() {
            None => bail!("`[` has no end"),
            Some(']') => break,
            Some('\\') => members.extend(characters.next()),
            Some(member) => members.push(member),
        }
    }
    anyhow::ensure!(!members.is_empty(), "`[` chooses among nothing");
    Ok(format!("[{sign}{}]", in_class(members.into_iter())))
}

fn in_class(members: impl Iterator<Item = char>) -> String {
    let is_sign = |member: char| matches!(member, '[' | ']' | '\\' | '^' | '-' | '&' | '~');
    members.map(|member| if is_sign(member) { format!("\\{member}") } else { member.to_string() }).collect()
}
