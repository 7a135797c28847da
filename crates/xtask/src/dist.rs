//! `cargo xtask dist`: the program as it is shipped, linked statically, so that it runs on any Linux of this machine's kind.

mod memory;
mod profile;
mod training;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context as _;
use object::read::elf::{FileHeader as _, ProgramHeader as _};
use object::{Endianness, elf};
use sha2::{Digest as _, Sha256};

use crate::setup::workspace;

/// Builds it as its own profile says (with `--plain` without one), looks whether it needs anything of the system, and shows what came out.
pub(crate) fn run(arguments: &[String]) -> anyhow::Result<()> {
    let is_plain = match arguments {
        [] => false,
        [flag] if flag == "--plain" => true,
        _ => anyhow::bail!("`dist` takes nothing or --plain"),
    };
    let target = format!("{}-unknown-linux-musl", std::env::consts::ARCH);
    ensure_target(&target)?;
    anyhow::ensure!(
        succeeds(Command::new("musl-gcc").arg("--version")),
        "there is no `musl-gcc`: install the package musl-tools (zstd and the signatures' arithmetic are C)"
    );
    let folder = target_folder(&workspace());
    let profiling = folder.join("profiling");
    let built = match is_plain {
        true => build(&target, &folder, Build::default())?,
        false => {
            // Asked for first: a build with counters takes minutes.
            let link = memory::link(&folder.join("memory"))?;
            let flags = vec![format!("-Cprofile-use={}", profile::make(&target, &profiling)?.display())];
            build(&target, &profiling, Build { flags, link, ..Build::default() })?
        }
    };
    let bytes = std::fs::read(&built).with_context(|| format!("{} cannot be read", built.display()))?;
    anyhow::ensure!(is_static(&bytes)?, "{} asks for a loader: it is not linked statically", built.display());
    anyhow::ensure!(succeeds(Command::new(&built).arg("--version")), "{} does not start", built.display());
    let shipped = folder.join("dist/portcullis");
    std::fs::create_dir_all(folder.join("dist"))?;
    std::fs::copy(&built, &shipped)?;
    let digest: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    println!("{} ({} bytes, static)\nsha256:{digest}", shipped.display(), bytes.len());
    Ok(())
}

/// What is otherwise than usual about a build.
#[derive(Default)]
struct Build {
    /// For the compiler of every crate, beside those of the environment.
    flags: Vec<String>,
    /// For the program itself.
    link: Vec<String>,
    environment: Vec<(&'static str, &'static str)>,
}

/// Has cargo build the program below `folder`.
fn build(target: &str, folder: &Path, how: Build) -> anyhow::Result<PathBuf> {
    let mut build = Command::new(env!("CARGO"));
    build.current_dir(workspace()).env("CARGO_TARGET_DIR", folder).envs(how.environment);
    build.args(["rustc", "--profile", "dist", "--package", "portcullis-cli", "--bin", "portcullis"]);
    // At a fixed address, as `crates/cli/build.rs` says why: else the start corrects 73,000 places.
    build.args(["--target", target, "--", "-C", "relocation-model=static"]).args(how.link);
    let given = std::env::var("RUSTFLAGS").unwrap_or_default();
    let flags: Vec<&str> = given.split_whitespace().chain(how.flags.iter().map(String::as_str)).collect();
    if !flags.is_empty() {
        // The form in which paths may hold blanks.
        build.env_remove("RUSTFLAGS").env("CARGO_ENCODED_RUSTFLAGS", flags.join("\x1f"));
    }
    let status = build.status().context("cargo cannot be started")?;
    anyhow::ensure!(status.success(), "the build failed");
    Ok(folder.join(target).join("dist/portcullis"))
}

/// Has rustup fetch the standard library for the target, where it is not there.
fn ensure_target(target: &str) -> anyhow::Result<()> {
    let mut ask = Command::new("rustc");
    let output = ask.args(["--print", "target-libdir", "--target", target]).output().context("there is no rustc")?;
    let folder = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    if output.status.success() && Path::new(&folder).exists() {
        return Ok(());
    }
    let is_added = succeeds(Command::new("rustup").args(["target", "add", target]));
    anyhow::ensure!(is_added, "the standard library for {target} is not there, and rustup cannot add it");
    Ok(())
}

/// Where cargo puts what it builds.
fn target_folder(root: &Path) -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |folder| root.join(folder))
}

/// Whether a 64-bit ELF program names no loader.
fn is_static(bytes: &[u8]) -> anyhow::Result<bool> {
    let header = elf::FileHeader64::<Endianness>::parse(bytes)?;
    let endian = header.endian()?;
    let segments = header.program_headers(endian, bytes)?;
    Ok(segments.iter().all(|segment| segment.p_type(endian) != elf::PT_INTERP))
}

fn succeeds(command: &mut Command) -> bool {
    command.output().is_ok_and(|output| output.status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_asks_for_a_loader_is_told() {
        // The tests themselves are linked with the C library of the system, wherever they run.
        let tests = std::fs::read(std::env::current_exe().expect("it runs")).expect("it can be read");
        assert!(!is_static(&tests).expect("an ELF file") || cfg!(target_feature = "crt-static"));
        assert!(is_static(b"#!/bin/sh").is_err());
    }
}
