//! The exit codes, and how a failure before any verdict is said.

use std::process::ExitCode;

use portcullis::model;

use crate::terminal;

/// Usage or configuration.
pub(crate) const USAGE: u8 = 2;

/// The table shown by `--help`.
pub(crate) const TABLE: &str = "\
Exit codes, the same for every format:
  0  pass
  1  the gate failed
  2  usage or configuration
  3  nothing to scan (--allow-empty makes it 0)
  4  incomplete: something could not be read, or a limit was hit
  5  advisory data missing or too old";

/// The process's exit code for a verdict.
pub(crate) fn of(code: model::ExitCode) -> ExitCode {
    ExitCode::from(u8::from(code))
}

/// Prints an error with its causes; a reader that went away is no error of ours.
pub(crate) fn report_failure(error: &anyhow::Error) -> ExitCode {
    if is_broken_pipe(error) {
        return ExitCode::SUCCESS;
    }
    terminal::error(&format!("{error:#}"));
    ExitCode::from(USAGE)
}

/// A reader that went away: it has seen enough, and the verdict stands.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<std::io::Error>())
        .any(|cause| cause.kind() == std::io::ErrorKind::BrokenPipe)
}
