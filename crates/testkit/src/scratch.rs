//! A folder of a test's own, gone when the test ends.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder of a test's own.
#[derive(Debug)]
pub struct Scratch {
    path: PathBuf,
}

impl Scratch {
    /// An empty folder that no other test has.
    pub fn new() -> Scratch {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("portcullis-test-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&path).expect("the temporary folder is writable");
        Scratch { path: path.canonicalize().expect("it was just made") }
    }

    /// A folder that holds these files: path and content each.
    pub fn with(files: &[(&str, &str)]) -> Scratch {
        let scratch = Scratch::new();
        for (path, content) in files {
            scratch.write(path, content);
        }
        scratch
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A path below it.
    pub fn join(&self, relative: &str) -> PathBuf {
        self.path.join(relative)
    }

    /// Writes a file, with the folders it is in.
    pub fn write(&self, relative: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path.join(relative);
        std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a writable folder");
        std::fs::write(&path, content).expect("a writable folder");
        path
    }

    /// Makes a symbolic link, with the folders it is in.
    #[cfg(unix)]
    pub fn symlink(&self, relative: &str, target: &str) {
        let path = self.path.join(relative);
        std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a writable folder");
        std::os::unix::fs::symlink(target, path).expect("a writable folder");
    }
}

impl Default for Scratch {
    fn default() -> Scratch {
        Scratch::new()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What a test made unreadable stays behind; it is in the temporary folder.
        let _ = std::fs::remove_dir_all(&self.path);
    }
}
