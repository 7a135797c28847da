//! How values are written: LEB128 numbers, texts with their length, lists with their count.

/// A number, seven bits a byte, the lowest first.
pub(crate) fn number(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// A text.
pub(crate) fn text(out: &mut Vec<u8>, value: &str) {
    number(out, value.len() as u64);
    out.extend_from_slice(value.as_bytes());
}

/// A date in seconds since 1970; zero is "none".
pub(crate) fn date(out: &mut Vec<u8>, value: Option<i64>) {
    let second = value.and_then(|second| u64::try_from(second).ok()).map_or(0, |second| second.saturating_add(1));
    number(out, second);
}

/// An advisory id. `CVE-2021-44228` is a 1, the year and the number; any other is a 0 and the text.
pub(crate) fn id(out: &mut Vec<u8>, value: &str) {
    match cve(value) {
        Some((year, serial)) => {
            out.push(1);
            number(out, u64::from(year));
            number(out, serial);
        }
        None => {
            out.push(0);
            text(out, value);
        }
    }
}

/// Sorted texts, each as what it shares with the one before it and the rest.
pub(crate) fn sorted_texts<'a>(out: &mut Vec<u8>, values: impl ExactSizeIterator<Item = &'a str>) {
    number(out, values.len() as u64);
    let mut before = "";
    for value in values {
        let shared = shared_prefix(before, value);
        number(out, shared as u64);
        text(out, &value[shared..]);
        before = value;
    }
}

/// How a CVE id is written.
pub(super) fn cve_text(year: u64, serial: u64) -> String {
    format!("CVE-{year:04}-{serial:04}")
}

fn cve(value: &str) -> Option<(u16, u64)> {
    let (year, serial) = value.strip_prefix("CVE-")?.split_once('-')?;
    let (year, serial) = (year.parse().ok()?, serial.parse().ok()?);
    (cve_text(u64::from(year), serial) == value).then_some((year, serial))
}

fn shared_prefix(before: &str, value: &str) -> usize {
    let shared = before.bytes().zip(value.bytes()).take_while(|(left, right)| left == right).count();
    (0..=shared).rev().find(|at| value.is_char_boundary(*at)).unwrap_or(0)
}
