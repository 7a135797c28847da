//! `convert`: a JSON report in other formats. The verdict and the exit code stay those of the scan.

use std::process::ExitCode;

use anyhow::Context as _;
use portcullis::model::Report;
use portcullis::report;

use crate::arguments::ConvertArguments;
use crate::{exit, output};

/// Reads a report and writes it again.
pub(crate) fn run(arguments: &ConvertArguments) -> anyhow::Result<ExitCode> {
    let report = read_report(&arguments.report)?;
    let outputs = output::parse(&arguments.formats)?;
    let options = report::Options {
        color: arguments.color.for_stdout(),
        include_suppressed: arguments.include_suppressed,
        verbose: arguments.verbose,
        list: arguments.list,
        ..output::options()
    };
    output::write_all(&outputs, &report, &options)?;
    Ok(exit::of(report.verdict.exit_code))
}

/// Reads a report written with `-f json`.
pub(crate) fn read_report(path: &std::path::Path) -> anyhow::Result<Report> {
    let shown = path.display();
    let text = std::fs::read_to_string(path).with_context(|| format!("could not read {shown}"))?;
    serde_json::from_str(&text).with_context(|| format!("{shown} is no report written with -f json"))
}
