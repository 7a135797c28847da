//! What a snapshot holds of a package: found by name, and decoded only as far as somebody asks.

use model::Ecosystem;

use super::entry::{Entry, Posting};
use super::error::SnapshotError;
use super::open::Snapshot;
use super::section::Kind;

/// A package in a snapshot. It borrows the file's bytes: finding it copies nothing.
pub struct Stored<'a> {
    snapshot: &'a Snapshot,
    entry: Entry<'a>,
}

impl Snapshot {
    /// What is stored of a package under its normalised name; once for each release that holds for it, and once more where records name
    /// none. What is found was checked, what it leads to is checked when it is read.
    pub fn find<'a>(
        &'a self,
        ecosystem: &'a Ecosystem,
        name: &'a str,
    ) -> impl Iterator<Item = Result<Stored<'a>, SnapshotError>> {
        self.ecosystems_of(ecosystem).filter_map(|number| self.find_in(number, name).transpose())
    }

    /// Reads a little of where these packages would be, by their ecosystems and normalised names, so that [`Snapshot::find`] waits for memory
    /// once for all of them. For who asks for many: some dozens at a time.
    pub fn fetch<'n>(&self, packages: impl Iterator<Item = (&'n Ecosystem, &'n str)>) {
        let numbered =
            packages.flat_map(|(ecosystem, name)| self.ecosystems_of(ecosystem).map(move |number| (number, name)));
        self.packages().fetch(numbered);
    }

    /// The same in one ecosystem, by its number.
    pub(crate) fn find_in(&self, ecosystem: u32, name: &str) -> Result<Option<Stored<'_>>, SnapshotError> {
        Ok(self.packages().find(ecosystem, name)?.map(|entry| Stored { snapshot: self, entry }))
    }
}

impl<'a> Stored<'a> {
    /// The name of its ecosystem, with the release.
    pub fn ecosystem(&self) -> &'a str {
        self.snapshot.ecosystem_name(self.entry.ecosystem)
    }

    /// Which records speak of it. A record may be there several times.
    pub(crate) fn postings(&self) -> impl Iterator<Item = Result<Posting, SnapshotError>> {
        self.entry.postings()
    }

    /// The number of its ecosystem.
    pub(crate) fn number(&self) -> u32 {
        self.entry.ecosystem
    }

    /// The bytes of every record that speaks of it and of what that says of its versions, checked against their sums and not decoded:
    /// what a store of bytes would give.
    pub fn bytes(&self) -> impl Iterator<Item = Result<(&'a [u8], &'a [u8]), SnapshotError>> {
        self.postings().map(|posting| {
            let posting = posting?;
            Ok((self.block(Kind::Records, posting.record)?, self.block(Kind::Affected, posting.affected)?))
        })
    }

    fn block(&self, kind: Kind, offset: u32) -> Result<&'a [u8], SnapshotError> {
        Ok(self.snapshot.section(kind).block(offset)?.rest())
    }
}
