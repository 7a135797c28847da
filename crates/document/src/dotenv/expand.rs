//! Names in values that stand for other values of the same file: `${name}` and `$name`.
//!
//! No environment is looked at: a name that the file does not give stays as it is written. So nothing is guessed.

use model::ProblemKind;

use crate::fault::Fault;

/// What expanding may still add.
pub(super) struct Expansion {
    bytes_left: usize,
}

impl Expansion {
    pub(super) fn new(bytes: usize) -> Expansion {
        Expansion { bytes_left: bytes }
    }

    /// The text with the values of the names that are known. Values are put in as they are.
    pub(super) fn expand<'v>(
        &mut self,
        text: &str,
        offset: usize,
        value_of: impl Fn(&str) -> Option<&'v str>,
    ) -> Result<String, Fault> {
        let mut out = String::new();
        let mut rest = text;
        while let Some(at) = rest.find('$') {
            out.push_str(&rest[..at]);
            let (written, name) = reference(&rest[at..]);
            match name.and_then(&value_of) {
                Some(value) => {
                    self.bytes_left = self.bytes_left.checked_sub(value.len()).ok_or_else(|| Fault {
                        kind: ProblemKind::Limit,
                        offset,
                        message: "values that stand for others are longer than the limit".to_owned(),
                    })?;
                    out.push_str(value);
                }
                None => out.push_str(written),
            }
            rest = &rest[at + written.len()..];
        }
        out.push_str(rest);
        Ok(out)
    }
}

/// What is written at a `$`, and the name in it.
fn reference(text: &str) -> (&str, Option<&str>) {
    if let Some(inner) = text.strip_prefix("${") {
        return match inner.find('}') {
            Some(end) => (&text[..end + 3], Some(&inner[..end])),
            None => (&text[..2], None),
        };
    }
    let is_name = |character: char| character.is_alphanumeric() || character == '_';
    let length = text[1..].find(|character| !is_name(character)).unwrap_or(text.len() - 1);
    if length > 0 { (&text[..=length], Some(&text[1..=length])) } else { (&text[..1], None) }
}
