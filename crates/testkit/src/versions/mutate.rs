//! Small changes to versions.

use super::Recipe;
use super::chance::Chance;

/// A version with one change. Every change keeps to one line of plain characters.
pub(super) fn once(recipe: &Recipe, text: &str, chance: &mut Chance) -> String {
    match chance.of(16) {
        0 | 1 => number(text, chance, |value, chance| match chance.of(4) {
            0 => value.saturating_sub(1).to_string(),
            1 => (value * 10).to_string(),
            2 => "0".to_owned(),
            _ => (value + 1).to_string(),
        }),
        2 => number(text, chance, |value, _| format!("0{value}")),
        3 => number(text, chance, |value, _| format!("{value}00000000000000000000")),
        4 | 5 => format!("{text}{}", chance.one_of(recipe.endings)),
        6 => format!("{text}{}{}", chance.one_of(recipe.marks), chance.of(3)),
        7 => {
            let end = format!("{}{}", chance.one_of(recipe.marks), chance.one_of(recipe.words));
            format!("{text}{end}{}", ["", "1", "10", ".2"][chance.of(4)])
        }
        8 => format!("{}{text}", chance.one_of(recipe.beginnings)),
        9 => mark(text, chance, |chance| (*chance.one_of(recipe.marks)).to_owned()),
        10 => mark(text, chance, |chance| format!("{}{}", chance.one_of(recipe.marks), chance.one_of(recipe.words))),
        11 => mark(text, chance, |_| String::new()),
        12 => text[..chance.of(text.len() + 1)].to_owned(),
        13 => insert(text, chance, |chance| (*chance.one_of(recipe.words)).to_owned()),
        14 => insert(text, chance, |chance| (*chance.one_of(recipe.marks)).to_owned()),
        _ => case(text, chance),
    }
}

/// One of the numbers in it changed.
fn number(text: &str, chance: &mut Chance, change: impl Fn(u64, &mut Chance) -> String) -> String {
    let mut spans = Vec::new();
    let mut begin = None;
    for (at, byte) in text.bytes().chain([b'.']).enumerate() {
        match (byte.is_ascii_digit(), begin) {
            (true, None) => begin = Some(at),
            (false, Some(from)) => {
                spans.push(from..at);
                begin = None;
            }
            _ => {}
        }
    }
    if spans.is_empty() {
        return format!("{text}1");
    }
    let span = chance.one_of(&spans).clone();
    let value: u64 = text[span.clone()].parse().unwrap_or(7) % 1_000_000_000_000;
    format!("{}{}{}", &text[..span.start], change(value, chance), &text[span.end..])
}

/// One of the characters that are neither letters nor digits replaced.
fn mark(text: &str, chance: &mut Chance, by: impl Fn(&mut Chance) -> String) -> String {
    let marks: Vec<usize> =
        text.bytes().enumerate().filter(|(_, byte)| !byte.is_ascii_alphanumeric()).map(|(at, _)| at).collect();
    if marks.is_empty() {
        return text.to_owned();
    }
    let at = *chance.one_of(&marks);
    format!("{}{}{}", &text[..at], by(chance), &text[at + 1..])
}

fn insert(text: &str, chance: &mut Chance, what: impl Fn(&mut Chance) -> String) -> String {
    let at = chance.of(text.len() + 1);
    format!("{}{}{}", &text[..at], what(chance), &text[at..])
}

fn case(text: &str, chance: &mut Chance) -> String {
    if chance.of(2) == 0 { text.to_ascii_uppercase() } else { text.to_ascii_lowercase() }
}
