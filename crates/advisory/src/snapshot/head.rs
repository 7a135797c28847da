//! The head of a file: what it holds and the digests of its sections.
//!
//! Fixed part, little-endian: magic (8 bytes), format version (4), length of the head (4), length of the file (8), date of the
//! newest record in seconds since 1970 (8), records (8), packages (8), number of sections (8); then for every section its
//! kind (8), offset (8), length (8) and SHA-256 (32). Then, as in blocks: the ecosystems, sorted, and the sources (name,
//! licence, date of the newest record, records). Last the SHA-256 of the head before it, which is the digest of the snapshot.

use jiff::Timestamp;
use model::AdvisorySource;
use sha2::{Digest as _, Sha256};

use super::cursor::Cursor;
use super::encode;
use super::error::SnapshotError;
use super::section::{Kind, Section};

/// The version of the format this program writes and reads.
pub(crate) const FORMAT: u32 = 2;
const MAGIC: [u8; 8] = *b"PORTCADV";
const FIXED: usize = 56;
const SECTION: usize = 56;
const DIGEST: usize = 32;
/// A head longer than this is a lie.
const LONGEST: usize = 1 << 20;
/// Sections begin at multiples of this.
const ALIGNMENT: usize = 64;

/// What a head says.
#[derive(Clone, Debug)]
pub(crate) struct Head {
    pub(crate) digest: [u8; 32],
    pub(crate) newest: i64,
    pub(crate) records: u64,
    pub(crate) packages: u64,
    sections: Vec<Place>,
    /// OSV names, sorted; postings number ecosystems by this.
    pub(crate) ecosystems: Vec<String>,
    pub(crate) sources: Vec<AdvisorySource>,
}

#[derive(Clone, Debug)]
struct Place {
    kind: u32,
    start: usize,
    end: usize,
    digest: [u8; 32],
}

/// What goes into a file.
pub(crate) struct Parts {
    pub(crate) newest: i64,
    pub(crate) records: u64,
    pub(crate) packages: u64,
    pub(crate) ecosystems: Vec<String>,
    pub(crate) sources: Vec<AdvisorySource>,
    /// In the order in which they are written.
    pub(crate) sections: Vec<(Kind, Vec<u8>)>,
}

/// Writes a whole file.
pub(crate) fn assemble(parts: &Parts) -> Vec<u8> {
    let tail = tail(parts);
    let head_length = FIXED + parts.sections.len() * SECTION + tail.len() + DIGEST;
    let mut offset = head_length.next_multiple_of(ALIGNMENT);
    let mut table = Vec::new();
    for (kind, bytes) in &parts.sections {
        for word in [u64::from(kind.number()), offset as u64, bytes.len() as u64] {
            table.extend_from_slice(&word.to_le_bytes());
        }
        table.extend_from_slice(&Sha256::digest(bytes));
        offset = (offset + bytes.len()).next_multiple_of(ALIGNMENT);
    }
    let mut out = Vec::with_capacity(offset);
    out.extend_from_slice(&MAGIC);
    out.extend_from_slice(&FORMAT.to_le_bytes());
    out.extend_from_slice(&(head_length as u32).to_le_bytes());
    out.extend_from_slice(&(offset as u64).to_le_bytes());
    out.extend_from_slice(&parts.newest.to_le_bytes());
    for number in [parts.records, parts.packages, parts.sections.len() as u64] {
        out.extend_from_slice(&number.to_le_bytes());
    }
    out.extend_from_slice(&table);
    out.extend_from_slice(&tail);
    let digest = Sha256::digest(&out);
    out.extend_from_slice(&digest);
    for (_, bytes) in &parts.sections {
        out.resize(out.len().next_multiple_of(ALIGNMENT), 0);
        out.extend_from_slice(bytes);
    }
    out.resize(offset, 0);
    out
}

fn tail(parts: &Parts) -> Vec<u8> {
    let mut out = Vec::new();
    encode::number(&mut out, parts.ecosystems.len() as u64);
    parts.ecosystems.iter().for_each(|ecosystem| encode::text(&mut out, ecosystem));
    encode::number(&mut out, parts.sources.len() as u64);
    for source in &parts.sources {
        encode::text(&mut out, &source.name);
        encode::text(&mut out, source.license.as_deref().unwrap_or_default());
        encode::date(&mut out, source.newest.map(|newest| newest.as_second()));
        encode::number(&mut out, source.records);
    }
    out
}

/// Reads and checks the head of a file.
pub(crate) fn read(bytes: &[u8]) -> Result<Head, SnapshotError> {
    if !bytes.starts_with(&MAGIC) || bytes.len() < FIXED {
        return Err(SnapshotError::NotASnapshot);
    }
    let found = word(bytes, 8) as u32;
    if found != FORMAT {
        return Err(SnapshotError::FormatVersion { found, known: FORMAT });
    }
    let claimed = word(bytes, 16);
    if claimed != bytes.len() as u64 {
        return Err(SnapshotError::Length { actual: bytes.len() as u64, claimed });
    }
    let length = (word(bytes, 8) >> 32) as usize;
    if length < FIXED + DIGEST || length > bytes.len().min(LONGEST) {
        return Err(SnapshotError::Head("its length is absurd"));
    }
    let (body, digest) = bytes[..length].split_at(length - DIGEST);
    if Sha256::digest(body)[..] != *digest {
        return Err(SnapshotError::Head("it does not match its digest"));
    }
    parse(body, digest.try_into().expect("a digest has 32 bytes"), bytes.len())
}

fn parse(body: &[u8], digest: [u8; 32], file_length: usize) -> Result<Head, SnapshotError> {
    let count = usize::try_from(word(body, 48)).ok().filter(|count| *count <= body.len() / SECTION);
    let count = count.ok_or(SnapshotError::Head("it has too many sections"))?;
    let places = body[FIXED..].chunks_exact(SECTION).take(count).map(|entry| place(entry, file_length));
    let sections = places.collect::<Result<Vec<Place>, SnapshotError>>()?;
    // What cannot be read here was checked by the digest, so the kind of section in the error does not matter.
    let mut cursor = Cursor::new(Kind::Texts, body, FIXED + sections.len() * SECTION);
    let wrong = |_| SnapshotError::Head("its lists cannot be read");
    let ecosystems = cursor.list(|cursor| cursor.text().map(str::to_owned)).map_err(wrong)?;
    let sources = cursor.list(source).map_err(wrong)?;
    let head = Head {
        digest,
        newest: word(body, 24) as i64,
        records: word(body, 32),
        packages: word(body, 40),
        sections,
        ecosystems,
        sources,
    };
    if Kind::ALL.iter().any(|kind| head.place(*kind).is_none()) {
        return Err(SnapshotError::Head("a section is missing"));
    }
    Ok(head)
}

fn place(entry: &[u8], file_length: usize) -> Result<Place, SnapshotError> {
    let outside = || SnapshotError::Head("a section lies outside the file");
    let start = usize::try_from(word(entry, 8)).map_err(|_| outside())?;
    let length = usize::try_from(word(entry, 16)).map_err(|_| outside())?;
    let end = start.checked_add(length).filter(|end| *end <= file_length).ok_or_else(outside)?;
    let digest = *entry[24..].first_chunk().expect("an entry has 56 bytes");
    Ok(Place { kind: word(entry, 0) as u32, start, end, digest })
}

fn source(cursor: &mut Cursor<'_>) -> Result<AdvisorySource, SnapshotError> {
    let name = cursor.text()?.to_owned();
    let license = Some(cursor.text()?.to_owned()).filter(|license| !license.is_empty());
    let newest = cursor.date()?.and_then(|second| Timestamp::from_second(second).ok());
    Ok(AdvisorySource { name, newest, records: cursor.number()?, license })
}

impl Head {
    /// The section of a kind, in the file this head was read from.
    pub(crate) fn section<'a>(&self, kind: Kind, bytes: &'a [u8]) -> Section<'a> {
        let range = self.place(kind).map_or(0..0, |place| place.start..place.end);
        Section { kind, bytes: bytes.get(range).unwrap_or_default() }
    }

    /// Reads every section and compares it with its digest.
    pub(crate) fn verify(&self, bytes: &[u8]) -> Result<(), SnapshotError> {
        for place in &self.sections {
            let name =
                Kind::ALL.iter().find(|kind| kind.number() == place.kind).map_or("an unknown kind", |kind| kind.name());
            let section = bytes.get(place.start..place.end).unwrap_or_default();
            if Sha256::digest(section)[..] != place.digest {
                return Err(SnapshotError::Digest(name));
            }
        }
        self.verify_padding(bytes)
    }

    /// What lies between the sections is zero, so that no byte of a file is free.
    fn verify_padding(&self, bytes: &[u8]) -> Result<(), SnapshotError> {
        let mut at = (word(bytes, 8) >> 32) as usize;
        let mut places: Vec<(usize, usize)> = self.sections.iter().map(|place| (place.start, place.end)).collect();
        places.push((bytes.len(), bytes.len()));
        places.sort_unstable();
        for (start, end) in places {
            if bytes.get(at..start).is_some_and(|gap| gap.iter().any(|byte| *byte != 0)) {
                return Err(SnapshotError::Head("there is something between the sections"));
            }
            at = at.max(end);
        }
        Ok(())
    }

    fn place(&self, kind: Kind) -> Option<&Place> {
        self.sections.iter().find(|place| place.kind == kind.number())
    }
}

fn word(bytes: &[u8], at: usize) -> u64 {
    u64::from_le_bytes(*bytes[at..].first_chunk().expect("the fixed part was measured"))
}
