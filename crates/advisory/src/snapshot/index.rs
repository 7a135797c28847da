//! Hashed buckets: from a key to the offsets of blocks that may hold it.
//!
//! A bucket is 64 bytes: its checksum, how many of its slots are used (with bit 31: "full, go on in the next bucket"), and
//! seven slots of a key's tag and an offset. The checksum makes "not there" an answer that damage cannot give.

use super::error::SnapshotError;
use super::section::Section;
use super::sum::{fold, sum};

const BUCKET: usize = 64;
const SLOTS: usize = 7;
const SPILLS: u32 = 1 << 31;
/// Slots used on average: few buckets spill.
const LOAD: usize = 4;

/// Writes the buckets for `(hash of key, offset)` pairs; the same pairs in any order give the same bytes.
pub(crate) fn write(mut pairs: Vec<(u64, u32)>) -> Vec<u8> {
    pairs.sort_unstable();
    pairs.dedup();
    let buckets = pairs.len() / LOAD + 1;
    let mut slots: Vec<Vec<(u32, u32)>> = vec![Vec::new(); buckets];
    let mut spills = vec![false; buckets];
    for (hash, offset) in pairs {
        let mut at = home(hash, buckets);
        while slots[at].len() == SLOTS {
            spills[at] = true;
            at = (at + 1) % buckets;
        }
        slots[at].push((tag(hash), offset));
    }
    let mut out = Vec::with_capacity(buckets * BUCKET);
    for (at, (slots, spills)) in slots.iter().zip(spills).enumerate() {
        out.extend_from_slice(&bucket(at, slots, spills));
    }
    out
}

fn bucket(at: usize, slots: &[(u32, u32)], spills: bool) -> [u8; BUCKET] {
    let mut bytes = [0; BUCKET];
    let used = slots.len() as u32 | if spills { SPILLS } else { 0 };
    bytes[4..8].copy_from_slice(&used.to_le_bytes());
    for (place, (tag, offset)) in bytes[8..].chunks_exact_mut(8).zip(slots) {
        place[..4].copy_from_slice(&tag.to_le_bytes());
        place[4..].copy_from_slice(&offset.to_le_bytes());
    }
    let checksum = fold(sum(at as u64, &bytes[4..]));
    bytes[..4].copy_from_slice(&checksum.to_le_bytes());
    bytes
}

/// Calls `candidate` with every offset that may belong to the key, until it gives an answer.
pub(crate) fn find<T>(
    section: Section<'_>,
    hash: u64,
    mut candidate: impl FnMut(u32) -> Result<Option<T>, SnapshotError>,
) -> Result<Option<T>, SnapshotError> {
    let buckets = section.bytes.len() / BUCKET;
    if buckets == 0 || !section.bytes.len().is_multiple_of(BUCKET) {
        return Err(SnapshotError::damaged(section.kind, 0, "it is not made of whole buckets"));
    }
    let mut at = home(hash, buckets);
    for _ in 0..buckets {
        let bytes = &section.bytes[at * BUCKET..(at + 1) * BUCKET];
        if fold(sum(at as u64, &bytes[4..])) != word(bytes, 0) {
            return Err(SnapshotError::damaged(section.kind, at * BUCKET, "the checksum does not match"));
        }
        let used = word(bytes, 4);
        let count = ((used & !SPILLS) as usize).min(SLOTS);
        for slot in bytes[8..].chunks_exact(8).take(count) {
            if word(slot, 0) == tag(hash)
                && let Some(found) = candidate(word(slot, 4))?
            {
                return Ok(Some(found));
            }
        }
        if used & SPILLS == 0 {
            return Ok(None);
        }
        at = (at + 1) % buckets;
    }
    Ok(None)
}

fn home(hash: u64, buckets: usize) -> usize {
    (((hash >> 32) * buckets as u64) >> 32) as usize
}

fn tag(hash: u64) -> u32 {
    hash as u32
}

fn word(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(*bytes[at..].first_chunk().expect("a bucket has 64 bytes"))
}

#[cfg(test)]
mod tests {
    use super::super::section::Kind;
    use super::*;

    #[test]
    fn everything_is_found_and_nothing_else() {
        let hash = |number: u32| sum(7, &number.to_le_bytes());
        let bytes = write((0..5000).map(|number| (hash(number), number)).collect());
        let section = Section { kind: Kind::NameIndex, bytes: &bytes };
        let found = |number: u32| {
            find(section, hash(number), |offset| Ok((offset == number).then_some(offset))).expect("whole")
        };
        assert!((0..5000).all(|number| found(number) == Some(number)));
        assert!((5000..9000).all(|number| found(number).is_none()));
    }

    #[test]
    fn equal_keys_spill_into_the_next_buckets() {
        let bytes = write((0..40).map(|number| (99, number)).collect());
        let section = Section { kind: Kind::IdIndex, bytes: &bytes };
        let mut seen = Vec::new();
        let none: Option<()> = find(section, 99, |offset| {
            seen.push(offset);
            Ok(None)
        })
        .expect("whole");
        seen.sort_unstable();
        assert_eq!((none, seen), (None, (0..40).collect()));
    }

    #[test]
    fn the_smallest_index_is_one_empty_bucket() {
        let bytes = write(Vec::new());
        assert_eq!(bytes.len(), BUCKET);
        let section = Section { kind: Kind::NameIndex, bytes: &bytes };
        assert!(find(section, 1, |_| Ok(Some(()))).expect("whole").is_none());
    }
}
