//! `cargo xtask test`: the test command of the README.

use anyhow::{Context as _, bail};
use std::process::Command;

use crate::setup;

/// Sets up, then runs every test, so that one run tells all that fails; a component that could not be set up is named at the end.
pub(crate) fn run(arguments: &[String]) -> anyhow::Result<()> {
    let missing = setup::run()?;
    let mut command = Command::new(env!("CARGO"));
    command.args(["test", "--workspace", "--no-fail-fast"]).args(arguments);
    let status = command.status().context("cargo test did not start")?;
    for component in &missing {
        println!("not tested on this machine: {component}");
    }
    if !status.success() {
        bail!("tests failed");
    }
    if !missing.is_empty() && std::env::var_os("PORTCULLIS_NO_SKIP").is_some() {
        bail!("components are missing and PORTCULLIS_NO_SKIP is set");
    }
    Ok(())
}
