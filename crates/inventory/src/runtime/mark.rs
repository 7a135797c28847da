//! Where in the bytes of a program its version stands: beside a literal, found in one pass and without going back.

use std::collections::HashSet;

use memchr::{memchr_iter, memmem};

use super::name::minor_version;
use super::version::{self, Grammar};

/// One way to find the version.
pub(super) enum Mark {
    /// Directly behind this text.
    After(&'static [u8], End),
    /// Directly before this text.
    Before(&'static [u8]),
    /// The text that begins with the version in the file name and has one number more: `3.11.2` of `python3.11`.
    Named,
    /// The greatest version that is a text of its own and has this first number.
    Greatest(u64),
    /// The text of its own that also begins a build's name, behind this text: version, machine and time as redis joins them,
    /// `7.2.4buildhost-1701469167000000000`.
    BuildName(&'static [u8]),
}

/// How many bytes before and behind a literal are looked at, at most.
pub(crate) const BESIDE: u64 = 256;

/// What must follow the version.
#[derive(Clone, Copy)]
pub(super) enum End {
    Anything,
    Text(&'static [u8]),
    /// Blanks and the day of a date.
    Date,
}

/// A version, and whether it was told by its place alone.
pub(super) struct Found {
    pub(super) version: String,
    pub(super) is_inferred: bool,
}

/// Literals are rare; a file full of one was made to keep us busy.
const MAX_HITS: usize = 10_000;
/// A server names the versions its commands came with: some dozens. Each is looked for.
const MAX_VERSIONS: usize = 200;
/// Host names are shorter.
const MAX_NAME: usize = 128;

impl Mark {
    /// The text that the version stands beside, empty where there is none for a file of this name; `None` where it may stand
    /// anywhere.
    pub(super) fn literal(&self, name: &str) -> Option<Vec<u8>> {
        match self {
            Mark::After(literal, _) | Mark::Before(literal) => Some(literal.to_vec()),
            Mark::Named => {
                Some(minor_version(name).map_or_else(Vec::new, |version| format!("{version}.").into_bytes()))
            }
            Mark::Greatest(_) | Mark::BuildName(_) => None,
        }
    }

    /// The version, if this mark is there.
    pub(super) fn find(&self, bytes: &[u8], grammar: Grammar, name: &str) -> Option<Found> {
        let stated = |version: &str| Found { version: version.to_owned(), is_inferred: false };
        match self {
            Mark::After(literal, end) => hits(bytes, literal).find_map(|at| {
                let rest = &bytes[at + literal.len()..];
                let read = version::read(rest, grammar).filter(|read| end.accepts(&rest[read.word..]))?;
                // `x-Name/1.2` is another program's name.
                (at == 0 || bytes[at - 1] != b'-').then(|| stated(read.version))
            }),
            Mark::Before(literal) => hits(bytes, literal).find_map(|at| {
                let start = bytes[..at].iter().rev().take(MAX_BACK).take_while(|byte| is_numeric(**byte)).count();
                let numbers = &bytes[at - start..at];
                let read = version::read(numbers, grammar).filter(|read| read.version.len() == numbers.len())?;
                Some(stated(read.version))
            }),
            Mark::Named => {
                let wanted = format!("{}.", minor_version(name)?);
                hits(bytes, wanted.as_bytes()).find_map(|at| {
                    // Not `3.11.so`, the end of the library's own name.
                    let read = version::read(&bytes[at..], grammar).filter(|read| read.version.starts_with(&wanted))?;
                    let is_text = bytes.get(at + read.word) == Some(&0) && (at == 0 || !is_numeric(bytes[at - 1]));
                    is_text.then(|| stated(read.version))
                })
            }
            Mark::Greatest(major) => greatest(alone(bytes, grammar).filter(|version| version.0[0] == *major)),
            Mark::BuildName(before) => {
                let versions: HashSet<Version<'_>> = alone(bytes, grammar).take(MAX_VERSIONS).collect();
                greatest(versions.into_iter().filter(|version| names_a_build(bytes, before, version.1)))
            }
        }
    }
}

/// The longest version that is walked back over.
const MAX_BACK: usize = 32;

fn hits<'a>(bytes: &'a [u8], literal: &'a [u8]) -> impl Iterator<Item = usize> {
    memmem::find_iter(bytes, literal).take(MAX_HITS)
}

fn is_numeric(byte: u8) -> bool {
    byte.is_ascii_digit() || byte == b'.'
}

/// A version's numbers, which order it, and its text.
type Version<'a> = (Vec<u64>, &'a str);

/// Texts of three numbers between two zero bytes.
fn alone(bytes: &[u8], grammar: Grammar) -> impl Iterator<Item = Version<'_>> {
    const MAX_DIGITS: usize = 3;
    let starts = memchr_iter(b'.', bytes).filter_map(|dot| {
        let digits = bytes[..dot].iter().rev().take(MAX_DIGITS).take_while(|byte| byte.is_ascii_digit()).count();
        let start = dot - digits;
        (digits > 0 && start > 0 && bytes[start - 1] == 0).then_some(start)
    });
    starts.filter_map(move |start| {
        let read = version::read(&bytes[start..], grammar)?;
        let parts = version::parts(read.version);
        let is_alone = read.word == read.version.len() && bytes.get(start + read.word) == Some(&0);
        (is_alone && parts.len() == 3).then_some((parts, read.version))
    })
}

fn greatest<'a>(versions: impl Iterator<Item = Version<'a>>) -> Option<Found> {
    versions.max().map(|(_, version)| Found { version: version.to_owned(), is_inferred: true })
}

/// The time is in nanoseconds, or in seconds.
fn names_a_build(bytes: &[u8], before: &[u8], version: &str) -> bool {
    const LEAST_DIGITS: usize = 9;
    let literal = [before, version.as_bytes()].concat();
    hits(bytes, &literal).any(|at| {
        let is_start = at == 0 || !is_numeric(bytes[at - 1]);
        let rest = &bytes[at + literal.len()..];
        let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(**byte, b'-' | b'.' | b'_');
        let name: Vec<u8> = rest.iter().take(MAX_NAME).take_while(is_part).copied().collect();
        is_start && name.iter().rev().take_while(|byte| byte.is_ascii_digit()).count() >= LEAST_DIGITS
    })
}

impl End {
    fn accepts(self, rest: &[u8]) -> bool {
        match self {
            End::Anything => true,
            End::Text(text) => rest.starts_with(text),
            End::Date => rest.trim_ascii_start().first().is_some_and(|byte| rest[0] == b' ' && byte.is_ascii_digit()),
        }
    }
}
