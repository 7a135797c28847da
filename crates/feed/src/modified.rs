//! `modified_id.csv`: the id of every record with the date of its last change, the newest first.

use std::collections::BTreeMap;

use jiff::Timestamp;

/// Ids with the second of their last change.
pub(crate) type Modified = BTreeMap<String, i64>;

/// Reads a list. One line that cannot be read makes the whole list suspect: records that it lacks count as gone.
pub(crate) fn parse(csv: &str) -> Result<Modified, String> {
    let mut found = Modified::new();
    for (at, line) in csv.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let fault = |what: &str| format!("line {}: {what}", at + 1);
        let (date, id) = line.trim().split_once(',').ok_or_else(|| fault("is no `date,id`"))?;
        let date: Timestamp = date.parse().map_err(|_| fault("the date cannot be read"))?;
        // Lists of all ecosystems have the ecosystem before the id.
        let id = id.rsplit('/').next().unwrap_or_default();
        if !is_id(id) {
            return Err(fault("the id has a character that no id has"));
        }
        let second = found.entry(id.to_owned()).or_insert(i64::MIN);
        *second = date.as_second().max(*second);
    }
    if found.is_empty() { Err("it lists no record".to_owned()) } else { Ok(found) }
}

/// An id becomes a part of an address, so it may not be one that leads elsewhere.
pub(crate) fn is_id(id: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b':' | b'+' | b'~');
    !id.is_empty() && id.len() <= 256 && id.bytes().all(is_plain) && !id.starts_with('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_dates_and_ids() {
        let found = parse("2026-08-02T00:00:00Z,GHSA-a\n2026-08-01T00:00:00.5Z,npm/MAL-2024-1\r\n\n").expect("a list");
        assert_eq!(
            found,
            Modified::from([("GHSA-a".to_owned(), 1_785_628_800), ("MAL-2024-1".to_owned(), 1_785_542_400)])
        );
    }

    fn check(csv: &str, expected: &str) {
        assert_eq!(parse(csv).expect_err("suspect"), expected);
    }

    #[test]
    fn one_bad_line_makes_all_of_it_suspect() {
        check("", "it lists no record");
        check("2026-08-02T00:00:00Z,A-1\n2026-08", "line 2: is no `date,id`");
        check("yesterday,A-1", "line 1: the date cannot be read");
        check("2026-08-02T00:00:00Z,..", "line 1: the id has a character that no id has");
        check("2026-08-02T00:00:00Z,A 1", "line 1: the id has a character that no id has");
        check("<html>hello</html>", "line 1: is no `date,id`");
    }
}
