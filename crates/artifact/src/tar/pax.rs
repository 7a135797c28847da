//! Extended headers of POSIX.1-2001: records of the form `length key=value\n`.

use super::sparse::{SparseKeys, number_of};

/// What the records of one extended header change.
#[derive(Debug, Default)]
pub(super) struct Pax {
    pub(super) path: Option<Vec<u8>>,
    pub(super) link: Option<Vec<u8>>,
    pub(super) size: Option<u64>,
    pub(super) sparse: SparseKeys,
}

impl Pax {
    /// Reads all records. The error says what is wrong with one of them; runtimes refuse such a layer.
    pub(super) fn parse(mut records: &[u8]) -> Result<Pax, &'static str> {
        let mut pax = Pax::default();
        while !records.is_empty() {
            let (key, value, rest) = record(records)?;
            pax.enter(key, value)?;
            records = rest;
        }
        Ok(pax)
    }

    /// True where it changes what an entry is called, where it leads or how long it is.
    pub(super) fn changes_entries(&self) -> bool {
        self.path.is_some() || self.link.is_some() || self.size.is_some() || self.sparse.is_sparse()
    }

    /// A key the records may repeat: the last one counts. An empty value takes a record back.
    fn enter(&mut self, key: &[u8], value: &[u8]) -> Result<(), &'static str> {
        let has_nul = value.contains(&0);
        let text = (!value.is_empty()).then(|| value.to_vec());
        match key {
            b"path" if has_nul => return Err("a pax path holds a NUL byte"),
            b"path" => self.path = text,
            b"linkpath" if has_nul => return Err("a pax link path holds a NUL byte"),
            b"linkpath" => self.link = text,
            b"size" if value.is_empty() => self.size = None,
            b"size" => self.size = Some(number_of(value).ok_or("a pax size is no number")?),
            key if key.starts_with(b"GNU.sparse.") => self.sparse.enter(&key[b"GNU.sparse.".len()..], value)?,
            _ => {}
        }
        Ok(())
    }
}

type Record<'r> = (&'r [u8], &'r [u8], &'r [u8]);

/// The first record: key, value, and what follows it.
fn record(records: &[u8]) -> Result<Record<'_>, &'static str> {
    const WRONG: &str = "a pax record does not have the length it claims";
    let space = records.iter().take(21).position(|byte| *byte == b' ').ok_or(WRONG)?;
    let length = number_of(&records[..space]).and_then(|length| usize::try_from(length).ok()).ok_or(WRONG)?;
    if length <= space + 1 || length > records.len() {
        return Err(WRONG);
    }
    let (whole, rest) = records.split_at(length);
    let body = whole[space + 1..].strip_suffix(b"\n").ok_or(WRONG)?;
    let equals = body.iter().position(|byte| *byte == b'=').ok_or("a pax record has no `=`")?;
    let (key, value) = (&body[..equals], &body[equals + 1..]);
    if key.is_empty() || key.contains(&0) {
        return Err("a pax record has no valid key");
    }
    Ok((key, value, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(records: &str, expected: Result<(Option<&str>, Option<u64>), &str>) {
        let parsed = Pax::parse(records.as_bytes());
        let found = parsed
            .as_ref()
            .map(|pax| (pax.path.as_deref().map(|path| std::str::from_utf8(path).expect("text")), pax.size));
        assert_eq!(found.map_err(|reason| *reason), expected, "{records:?}");
    }

    #[test]
    fn records() {
        check("", Ok((None, None)));
        check("12 path=a/b\n", Ok((Some("a/b"), None)));
        check("12 path=a/b\n10 size=7\n", Ok((Some("a/b"), Some(7))));
        check("9 path=a\n9 path=b\n", Ok((Some("b"), None)));
        check("9 path=a\n8 path=\n", Ok((None, None)));
        check("12 path=a=b\n", Ok((Some("a=b"), None)));
        check("14 path=a\nb/c\n", Ok((Some("a\nb/c"), None)));
        check("11 unknown=\n", Err("a pax record does not have the length it claims"));
        check("12 unknown=\n", Ok((None, None)));
    }

    #[test]
    fn records_that_lie() {
        const LENGTH: &str = "a pax record does not have the length it claims";
        check("99 path=a\n", Err(LENGTH));
        check("8 path=a\n", Err(LENGTH));
        check("path=a\n", Err(LENGTH));
        check("0 path=a\n", Err(LENGTH));
        check("-9 path=a\n", Err(LENGTH));
        check("99999999999999999999999 a=b\n", Err(LENGTH));
        check("5 =a\n", Err("a pax record has no valid key"));
        check("5 ab\n", Err("a pax record has no `=`"));
        check("12 path=a\0b\n", Err("a pax path holds a NUL byte"));
        check("11 size=-1\n", Err("a pax size is no number"));
    }
}
