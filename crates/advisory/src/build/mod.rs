//! Building a snapshot: records in, one file out. Streaming, bounded, and the same bytes for the same records.

mod collect;
mod draft;
mod error;
mod layout;
mod lending;
mod options;
mod parallel;
mod statistics;
#[cfg(test)]
mod tests;

use std::io::Write as _;
use std::path::{Path, PathBuf};

use model::Problem;

pub use error::BuildError;
pub use options::{BuildOptions, Limits, SourceFacts};
pub use statistics::Statistics;

use crate::input;
use collect::Collector;

/// A snapshot that was built.
pub struct Built {
    /// The whole file.
    pub bytes: Vec<u8>,
    /// What went into it.
    pub statistics: Statistics,
}

/// Builds a snapshot from OSV records and RustSec repositories, and names what could not be taken.
///
/// `from` are folders, `.json`, `.jsonl` and `.zip` files, each also packed with gzip or zstd. A record that cannot be read
/// costs only itself, unless [`BuildOptions::strict`] is set. Where two records of one id speak of the same package, the one
/// modified later counts, and of equally new ones both do.
pub fn build(from: &[PathBuf], options: &BuildOptions) -> Result<(Built, Vec<Problem>), BuildError> {
    let mut collector = Collector::new(options);
    input::read_all(from, &options.limits, &mut collector)?;
    let (drafts, mut statistics, problems) = collector.finish()?;
    if statistics.read == 0 {
        let because = problems.into_iter().next().map(|problem| problem.message);
        return Err(BuildError::Empty { because });
    }
    let bytes = layout::lay_out(drafts, options, &mut statistics)?;
    Ok((Built { bytes, statistics }, problems))
}

/// Writes a file whole or not at all: beside the place first, then renamed over it. Who has the old file open keeps it.
pub fn write(bytes: &[u8], path: &Path) -> Result<(), BuildError> {
    let failed = |error| BuildError::Write { path: path.to_owned(), error };
    let name = path.file_name().ok_or_else(|| failed(std::io::Error::other("the path names no file")))?;
    let mut temporary_name = name.to_owned();
    temporary_name.push(format!(".{}.new", std::process::id()));
    let temporary = path.with_file_name(temporary_name);
    let written = std::fs::File::create(&temporary).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    let outcome = written.and_then(|()| std::fs::rename(&temporary, path));
    if outcome.is_err() {
        // The first error is the one to tell; a file that was never made cannot be removed.
        let _ = std::fs::remove_file(&temporary);
    }
    outcome.map_err(failed)
}
