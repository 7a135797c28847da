//! Blocks of indented lines: `key value` as Yarn 1 writes them, `key: value` as Berry does.

use std::ops::Range;

use model::ProblemKind;

use crate::bounds::quote;
use crate::lines::{Line, lines};
use crate::package_list::PackageList;

/// A line without indent that ends in a colon, and the lines below it.
pub(super) struct Block<'t> {
    /// Without the colon; quotes are still there.
    pub(super) key: &'t str,
    pub(super) range: Range<usize>,
    pub(super) fields: Vec<Field<'t>>,
}

/// One line of a block.
#[derive(Clone, Default)]
pub(super) struct Field<'t> {
    pub(super) key: &'t str,
    /// Without quotes; empty when lines below it are the value.
    pub(super) value: &'t str,
    pub(super) range: Range<usize>,
    /// The fields below it.
    pub(super) below: Vec<(&'t str, &'t str)>,
}

impl<'t> Block<'t> {
    pub(super) fn field(&self, key: &str) -> Option<Field<'t>> {
        self.fields.iter().find(|field| field.key == key).cloned()
    }
}

/// All blocks; a line that is none is a problem, and the others stay.
pub(super) fn blocks<'t>(text: &'t str, list: &mut PackageList<'_>) -> Vec<Block<'t>> {
    let mut blocks: Vec<Block<'t>> = Vec::new();
    for line in lines(text) {
        let trimmed = line.trimmed();
        // Berry writes a long key as `? "key"`, with its colon on the next line.
        if trimmed.is_empty() || trimmed.starts_with('#') || trimmed == ":" {
            continue;
        }
        let long = trimmed.strip_prefix("? ");
        let taken = match (line.indent(), blocks.last_mut()) {
            (0, _) => long.or_else(|| trimmed.strip_suffix(':')).map(|key| {
                blocks.push(Block { key, range: line.range(), fields: Vec::new() });
            }),
            (1..=2, Some(block)) => field(line).map(|(key, value)| {
                block.fields.push(Field { key, value, range: line.range(), below: Vec::new() });
            }),
            (_, Some(block)) => block.fields.last_mut().zip(field(line)).map(|(above, field)| above.below.push(field)),
            (_, None) => None,
        };
        if taken.is_none() {
            let message = format!("`{}` is no line of a yarn.lock: it is not read", quote(trimmed));
            list.error(ProblemKind::Syntax, line.range().start, message);
        }
    }
    blocks
}

/// `key "value"`, `"key" value`, `key: value` or `key:`.
fn field(line: Line<'_>) -> Option<(&str, &str)> {
    let text = line.trimmed();
    if let Some(rest) = text.strip_prefix('"') {
        let (key, rest) = rest.split_once('"')?;
        let value = rest.strip_prefix(':').unwrap_or(rest);
        return Some((key, unquoted(value.trim()))).filter(|(_, value)| is_closed(value));
    }
    let end = text.find([' ', '\t']).unwrap_or(text.len());
    let key = text[..end].strip_suffix(':').unwrap_or(&text[..end]);
    Some((key, unquoted(text[end..].trim())))
        .filter(|(key, value)| !key.is_empty() && (end < text.len() || text.ends_with(':')) && is_closed(value))
}

/// No quote is left once the pair around a value is gone.
fn is_closed(value: &str) -> bool {
    !value.starts_with('"') && !value.ends_with('"')
}

/// Without the quotes around it.
pub(super) fn unquoted(text: &str) -> &str {
    text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text)
}
