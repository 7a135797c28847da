//! `cache status` and `cache clear`.

use std::io::Write as _;
use std::process::ExitCode;

use anyhow::{Context as _, anyhow};
use portcullis::artifact::Cache;
use serde_json::json;

use crate::arguments::CacheCommand;
use crate::cache::CachePlace;

/// Does what was asked.
pub(crate) fn run(command: &CacheCommand) -> anyhow::Result<ExitCode> {
    match command {
        CacheCommand::Status(arguments) => status(&cache(&arguments.place)?, arguments.json),
        CacheCommand::Clear(place) => clear(&cache(place)?),
    }
}

fn cache(place: &CachePlace) -> anyhow::Result<Cache> {
    place.cache().ok_or_else(|| anyhow!("this environment names no folder for caches; say which with --cache-dir"))
}

fn status(cache: &Cache, as_json: bool) -> anyhow::Result<ExitCode> {
    let folder = cache.folder().display().to_string();
    let kept = cache.status().with_context(|| format!("could not read the cache {folder}"))?;
    let mut out = std::io::stdout();
    if as_json {
        let value = json!({
            "folder": folder, "results": kept.entries, "bytes": kept.bytes, "unfinished": kept.unfinished,
        });
        writeln!(out, "{}", serde_json::to_string_pretty(&value)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    writeln!(out, "cache    {folder}")?;
    writeln!(out, "results  {}", kept.entries)?;
    writeln!(out, "bytes    {}", kept.bytes)?;
    if kept.unfinished > 0 {
        writeln!(out, "unfinished files  {}", kept.unfinished)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn clear(cache: &Cache) -> anyhow::Result<ExitCode> {
    let folder = cache.folder().display();
    let gone = cache.clear().with_context(|| format!("could not clear the cache {folder}"))?;
    writeln!(std::io::stdout(), "removed {} results, {} bytes, from {folder}", gone.entries, gone.bytes)?;
    Ok(ExitCode::SUCCESS)
}
