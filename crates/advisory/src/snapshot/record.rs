//! Facts of one record.
//!
//! ```text
//! body    = flags:byte id:id source:number modified:date published:date aliases:list(id) upstream:list(id) related:list(id)
//!           ratings:list(offset) cwes:list(number) links:list(link) [summary:text] [threats:list(threat)]
//! flags   = 1: withdrawn · 2, 4: informational (1 unmaintained, 2 unsound, 3 notice) · 8: has a summary · 16: has threats
//! offset  = a block of the shared texts
//! link    = offset of a shared beginning, text of the rest
//! threat  = marks:byte id:id [added:date] [score:number percentile:number]
//! marks   = 1: exploited, with a date · 2: by ransomware · 4: predicted, in millionths
//! ```

use super::cursor::Cursor;
use super::encode;
use super::error::SnapshotError;
use super::section::Section;
use crate::record::{Informational, Record};
use crate::threat::{Exploited, Predicted, Threat};

const WITHDRAWN: u8 = 1;
const HAS_SUMMARY: u8 = 8;
const HAS_THREATS: u8 = 16;
const EXPLOITED: u8 = 1;
const RANSOMWARE: u8 = 2;
const PREDICTED: u8 = 4;

/// Facts of one record, as the snapshot has them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct RecordView {
    pub(crate) id: String,
    pub(crate) source: u32,
    pub(crate) modified: Option<i64>,
    pub(crate) published: Option<i64>,
    pub(crate) withdrawn: bool,
    pub(crate) aliases: Vec<String>,
    pub(crate) upstream: Vec<String>,
    pub(crate) related: Vec<String>,
    pub(crate) ratings: Vec<String>,
    pub(crate) cwes: Vec<u64>,
    pub(crate) links: Vec<String>,
    pub(crate) informational: Option<Informational>,
    pub(crate) summary: Option<String>,
    pub(crate) threats: Vec<Threat>,
}

/// Writes the body of a block. `share` gives the offset of a shared text.
pub(crate) fn write(record: &Record, source: u32, threats: &[Threat], share: &mut impl FnMut(&str) -> u32) -> Vec<u8> {
    let mut out = Vec::new();
    out.push(flags(record) | if threats.is_empty() { 0 } else { HAS_THREATS });
    encode::id(&mut out, &record.id);
    encode::number(&mut out, u64::from(source));
    encode::date(&mut out, record.modified);
    encode::date(&mut out, record.published);
    for names in [&record.aliases, &record.upstream, &record.related] {
        encode::number(&mut out, names.len() as u64);
        names.iter().for_each(|name| encode::id(&mut out, name));
    }
    encode::number(&mut out, record.ratings.len() as u64);
    record.ratings.iter().for_each(|rating| encode::number(&mut out, u64::from(share(rating))));
    let cwes: Vec<u64> = record.cwes.iter().filter_map(|cwe| cwe.strip_prefix("CWE-")?.parse().ok()).collect();
    encode::number(&mut out, cwes.len() as u64);
    cwes.iter().for_each(|cwe| encode::number(&mut out, *cwe));
    encode::number(&mut out, record.links.len() as u64);
    for link in &record.links {
        let rest = link.rfind('/').map_or(0, |at| at + 1);
        encode::number(&mut out, u64::from(share(&link[..rest])));
        encode::text(&mut out, &link[rest..]);
    }
    record.summary.iter().for_each(|summary| encode::text(&mut out, summary));
    if !threats.is_empty() {
        encode::number(&mut out, threats.len() as u64);
        threats.iter().for_each(|threat| write_threat(&mut out, threat));
    }
    out
}

fn flags(record: &Record) -> u8 {
    let informational = match record.informational {
        None => 0,
        Some(Informational::Unmaintained) => 1,
        Some(Informational::Unsound) => 2,
        Some(Informational::Notice) => 3,
    };
    let withdrawn = if record.withdrawn { WITHDRAWN } else { 0 };
    withdrawn | informational << 1 | if record.summary.is_some() { HAS_SUMMARY } else { 0 }
}

/// Reads the body of a block.
pub(crate) fn read(mut cursor: Cursor<'_>, texts: Section<'_>) -> Result<RecordView, SnapshotError> {
    let flags = cursor.byte()?;
    let id = cursor.id()?;
    let source = cursor.offset()?;
    let (modified, published) = (cursor.date()?, cursor.date()?);
    let aliases = cursor.list(Cursor::id)?;
    let upstream = cursor.list(Cursor::id)?;
    let related = cursor.list(Cursor::id)?;
    let shared = |cursor: &mut Cursor<'_>| texts.block(cursor.offset()?)?.text().map(str::to_owned);
    let ratings = cursor.list(shared)?;
    let cwes = cursor.list(Cursor::number)?;
    let links = cursor.list(|cursor| {
        let mut link = shared(cursor)?;
        link.push_str(cursor.text()?);
        Ok(link)
    })?;
    let summary = if flags & HAS_SUMMARY == 0 { None } else { Some(cursor.text()?.to_owned()) };
    let threats = if flags & HAS_THREATS == 0 { Vec::new() } else { cursor.list(read_threat)? };
    let informational = match flags >> 1 & 3 {
        0 => None,
        1 => Some(Informational::Unmaintained),
        2 => Some(Informational::Unsound),
        _ => Some(Informational::Notice),
    };
    let withdrawn = flags & WITHDRAWN != 0;
    Ok(RecordView {
        id,
        source,
        modified,
        published,
        withdrawn,
        aliases,
        upstream,
        related,
        ratings,
        cwes,
        links,
        informational,
        summary,
        threats,
    })
}

fn write_threat(out: &mut Vec<u8>, threat: &Threat) {
    let ransomware = threat.exploited.is_some_and(|exploited| exploited.ransomware);
    let marks =
        [(threat.exploited.is_some(), EXPLOITED), (ransomware, RANSOMWARE), (threat.predicted.is_some(), PREDICTED)];
    out.push(marks.iter().filter(|(is_set, _)| *is_set).map(|(_, mark)| mark).sum());
    encode::id(out, &threat.id);
    if let Some(exploited) = threat.exploited {
        encode::date(out, exploited.added);
    }
    if let Some(predicted) = threat.predicted {
        encode::number(out, predicted.score.into());
        encode::number(out, predicted.percentile.into());
    }
}

fn read_threat(cursor: &mut Cursor<'_>) -> Result<Threat, SnapshotError> {
    let marks = cursor.byte()?;
    let id = cursor.id()?;
    let exploited = if marks & EXPLOITED == 0 {
        None
    } else {
        Some(Exploited { added: cursor.date()?, ransomware: marks & RANSOMWARE != 0 })
    };
    let predicted = if marks & PREDICTED == 0 {
        None
    } else {
        Some(Predicted { score: cursor.offset()?, percentile: cursor.offset()? })
    };
    Ok(Threat { id, exploited, predicted })
}
