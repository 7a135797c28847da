//! Debian: `epoch:upstream-revision` as deb-version(7) orders it.
//!
//! A part is runs of non-digits and digits by turns. Of non-digits `~` comes before the end, letters before all else.
//! Refused is what `dpkg` calls bad syntax.

use crate::key::Key;
use crate::reading::{Reading, Reason};
use crate::scanner::Scanner;

const TILDE: u8 = 1;
/// The end of a run of non-digits; letters have their own code, which is higher.
const END: u8 = 2;
/// Added to the code of what is no letter.
const OTHER: u8 = 0x80;
/// The highest epoch dpkg reads.
const MAX_EPOCH: u64 = i32::MAX as u64;

pub(crate) fn read(text: &str) -> Result<Reading, Reason> {
    let (epoch, rest) = match text.split_once(':') {
        Some((epoch, rest)) => (check_epoch(epoch)?, rest),
        None => ("0", text),
    };
    let (upstream, revision) = match rest.rsplit_once('-') {
        Some((_, "")) => return Err("its revision is empty"),
        Some((upstream, revision)) => (upstream, revision),
        None => (rest, ""),
    };
    if !upstream.starts_with(|first: char| first.is_ascii_digit()) {
        return Err("its upstream version does not begin with a digit");
    }
    if !upstream.bytes().all(|byte| is_allowed(byte) || matches!(byte, b'-' | b':'))
        || !revision.bytes().all(is_allowed)
    {
        return Err("it holds a character other than letters, digits and `. + - ~ :`");
    }
    let mut reading = Reading::default();
    reading.key.number(epoch);
    write_part(&mut reading.key, upstream);
    write_part(&mut reading.key, revision);
    Ok(reading)
}

fn check_epoch(epoch: &str) -> Result<&str, Reason> {
    if epoch.is_empty() || !epoch.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err("its epoch is no number");
    }
    match epoch.parse::<u64>() {
        Ok(number) if number <= MAX_EPOCH => Ok(epoch),
        _ => Err("its epoch is larger than dpkg reads"),
    }
}

fn is_allowed(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'+' | b'~')
}

/// Writes a part. An empty part is `0`, and a run of digits that is missing at the end is `0`.
fn write_part(key: &mut Key, part: &str) {
    let mut scanner = Scanner::new(part);
    loop {
        for byte in scanner.take_while(|byte| !byte.is_ascii_digit()).bytes() {
            key.mark(match byte {
                b'~' => TILDE,
                letter if letter.is_ascii_alphabetic() => letter,
                other => other | OTHER,
            });
        }
        key.mark(END);
        key.number(scanner.digits());
        if scanner.is_at_end() {
            break;
        }
    }
    key.mark(END);
}
