//! Reads values out of a block: the other side of `encode`. Never past the end, never an allocation sized by a claim.

use super::encode::cve_text;
use super::error::SnapshotError;
use super::section::Kind;

/// A place in a section.
#[derive(Clone)]
pub(crate) struct Cursor<'a> {
    kind: Kind,
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    /// At `at` in bytes that begin where the section begins.
    pub(crate) fn new(kind: Kind, bytes: &'a [u8], at: usize) -> Cursor<'a> {
        Cursor { kind, bytes, at }
    }

    pub(crate) fn position(&self) -> usize {
        self.at
    }

    /// The bytes that are left.
    pub(crate) fn rest(&self) -> &'a [u8] {
        &self.bytes[self.at..]
    }

    pub(crate) fn byte(&mut self) -> Result<u8, SnapshotError> {
        let byte = *self.bytes.get(self.at).ok_or_else(|| self.damaged("it ends inside a value"))?;
        self.at += 1;
        Ok(byte)
    }

    pub(crate) fn number(&mut self) -> Result<u64, SnapshotError> {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            if shift == 63 && bits > 1 {
                break;
            }
            value |= bits << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(self.damaged("a number is too large"))
    }

    /// An offset in another section.
    pub(crate) fn offset(&mut self) -> Result<u32, SnapshotError> {
        let value = self.number()?;
        u32::try_from(value).map_err(|_| self.damaged("an offset is too large"))
    }

    /// A length or count. It is at most the bytes that are left, since every item takes at least one.
    pub(crate) fn length(&mut self) -> Result<usize, SnapshotError> {
        let value = self.number()?;
        let left = self.bytes.len().saturating_sub(self.at);
        usize::try_from(value)
            .ok()
            .filter(|length| *length <= left)
            .ok_or_else(|| self.damaged("a length is too large"))
    }

    pub(crate) fn is_at_end(&self) -> bool {
        self.at >= self.bytes.len()
    }

    /// A length, and as many bytes to read from.
    pub(crate) fn part(&mut self) -> Result<Cursor<'a>, SnapshotError> {
        let length = self.length()?;
        let at = self.at;
        self.at += length;
        Ok(Cursor { kind: self.kind, bytes: &self.bytes[..self.at], at })
    }

    pub(crate) fn text(&mut self) -> Result<&'a str, SnapshotError> {
        let bytes = self.part()?.rest();
        std::str::from_utf8(bytes).map_err(|_| self.damaged("a text is not UTF-8"))
    }

    pub(crate) fn date(&mut self) -> Result<Option<i64>, SnapshotError> {
        match self.number()? {
            0 => Ok(None),
            value => i64::try_from(value - 1).map(Some).map_err(|_| self.damaged("a date is too large")),
        }
    }

    pub(crate) fn id(&mut self) -> Result<String, SnapshotError> {
        match self.byte()? {
            0 => {
                let text = self.text()?;
                // Ids become rules, and a rule has no blank and no control character in its id.
                let fits = text.parse::<model::RuleId>().is_ok();
                if fits { Ok(text.to_owned()) } else { Err(self.damaged("an id is none")) }
            }
            1 => Ok(cve_text(self.number()?, self.number()?)),
            _ => Err(self.damaged("an id has an unknown form")),
        }
    }

    /// A list of what `item` reads.
    pub(crate) fn list<T>(
        &mut self,
        item: impl Fn(&mut Cursor<'a>) -> Result<T, SnapshotError>,
    ) -> Result<Vec<T>, SnapshotError> {
        let count = self.length()?;
        (0..count).map(|_| item(self)).collect()
    }

    /// Calls `each` with every text of a sorted list, until it says `false`.
    pub(crate) fn sorted_texts(&mut self, mut each: impl FnMut(&str) -> bool) -> Result<(), SnapshotError> {
        let count = self.length()?;
        let mut value = String::new();
        for _ in 0..count {
            let shared = usize::try_from(self.number()?).unwrap_or(usize::MAX);
            let rest = self.text()?;
            // Also false past the end.
            if !value.is_char_boundary(shared) {
                return Err(self.damaged("a text shares more than there is"));
            }
            value.truncate(shared);
            value.push_str(rest);
            if !each(&value) {
                break;
            }
        }
        Ok(())
    }

    pub(crate) fn damaged(&self, what: &'static str) -> SnapshotError {
        SnapshotError::damaged(self.kind, self.at, what)
    }
}
