//! `db`: build, fetch, hand on, look at and ask advisory snapshots.

mod build;
mod bundle;
mod compare;
mod query;
mod status;
#[cfg(feature = "update")]
mod update;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use portcullis::Advisories;
use portcullis::advisory::Snapshot;

use crate::arguments::DbCommand;
use crate::{settings, terminal};

/// Does what was asked.
pub(crate) fn run(command: &DbCommand) -> anyhow::Result<ExitCode> {
    match command {
        DbCommand::Status(arguments) => status::status(arguments),
        DbCommand::Build(arguments) => build::run(arguments),
        DbCommand::Verify(arguments) => status::verify(arguments),
        DbCommand::Query(arguments) => query::run(arguments),
        DbCommand::Compare(arguments) => compare::run(arguments),
        #[cfg(feature = "update")]
        DbCommand::Update(arguments) => update::run(arguments),
        DbCommand::Keygen(arguments) => bundle::keygen(arguments),
        DbCommand::Export(arguments) => bundle::export(arguments),
        DbCommand::Sign(arguments) => bundle::sign(arguments),
        DbCommand::Import(arguments) => bundle::import(arguments),
    }
}

/// Opens the snapshot that was named, else the embedded one.
pub(crate) fn open(path: Option<&Path>) -> Result<Snapshot, String> {
    portcullis::open_advisories(path)
}

/// Opens the snapshots that were named, each with where it is from; the embedded one where none was.
pub(crate) fn open_all(paths: &[PathBuf]) -> Result<Vec<(Advisories, Snapshot)>, String> {
    let open = |place: Advisories| {
        let snapshot = match &place {
            Advisories::Embedded => open(None)?,
            Advisories::File(path) => open(Some(path))?,
        };
        Ok((place, snapshot))
    };
    settings::advisories(paths).into_iter().map(open).collect()
}

/// A snapshot that cannot be used is exit code 5, as for `scan`.
fn refused(message: &str) -> ExitCode {
    terminal::error(message);
    ExitCode::from(5)
}
