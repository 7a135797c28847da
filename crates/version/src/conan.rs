//! Conan: `1.2.3w-pre+build` (docs.conan.io, Version). Items between dots, a pre-release before the release, a build after it.
//!
//! Zero items at the end do not count. Numbers come before words; `1w` is 1 with a word behind it. (Conan compares a number
//! with a word as text, by which 2 comes after `1w`, `1w` after 10 and 10 after 2; the order here has no such ring.)

use crate::key::Key;
use crate::reading::{Reading, Reason};

const END: u8 = 0;
const NUMBER: u8 = 1;
const WORD: u8 = 2;
const RELEASE: u8 = 0xff;

pub(crate) fn read(text: &str) -> Result<Reading, Reason> {
    let is_known = |byte: u8| byte.is_ascii_alphanumeric() || b"._-+".contains(&byte);
    if !text.bytes().all(is_known) {
        return Err("it holds a character that no Conan version holds");
    }
    let (text, build) = text.split_once('+').map_or((text, None), |(text, build)| (text, Some(build)));
    let (items, pre_release) = text.split_once('-').map_or((text, None), |(items, pre)| (items, Some(pre)));
    let mut reading = Reading::default();
    write_items(&mut reading.key, items)?;
    match pre_release {
        Some(items) => write_items(&mut reading.key, items)?,
        None => reading.key.mark(RELEASE),
    }
    match build {
        Some(items) => {
            reading.key.mark(NUMBER);
            write_items(&mut reading.key, items)?;
        }
        None => reading.key.mark(END),
    }
    Ok(reading)
}

fn write_items(key: &mut Key, text: &str) -> Result<(), Reason> {
    let items: Vec<&str> = text.split('.').collect();
    if items.iter().any(|item| item.is_empty()) {
        return Err("an item between its dots is empty");
    }
    let zeros = items.iter().rev().take_while(|item| item.bytes().all(|byte| byte == b'0')).count();
    for item in &items[..items.len() - zeros] {
        let digits = item.bytes().take_while(u8::is_ascii_digit).count();
        let (number, word) = item.split_at(digits);
        key.mark(if number.is_empty() { WORD } else { NUMBER });
        if !number.is_empty() {
            key.number(number);
        }
        key.text(word);
    }
    key.mark(END);
    Ok(())
}
