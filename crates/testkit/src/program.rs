//! Real programs that tests compare with.

use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::{Command, Output};

/// A program of this machine, or a loud skip of what needs it.
pub fn find(name: &str, what: &str) -> Option<PathBuf> {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&paths).map(|folder| folder.join(name)).find(|path| path.is_file());
    if found.is_none() {
        crate::skip(what, &format!("`{name}` is not installed; run `cargo xtask setup`"));
    }
    found
}

/// Runs a program that must succeed.
pub fn run<S: AsRef<OsStr>>(program: &std::path::Path, arguments: &[S]) -> Output {
    let output = Command::new(program).args(arguments).output().expect("the program starts");
    assert!(output.status.success(), "{}: {}", program.display(), String::from_utf8_lossy(&output.stderr));
    output
}
