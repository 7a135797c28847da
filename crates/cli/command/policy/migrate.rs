//! `policy migrate`: version 0 of Rego rewritten as version 1.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use portcullis::policy::{Options, migrate};

use crate::arguments::PolicyMigrate;
use crate::{exit, settings, terminal};

/// Prints the new text of one file, or writes those that change back. Exit 2 when one cannot be rewritten; the others are.
pub(crate) fn run(arguments: &PolicyMigrate) -> anyhow::Result<ExitCode> {
    let mut files: Vec<PathBuf> = Vec::new();
    for path in &arguments.paths {
        files.extend(settings::rego_files(path)?);
    }
    files.sort();
    files.dedup();
    if files.is_empty() {
        bail!("no .rego file there");
    }
    if files.len() > 1 && !arguments.write {
        bail!("{} files: --write writes them back, and prints the names of those that changed", files.len());
    }
    let mut out = std::io::stdout().lock();
    let mut failed = false;
    for path in &files {
        let file = settings::read_policy(path)?;
        match migrate(&file, &Options::default()) {
            Err(error) => {
                terminal::error(&error.to_string());
                failed = true;
            }
            Ok(migrated) if !arguments.write => write!(out, "{}", migrated.unwrap_or(file.text))?,
            Ok(None) => {}
            Ok(Some(text)) => {
                std::fs::write(path, text).with_context(|| format!("could not write {}", path.display()))?;
                writeln!(out, "{}", path.display())?;
            }
        }
    }
    Ok(if failed { ExitCode::from(exit::USAGE) } else { ExitCode::SUCCESS })
}
