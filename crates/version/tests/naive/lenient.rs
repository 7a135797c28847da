//! The lenient ordering by its description: pieces compared in turn, nothing encoded.

use std::cmp::Ordering;

use super::{numbers, runs};

/// (rank, words before words of one rank, number)
type Piece = (u8, String, String);

pub(crate) fn compare(left: &str, right: &str) -> Option<Ordering> {
    let (left, right) = (pieces(left)?, pieces(right)?);
    let end = (2, String::new(), String::new());
    for at in 0..=left.len().max(right.len()) {
        let (one, other) = (left.get(at).unwrap_or(&end), right.get(at).unwrap_or(&end));
        let order = one.0.cmp(&other.0).then_with(|| one.1.cmp(&other.1)).then_with(|| numbers(&one.2, &other.2));
        if order != Ordering::Equal {
            return Some(order);
        }
        if at >= left.len() && at >= right.len() {
            break;
        }
    }
    Some(Ordering::Equal)
}

fn pieces(text: &str) -> Option<Vec<Piece>> {
    let plain = text.to_ascii_lowercase();
    let spaced: String = plain.chars().map(|c| if c.is_ascii_alphanumeric() || c == '~' { c } else { ' ' }).collect();
    let mut words: Vec<String> = Vec::new();
    for run in spaced.split(' ').flat_map(runs) {
        // A tilde is a piece of its own wherever it stands.
        let mut rest = run.as_str();
        while let Some(at) = rest.find('~') {
            words.extend((at > 0).then(|| rest[..at].to_owned()));
            words.push("~".to_owned());
            rest = &rest[at + 1..];
        }
        words.extend((!rest.is_empty()).then(|| rest.to_owned()));
    }
    let is_number = |word: &String| word.starts_with(|c: char| c.is_ascii_digit());
    if words.len() > 1 && words[0] == "v" && is_number(&words[1]) {
        words.remove(0);
    }
    if !words.iter().any(is_number) {
        return None;
    }
    let mut pieces = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let follows_number = words.get(at + 1).is_some_and(is_number);
        let run: Vec<&String> = words[at..].iter().take_while(|word| is_number(word)).collect();
        if word == "~" {
            pieces.push((0, String::new(), String::new()));
        } else if is_number(word) {
            if !run.iter().all(|number| number.chars().all(|digit| digit == '0')) {
                pieces.push((4, String::new(), word.clone()));
            }
        } else {
            match stage(word).filter(|_| word.len() > 1 || follows_number) {
                Some(stage) => pieces.push((1, stage.to_owned(), String::new())),
                None => pieces.push((3, word.clone(), String::new())),
            }
        }
    }
    Some(pieces)
}

/// Words that sort as the stages do.
fn stage(word: &str) -> Option<&'static str> {
    Some(match word {
        "dev" | "snapshot" | "nightly" | "canary" => "0",
        "alpha" | "a" => "1",
        "beta" | "b" => "2",
        "milestone" | "m" => "3",
        "pre" | "preview" => "4",
        "rc" => "5",
        _ => return None,
    })
}
