//! `db status` and `db verify`: what a snapshot says of itself, and whether it is whole.

use std::io::{BufWriter, Write as _};
use std::process::ExitCode;

use portcullis::advisory::{self, Snapshot, SnapshotInfo};
use portcullis::model::{DataOrigin, OriginKind, Timestamp};
use serde_json::json;

use super::{open, refused};
use crate::arguments::DbPath;
use crate::{settings, terminal};

/// Says what a snapshot holds.
pub(super) fn status(arguments: &DbPath) -> anyhow::Result<ExitCode> {
    let now = settings::now(arguments.now.as_deref())?;
    let snapshot = match open(arguments.db.as_deref()) {
        Ok(snapshot) => snapshot,
        Err(message) => return Ok(refused(&message)),
    };
    let info = snapshot.info();
    let came = origin_beside(arguments, &snapshot);
    if arguments.json {
        let value = json!({
            "digest": info.digest, "built_at": info.newest, "age_days": days(&info, now), "records": info.records,
            "embedded": arguments.db.is_none(), "origin": came, "sources": info.sources,
            "trusted_keys": portcullis::trusted_keys().iter().map(|key| key.id().to_owned()).collect::<Vec<_>>(),
        });
        writeln!(std::io::stdout(), "{}", serde_json::to_string_pretty(&value)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut out = BufWriter::new(std::io::stdout().lock());
    let name = arguments.db.as_ref().map_or_else(|| "embedded".to_owned(), |path| path.display().to_string());
    writeln!(out, "snapshot  {name}")?;
    writeln!(out, "digest    {}", info.digest)?;
    writeln!(out, "newest    {} ({} days ago)", info.newest, days(&info, now))?;
    writeln!(out, "records   {}", info.records)?;
    if let Some(came) = &came {
        writeln!(out, "origin    {}", origin(came))?;
        for allowed in &came.overrides {
            writeln!(out, "          taken although {allowed} ({})", allowed.flag())?;
        }
    }
    let keys: Vec<String> = portcullis::trusted_keys().iter().map(|key| key.id().to_owned()).collect();
    let keys = if keys.is_empty() { "none compiled in; see db import --help".to_owned() } else { keys.join(", ") };
    writeln!(out, "trusted   {keys}")?;
    writeln!(out)?;
    write_sources(&info, &mut out)?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// Reads a snapshot to its end.
pub(super) fn verify(arguments: &DbPath) -> anyhow::Result<ExitCode> {
    let checked = open(arguments.db.as_deref()).and_then(|snapshot| {
        snapshot.verify().map_err(|error| error.to_string())?;
        Ok(snapshot.info().digest)
    });
    match checked {
        Ok(digest) => {
            writeln!(std::io::stdout(), "whole: {digest}")?;
            Ok(ExitCode::SUCCESS)
        }
        Err(message) => Ok(refused(&message)),
    }
}

/// `12 days old (newest record of 2026-08-13)`.
pub(super) fn age(info: &SnapshotInfo, now: Timestamp) -> String {
    format!("{} days old (newest record of {})", days(info, now), &info.newest.to_string()[..10])
}

/// How data got here, in a few words.
pub(super) fn origin(origin: &DataOrigin) -> String {
    let sequence = origin.sequence.map(|number| format!(" {number}")).unwrap_or_default();
    let expires = origin.expires.map(|end| format!(", expires {end}")).unwrap_or_default();
    let from = origin.from.escape_debug();
    match (origin.kind, &origin.signed_by) {
        (OriginKind::Update, _) => format!("fetched from {from}"),
        (OriginKind::Bundle, Some(key)) => format!("bundle{sequence} ({from}) signed by {key}{expires}"),
        (OriginKind::Bundle, None) => format!("bundle{sequence} ({from}) not signed by a trusted key{expires}"),
    }
}

fn origin_beside(arguments: &DbPath, snapshot: &Snapshot) -> Option<DataOrigin> {
    let path = arguments.db.as_deref()?;
    advisory::origin_of(path, snapshot).unwrap_or_else(|doubt| {
        terminal::note(&doubt);
        None
    })
}

/// Whole days since the newest record.
pub(super) fn days(info: &SnapshotInfo, now: Timestamp) -> i64 {
    now.as_second().saturating_sub(info.newest.as_second()).max(0) / 86_400
}

fn write_sources(info: &SnapshotInfo, out: &mut impl std::io::Write) -> std::io::Result<()> {
    let width = info.sources.iter().map(|source| source.name.len()).max().unwrap_or(0).max(6);
    writeln!(out, "{:width$}  {:>8}  {:10}  licence", "source", "records", "newest")?;
    for source in &info.sources {
        let newest = source.newest.map(|newest| newest.to_string()[..10].to_owned()).unwrap_or_default();
        let license = source.license.as_deref().unwrap_or_default();
        writeln!(out, "{:width$}  {:>8}  {newest:10}  {license}", source.name, source.records)?;
    }
    Ok(())
}
