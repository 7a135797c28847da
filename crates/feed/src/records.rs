//! Records as they are kept: JSON Lines, a record a line, packed with zstd.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, BufRead as _, BufReader, BufWriter, Read as _, Write};
use std::path::Path;

use jiff::Timestamp;
use serde::Deserialize;
use zip::ZipArchive;

use crate::modified::{Modified, is_id};

/// A longer record is a lie.
pub(crate) const LONGEST: u64 = 16 << 20;
/// Records of one ecosystem, and bytes of them when unpacked.
const MOST: usize = 4_000_000;
const MOST_BYTES: u64 = 16 << 30;

/// What an archive held.
#[derive(Debug, Default)]
pub(crate) struct Taken {
    /// The ids of its records, with the second of their last change.
    pub(crate) modified: Modified,
    /// Entries that are no records, and why.
    pub(crate) skipped: Vec<String>,
}

#[derive(Deserialize)]
struct Head {
    id: String,
    #[serde(default)]
    modified: Option<String>,
}

/// Id and second of the last change of a record.
pub(crate) fn head(json: &[u8]) -> Result<(String, i64), String> {
    let head: Head = serde_json::from_slice(json).map_err(|error| format!("is no record: {error}"))?;
    if !is_id(&head.id) {
        return Err("has an id with a character that no id has".to_owned());
    }
    let modified = head.modified.and_then(|date| date.parse::<Timestamp>().ok());
    Ok((head.id, modified.map_or(i64::MIN, Timestamp::as_second)))
}

/// Writes every record of an archive, in the order of their ids. The error says why it is no archive of records.
pub(crate) fn from_archive(archive: &Path, to: &Path) -> Result<Taken, String> {
    let file = File::open(archive).map_err(|error| error.to_string())?;
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|error| format!("is no whole archive: {error}"))?;
    if archive.len() > MOST {
        return Err(format!("has more than {MOST} entries"));
    }
    let mut names: Vec<(String, usize)> = Vec::with_capacity(archive.len());
    for at in 0..archive.len() {
        let entry = archive.by_index(at).map_err(|error| format!("entry {}: {error}", at + 1))?;
        let name = entry.name().map_err(|error| format!("entry {}: {error}", at + 1))?.into_owned();
        if entry.is_file() && name.ends_with(".json") {
            names.push((name, at));
        }
    }
    names.sort();
    let mut taken = Taken::default();
    let mut left = MOST_BYTES;
    let mut out = writer(to).map_err(|error| error.to_string())?;
    let mut json = Vec::new();
    for (name, at) in names {
        let entry = archive.by_index(at).map_err(|error| format!("{name}: {error}"))?;
        json.clear();
        // Each entry carries a checksum: damage ends here.
        entry.take(LONGEST + 1).read_to_end(&mut json).map_err(|error| format!("{name}: {error}"))?;
        left = left.checked_sub(json.len() as u64).ok_or("unpacks to more than 16 GiB")?;
        match head(&json) {
            _ if json.len() as u64 > LONGEST => taken.skipped.push(format!("{name} is longer than {LONGEST} bytes")),
            Err(why) => taken.skipped.push(format!("{name} {why}")),
            Ok((id, modified)) => {
                if taken.modified.insert(id, modified).is_none() {
                    line(&mut out, &json).map_err(|error| error.to_string())?;
                } else {
                    taken.skipped.push(format!("{name} has the id of another record"));
                }
            }
        }
    }
    finish(out).map_err(|error| error.to_string())?;
    Ok(taken)
}

/// Writes the records of a file without those that are gone and with those that are new.
pub(crate) fn merge(
    from: &Path,
    to: &Path,
    gone: &BTreeSet<String>,
    new: &BTreeMap<String, Vec<u8>>,
) -> io::Result<()> {
    let mut out = writer(to)?;
    let mut reader = BufReader::new(zstd::stream::read::Decoder::new(File::open(from)?)?);
    let mut text = Vec::new();
    loop {
        text.clear();
        if reader.read_until(b'\n', &mut text)? == 0 {
            break;
        }
        let (id, _) = head(&text).map_err(io::Error::other)?;
        if !gone.contains(&id) && !new.contains_key(&id) {
            line(&mut out, &text)?;
        }
    }
    for json in new.values() {
        line(&mut out, json)?;
    }
    finish(out)
}

type Out = BufWriter<zstd::stream::write::Encoder<'static, File>>;

fn writer(path: &Path) -> io::Result<Out> {
    // Packed in no time; a mirror is rewritten often and read once after each time.
    Ok(BufWriter::with_capacity(1 << 16, zstd::stream::write::Encoder::new(File::create(path)?, 3)?))
}

/// In JSON a line can only end between tokens, so it may as well go on.
fn line(out: &mut impl Write, json: &[u8]) -> io::Result<()> {
    for part in json.split(|byte| matches!(byte, b'\n' | b'\r')) {
        out.write_all(part.trim_ascii_end())?;
    }
    out.write_all(b"\n")
}

fn finish(out: Out) -> io::Result<()> {
    let encoder = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    encoder.finish()?.sync_all()
}
