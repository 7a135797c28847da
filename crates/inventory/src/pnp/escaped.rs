//! The table inside `.pnp.cjs`: a JavaScript string of many lines.

use std::borrow::Cow;

/// What stands before the string.
const NAME: &str = "RAW_RUNTIME_STATE";

/// The string between single quotes behind its name, without what JavaScript escapes. Older files hold the table as it is.
pub(super) fn data(text: &str) -> Option<Cow<'_, str>> {
    let Some(at) = text.find(NAME) else { return plain(text) };
    let open = at + text[at..].find('\'')? + 1;
    let mut data = String::with_capacity(text.len() - open);
    let mut letters = text[open..].chars();
    loop {
        match letters.next()? {
            '\'' => return Some(Cow::Owned(data)),
            // A break of the line behind a backslash is nothing.
            '\\' => match letters.next()? {
                '\n' => {}
                'n' => data.push('\n'),
                letter => data.push(letter),
            },
            letter => data.push(letter),
        }
    }
}

/// `hydrateRuntimeState({…}, …)` of Yarn 2 and 3: JSON until its braces close, which the reader finds.
fn plain(text: &str) -> Option<Cow<'_, str>> {
    let at = text.find("hydrateRuntimeState({")? + "hydrateRuntimeState(".len();
    let end = text[at..].find("\n}, {").or_else(|| text[at..].find("\n  }, {"))?;
    let close = text[at + end..].find('}')?;
    Some(Cow::Borrowed(&text[at..=at + end + close]))
}
