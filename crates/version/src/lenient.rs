//! The lenient ordering, for ecosystems that document none: numbers and words one after the other.
//!
//! A version is cut into numbers and ASCII words; what stands between them only separates, but for `~`. At the first place
//! where two differ the lower of `~`, a word of a pre-release, the end, another word, a number comes first: `1.0~x`, `1.0-rc1`,
//! `1.0`, `1.0k`, `1.0.1`. Numbers compare by value, words without case; of pre-releases `dev`, `snapshot`, `nightly` and `canary`
//! come before `alpha`, then `beta`, `milestone`, `pre` and `preview`, `rc`. A single `a`, `b` or `m` is one where a number follows. Zeros
//! before the end or a word do not count, nor does a leading `v`.

use crate::reading::{Reading, Reason};
use crate::scanner::Scanner;

const TILDE: u8 = 0;
const PRE_RELEASE: u8 = 1;
const END: u8 = 2;
const WORD: u8 = 3;
const NUMBER: u8 = 4;

/// Words of pre-releases, in their order.
const STAGES: [(&str, u8); 13] = [
    ("dev", 0),
    ("snapshot", 0),
    ("nightly", 0),
    ("canary", 0),
    ("alpha", 1),
    ("a", 1),
    ("beta", 2),
    ("b", 2),
    ("milestone", 3),
    ("m", 3),
    ("pre", 4),
    ("preview", 4),
    ("rc", 5),
];
/// Digits of a commit's name.
const COMMIT: usize = 40;

#[derive(Clone, Debug)]
enum Piece<'a> {
    Tilde,
    Word(&'a str),
    Number(&'a str),
}

pub(crate) fn read(text: &str) -> Result<Reading, Reason> {
    if text.len() == COMMIT && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err("it is a commit");
    }
    if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err("it holds a character that has no place in a version");
    }
    let pieces = pieces(text);
    if !pieces.iter().any(|piece| matches!(piece, Piece::Number(_))) {
        return Err("it holds no number");
    }
    let mut reading = Reading::default();
    reading.note("its ecosystem documents no ordering; numbers and words are compared one by one");
    for (at, piece) in pieces.iter().enumerate() {
        let rest = &pieces[at..];
        match piece {
            Piece::Tilde => reading.key.mark(TILDE),
            Piece::Word(word) => match stage(word, matches!(rest.get(1), Some(Piece::Number(_)))) {
                Some(stage) => {
                    reading.key.mark(PRE_RELEASE);
                    reading.key.mark(stage);
                }
                None => {
                    reading.key.mark(WORD);
                    reading.key.lower_text(word);
                }
            },
            Piece::Number(_) if is_idle(rest) => {}
            Piece::Number(digits) => {
                reading.key.mark(NUMBER);
                reading.key.number(digits);
            }
        }
    }
    reading.key.mark(END);
    Ok(reading)
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut scanner = Scanner::new(text);
    let mut pieces = Vec::new();
    while !scanner.is_at_end() {
        if scanner.eat(b'~') {
            pieces.push(Piece::Tilde);
        } else if scanner.is_at_digit() {
            pieces.push(Piece::Number(scanner.digits()));
        } else {
            let word = scanner.take_while(|byte| byte.is_ascii_alphabetic());
            if word.is_empty() {
                scanner.take(1);
            } else {
                pieces.push(Piece::Word(word));
            }
        }
    }
    if let [Piece::Word(word), Piece::Number(_), ..] = pieces.as_slice()
        && word.eq_ignore_ascii_case("v")
    {
        pieces.remove(0);
    }
    pieces
}

/// The place of a pre-release's word among its kind; `None` for any other word.
fn stage(word: &str, before_number: bool) -> Option<u8> {
    let (_, stage) = STAGES.iter().find(|(name, _)| word.eq_ignore_ascii_case(name))?;
    (word.len() > 1 || before_number).then_some(*stage)
}

/// Nothing but zeros up to the end or the next word.
fn is_idle(rest: &[Piece<'_>]) -> bool {
    let is_zero = |digits: &str| digits.bytes().all(|digit| digit == b'0');
    rest.iter()
        .map_while(|piece| match piece {
            Piece::Number(digits) => Some(is_zero(digits)),
            _ => None,
        })
        .all(|zero| zero)
}
