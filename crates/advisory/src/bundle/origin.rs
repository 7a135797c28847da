//! The file beside a snapshot that says how it got here: `advisories.snapshot.origin.json`.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use model::{DataOrigin, Digest};
use serde::{Deserialize, Serialize};

use crate::build::{BuildError, write};
use crate::snapshot::Snapshot;

const SCHEMA: &str = "portcullis.origin/1";
/// A longer one is none of ours.
const LONGEST: u64 = 64 << 10;

/// What lies at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Installed {
    /// The snapshot.
    pub digest: Digest,
    /// How it got there.
    pub origin: DataOrigin,
}

#[derive(Serialize, Deserialize)]
struct Note {
    schema: String,
    /// The snapshot that it is about.
    snapshot: Digest,
    origin: DataOrigin,
}

/// How a snapshot got here; `None` where nothing says so. The error says why what is said is not believed.
pub fn origin_of(path: &Path, snapshot: &Snapshot) -> Result<Option<DataOrigin>, String> {
    let place = beside(path);
    let Some(note) = installed(path)? else { return Ok(None) };
    if note.digest != snapshot.info().digest {
        return Err(format!(
            "{} is about another snapshot: how this advisory data got here is not known",
            place.display()
        ));
    }
    Ok(Some(note.origin))
}

/// What is said of the snapshot at a path, whether or not it is the one that lies there.
pub fn installed(path: &Path) -> Result<Option<Installed>, String> {
    let place = beside(path);
    let unreadable = |what: &dyn std::fmt::Display| {
        format!("{}: {what}: how this advisory data got here is not known", place.display())
    };
    let text = match read(&place) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(&error)),
    };
    let note: Note = serde_json::from_str(&text).map_err(|error| unreadable(&error))?;
    if note.schema != SCHEMA {
        return Err(unreadable(&"its shape is not known"));
    }
    Ok(Some(Installed { digest: note.snapshot, origin: note.origin }))
}

/// Puts a snapshot in place, each file whole or not at all. Who has the old one open keeps it.
pub fn write_with_origin(snapshot: &Snapshot, path: &Path, origin: &DataOrigin) -> Result<(), BuildError> {
    let note = Note { schema: SCHEMA.to_owned(), snapshot: snapshot.info().digest, origin: origin.clone() };
    let text = serde_json::to_string_pretty(&note).expect("a note has only texts and numbers");
    write(snapshot.as_bytes(), path)?;
    write(format!("{text}\n").as_bytes(), &beside(path))
}

/// Takes away what is said of a snapshot: another was built in its place.
pub fn remove_origin(path: &Path) -> io::Result<()> {
    match std::fs::remove_file(beside(path)) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        outcome => outcome,
    }
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".origin.json");
    PathBuf::from(name)
}

fn read(path: &Path) -> io::Result<String> {
    use std::io::Read as _;
    let mut text = String::new();
    std::fs::File::open(path)?.take(LONGEST).read_to_string(&mut text)?;
    Ok(text)
}
