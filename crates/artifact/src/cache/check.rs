//! Whether bytes are an entry, and all of it.

use std::io::{self, Cursor, Read, Seek, SeekFrom};

use sha2::{Digest as _, Sha256};

use super::format::{HEAD, MAGIC, SUM, damaged};
use super::key::{Key, Part};
use super::replay::{Given, NotKept, Replay};

/// Holds all bytes against the checksum at their end; gives where that stands.
pub(super) fn check_sum(source: &mut (impl Read + Seek)) -> io::Result<u64> {
    let length = source.seek(SeekFrom::End(0))?;
    let end = length.checked_sub(SUM as u64).filter(|end| *end >= HEAD as u64).ok_or_else(|| damaged("too short"))?;
    source.seek(SeekFrom::Start(0))?;
    let mut sum = Sha256::new();
    let mut buffer = vec![0; 64 << 10];
    let mut left = end;
    while left > 0 {
        let most = usize::try_from(left).map_or(buffer.len(), |left| left.min(buffer.len()));
        let read = source.read(&mut buffer[..most])?;
        if read == 0 {
            return Err(damaged("it became shorter"));
        }
        sum.update(&buffer[..read]);
        left -= read as u64;
    }
    let mut claimed = [0; SUM];
    source.read_exact(&mut claimed)?;
    let found: [u8; SUM] = sum.finalize().into();
    if found == claimed { Ok(end) } else { Err(damaged("its checksum is wrong")) }
}

/// Reads bytes as an entry of whatever key they name; the number of records, `None` where they are no entry.
pub(super) fn entries_of(bytes: &[u8]) -> Option<u64> {
    let sum: [u8; 32] = bytes.get(MAGIC.len()..MAGIC.len() + 32)?.try_into().ok()?;
    let part = Part::of_number(*bytes.get(HEAD - 1)?)?;
    let mut replay = Replay::open(Cursor::new(bytes), &Key { sum, part }).ok()?;
    let mut count = 0;
    let mut content = Vec::new();
    loop {
        let more = match part {
            Part::Layer => replay.next().expect("it was checked").is_some(),
            _ => replay.next_place().expect("it was checked").is_some(),
        };
        if !more {
            return Some(count);
        }
        count += 1;
        content.clear();
        if let Err(error) = replay.body().read_to_end(&mut content) {
            assert!(NotKept::is(&error) || Given::is(&error), "it was checked: {error}");
        }
    }
}
