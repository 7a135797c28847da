//! What a build is told.

/// How to build.
#[derive(Clone, Debug, Default)]
pub struct BuildOptions {
    /// A record that cannot be read ends the build.
    pub strict: bool,
    /// Keep the sources' one-line titles. They are prose: their licence matters.
    pub summaries: bool,
    /// The data is complete as of this date, says who builds it; its age counts from there. Otherwise from its newest record.
    pub as_of: Option<jiff::Timestamp>,
    /// What is known of sources beyond their records.
    pub sources: Vec<SourceFacts>,
    /// Bounds on what is read.
    pub limits: Limits,
}

/// What is known of a source beyond its records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceFacts {
    /// The file's or folder's name without its endings: `pypa` of `pypa.jsonl.zst`.
    pub input: String,
    /// The name to show.
    pub name: String,
    /// The licence of its records.
    pub license: Option<String>,
}

/// Bounds on what is read. What lies beyond one is named, never passed over in silence.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Bytes of one record.
    pub record_bytes: u64,
    /// Bytes of one file or archive, when unpacked.
    pub file_bytes: u64,
    /// Bytes of a file that has to be held as a whole: a `.json` file, a packed archive.
    pub held_bytes: u64,
    /// Entries of one archive.
    pub archive_entries: usize,
    /// Records in all.
    pub records: usize,
    /// Problems that are kept; the others are only counted.
    pub problems: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            record_bytes: 16 << 20,
            file_bytes: 16 << 30,
            held_bytes: 1 << 30,
            archive_entries: 4_000_000,
            records: 8_000_000,
            problems: 10_000,
        }
    }
}
