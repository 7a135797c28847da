//! The folder in which records are kept between updates: two files an ecosystem, replaced whole.
//!
//! `npm.jsonl.zst` holds the records, `npm.json` says of which state they are. The records are replaced first: if a process
//! ends between the two, the next one takes the records for older than they are and fetches a few again.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use model::Ecosystem;
use serde::{Deserialize, Serialize};

use crate::error::UpdateError;
use crate::modified::Modified;

const SCHEMA: &str = "portcullis.feed/1";

/// The folder, while no other process works in it.
pub(crate) struct Store {
    folder: PathBuf,
    /// Unlocked when it is closed.
    _lock: File,
}

/// Of which state an ecosystem's records are.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct State {
    schema: String,
    /// The address they are from.
    pub(crate) from: String,
    pub(crate) ecosystem: String,
    /// The mark of the list of changes that they are up to.
    pub(crate) list_etag: Option<String>,
    /// What that list said of each record, where the record is that new.
    pub(crate) modified: Modified,
}

impl State {
    pub(crate) fn new(from: &str, ecosystem: &Ecosystem, list_etag: Option<String>, modified: Modified) -> State {
        let (from, ecosystem) = (from.to_owned(), ecosystem.to_string());
        State { schema: SCHEMA.to_owned(), from, ecosystem, list_etag, modified }
    }
}

impl Store {
    /// Opens the folder, or makes it.
    pub(crate) fn open(folder: &Path) -> Result<Store, UpdateError> {
        std::fs::create_dir_all(folder).map_err(UpdateError::store(folder))?;
        let place = folder.join("lock");
        let lock = File::create(&place).map_err(UpdateError::store(&place))?;
        match lock.try_lock() {
            Ok(()) => Ok(Store { folder: folder.to_owned(), _lock: lock }),
            Err(std::fs::TryLockError::WouldBlock) => Err(UpdateError::Busy(folder.to_owned())),
            Err(std::fs::TryLockError::Error(error)) => Err(UpdateError::store(&place)(error)),
        }
    }

    /// Where an ecosystem's records are.
    pub(crate) fn records(&self, ecosystem: &Ecosystem) -> PathBuf {
        self.file(ecosystem, "jsonl.zst")
    }

    /// Where they are put until they are whole.
    pub(crate) fn new_records(&self, ecosystem: &Ecosystem) -> PathBuf {
        self.file(ecosystem, "new")
    }

    /// Where an archive is put.
    pub(crate) fn archive(&self, ecosystem: &Ecosystem) -> PathBuf {
        self.file(ecosystem, "zip.part")
    }

    /// Of which state the records are; `None` where there are none from this address.
    pub(crate) fn state(&self, ecosystem: &Ecosystem, from: &str) -> Option<State> {
        let text = std::fs::read(self.file(ecosystem, "json")).ok()?;
        let state: State = serde_json::from_slice(&text).ok()?;
        let is_ours = state.schema == SCHEMA && state.from == from && state.ecosystem == ecosystem.to_string();
        (is_ours && self.records(ecosystem).is_file()).then_some(state)
    }

    /// Puts new records and what is said of them in place.
    pub(crate) fn replace(&self, ecosystem: &Ecosystem, state: &State) -> io::Result<()> {
        std::fs::rename(self.new_records(ecosystem), self.records(ecosystem))?;
        self.write(ecosystem, state)
    }

    /// Says of which state the records are.
    pub(crate) fn write(&self, ecosystem: &Ecosystem, state: &State) -> io::Result<()> {
        let text = serde_json::to_vec(state).expect("a state has only texts and numbers");
        let place = self.file(ecosystem, "json");
        advisory::write(&text, &place).map_err(io::Error::other)
    }

    /// Takes away an archive that was read.
    pub(crate) fn remove_archive(&self, ecosystem: &Ecosystem) {
        let archive = self.archive(ecosystem);
        let mut mark = archive.clone().into_os_string();
        mark.push(".etag");
        // If they stay they cost nothing but room.
        let _ = std::fs::remove_file(archive);
        let _ = std::fs::remove_file(mark);
    }

    fn file(&self, ecosystem: &Ecosystem, ending: &str) -> PathBuf {
        self.folder.join(format!("{}.{ending}", name(ecosystem)))
    }
}

/// The ecosystem as the name of a file; snapshots name their sources by it.
pub(crate) fn name(ecosystem: &Ecosystem) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '.' | '_') { c } else { '-' };
    ecosystem.to_string().chars().map(plain).collect()
}
