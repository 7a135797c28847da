//! Paths that package databases say they own.

use model::{ProblemKind, TreePath};

use crate::fault_log::FaultLog;

/// No real system comes near these; beyond them ownership is simply not known.
const MAX_FILES: usize = 2_000_000;
const MAX_BYTES: usize = 256 << 20;
/// No path that can be walked to is longer.
const MAX_PATH: usize = 4096;

/// Folders that are links into `usr/` on a merged system. A database names a file by the path it was packed under,
/// a walk meets it below `usr/`.
const MERGED: &[&[u8]] = &[b"bin/", b"sbin/", b"lib/", b"lib32/", b"lib64/", b"libx32/"];

/// Owned files: (package's place, path from the root).
pub(crate) struct Ownership {
    rooted: bool,
    files: Vec<(usize, TreePath)>,
    bytes: usize,
    cut: bool,
}

impl Ownership {
    /// Paths are written like the path of the database itself, so that both can be compared.
    pub(crate) fn like(database: &TreePath) -> Ownership {
        Ownership { rooted: database.is_rooted(), files: Vec::new(), bytes: 0, cut: false }
    }

    /// A file of the package at `owner`, and the other name it has once `/usr` is merged.
    pub(crate) fn add(&mut self, owner: usize, raw: &[u8]) {
        let raw = raw.strip_prefix(b"/").unwrap_or(raw);
        if raw.len() > MAX_PATH {
            return;
        }
        self.push(owner, raw);
        if MERGED.iter().any(|folder| raw.starts_with(folder)) {
            self.push(owner, &[b"usr/", raw].concat());
        }
    }

    /// A file by its folder and its name.
    pub(crate) fn add_in(&mut self, owner: usize, folder: &[u8], name: &[u8]) {
        if folder.len() + name.len() <= MAX_PATH {
            self.add(owner, &[folder, b"/", name].concat());
        }
    }

    /// The pairs, in the order they were added; says so when there were too many to keep.
    pub(crate) fn finish(self, faults: &mut FaultLog<'_>) -> Vec<(usize, TreePath)> {
        if self.cut {
            let message = "too many files in the package database: who owns the others is not known";
            faults.warning(ProblemKind::Limit, None, message);
        }
        self.files
    }

    fn push(&mut self, owner: usize, raw: &[u8]) {
        self.bytes += raw.len();
        if self.files.len() >= MAX_FILES || self.bytes > MAX_BYTES {
            self.cut = true;
            return;
        }
        let path = if self.rooted { TreePath::rooted(raw) } else { TreePath::new(raw) };
        // A path nobody could have walked to owns nothing.
        self.files.extend(path.ok().map(|path| (owner, path)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(raw: &str, expected: &[&str]) {
        let mut ownership = Ownership::like(&TreePath::rooted("db").expect("a valid path"));
        ownership.add(0, raw.as_bytes());
        let paths: Vec<String> = ownership.files.into_iter().map(|(_, path)| path.to_string()).collect();
        assert_eq!(paths, expected);
    }

    #[test]
    fn both_names_of_a_merged_folder() {
        check("/bin/ls", &["/bin/ls", "/usr/bin/ls"]);
        check("/usr/lib/x.so", &["/usr/lib/x.so"]);
        check("/usr/share/doc", &["/usr/share/doc"]);
        check("/../etc/passwd", &[]);
        check("/", &[]);
    }
}
