//! The report itself, as its published schema says.

#[cfg(test)]
mod tests;

use std::io;

use model::Report;

use crate::Options;

/// Writes the report with two blanks of indentation and a line break at the end.
pub(crate) fn write(report: &Report, _: &Options, out: &mut dyn io::Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, report)?;
    out.write_all(b"\n")
}
