//! Zip archives of records, as OSV publishes them.

use std::io::{Read, Seek};

use zip::ZipArchive;

use super::name::{Form, form_of};
use super::{Place, Receiver, file, stream};
use crate::build::{BuildError, Limits};

/// Reads every `.json` and `.jsonl` entry of an archive.
pub(crate) fn read(
    reader: impl Read + Seek,
    place: &Place,
    limits: &Limits,
    receiver: &mut impl Receiver,
) -> Result<(), BuildError> {
    let mut archive = match ZipArchive::new(reader) {
        Ok(archive) => archive,
        Err(error) => return receiver.fault(format!("not a zip archive that can be read: {error}"), place),
    };
    if archive.len() > limits.archive_entries {
        let message = format!("the archive has more than {} entries", limits.archive_entries);
        return receiver.fault(message, place);
    }
    let mut left = limits.file_bytes;
    for at in 0..archive.len() {
        read_entry(&mut archive, at, &mut left, place, limits, receiver)?;
    }
    Ok(())
}

fn read_entry<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    at: usize,
    left: &mut u64,
    place: &Place,
    limits: &Limits,
    receiver: &mut impl Receiver,
) -> Result<(), BuildError> {
    let entry = match archive.by_index(at) {
        Ok(entry) => entry,
        Err(error) => return receiver.fault(format!("entry {} cannot be read: {error}", at + 1), place),
    };
    let name = match entry.name() {
        Ok(name) => name.into_owned(),
        Err(error) => return receiver.fault(format!("the name of entry {} cannot be read: {error}", at + 1), place),
    };
    let Some(form) = form_of(&name).filter(|form| entry.is_file() && *form != Form::Zip) else { return Ok(()) };
    let place = place.nested(&name);
    let mut counted = Counted { reader: entry, count: 0 };
    let outcome = match stream::unpack(&mut counted, *left) {
        Ok(mut stream) => file::read_stream(&mut *stream, Some(form), &place, limits, receiver),
        Err(error) => receiver.fault(format!("the entry cannot be read: {error}"), &place),
    };
    *left = left.saturating_sub(counted.count);
    outcome
}

/// Counts what an entry gave, for the limit is on the whole archive.
struct Counted<R> {
    reader: R,
    count: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.reader.read(buffer)?;
        self.count += count as u64;
        Ok(count)
    }
}
