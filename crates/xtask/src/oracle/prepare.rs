//! What reference implementations need: Debian packages, and a folder each below `.cache/oracle`.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::Context as _;

use crate::setup::workspace;

/// Where a judge keeps its things.
pub(super) fn folder(name: &str) -> anyhow::Result<PathBuf> {
    let folder = workspace().join(".cache/oracle").join(name);
    std::fs::create_dir_all(&folder)?;
    Ok(folder.canonicalize()?)
}

/// Writes a driver's source there.
pub(super) fn driver(folder: &Path, name: &str, source: &str) -> anyhow::Result<PathBuf> {
    let path = folder.join(name);
    std::fs::write(&path, source)?;
    Ok(path)
}

/// Installs a Debian package where a file of it is not there.
pub(super) fn debian(package: &str, shows: &Path) -> anyhow::Result<()> {
    if shows.exists() {
        return Ok(());
    }
    println!("installing the Debian package {package}");
    done(Command::new("apt-get").args(["-q", "update"]).stdout(Stdio::null()))?;
    let mut install = Command::new("apt-get");
    install.args(["-q", "-y", "install", "--no-install-recommends", package]).env("DEBIAN_FRONTEND", "noninteractive");
    done(install.stdout(Stdio::null()))
}

/// Runs a program that must succeed.
pub(super) fn done(command: &mut Command) -> anyhow::Result<()> {
    let shown = command.get_program().to_string_lossy().into_owned();
    let status = command.status().with_context(|| format!("{shown} could not be started"))?;
    anyhow::ensure!(status.success(), "{shown} ended with {status}");
    Ok(())
}

/// The first line a program prints.
pub(super) fn first_line(command: &mut Command) -> anyhow::Result<String> {
    let shown = command.get_program().to_string_lossy().into_owned();
    let output = command.output().with_context(|| format!("{shown} could not be started"))?;
    anyhow::ensure!(output.status.success(), "{shown} ended with {}", output.status);
    Ok(String::from_utf8_lossy(&output.stdout).lines().next().unwrap_or_default().to_owned())
}
