//! Where reports go: several formats from one scan, one of them to standard output.

mod file;

use std::io::{BufWriter, Write as _};
use std::path::PathBuf;

use anyhow::{Context as _, anyhow, bail};
use portcullis::model::Report;
use portcullis::report::{self, Format, Options};

use crate::terminal;

/// One format and where it goes.
#[derive(Clone, Debug)]
pub(crate) struct Output {
    format: Format,
    /// `None` is standard output.
    path: Option<PathBuf>,
}

/// Reads `FORMAT[=PATH]` words; without any, text to standard output.
pub(crate) fn parse(words: &[String]) -> anyhow::Result<Vec<Output>> {
    if words.is_empty() {
        return Ok(vec![Output { format: Format::Text, path: None }]);
    }
    let outputs: Vec<Output> = words.iter().map(|word| parse_one(word)).collect::<Result<_, _>>()?;
    if outputs.iter().filter(|output| output.path.is_none()).count() > 1 {
        bail!("only one format may go to standard output; give the others a file: -f sarif=report.sarif");
    }
    Ok(outputs)
}

/// What the terminal decides of a report's looks.
pub(crate) fn options() -> Options {
    let plain = Options::default();
    Options { width: terminal::width().unwrap_or(plain.width), ..plain }
}

fn parse_one(word: &str) -> anyhow::Result<Output> {
    let (name, path) = match word.split_once('=') {
        Some((_, "")) => bail!("--format {word}: a path must follow the equals sign"),
        Some((name, path)) => (name, Some(PathBuf::from(path))),
        None => (word, None),
    };
    let format = name.parse().map_err(|error| anyhow!("--format {word}: {error}"))?;
    Ok(Output { format, path })
}

/// Writes every report. A file that cannot be written does not keep the others from being written.
pub(crate) fn write_all(outputs: &[Output], report: &Report, options: &Options) -> anyhow::Result<()> {
    let mut first_error = None;
    for output in outputs {
        if let Err(error) = write_one(output, report, options) {
            first_error.get_or_insert(error);
        }
    }
    first_error.map_or(Ok(()), Err)
}

fn write_one(output: &Output, report: &Report, options: &Options) -> anyhow::Result<()> {
    match &output.path {
        Some(path) => {
            let shown = || format!("could not write the report {}", path.display());
            let options = Options { color: false, width: Options::default().width, ..options.clone() };
            file::write(path, |out| report::write(report, output.format, &options, out)).with_context(shown)
        }
        None => {
            let mut stdout = BufWriter::new(std::io::stdout().lock());
            report::write(report, output.format, options, &mut stdout)?;
            stdout.flush()?;
            Ok(())
        }
    }
}
