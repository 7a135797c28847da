//! `regex.template_match`: a text with patterns between two signs, all of which must match. The engine looks for what follows a pattern instead of
//! matching it, and so misses most.

use anyhow::{Context as _, ensure};
use regex::Regex;
use regorus::Value;

pub(super) fn call(given: &[Value]) -> anyhow::Result<Value> {
    let [Value::String(template), Value::String(text), Value::String(start), Value::String(end)] = given else {
        anyhow::bail!("`regex.template_match` takes four strings");
    };
    let sign = |text: &str| -> anyhow::Result<char> {
        let mut characters = text.chars();
        let first = characters.next().filter(char::is_ascii).context("a sign around patterns is one character")?;
        ensure!(characters.next().is_none(), "a sign around patterns is one character");
        Ok(first)
    };
    let pattern = pattern(template, sign(start)?, sign(end)?)?;
    let pattern = Regex::new(&pattern).with_context(|| format!("`{template}` makes no pattern"))?;
    Ok(Value::Bool(pattern.is_match(text)))
}

/// The template as one pattern. Signs inside of a pattern belong to it.
fn pattern(template: &str, start: char, end: char) -> anyhow::Result<String> {
    let mut pattern = "^".to_owned();
    let (mut depth, mut from) = (0_usize, 0);
    for (at, character) in template.char_indices() {
        if character == start {
            if depth == 0 {
                pattern += &regex::escape(&template[from..at]);
                from = at + 1;
            }
            depth += 1;
        } else if character == end {
            depth = depth.checked_sub(1).context("a sign that ends a pattern has none that begins it")?;
            if depth == 0 {
                pattern += &format!("({})", &template[from..at]);
                from = at + 1;
            }
        }
    }
    ensure!(depth == 0, "a sign that begins a pattern has none that ends it");
    Ok(format!("{pattern}{}$", regex::escape(&template[from..])))
}
