//! The folder that holds the entries.

use std::fs::File;
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, SystemTime};

use super::CacheLimits;
use super::key::Key;
use super::owner::{CacheRefused, prepare};
use super::replay::Replay;
use super::tally::{Counters, Kept, Tally};
use super::write::{UNFINISHED, Writer};

/// A folder of results. Clones share it; so may other processes. Nothing is read or made before the first image is.
#[derive(Clone, Debug)]
pub struct Cache(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    folder: PathBuf,
    limits: CacheLimits,
    now: SystemTime,
    ready: OnceLock<Result<(), CacheRefused>>,
    counters: Counters,
}

/// A file of the cache.
struct Found {
    path: PathBuf,
    bytes: u64,
    used: SystemTime,
    is_entry: bool,
}

/// What nobody finishes within this time was left behind.
const UNFINISHED_AGE: Duration = Duration::from_secs(3600);

impl Cache {
    /// A cache in this folder. `now` is what ages are told from.
    pub fn new(folder: impl Into<PathBuf>, limits: CacheLimits, now: SystemTime) -> Cache {
        let counters = Counters::default();
        Cache(Arc::new(Shared { folder: folder.into(), limits, now, ready: OnceLock::new(), counters }))
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.0.folder
    }

    /// Why the folder is not used, if it was to be used and is not.
    pub fn refused(&self) -> Option<&CacheRefused> {
        self.0.ready.get().and_then(|ready| ready.as_ref().err())
    }

    /// What it was good for so far.
    pub fn tally(&self) -> Tally {
        self.0.counters.tally()
    }

    /// What it holds. A folder that is not there holds nothing.
    pub fn status(&self) -> io::Result<Kept> {
        Ok(sum(&self.files()?))
    }

    /// Removes all entries, and what was left unfinished. Nothing else in the folder is touched.
    pub fn clear(&self) -> io::Result<Kept> {
        let files = self.files()?;
        for file in &files {
            remove(&file.path)?;
        }
        Ok(sum(&files))
    }

    /// Removes what is too old, then what was used longest ago until the rest fits, and what was left unfinished. Gives what went.
    pub fn tidy(&self) -> io::Result<Kept> {
        let Shared { limits, now, .. } = &*self.0;
        let age = |file: &Found| now.duration_since(file.used).unwrap_or_default();
        let (mut entries, mut gone): (Vec<Found>, Vec<Found>) =
            self.files()?.into_iter().partition(|file| file.is_entry);
        gone.retain(|file| age(file) > UNFINISHED_AGE);
        entries.sort_by(|left, right| (right.used, &right.path).cmp(&(left.used, &left.path)));
        let mut total = 0_u64;
        for file in entries {
            total = total.saturating_add(file.bytes);
            if age(&file) > limits.unused || total > limits.bytes {
                gone.push(file);
            }
        }
        for file in &gone {
            remove(&file.path)?;
        }
        Ok(sum(&gone))
    }

    /// The entry of a key. One that is damaged is removed, and is none.
    pub(crate) fn find(&self, key: &Key) -> Option<Replay<BufReader<File>>> {
        self.is_ready().then_some(())?;
        let path = self.0.folder.join(key.file_name());
        let file = File::open(&path).ok()?;
        // Used now. Where that cannot be noted it only goes earlier.
        let _ = file.set_modified(self.0.now);
        match Replay::open(BufReader::with_capacity(64 << 10, file), key) {
            Ok(replay) => Some(replay),
            Err(_) => {
                let _ = std::fs::remove_file(&path);
                self.0.counters.damaged.fetch_add(1, Ordering::Relaxed);
                None
            }
        }
    }

    /// Whether there is something where the entry of a key would be.
    pub(crate) fn may_have(&self, key: &Key) -> bool {
        self.is_ready() && self.0.folder.join(key.file_name()).exists()
    }

    /// Begins the entry of a key.
    pub(crate) fn begin(&self, key: &Key) -> Option<Writer> {
        self.is_ready().then_some(())?;
        Writer::begin(&self.0.folder, key, self.0.limits.entry_bytes(), self.0.now).ok()
    }

    /// An entry was of use, though nobody read it.
    pub(super) fn touch(&self, key: &Key) {
        if let Ok(file) = File::open(self.0.folder.join(key.file_name())) {
            let _ = file.set_modified(self.0.now);
        }
    }

    /// A layer was not read.
    pub(crate) fn count_found(&self) {
        self.0.counters.found.fetch_add(1, Ordering::Relaxed);
    }

    /// A layer is kept now.
    pub(crate) fn count_kept(&self) {
        self.0.counters.kept.fetch_add(1, Ordering::Relaxed);
    }

    fn is_ready(&self) -> bool {
        self.0.ready.get_or_init(|| prepare(&self.0.folder)).is_ok()
    }

    /// Our own files; whatever else lies in the folder is left alone.
    fn files(&self) -> io::Result<Vec<Found>> {
        let listed = match std::fs::read_dir(&self.0.folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            listed => listed?,
        };
        let mut files = Vec::new();
        for entry in listed {
            let entry = entry?;
            let name = entry.file_name();
            let Some(name) = name.to_str() else { continue };
            let is_entry = Key::is_file_name(name);
            if !is_entry && !name.starts_with(UNFINISHED) {
                continue;
            }
            // Another process may have removed it meanwhile.
            let Ok(about) = entry.metadata() else { continue };
            if about.is_file() {
                let used = about.modified().unwrap_or(SystemTime::UNIX_EPOCH);
                files.push(Found { path: entry.path(), bytes: about.len(), used, is_entry });
            }
        }
        Ok(files)
    }
}

fn remove(path: &Path) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn sum(files: &[Found]) -> Kept {
    let mut kept = Kept::default();
    for file in files {
        kept.bytes += file.bytes;
        if file.is_entry { kept.entries += 1 } else { kept.unfinished += 1 }
    }
    kept
}
