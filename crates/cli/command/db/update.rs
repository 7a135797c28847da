//! `db update`: advisory data fetched from where OSV's layout is published.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context as _, anyhow, bail};
use portcullis::Cancel;
use portcullis::feed::{self, Change, Plan, Reach, Retries, Timeouts, UpdateError, Updated};
use portcullis::gate::DEFAULT_MAX_DATA_AGE_DAYS;
use portcullis::model::{Ecosystem, Timestamp};

use super::{build, open, status};
use crate::arguments::DbUpdate;
use crate::{network, progress, settings, terminal};

/// Fetches, builds, and says what changed; whatever goes wrong, what was there stays.
pub(super) fn run(arguments: &DbUpdate) -> anyhow::Result<ExitCode> {
    let now = settings::now(arguments.now.as_deref())?;
    let plan = plan(arguments)?;
    let shown = progress::on_terminal(!arguments.no_progress);
    match feed::update(&plan, shown, &Cancel::new()) {
        Ok(updated) => {
            say(&updated, arguments, now)?;
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => Ok(failed(&error, arguments, now)),
    }
}

fn plan(arguments: &DbUpdate) -> anyhow::Result<Plan> {
    let from = &arguments.from;
    let mut ecosystems: Vec<Ecosystem> = Vec::new();
    for name in &arguments.ecosystems {
        let ecosystem = Ecosystem::from_osv(name).ok_or_else(|| {
            anyhow!("--ecosystem {name}: of this nothing is known here; OSV's names are npm, PyPI, Go, crates.io, Debian:12 and so on")
        })?;
        if !ecosystems.contains(&ecosystem) {
            ecosystems.push(ecosystem);
        }
    }
    if let Some(missing) = arguments.with.iter().find(|path| !path.exists()) {
        bail!("--with {}: no such file or folder", missing.display());
    }
    Ok(Plan {
        from: from.parse().with_context(|| format!("--from {from}"))?,
        ecosystems,
        snapshot: arguments.db.clone(),
        store: arguments.store.clone().unwrap_or_else(|| beside(arguments)),
        also: arguments.with.clone(),
        afresh: arguments.full,
        allow_shrink: arguments.allow_shrink,
        reach: reach(arguments)?,
    })
}

fn beside(arguments: &DbUpdate) -> PathBuf {
    let mut name = arguments.db.clone().into_os_string();
    name.push(".records");
    PathBuf::from(name)
}

fn reach(arguments: &DbUpdate) -> anyhow::Result<Reach> {
    let usual = Timeouts::default();
    let seconds = |given: Option<u64>, usual| given.map_or(usual, Duration::from_secs);
    Ok(Reach {
        certificates: network::certificates("--ca", &arguments.certificates)?,
        plain_http: network::hosts("--plain-http", &arguments.plain_http)?,
        trusted: network::hosts("--trust", &arguments.trusted)?,
        proxies: network::proxies(),
        timeouts: Timeouts {
            total: seconds(arguments.timeout, usual.total),
            idle: seconds(arguments.idle_timeout, usual.idle),
            first_byte: seconds(arguments.idle_timeout, usual.first_byte),
            ..usual
        },
        retries: arguments.retries.map(Retries).unwrap_or_default(),
        ..Reach::default()
    })
}

fn say(updated: &Updated, arguments: &DbUpdate, now: Timestamp) -> anyhow::Result<()> {
    build::show(&updated.problems);
    let mut out = std::io::stdout().lock();
    for (ecosystem, change) in &updated.changes {
        let what = match change {
            Change::None => "nothing changed".to_owned(),
            Change::Some { changed, gone } => format!("{changed} changed, {gone} gone"),
            Change::All { records, skipped } => {
                let more = if skipped.is_empty() { String::new() } else { format!(", {} skipped", skipped.len()) };
                skipped.iter().take(5).for_each(|skipped| terminal::note(&format!("{ecosystem} all.zip: {skipped}")));
                format!("{records} records{more}")
            }
        };
        writeln!(out, "{ecosystem}: {what}")?;
    }
    let place = arguments.db.display();
    let state = updated.built.as_ref().map_or_else(|| "up to date".to_owned(), ToString::to_string);
    writeln!(out, "{place}: {state}; {}", status::age(&updated.info, now))?;
    Ok(())
}

/// What stays is data of some age: too old, it is as good as none (5), else only the update is missing (4).
fn failed(error: &UpdateError, arguments: &DbUpdate, now: Timestamp) -> ExitCode {
    terminal::error(&format!("nothing was updated: {error}"));
    let limit = arguments.max_data_age.unwrap_or(DEFAULT_MAX_DATA_AGE_DAYS);
    let place = arguments.db.display();
    match open(Some(&arguments.db)) {
        Ok(snapshot) => {
            let info = snapshot.info();
            let is_old = status::days(&info, now) > i64::from(limit);
            let more = if is_old { format!(", allowed are {limit}") } else { String::new() };
            terminal::note(&format!("{place} stays as it is: {}{more}", status::age(&info, now)));
            ExitCode::from(if is_old { 5 } else { 4 })
        }
        Err(_) if !arguments.db.exists() => {
            terminal::note(&format!("there is no {place} yet"));
            ExitCode::from(5)
        }
        Err(message) => {
            terminal::note(&format!("what is there cannot be used either: {message}"));
            ExitCode::from(5)
        }
    }
}
