//! What an archive holds that is worth reading: properties of Maven, the manifest, archives.

use std::io::{Cursor, Read};

use model::ProblemKind;
use zip::ZipArchive;

use super::{is_archive, is_wanted};

/// Bytes inflated from one file and all archives inside it, and entries looked at.
const MAX_BYTES: u64 = 512 << 20;
const MAX_ENTRIES: usize = 500_000;
/// A manifest or a set of properties is small.
const MAX_TEXT: u64 = 1 << 20;

/// The entries of one archive.
#[derive(Default)]
pub(super) struct Contents {
    pub(super) manifest: Option<String>,
    /// (name, text) of each `pom.properties`.
    pub(super) properties: Vec<(String, String)>,
    /// (name, content) of archives inside.
    pub(super) archives: Vec<(String, Vec<u8>)>,
    pub(super) faults: Vec<Fault>,
    /// It has the folder that was looked for.
    pub(super) has_folder: bool,
}

/// What could not be read.
pub(super) struct Fault {
    pub(super) kind: ProblemKind,
    pub(super) message: String,
}

/// What is left to read.
pub(super) struct Budget {
    bytes: u64,
    entries: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Budget { bytes: MAX_BYTES, entries: MAX_ENTRIES }
    }
}

impl Contents {
    pub(super) const MANIFEST: &str = "META-INF/MANIFEST.MF";

    pub(super) fn is_properties(name: &str) -> bool {
        name.ends_with("/pom.properties") && name.contains("META-INF/maven/")
    }
}

/// Reads what is wanted, and looks for a folder. A damaged entry is a fault, and the others stay.
pub(super) fn open(bytes: &[u8], folder: Option<&str>, budget: &mut Budget) -> Result<Contents, Fault> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| Fault {
        kind: ProblemKind::Archive,
        message: format!("is no archive that can be read, {error}: what it holds is not known"),
    })?;
    let mut contents = Contents::default();
    for at in 0..archive.len() {
        if budget.entries == 0 {
            let message = format!("has more than {MAX_ENTRIES} entries with those inside it: the others are not read");
            contents.faults.push(Fault { kind: ProblemKind::Limit, message });
            break;
        }
        budget.entries -= 1;
        // A name that is no text is none of those wanted.
        let Some(name) = archive.name_for_index(at).and_then(Result::ok) else { continue };
        contents.has_folder |= folder.is_some_and(|folder| name.starts_with(folder));
        if !is_wanted(&name) {
            continue;
        }
        let name = name.into_owned();
        let limit = if is_archive(&name) { MAX_BYTES } else { MAX_TEXT };
        match read(&mut archive, at, limit, budget) {
            Ok(content) => contents.take(name, content),
            Err(fault) => {
                let message = format!("has a damaged entry `{}`: {}", crate::bounds::quote(&name), fault.message);
                contents.faults.push(Fault { message, ..fault });
            }
        }
    }
    Ok(contents)
}

fn read(archive: &mut ZipArchive<Cursor<&[u8]>>, at: usize, limit: u64, budget: &mut Budget) -> Result<Vec<u8>, Fault> {
    let fault = |kind, message: String| Fault { kind, message };
    let file = archive.by_index(at).map_err(|error| fault(ProblemKind::Archive, error.to_string()))?;
    let limit = limit.min(budget.bytes);
    let mut content = Vec::new();
    // The size an entry claims is not believed.
    let read = file.take(limit + 1).read_to_end(&mut content);
    budget.bytes = budget.bytes.saturating_sub(content.len() as u64);
    match read {
        Ok(length) if length as u64 > limit => {
            Err(fault(ProblemKind::Limit, format!("it is larger than the {limit} bytes that may be read")))
        }
        Ok(_) => Ok(content),
        Err(error) => Err(fault(ProblemKind::Compression, error.to_string())),
    }
}

impl Contents {
    fn take(&mut self, name: String, content: Vec<u8>) {
        if name == Self::MANIFEST {
            self.manifest = Some(String::from_utf8_lossy(&content).into_owned());
        } else if Self::is_properties(&name) {
            self.properties.push((name, String::from_utf8_lossy(&content).into_owned()));
        } else {
            self.archives.push((name, content));
        }
    }
}
