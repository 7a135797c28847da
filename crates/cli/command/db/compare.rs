//! `db compare`: two versions, or lines of two.

use std::io::{BufRead as _, BufWriter, Write as _};
use std::process::ExitCode;

use anyhow::{Context as _, anyhow, bail};
use portcullis::advisory;

use crate::arguments::DbCompare;

/// Compares.
pub(super) fn run(arguments: &DbCompare) -> anyhow::Result<ExitCode> {
    match arguments.versions.as_slice() {
        [left, right] => writeln!(std::io::stdout(), "{}", compare_one(&arguments.ecosystem, left, right)?)?,
        [] => {
            let mut out = BufWriter::new(std::io::stdout().lock());
            for line in std::io::stdin().lock().lines() {
                let line = line.context("could not read standard input")?;
                let Some((left, right)) = line.split_once('\t') else { bail!("`{line}`: a line is A<TAB>B") };
                writeln!(out, "{}", compare_one(&arguments.ecosystem, left, right)?)?;
            }
            out.flush()?;
        }
        _ => bail!("give two versions, or none and A<TAB>B lines on standard input"),
    }
    Ok(ExitCode::SUCCESS)
}

fn compare_one(ecosystem: &str, left: &str, right: &str) -> anyhow::Result<&'static str> {
    let answer = advisory::compare_versions(ecosystem, left, right).map_err(|error| anyhow!("{error}"))?;
    Ok(match answer {
        Some(std::cmp::Ordering::Less) => "<",
        Some(std::cmp::Ordering::Equal) => "=",
        Some(std::cmp::Ordering::Greater) => ">",
        None => "undecided",
    })
}
