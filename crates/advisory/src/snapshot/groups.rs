//! Packages in groups: one read of the file tells whether a package is there, and who speaks of it.
//!
//! ```text
//! directory = (groups + 1) offsets of 4 bytes, little-endian: where each group begins, and where the last ends
//! group     = checksum:4 bytes, then for each package: tag:1 byte length:number package (see `entry`)
//! ```
//!
//! A package is in the group that the upper half of its key names, with the key's lowest byte as tag; those of a group are in order of their keys.
//! The directory takes a byte for each package, so that
//! a scan touches few pages of it. A group's checksum is seeded with its number: also where the directory is damaged, "not there" is no answer that
//! damage can give.

use super::cursor::Cursor;
use super::encode;
use super::entry::{self, Entry};
use super::error::SnapshotError;
use super::section::{Kind, Section};
use super::sum::{fold, sum};

/// Packages in a group on average: with names of usual length two lines of a processor's cache.
const LOAD: usize = 4;
const OFFSET: usize = 4;
const CHECKSUM: usize = 4;
/// What a processor reads of memory at once, on nearly every machine.
const CACHE_LINE: usize = 64;

/// The two sections.
#[derive(Clone, Copy)]
pub(crate) struct Groups<'a> {
    directory: Section<'a>,
    groups: Section<'a>,
}

/// Writes directory and groups of packages, given as key and bytes; those of one key stay in their order. `None` when there are
/// more than 4 GiB of them.
pub(crate) fn write(mut packages: Vec<(u64, Vec<u8>)>) -> Option<(Vec<u8>, Vec<u8>)> {
    packages.sort_by_key(|(key, _)| *key);
    let count = packages.len() / LOAD + 1;
    let mut directory = Vec::with_capacity((count + 1) * OFFSET);
    let mut groups = Vec::new();
    let mut rest = packages.as_slice();
    for number in 0..count {
        directory.extend_from_slice(&u32::try_from(groups.len()).ok()?.to_le_bytes());
        let (own, others) = rest.split_at(rest.partition_point(|(key, _)| home(*key, count) <= number));
        let start = groups.len();
        groups.extend_from_slice(&[0; CHECKSUM]);
        for (key, package) in own {
            groups.push(tag(*key));
            encode::number(&mut groups, package.len() as u64);
            groups.extend_from_slice(package);
        }
        let checksum = checksum(number, &groups[start + CHECKSUM..]);
        groups[start..start + CHECKSUM].copy_from_slice(&checksum.to_le_bytes());
        rest = others;
    }
    directory.extend_from_slice(&u32::try_from(groups.len()).ok()?.to_le_bytes());
    Some((directory, groups))
}

impl<'a> Groups<'a> {
    pub(crate) fn new(directory: Section<'a>, groups: Section<'a>) -> Groups<'a> {
        Groups { directory, groups }
    }

    /// The entry of a package, by the number of its ecosystem and its normalised name.
    pub(crate) fn find(self, ecosystem: u32, name: &str) -> Result<Option<Entry<'a>>, SnapshotError> {
        let key = entry::key(ecosystem, name);
        let mut cursor = self.group(home(key, self.count()?))?;
        while !cursor.is_at_end() {
            let (found, package) = (cursor.byte()?, cursor.part()?);
            if found == tag(key) {
                let entry = entry::read(package)?;
                if entry.is(ecosystem, name) {
                    return Ok(Some(entry));
                }
            }
        }
        Ok(None)
    }

    /// Reads a little of where these packages, by the numbers of their ecosystems and their names, would be: who asks for them next
    /// waits for memory once and not for each. It says nothing of what is there, and damage is for who reads it.
    pub(crate) fn fetch<'n>(self, packages: impl Iterator<Item = (u32, &'n str)>) {
        let Ok(count) = self.count() else { return };
        let homes: Vec<usize> = packages.map(|(ecosystem, name)| home(entry::key(ecosystem, name), count)).collect();
        // No step of either walk waits for the one before it.
        let starts: Vec<usize> = homes.iter().map(|number| self.offset(*number)).collect();
        let lines = starts.iter().flat_map(|start| [*start, start + CACHE_LINE]);
        let read = lines.fold(0, |read, at| read ^ self.groups.bytes.get(at).copied().unwrap_or_default());
        std::hint::black_box(read);
    }

    /// Calls `each` with every package, in the order of the file.
    pub(crate) fn each(
        self,
        mut each: impl FnMut(&Entry<'a>) -> Result<(), SnapshotError>,
    ) -> Result<(), SnapshotError> {
        for number in 0..self.count()? {
            let mut cursor = self.group(number)?;
            while !cursor.is_at_end() {
                cursor.byte()?;
                each(&entry::read(cursor.part()?)?)?;
            }
        }
        Ok(())
    }

    /// How many groups there are: one at least.
    fn count(self) -> Result<usize, SnapshotError> {
        let offsets = self.directory.bytes.len() / OFFSET;
        if offsets < 2 || !self.directory.bytes.len().is_multiple_of(OFFSET) {
            return Err(SnapshotError::damaged(self.directory.kind, 0, "it is not made of whole offsets"));
        }
        Ok(offsets - 1)
    }

    /// The packages of a group, if its checksum holds.
    fn group(self, number: usize) -> Result<Cursor<'a>, SnapshotError> {
        let outside = || SnapshotError::damaged(self.directory.kind, number * OFFSET, "an offset lies outside");
        let (start, end) = (self.offset(number), self.offset(number + 1));
        let stored = self.groups.bytes.get(start..end).and_then(|group| group.split_first_chunk::<CHECKSUM>());
        let (stored, packages) = stored.ok_or_else(outside)?;
        if checksum(number, packages) != u32::from_le_bytes(*stored) {
            return Err(SnapshotError::damaged(self.groups.kind, start, "the checksum does not match"));
        }
        Ok(Cursor::new(self.groups.kind, &self.groups.bytes[..end], start + CHECKSUM))
    }

    /// `number` is at most the count.
    fn offset(self, number: usize) -> usize {
        let bytes = &self.directory.bytes[number * OFFSET..];
        u32::from_le_bytes(*bytes.first_chunk().expect("the directory has one more offset than there are groups"))
            as usize
    }
}

/// The group of a key: keys in order give groups in order.
fn home(key: u64, groups: usize) -> usize {
    (((key >> 32) * groups as u64) >> 32) as usize
}

fn tag(key: u64) -> u8 {
    key as u8
}

fn checksum(number: usize, packages: &[u8]) -> u32 {
    fold(sum(u64::from(Kind::Entries.number()) << 32 | number as u64, packages))
}

#[cfg(test)]
mod tests {
    use super::super::entry::Posting;
    use super::*;

    fn written(names: &[String]) -> (Vec<u8>, Vec<u8>) {
        let posting = |at: usize| Posting { record: at as u32, affected: 7 };
        let package =
            |(at, name): (usize, &String)| (entry::key(1, name), entry::write(1, name, [posting(at)].into_iter()));
        write(names.iter().enumerate().map(package).collect()).expect("small")
    }

    fn groups<'a>((directory, groups): &'a (Vec<u8>, Vec<u8>)) -> Groups<'a> {
        let section = |kind, bytes| Section { kind, bytes };
        Groups::new(section(Kind::NameIndex, directory), section(Kind::Entries, groups))
    }

    #[test]
    fn everything_is_found_and_nothing_else() {
        let names: Vec<String> = (0..5000).map(|number| format!("package-{number}")).collect();
        let bytes = written(&names);
        for (at, name) in names.iter().enumerate() {
            let found = groups(&bytes).find(1, name).expect("whole").expect("it is there");
            let records: Vec<u32> = found.postings().map(|posting| posting.expect("whole").record).collect();
            assert_eq!((found.name().expect("text"), records), (name.as_str(), vec![at as u32]));
            assert!(groups(&bytes).find(2, name).expect("whole").is_none());
            assert!(groups(&bytes).find(1, &format!("{name}x")).expect("whole").is_none());
        }
        let mut all = Vec::new();
        groups(&bytes)
            .each(|entry| {
                all.push(entry.name()?.to_owned());
                Ok(())
            })
            .expect("whole");
        all.sort();
        assert!(all.iter().eq(std::collections::BTreeSet::from_iter(&names)));
    }

    #[test]
    fn without_packages_there_is_one_empty_group() {
        let bytes = written(&[]);
        assert_eq!((bytes.0.len(), bytes.1.len()), (8, 4));
        assert!(groups(&bytes).find(1, "a").expect("whole").is_none());
    }

    #[test]
    fn no_damage_says_that_something_is_not_there() {
        let names: Vec<String> = (0..40).map(|number| format!("package-{number}")).collect();
        let whole = written(&names);
        let answers = |bytes: &(Vec<u8>, Vec<u8>)| -> Vec<Option<bool>> {
            names.iter().map(|name| groups(bytes).find(1, name).ok().map(|found| found.is_some())).collect()
        };
        for at in 0..whole.0.len() + whole.1.len() {
            for flip in 1..=u8::MAX {
                let mut bytes = whole.clone();
                match at.checked_sub(whole.0.len()) {
                    None => bytes.0[at] ^= flip,
                    Some(at) => bytes.1[at] ^= flip,
                }
                assert!(answers(&bytes).iter().all(|answer| *answer != Some(false)), "byte {at} by {flip}");
            }
        }
    }
}
