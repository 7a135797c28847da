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
/// The same in the highest byte of the number.
const SPILLS_BYTE: u8 = 1 << 7;
/// Slots used on average: few buckets spill.
const LOAD: usize = 4;

/// Writes the buckets for `(hash of key, offset)` pairs; the same pairs in any order give the same bytes.
pub(crate) fn write(mut pairs: Vec<(u64, u32)>) -> Vec<u8> {
    pairs.sort_unstable();
    pairs.dedup();
    let buckets = pairs.len() / LOAD + 1;
    let mut out = vec![0; buckets * BUCKET];
    for (hash, offset) in pairs {
        let mut at = home(hash, buckets);
        while used(&out, at) == SLOTS {
            out[at * BUCKET + 7] |= SPILLS_BYTE;
            at = (at + 1) % buckets;
        }
        put(&mut out[at * BUCKET..(at + 1) * BUCKET], tag(hash), offset);
    }
    for (at, bytes) in out.chunks_exact_mut(BUCKET).enumerate() {
        let checksum = fold(sum(at as u64, &bytes[4..]));
        bytes[..4].copy_from_slice(&checksum.to_le_bytes());
    }
    out
}

/// Slots of a bucket that are used; the number fits its lowest byte.
fn used(out: &[u8], at: usize) -> usize {
    usize::from(out[at * BUCKET + 4])
}

fn put(bucket: &mut [u8], tag: u32, offset: u32) {
    let slot = 8 * (1 + usize::from(bucket[4]));
    bucket[slot..slot + 4].copy_from_slice(&tag.to_le_bytes());
    bucket[slot + 4..slot + 8].copy_from_slice(&offset.to_le_bytes());
    bucket[4] += 1;
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
        let section = Section { kind: Kind::IdIndex, bytes: &bytes };
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
        let section = Section { kind: Kind::IdIndex, bytes: &bytes };
        assert!(find(section, 1, |_| Ok(Some(()))).expect("whole").is_none());
    }
}
