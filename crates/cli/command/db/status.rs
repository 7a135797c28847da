//! `db status` and `db verify`: what a snapshot says of itself, and whether it is whole.

use std::io::{BufWriter, Write as _};
use std::process::ExitCode;

use portcullis::Advisories;
use portcullis::advisory::{self, Snapshot, SnapshotInfo};
use portcullis::model::{DataOrigin, OriginKind, Timestamp};
use serde_json::{Value, json};

use super::{open_all, refused};
use crate::arguments::DbPath;
use crate::{settings, terminal};

/// Says what each snapshot holds.
pub(super) fn status(arguments: &DbPath) -> anyhow::Result<ExitCode> {
    let now = settings::now(arguments.now.as_deref())?;
    let opened = match open_all(&arguments.snapshots) {
        Ok(opened) => opened,
        Err(message) => return Ok(refused(&message)),
    };
    let mut out = BufWriter::new(std::io::stdout().lock());
    if arguments.json {
        let values: Vec<Value> = opened.iter().map(|(place, snapshot)| as_json(place, snapshot, now)).collect();
        // One snapshot is an object, several are a list of them.
        let text = match values.as_slice() {
            [one] => serde_json::to_string_pretty(one)?,
            several => serde_json::to_string_pretty(several)?,
        };
        writeln!(out, "{text}")?;
    } else {
        for (at, (place, snapshot)) in opened.iter().enumerate() {
            if at > 0 {
                writeln!(out)?;
            }
            write_one(place, snapshot, now, &mut out)?;
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// Reads every snapshot to its end.
pub(super) fn verify(arguments: &DbPath) -> anyhow::Result<ExitCode> {
    let opened = match open_all(&arguments.snapshots) {
        Ok(opened) => opened,
        Err(message) => return Ok(refused(&message)),
    };
    for (place, snapshot) in &opened {
        if let Err(error) = snapshot.verify() {
            return Ok(refused(&format!("{place}: {error}")));
        }
        let name = if opened.len() > 1 { format!("{place} is ") } else { String::new() };
        writeln!(std::io::stdout(), "{name}whole: {}", snapshot.info().digest)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn as_json(place: &Advisories, snapshot: &Snapshot, now: Timestamp) -> Value {
    let info = snapshot.info();
    json!({
        "digest": info.digest, "built_at": info.newest, "age_days": days(&info, now), "records": info.records,
        "bytes": snapshot.as_bytes().len(), "embedded": *place == Advisories::Embedded,
        "origin": origin_beside(place, snapshot), "sources": info.sources, "trusted_keys": trusted_keys(),
    })
}

fn write_one(
    place: &Advisories,
    snapshot: &Snapshot,
    now: Timestamp,
    out: &mut impl std::io::Write,
) -> std::io::Result<()> {
    let info = snapshot.info();
    writeln!(out, "snapshot  {place} ({} bytes)", snapshot.as_bytes().len())?;
    writeln!(out, "digest    {}", info.digest)?;
    writeln!(out, "newest    {} ({} days ago)", info.newest, days(&info, now))?;
    writeln!(out, "records   {} of {} packages", info.records, info.packages)?;
    if let Some(came) = origin_beside(place, snapshot) {
        writeln!(out, "origin    {}", origin(&came))?;
        for allowed in &came.overrides {
            writeln!(out, "          taken although {allowed} ({})", allowed.flag())?;
        }
    }
    let keys = trusted_keys();
    let keys = if keys.is_empty() { "none compiled in; see db import --help".to_owned() } else { keys.join(", ") };
    writeln!(out, "trusted   {keys}")?;
    writeln!(out)?;
    write_sources(&info, out)
}

fn trusted_keys() -> Vec<String> {
    portcullis::trusted_keys().iter().map(|key| key.id().to_owned()).collect()
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

fn origin_beside(place: &Advisories, snapshot: &Snapshot) -> Option<DataOrigin> {
    let Advisories::File(path) = place else { return None };
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
