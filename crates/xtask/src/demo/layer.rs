//! One layer as a tar archive, its folders made where they are needed.

use std::collections::BTreeSet;

use tar::{Builder, EntryType, Header};

/// When everything was made: a time that never changes.
pub(super) const MADE_AT: u64 = 1_711_929_600;
/// The same for people.
pub(super) const MADE_AT_TEXT: &str = "2024-04-01T00:00:00Z";

/// Entries in the order they were added.
#[derive(Default)]
pub(super) struct Layer {
    entries: Vec<Entry>,
}

struct Entry {
    path: String,
    mode: u32,
    content: Content,
}

enum Content {
    File(Vec<u8>),
    Link(String),
}

impl Layer {
    /// A file.
    pub(super) fn file(mut self, path: &str, mode: u32, content: impl Into<Vec<u8>>) -> Layer {
        self.entries.push(Entry { path: path.to_owned(), mode, content: Content::File(content.into()) });
        self
    }

    /// A symbolic link.
    pub(super) fn link(mut self, path: &str, target: &str) -> Layer {
        self.entries.push(Entry { path: path.to_owned(), mode: 0o777, content: Content::Link(target.to_owned()) });
        self
    }

    /// The mark that hides what a lower layer has.
    pub(super) fn whiteout(self, folder: &str, name: &str) -> Layer {
        self.file(&format!("{folder}/.wh.{name}"), 0o644, Vec::new())
    }

    /// The archive.
    pub(super) fn tar(&self) -> anyhow::Result<Vec<u8>> {
        let mut builder = Builder::new(Vec::new());
        let mut folders = BTreeSet::new();
        for entry in &self.entries {
            for (end, _) in entry.path.match_indices('/') {
                if folders.insert(&entry.path[..end]) {
                    let mut header = header(EntryType::Directory, 0o755, 0);
                    builder.append_data(&mut header, format!("{}/", &entry.path[..end]), &[][..])?;
                }
            }
            match &entry.content {
                Content::File(bytes) => {
                    let mut header = header(EntryType::Regular, entry.mode, bytes.len());
                    builder.append_data(&mut header, &entry.path, &bytes[..])?;
                }
                Content::Link(target) => {
                    builder.append_link(&mut header(EntryType::Symlink, entry.mode, 0), &entry.path, target)?;
                }
            }
        }
        Ok(builder.into_inner()?)
    }
}

/// A header without owner names, made at the one time.
pub(super) fn header(kind: EntryType, mode: u32, size: usize) -> Header {
    let mut header = Header::new_gnu();
    header.set_entry_type(kind);
    header.set_mode(mode);
    header.set_size(size as u64);
    header.set_mtime(MADE_AT);
    header.set_uid(0);
    header.set_gid(0);
    header
}
