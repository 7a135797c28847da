//! `db build`: a snapshot from files.

use std::io::Write as _;
use std::process::ExitCode;

use anyhow::Context as _;
use portcullis::advisory::{self, BuildOptions};
use portcullis::model::Problem;

use crate::arguments::DbBuild;
use crate::{settings, terminal};

/// Builds a snapshot.
pub(super) fn run(arguments: &DbBuild) -> anyhow::Result<ExitCode> {
    let as_of = arguments.as_of.as_deref().map(|text| settings::date("--as-of", text)).transpose()?;
    let (strict, summaries) = (arguments.strict, arguments.summaries);
    let options = BuildOptions { strict, summaries, as_of, ..BuildOptions::default() };
    let (built, problems) = advisory::build(&arguments.from, &options)?;
    show(&problems);
    advisory::write(&built.bytes, &arguments.output)?;
    // What was said of a snapshot that lay there before is not true of this one.
    advisory::remove_origin(&arguments.output)
        .with_context(|| format!("could not remove what is said of {}", arguments.output.display()))?;
    writeln!(std::io::stdout(), "{}: {} bytes, {}", arguments.output.display(), built.bytes.len(), built.statistics)?;
    Ok(ExitCode::SUCCESS)
}

/// What could not be taken, as far as it can be read.
pub(super) fn show(problems: &[Problem]) {
    const MOST_SHOWN: usize = 20;
    for problem in problems.iter().take(MOST_SHOWN) {
        let line = problem.line.map(|line| format!(":{line}")).unwrap_or_default();
        let place = problem.path.as_ref().map(|path| format!("{path}{line}: ")).unwrap_or_default();
        terminal::note(&format!("{place}{}", problem.message));
    }
    if problems.len() > MOST_SHOWN {
        terminal::note(&format!("and {} more", problems.len() - MOST_SHOWN));
    }
}
