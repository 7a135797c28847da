//! rpm: `epoch:version-release`, each part as `rpmvercmp` orders it.
//!
//! A part is runs of digits and runs of letters; whatever stands between them does not count. `~` comes before the end,
//! `^` after it but before anything else, letters before numbers. A missing epoch is 0, a missing release comes first.

use crate::key::Key;
use crate::reading::{Reading, Reason};
use crate::scanner::Scanner;

const TILDE: u8 = 1;
const END: u8 = 2;
const CARET: u8 = 3;
const LETTERS: u8 = 4;
const NUMBER: u8 = 5;
const NO_RELEASE: u8 = 0;
const RELEASE: u8 = 1;

pub(crate) fn read(text: &str) -> Result<Reading, Reason> {
    if text.contains(char::is_whitespace) {
        return Err("it holds white space");
    }
    let mut reading = Reading::default();
    let (epoch, rest) = match text.split_once(':') {
        Some((epoch, rest)) if epoch.bytes().all(|byte| byte.is_ascii_digit()) => (epoch, rest),
        Some(_) => {
            reading.note("what stands before its colon is no epoch");
            ("", text)
        }
        None => ("", text),
    };
    let (version, release) = match rest.rsplit_once('-') {
        Some((version, release)) => (version, Some(release)),
        None => (rest, None),
    };
    reading.key.number(epoch);
    write_part(&mut reading.key, version);
    match release {
        None => reading.key.mark(NO_RELEASE),
        Some(release) => {
            reading.key.mark(RELEASE);
            write_part(&mut reading.key, release);
        }
    }
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._+~^-:".contains(&byte);
    if !rest.bytes().all(is_plain) {
        reading.note("it holds a character that no package's version may hold");
    }
    Ok(reading)
}

fn write_part(key: &mut Key, part: &str) {
    let is_between = |byte: &u8| !byte.is_ascii_alphanumeric() && !matches!(byte, b'~' | b'^');
    let counting: String =
        part.chars().map(|c| if u8::try_from(c).is_ok_and(|byte| !is_between(&byte)) { c } else { '.' }).collect();
    let mut scanner = Scanner::new(&counting);
    loop {
        scanner.take_while(|byte| byte == b'.');
        if scanner.is_at_end() {
            break;
        }
        if scanner.eat(b'~') {
            key.mark(TILDE);
        } else if scanner.eat(b'^') {
            key.mark(CARET);
        } else if scanner.is_at_digit() {
            key.mark(NUMBER);
            key.number(scanner.digits());
        } else {
            key.mark(LETTERS);
            key.text(scanner.take_while(|byte| byte.is_ascii_alphabetic()));
        }
    }
    key.mark(END);
}
