//! Which versions one record affects of one package.
//!
//! ```text
//! body     = flags:byte [module:text] windows:list(window) raw:list(list(event)) versions:sorted-texts ratings:list(text)
//! flags    = 1: there were ranges of commits · 2: some version, range or list of versions was named · 4: of a module's stream
//! window   = lower:byte [text] upper:byte [text]
//! lower    = 0 start · 1 from · 2 after          upper = 0 never · 1 fixed · 2 limit · 3 last
//! event    = kind:byte text                      kind  = 0 introduced · 1 fixed · 2 last affected · 3 limit · 4 strictly after
//! ```
//!
//! Windows were sorted and swept when the file was built. Where the ordering could not read a bound, or did not exist yet,
//! the range is kept as raw events. Versions that a window holds are not listed again.

use super::cursor::Cursor;
use super::encode;
use super::error::SnapshotError;
use crate::range::{Lower, Upper, Window};
use crate::record::{Event, EventKind};

const HAS_COMMITS: u8 = 1;
const SAYS_SOMETHING: u8 = 2;
const OF_MODULE: u8 = 4;

/// What a block says. Listed versions stay where they are, in `versions`.
pub(crate) struct AffectedView<'a> {
    /// There were ranges of commits, which nothing installed can be compared with.
    pub(crate) has_commits: bool,
    /// Some version was named.
    pub(crate) says_something: bool,
    /// The stream of an rpm module whose builds alone it speaks of.
    pub(crate) module: Option<&'a str>,
    pub(crate) windows: Vec<Window>,
    /// Ranges that could not be swept, with the versions that are strictly after.
    pub(crate) raw: Vec<RawRange>,
    pub(crate) versions: Cursor<'a>,
    pub(crate) ratings: Vec<String>,
}

/// A range that could not be swept when the file was built.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct RawRange {
    pub(crate) events: Vec<Event>,
    /// `introduced` versions that are themselves not affected.
    pub(crate) exclusive: Vec<String>,
}

/// What goes into a block.
pub(crate) struct AffectedParts<'a> {
    pub(crate) has_commits: bool,
    pub(crate) says_something: bool,
    pub(crate) module: Option<&'a str>,
    pub(crate) windows: &'a [Window],
    pub(crate) raw: &'a [RawRange],
    pub(crate) versions: &'a [&'a str],
    pub(crate) ratings: &'a [&'a str],
}

/// Writes the body of a block.
pub(crate) fn write(parts: &AffectedParts<'_>) -> Vec<u8> {
    let mut out = Vec::new();
    let commits = if parts.has_commits { HAS_COMMITS } else { 0 };
    let says_something = if parts.says_something { SAYS_SOMETHING } else { 0 };
    out.push(commits | says_something | if parts.module.is_some() { OF_MODULE } else { 0 });
    parts.module.into_iter().for_each(|module| encode::text(&mut out, module));
    encode::number(&mut out, parts.windows.len() as u64);
    parts.windows.iter().for_each(|window| write_window(&mut out, window));
    encode::number(&mut out, parts.raw.len() as u64);
    parts.raw.iter().for_each(|range| write_raw(&mut out, range));
    encode::sorted_texts(&mut out, parts.versions.iter().copied());
    encode::number(&mut out, parts.ratings.len() as u64);
    parts.ratings.iter().for_each(|rating| encode::text(&mut out, rating));
    out
}

fn write_window(out: &mut Vec<u8>, window: &Window) {
    let (lower, text) = match &window.lower {
        Lower::Start => (0, None),
        Lower::From(text) => (1, Some(text)),
        Lower::After(text) => (2, Some(text)),
    };
    out.push(lower);
    text.into_iter().for_each(|text| encode::text(out, text));
    let (upper, text) = match &window.upper {
        Upper::Never => (0, None),
        Upper::Fixed(text) => (1, Some(text)),
        Upper::Limit(text) => (2, Some(text)),
        Upper::Last(text) => (3, Some(text)),
    };
    out.push(upper);
    text.into_iter().for_each(|text| encode::text(out, text));
}

fn write_raw(out: &mut Vec<u8>, range: &RawRange) {
    encode::number(out, range.events.len() as u64);
    for event in &range.events {
        out.push(match event.kind {
            EventKind::Introduced if range.exclusive.contains(&event.version) => 4,
            EventKind::Introduced => 0,
            EventKind::Fixed => 1,
            EventKind::LastAffected => 2,
            EventKind::Limit => 3,
        });
        encode::text(out, &event.version);
    }
}

/// Reads the body of a block. Texts are copied, except the list of versions.
pub(crate) fn read(mut cursor: Cursor<'_>) -> Result<AffectedView<'_>, SnapshotError> {
    let flags = cursor.byte()?;
    let module = if flags & OF_MODULE != 0 { Some(cursor.text()?) } else { None };
    let windows = cursor.list(read_window)?;
    let raw = cursor.list(read_raw)?;
    let versions = cursor.clone();
    cursor.sorted_texts(|_| true)?;
    let ratings = cursor.list(|cursor| cursor.text().map(str::to_owned))?;
    Ok(AffectedView {
        has_commits: flags & HAS_COMMITS != 0,
        says_something: flags & SAYS_SOMETHING != 0,
        module,
        windows,
        raw,
        versions,
        ratings,
    })
}

fn read_window(cursor: &mut Cursor<'_>) -> Result<Window, SnapshotError> {
    let lower = match cursor.byte()? {
        0 => Lower::Start,
        1 => Lower::From(cursor.text()?.to_owned()),
        2 => Lower::After(cursor.text()?.to_owned()),
        _ => return Err(cursor.damaged("a lower bound has an unknown form")),
    };
    let upper = match cursor.byte()? {
        0 => Upper::Never,
        1 => Upper::Fixed(cursor.text()?.to_owned()),
        2 => Upper::Limit(cursor.text()?.to_owned()),
        3 => Upper::Last(cursor.text()?.to_owned()),
        _ => return Err(cursor.damaged("an upper bound has an unknown form")),
    };
    Ok(Window { lower, upper })
}

fn read_raw(cursor: &mut Cursor<'_>) -> Result<RawRange, SnapshotError> {
    let mut range = RawRange::default();
    for _ in 0..cursor.length()? {
        let form = cursor.byte()?;
        let version = cursor.text()?.to_owned();
        let kind = match form {
            0 => EventKind::Introduced,
            1 => EventKind::Fixed,
            2 => EventKind::LastAffected,
            3 => EventKind::Limit,
            4 => {
                range.exclusive.push(version.clone());
                EventKind::Introduced
            }
            _ => return Err(cursor.damaged("an event has an unknown form")),
        };
        range.events.push(Event { version, kind });
    }
    Ok(range)
}
