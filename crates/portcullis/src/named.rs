//! Files of a folder that others name, whatever they are called: fetched once everything else went by.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use artifact::{Artifact, FileBytes, FileMeta, Interest, Sink};
use inventory::CompanionFile;
use model::{Cancel, Origin, Problem, ProblemKind, TreePath};

use crate::collect::{Kept, Routes, Wanted};

/// What is fetched may name more. Nobody nests deeper, and the folder is looked through once for each.
const MOST_ROUNDS: usize = 8;

/// The most bytes that are read of one; longer ones are problems. What people write and tools lock is far shorter.
const LIMIT: u64 = 8 << 20;

/// The most bytes of all of them: whatever lies in a folder can be named.
const MOST_BYTES: usize = 128 << 20;

/// What came of it.
#[derive(Default)]
pub(crate) struct Fetched {
    pub(crate) files: u64,
    pub(crate) bytes: u64,
    pub(crate) problems: Vec<Problem>,
}

/// Fetches what files that wait for others name and nobody kept. Only of folders: an image would have to be read once more
/// from its start. What is not fetched is said by whoever names it.
pub(crate) fn fetch(artifact: &Artifact, routes: &Routes<'_>, kept: &mut Vec<Kept>, cancel: &Cancel) -> Fetched {
    let mut fetched = Fetched::default();
    let mut asked = BTreeSet::new();
    let mut room = MOST_BYTES;
    for _ in 0..MOST_ROUNDS {
        let wanted: BTreeSet<TreePath> = missing(routes, kept).difference(&asked).cloned().collect();
        if wanted.is_empty() || artifact.root().is_none() {
            break;
        }
        let desk = Desk::new(&wanted, room);
        let walk = artifact.walk(&desk, cancel);
        let found = desk.found.into_inner().unwrap_or_else(PoisonError::into_inner);
        room = found.room;
        // What is wrong with the rest was said when everything went by.
        let is_new = |problem: &Problem| problem.path.as_ref().is_some_and(|path| wanted.contains(path));
        fetched.problems.extend(walk.problems.into_iter().filter(is_new));
        fetched.problems.extend(found.beyond.iter().map(beyond));
        fetched.files += walk.files_read;
        fetched.bytes += walk.bytes_read;
        kept.extend(found.files);
        asked.extend(wanted);
    }
    fetched
}

/// Finds a file among those that were kept.
pub(crate) fn companion<'k>(by_path: &HashMap<&TreePath, &'k Kept>, path: &TreePath) -> Option<CompanionFile<'k>> {
    by_path.get(path).map(|file| CompanionFile { path: &file.origin.path, bytes: &file.bytes })
}

fn missing(routes: &Routes<'_>, kept: &[Kept]) -> BTreeSet<TreePath> {
    let by_path: HashMap<&TreePath, &Kept> = kept.iter().map(|file| (&file.origin.path, file)).collect();
    let of_file = |file: &Kept| {
        let own = CompanionFile { path: &file.origin.path, bytes: &file.bytes };
        let ids = file.wanted.detectors.iter();
        let missing = ids.map(|id| routes.claims.named(*id, own, &|path| companion(&by_path, path)).missing);
        missing.flatten().collect::<Vec<_>>()
    };
    kept.iter().flat_map(of_file).collect()
}

fn beyond(path: &TreePath) -> Problem {
    let most = MOST_BYTES >> 20;
    let message = format!("the files that others name have more than {most} MiB together: this one is not read");
    Problem::error(ProblemKind::Limit, message).in_file(path)
}

/// The sink of a walk that wants these files alone.
struct Desk<'w> {
    wanted: HashSet<&'w [u8]>,
    found: Mutex<Found>,
}

#[derive(Default)]
struct Found {
    files: Vec<Kept>,
    /// How many bytes more are kept.
    room: usize,
    /// Files for which there was no room.
    beyond: Vec<TreePath>,
}

impl Desk<'_> {
    fn new(wanted: &BTreeSet<TreePath>, room: usize) -> Desk<'_> {
        let found = Mutex::new(Found { room, ..Found::default() });
        Desk { wanted: wanted.iter().map(TreePath::as_bytes).collect(), found }
    }
}

impl Sink for Desk<'_> {
    fn may_want(&self, path: &[u8], _executable: bool) -> bool {
        self.wanted.contains(path)
    }

    fn interest(&self, file: &FileMeta) -> Interest {
        if self.wanted.contains(file.origin.path.as_bytes()) {
            Interest::Whole { limit: LIMIT }
        } else {
            Interest::Skip
        }
    }

    fn interest_after_head(&self, _file: &FileMeta, _head: &[u8]) -> Interest {
        Interest::Skip
    }

    fn content(&self, file: &FileMeta, content: FileBytes) {
        let origin: Origin = file.origin.clone();
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        match found.room.checked_sub(content.len()) {
            Some(room) => {
                found.room = room;
                found.files.push(Kept { origin, bytes: Arc::new(content.into_vec()), wanted: Wanted::default() });
            }
            None => found.beyond.push(origin.path),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_room_is_said() {
        let path = |name: &str| TreePath::new(name).expect("a path");
        let wanted = BTreeSet::from(["a", "b", "c"].map(path));
        let desk = Desk::new(&wanted, 6);
        for (name, text) in [("a", "1234"), ("b", "567"), ("c", "89")] {
            let file = FileMeta { origin: Origin::file(path(name)), size: text.len() as u64, executable: false };
            desk.content(&file, FileBytes::from(text.as_bytes().to_vec()));
        }
        let found = desk.found.into_inner().expect("nothing panicked");
        let kept: Vec<String> = found.files.iter().map(|file| file.origin.path.to_string()).collect();
        assert_eq!((kept, found.room), (vec!["a".to_owned(), "c".to_owned()], 0));
        assert_eq!(found.beyond, [path("b")]);
        assert_eq!(beyond(&path("b")).kind, ProblemKind::Limit);
    }
}
