//! Our own forms.

use jiff::civil::Date;

use super::directive::{Directive, Reaching, Read, Rules};
use super::tool::Tool;

const FORMS: &str = "there are `ignore`, `ignore-block` and `ignore-file`";

/// `portcullis: ignore RULE, … -- REASON, until DATE`.
pub(super) fn comment(text: &str) -> Option<Read> {
    let rest = text.strip_prefix("portcullis:")?.trim_start();
    let (word, rest) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let reach = match word {
        "ignore" => Reaching::Lines,
        "ignore-block" => Reaching::Block,
        "ignore-file" => Reaching::File,
        _ => return Some(Err(format!("says nothing that is known; {FORMS}"))),
    };
    Some(named(rest, reach))
}

/// `portcullis.dev/ignore.RULE: REASON, until DATE`, with `.` for the `/` of the rule and `kubernetes/` left out; or
/// `portcullis.dev/ignore: RULE, … -- REASON, until DATE`.
pub(super) fn annotation(key: &str, text: &str) -> Option<Read> {
    let rest = key.strip_prefix("portcullis.dev/ignore")?;
    if rest.is_empty() {
        return Some(named(text, Reaching::Around));
    }
    let rule = rest.strip_prefix('.').filter(|rule| !rule.is_empty());
    let Some(rule) = rule else { return Some(Err("has a key that names no rule behind `ignore.`".to_owned())) };
    let rules = Rules::Named(vec![rule.to_owned()]);
    Some(dated(text).map(|(reason, expires)| Directive {
        expires,
        ..Directive::new(Tool::Portcullis, rules, Reaching::Around).because(reason)
    }))
}

fn named(rest: &str, reach: Reaching) -> Read {
    let (rest, expires) = dated(rest)?;
    let (names, reason) = separated(rest);
    let names = names.split(|mark: char| mark == ',' || mark.is_whitespace()).filter(|name| !name.is_empty());
    let names: Vec<String> = names.map(str::to_owned).collect();
    if names.is_empty() {
        return Err("names no rule".to_owned());
    }
    if let Some(name) = names.iter().find(|name| name.contains('*')) {
        return Err(format!("names `{name}`; it must name every rule it means"));
    }
    Ok(Directive { expires, ..Directive::new(Tool::Portcullis, Rules::Named(names), reach).because(reason) })
}

/// The names and the reason. In XML no comment may hold `--`, so one dash alone does as well.
fn separated(text: &str) -> (&str, &str) {
    let dashes = |word: &str| matches!(word, "--" | "-" | "–" | "—");
    let mut at = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        if dashes(word.trim()) {
            return (&text[..at], &text[at + word.len()..]);
        }
        at += word.len();
    }
    text.split_once("--").unwrap_or((text, ""))
}

/// The text without `until DATE` at its end, and the date.
fn dated(text: &str) -> Result<(&str, Option<Date>), String> {
    let text = text.trim();
    let Some((before, date)) = text.rsplit_once("until ") else { return Ok((text, None)) };
    let is_word = before.is_empty() || before.ends_with(|mark: char| mark.is_whitespace() || mark == ',');
    let looks_so = date.starts_with(|first: char| first.is_ascii_digit()) && !date.trim().contains(char::is_whitespace);
    if !is_word || !looks_so {
        return Ok((text, None));
    }
    let day = date.trim().parse().map_err(|_| bad_date(date))?;
    Ok((before.trim_end().trim_end_matches(',').trim_end(), Some(day)))
}

/// A date that cannot be read is no date that never comes.
pub(super) fn bad_date(date: &str) -> String {
    format!("ends on `{}`, which is no date; write the last day it holds, as in 2027-01-31", date.trim())
}
