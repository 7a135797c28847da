//! Opening a snapshot, what it says of itself, and the steps of a lookup.

use std::path::Path;
use std::sync::OnceLock;

use jiff::Timestamp;
use model::{AdvisorySource, Digest, Ecosystem};

use super::affected::{self, AffectedView};
use super::ecosystems::Families;
use super::error::SnapshotError;
use super::groups::Groups;
use super::head::{self, Head};
use super::index;
use super::map::Map;
use super::record::{self, RecordView};
use super::section::{Kind, Section};
use super::sum::sum;
use crate::threat;

/// An opened snapshot. Cheap to open; pages are read when they are needed. `Send + Sync`.
pub struct Snapshot {
    bytes: Bytes,
    head: Head,
    /// Made when the first package is asked for: to open is to look at the head.
    families: OnceLock<Families>,
}

/// What a snapshot says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SnapshotInfo {
    /// Names the content: SHA-256 of the head, which holds those of all sections.
    pub digest: Digest,
    /// The date its age counts from: that of the newest record (1970 when no record has one), or the one it was stated complete at.
    pub newest: Timestamp,
    /// Records it holds, withdrawn ones included.
    pub records: u64,
    /// Packages that records speak of.
    pub packages: u64,
    /// OSV names of the ecosystems, with their releases, sorted.
    pub ecosystems: Vec<String>,
    /// What it was built from.
    pub sources: Vec<AdvisorySource>,
}

enum Bytes {
    Static(&'static [u8]),
    Mapped(Map),
    Owned(Vec<u8>),
}

impl Snapshot {
    /// Maps a file and checks its head. Sections are checked where they are read; see [`Snapshot::verify`].
    pub fn open(path: &Path) -> Result<Snapshot, SnapshotError> {
        Snapshot::new(Bytes::Mapped(Map::open(path)?))
    }

    /// Uses bytes that are part of the program, without copying them.
    pub fn from_static(bytes: &'static [u8]) -> Result<Snapshot, SnapshotError> {
        Snapshot::new(Bytes::Static(bytes))
    }

    /// Uses bytes that were just built or read.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Snapshot, SnapshotError> {
        Snapshot::new(Bytes::Owned(bytes))
    }

    fn new(bytes: Bytes) -> Result<Snapshot, SnapshotError> {
        let head = head::read(bytes.get())?;
        Ok(Snapshot { bytes, head, families: OnceLock::new() })
    }

    /// What it says of itself.
    pub fn info(&self) -> SnapshotInfo {
        SnapshotInfo {
            digest: Digest::sha256(self.head.digest),
            newest: Timestamp::from_second(self.head.newest).unwrap_or(Timestamp::UNIX_EPOCH),
            records: self.head.records,
            packages: self.head.packages,
            ecosystems: self.head.ecosystems.clone(),
            sources: self.head.sources.clone(),
        }
    }

    /// The whole file.
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get()
    }

    /// Reads the whole file and compares every section with its digest.
    pub fn verify(&self) -> Result<(), SnapshotError> {
        self.head.verify(self.bytes.get())
    }

    /// Whether any record speaks of an ecosystem, in this release or without naming one.
    pub fn has_source(&self, ecosystem: &Ecosystem) -> bool {
        self.ecosystems_of(ecosystem).next().is_some()
    }

    /// Whether any record that is not withdrawn speaks of a package. `name` is normalised here.
    pub fn mentions(&self, ecosystem: &Ecosystem, name: &str) -> Result<bool, SnapshotError> {
        let name = ecosystem.family.normalise_name(name);
        self.find(ecosystem, &name).next().transpose().map(|found| found.is_some())
    }

    pub(crate) fn ecosystem_name(&self, number: u32) -> &str {
        self.head.ecosystems.get(number as usize).map_or("", String::as_str)
    }

    pub(crate) fn ecosystem_names(&self) -> &[String] {
        &self.head.ecosystems
    }

    pub(super) fn families(&self) -> &Families {
        self.families.get_or_init(|| Families::among(self.ecosystem_names()))
    }

    /// Whether the catalogue of exploited vulnerabilities was joined.
    pub fn lists_exploited(&self) -> bool {
        self.has_list(threat::KEV)
    }

    /// Whether predictions of attacks were joined.
    pub fn lists_predicted(&self) -> bool {
        self.has_list(threat::EPSS)
    }

    fn has_list(&self, name: &str) -> bool {
        self.head.sources.iter().any(|source| source.name == name)
    }

    /// The date of a source, for instance of the list of exploited vulnerabilities.
    pub(crate) fn source_date(&self, name: &str) -> Option<i64> {
        let source = self.head.sources.iter().find(|source| source.name == name)?;
        source.newest.map(Timestamp::as_second)
    }

    pub(crate) fn source_name(&self, number: u32) -> &str {
        self.head.sources.get(number as usize).map_or("", |source| source.name.as_str())
    }

    /// The packages, and who speaks of them.
    pub(crate) fn packages(&self) -> Groups<'_> {
        Groups::new(self.section(Kind::NameIndex), self.section(Kind::Entries))
    }

    pub(crate) fn record_at(&self, offset: u32) -> Result<RecordView, SnapshotError> {
        record::read(self.section(Kind::Records).block(offset)?, self.section(Kind::Texts))
    }

    pub(crate) fn affected_at(&self, offset: u32) -> Result<AffectedView<'_>, SnapshotError> {
        affected::read(self.section(Kind::Affected).block(offset)?)
    }

    /// Offsets of the records that have an id or list it as an alias, in order of their ids.
    pub(crate) fn records_named(&self, id: &str) -> Result<Vec<u32>, SnapshotError> {
        let mut offsets = Vec::new();
        let none: Option<()> = index::find(self.section(Kind::IdIndex), sum(0, id.as_bytes()), |offset| {
            let record = self.record_at(offset)?;
            if record.id == id || [record.aliases, record.upstream].iter().flatten().any(|alias| alias == id) {
                offsets.push(offset);
            }
            Ok(None)
        })?;
        debug_assert!(none.is_none());
        offsets.sort_unstable();
        Ok(offsets)
    }

    pub(super) fn section(&self, kind: Kind) -> Section<'_> {
        self.head.section(kind, self.bytes.get())
    }
}

impl Bytes {
    fn get(&self) -> &[u8] {
        match self {
            Bytes::Static(bytes) => bytes,
            Bytes::Mapped(map) => map.bytes(),
            Bytes::Owned(bytes) => bytes,
        }
    }
}

impl std::fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Snapshot").field("digest", &Digest::sha256(self.head.digest)).finish_non_exhaustive()
    }
}
