//! `memcpy` and its like from LLVM's C library in place of musl's for x86-64, which begin each copy slowly: a tenth of a small scan is short
//! copies.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context as _;

use super::succeeds;

/// The functions that are taken. Each stands alone: nothing else of that library comes with them.
const MEMBERS: [&str; 5] = ["memcpy.cpp.o", "memmove.cpp.o", "memset.cpp.o", "memcmp.cpp.o", "bcmp.cpp.o"];
/// The Debian package of the library for this compiler's generation.
const PACKAGE: &str = "libllvmlibc-22-dev";
const ARCHIVE: &str = "libllvmlibc.a";
/// Names the library where no Debian package does.
const VARIABLE: &str = "LLVM_LIBC";
/// What the part of it is called.
const NAME: &str = "llvm-memory";

/// Makes a library of these functions alone in `folder`. Gives the arguments by which rustc takes them before those of musl; none for
/// another processor.
pub(super) fn link(folder: &Path) -> anyhow::Result<Vec<String>> {
    if std::env::consts::ARCH != "x86_64" {
        return Ok(Vec::new());
    }
    let library = find()?;
    let part = folder.join(format!("lib{NAME}.a"));
    std::fs::create_dir_all(folder)?;
    let _ = std::fs::remove_file(&part);
    let mut take = Command::new("ar");
    take.current_dir(folder).arg("x").arg(&library).args(MEMBERS);
    anyhow::ensure!(succeeds(&mut take), "{} does not hold {}", library.display(), MEMBERS.join(", "));
    let mut put = Command::new("ar");
    put.current_dir(folder).arg("rcs").arg(&part).args(MEMBERS);
    anyhow::ensure!(succeeds(&mut put), "{} cannot be made", part.display());
    let place = format!("native={}", folder.canonicalize()?.display());
    Ok(["-L", &place, "-l", &format!("static:+whole-archive={NAME}")].map(str::to_owned).to_vec())
}

/// Where the library is: what the variable names, or the package's.
fn find() -> anyhow::Result<PathBuf> {
    if let Some(path) = std::env::var_os(VARIABLE) {
        return std::path::absolute(path).with_context(|| format!("{VARIABLE} names no file"));
    }
    let listed = Command::new("dpkg-query").args(["--listfiles", PACKAGE]).output();
    let listed = listed.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    listed.lines().find(|path| path.ends_with(&format!("/{ARCHIVE}"))).map(PathBuf::from).with_context(|| {
        format!("LLVM's C library is not there: install the package {PACKAGE}, name the file {ARCHIVE} in {VARIABLE}, or do without by --plain")
    })
}
