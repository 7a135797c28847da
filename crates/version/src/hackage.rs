//! Hackage: Haskell's package versions (pvp.haskell.org): whole numbers between dots; a longer version comes later.

use crate::reading::{Reading, Reason};

pub(crate) fn read(text: &str) -> Result<Reading, Reason> {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !text.split('.').all(is_number) {
        return Err("it is not numbers between dots");
    }
    let mut reading = Reading::default();
    reading.key.numbers(text.split('.'));
    if text.split('.').any(|part| part.len() > 1 && part.starts_with('0')) {
        reading.note("a number has a leading zero");
    }
    Ok(reading)
}
