//! What the system says of a file: how large it is, and whether somebody may execute it.
//!
//! Whoever wants programs wherever they lie must ask that of every file, and that is most of what looking around in a tree costs: by
//! a whole path the system looks up each folder above the file once more. So files are asked about from within their folder.

use ignore::DirEntry;

use super::names;

/// What is known of a file before it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) size: u64,
    pub(super) executable: bool,
}

/// Looks at files, those of one folder one after another; one for each thread.
#[derive(Debug, Default)]
pub(super) struct Looker {
    /// The folder of the last file.
    #[cfg(unix)]
    folder: Option<(std::path::PathBuf, std::os::fd::OwnedFd)>,
}

impl Looker {
    /// Looks at a file, not at what a link leads to; the error says why that cannot be.
    pub(super) fn look(&mut self, entry: &DirEntry) -> Result<Look, String> {
        match self.within_folder(entry) {
            Some(look) => Ok(look),
            None => by_path(entry),
        }
    }

    /// `None` where the folder cannot be opened or the file not be looked at: its path is tried then, and says why.
    #[cfg(unix)]
    fn within_folder(&mut self, entry: &DirEntry) -> Option<Look> {
        use rustix::fs::{AtFlags, Mode, OFlags, open, statat};
        let parent = entry.path().parent()?;
        if self.folder.as_ref().is_none_or(|(known, _)| known.as_os_str() != parent.as_os_str()) {
            let opened = open(parent, OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty());
            self.folder = Some((parent.to_owned(), opened.ok()?));
        }
        let (_, folder) = self.folder.as_ref()?;
        let stat = statat(folder, entry.file_name(), AtFlags::SYMLINK_NOFOLLOW).ok()?;
        Some(Look { size: u64::try_from(stat.st_size).ok()?, executable: stat.st_mode & 0o111 != 0 })
    }

    #[cfg(not(unix))]
    fn within_folder(&mut self, _entry: &DirEntry) -> Option<Look> {
        None
    }
}

fn by_path(entry: &DirEntry) -> Result<Look, String> {
    let metadata = entry.metadata().map_err(|error| names::of_error(&error).1)?;
    Ok(Look { size: metadata.len(), executable: crate::file::is_executable(entry.path(), &metadata) })
}

#[cfg(test)]
mod tests {
    use testkit::scratch::Scratch;

    use super::*;

    /// From within its folder a file is what it is by its path, whichever folder came before.
    #[test]
    fn both_ways_say_the_same() {
        let scratch = Scratch::with(&[("a/x", "12345"), ("a/b/y", ""), ("a/z", "1"), ("c", "123")]);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            std::fs::set_permissions(scratch.join("a/z"), std::fs::Permissions::from_mode(0o755))
                .expect("its own file");
        }
        let mut looker = Looker::default();
        let mut seen = 0;
        for entry in ignore::WalkBuilder::new(scratch.path()).standard_filters(false).build() {
            let entry = entry.expect("a readable tree");
            if entry.file_type().is_some_and(|kind| kind.is_file()) {
                assert_eq!(looker.look(&entry), by_path(&entry), "{}", entry.path().display());
                seen += 1;
            }
        }
        assert_eq!(seen, 4);
    }

    #[test]
    fn what_is_gone_is_said() {
        let scratch = Scratch::with(&[("a/x", "1")]);
        let mut entries = ignore::WalkBuilder::new(scratch.path()).standard_filters(false).build();
        let entry = entries.find_map(|entry| entry.ok().filter(|entry| entry.file_name() == "x")).expect("the file");
        std::fs::remove_file(entry.path()).expect("its own file");
        let reason = Looker::default().look(&entry).expect_err("it is gone");
        assert!(reason.contains("os error 2") || !cfg!(unix), "{reason}");
    }
}
