//! What the `.gitignore` files of a tree leave out, folder by folder.
//!
//! The walk could leave it out by itself, but would not tell what; and a report must, for whoever can write such a file could hide
//! what is shipped. What a file says wrongly leaves out nothing: then something is read that need not be.

use std::collections::HashMap;
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use foldhash::fast::RandomState;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// What git writes for people is not longer than this; what is would take long to compile.
const MOST_BYTES: u64 = 1 << 20;

/// The `.gitignore` files of the folders that were gone into.
#[derive(Debug, Default)]
pub(super) struct Gitignores {
    /// By folder; none for one with no such file in it or above it.
    rules: RwLock<HashMap<OsString, Arc<Rules>, RandomState>>,
    unread: Mutex<Vec<(OsString, String)>>,
}

/// What holds in one folder.
#[derive(Debug)]
struct Rules {
    here: Gitignore,
    above: Option<Arc<Rules>>,
}

impl Gitignores {
    /// Reads what lies in a folder, before anything in it is asked about. Folders above it come first.
    pub(super) fn enter(&self, folder: &Path) {
        let above = folder.parent().and_then(|parent| self.within(parent));
        let rules = match self.read(folder) {
            Some(here) => Some(Arc::new(Rules { here, above })),
            None => above,
        };
        if let Some(rules) = rules {
            self.rules.write().unwrap_or_else(PoisonError::into_inner).insert(folder.into(), rules);
        }
    }

    /// Whether something is left out, in a folder that was gone into.
    pub(super) fn leave_out(&self, path: &Path, is_folder: bool) -> bool {
        let mut rules = path.parent().and_then(|parent| self.within(parent));
        while let Some(level) = rules {
            let found = level.here.matched(path, is_folder);
            if !found.is_none() {
                return found.is_ignore();
            }
            rules = level.above.clone();
        }
        false
    }

    /// Files that were there and could not be honoured, and why.
    pub(super) fn take_unread(&self) -> Vec<(OsString, String)> {
        std::mem::take(&mut *self.unread.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn within(&self, folder: &Path) -> Option<Arc<Rules>> {
        let rules = self.rules.read().unwrap_or_else(PoisonError::into_inner);
        if rules.is_empty() { None } else { rules.get(folder.as_os_str()).cloned() }
    }

    fn read(&self, folder: &Path) -> Option<Gitignore> {
        let place = folder.join(".gitignore");
        match text(&place) {
            Ok(text) => {
                let mut builder = GitignoreBuilder::new(folder);
                for line in text.trim_start_matches('\u{feff}').lines() {
                    // A pattern that is none matches nothing.
                    let _ = builder.add_line(None, line);
                }
                builder.build().ok().filter(|rules| !rules.is_empty())
            }
            // The walk itself complains of a folder that may not be looked into.
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::PermissionDenied) => None,
            Err(error) => {
                let unread = (place.into_os_string(), error.to_string());
                self.unread.lock().unwrap_or_else(PoisonError::into_inner).push(unread);
                None
            }
        }
    }
}

/// A link is not followed, as git does not.
fn text(place: &Path) -> io::Result<String> {
    if !place.symlink_metadata()?.is_file() {
        return Err(io::Error::other("it is no plain file"));
    }
    let mut bytes = Vec::new();
    File::open(place)?.take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(io::Error::other(format!("it is longer than {MOST_BYTES} bytes")));
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
