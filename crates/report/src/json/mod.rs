//! The report itself, as its published schema says.

#[cfg(test)]
mod tests;

use std::io::{self, Write as _};

use model::Report;

use crate::Options;

/// Bytes written at once.
const BLOCK: usize = 64 << 10;

/// Writes the report with two blanks of indentation and a line break at the end.
pub(crate) fn write(report: &Report, _: &Options, out: &mut dyn io::Write) -> io::Result<()> {
    // Words of a few bytes, hundreds of thousands of them: whoever gets them should get blocks.
    let mut out = io::BufWriter::with_capacity(BLOCK, out);
    serde_json::to_writer_pretty(&mut out, report)?;
    out.write_all(b"\n")?;
    out.flush()
}
