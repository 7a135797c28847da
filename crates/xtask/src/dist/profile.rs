//! Where a program spends its time, by a program that counts: what the compiler then makes quick, and what it puts side by side.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context as _;

use super::training;
use super::{Build, build, succeeds};

/// Has the program built with counters, trained, and what they counted put together. Gives the file that the compiler reads.
pub(super) fn make(target: &str, folder: &Path) -> anyhow::Result<PathBuf> {
    let merge = merger()?;
    let counts = folder.join("counts");
    let _ = std::fs::remove_dir_all(&counts);
    std::fs::create_dir_all(&counts)?;
    // Counters are put in before linking: that units are not joined at the end changes nothing of what they count.
    let how = Build {
        flags: vec![format!("-Cprofile-generate={}", counts.display())],
        environment: vec![("CARGO_PROFILE_DIST_LTO", "off")],
        ..Build::default()
    };
    let program = build(target, folder, how)?;
    println!("dist: training {}", program.display());
    training::run(&program, &folder.join("training"))?;
    let profile = folder.join("portcullis.profdata");
    let mut merging = Command::new(merge);
    merging.arg("merge").arg("-o").arg(&profile).arg(&counts);
    anyhow::ensure!(succeeds(&mut merging), "what was counted cannot be put together: {merging:?}");
    Ok(profile)
}

/// The tool of this compiler for it, fetched by rustup where it is not there.
fn merger() -> anyhow::Result<PathBuf> {
    let output = Command::new("rustc").args(["--print", "target-libdir"]).output().context("there is no rustc")?;
    let libraries = PathBuf::from(String::from_utf8_lossy(&output.stdout).trim());
    let tool = libraries.parent().context("rustc names no folder")?.join("bin/llvm-profdata");
    if !tool.exists() {
        let is_added = succeeds(Command::new("rustup").args(["component", "add", "llvm-tools"]));
        anyhow::ensure!(
            is_added && tool.exists(),
            "`llvm-profdata` is not there, and rustup cannot add llvm-tools: `cargo xtask dist --plain` does without"
        );
    }
    Ok(tool)
}
