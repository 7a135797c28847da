//! Where results of image layers are kept between runs, and how many.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use clap::Args;
use portcullis::artifact::{Cache, CacheLimits};

use crate::settings::Settings;
use crate::terminal;

/// Which cache, in every command that has one.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct CachePlace {
    /// Where results of image layers are kept [default: the platform's folder for caches]
    #[arg(long, value_name = "DIR", env = "PORTCULLIS_CACHE_DIR")]
    pub(crate) cache_dir: Option<PathBuf>,
}

/// The cache of a scan.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct CacheArguments {
    #[command(flatten)]
    pub(crate) place: CachePlace,
    /// Read every layer, and keep nothing of it
    #[arg(long, env = "PORTCULLIS_NO_CACHE", value_parser = crate::arguments::truth())]
    pub(crate) no_cache: bool,
    /// Most MiB the cache may take; what was used longest ago goes first [default: 2048]
    #[arg(long, value_name = "MIB", env = "PORTCULLIS_CACHE_SIZE")]
    pub(crate) cache_size: Option<u64>,
    /// Days that results are kept unused [default: 30]
    #[arg(long, value_name = "DAYS", env = "PORTCULLIS_CACHE_DAYS")]
    pub(crate) cache_days: Option<u32>,
}

impl CacheArguments {
    /// The cache that was asked for, else the settings file's, else the platform's; `None` for none.
    pub(crate) fn cache(&self, settings: &Settings) -> Option<Cache> {
        if self.no_cache || (self.place.cache_dir.is_none() && settings.no_cache.unwrap_or_default()) {
            return None;
        }
        let folder = self.place.cache_dir.clone().or_else(|| settings.cache_dir.clone()).or_else(platform_folder)?;
        let size = self.cache_size.or(settings.cache_size).unwrap_or(CacheLimits::DEFAULT_MIB);
        let days = self.cache_days.or(settings.cache_days).unwrap_or(CacheLimits::DEFAULT_DAYS);
        Some(Cache::new(folder, CacheLimits::new(size, days), SystemTime::now()))
    }
}

impl CachePlace {
    /// The cache to be looked at; `None` where the platform has no place for one.
    pub(crate) fn cache(&self) -> Option<Cache> {
        let folder = self.cache_dir.clone().or_else(platform_folder)?;
        Some(Cache::new(folder, CacheLimits::default(), SystemTime::now()))
    }
}

/// Says why the cache was not used, and on request what it was good for.
pub(crate) fn say(cache: &Cache, quiet: bool, verbose: bool) {
    if let Some(refused) = cache.refused().filter(|_| !quiet) {
        terminal::note(&format!("{refused}; every layer was read"));
    }
    let tally = cache.tally();
    if verbose && tally != portcullis::artifact::Tally::default() {
        let folder = cache.folder().display();
        let (found, kept, damaged) = (tally.found, tally.kept, tally.damaged);
        terminal::note(&format!(
            "cache {folder}: {found} layers found, {kept} results added, {damaged} damaged ones removed"
        ));
    }
}

/// The folder for caches, as each platform has it; never a relative one.
fn platform_folder() -> Option<PathBuf> {
    let variable = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let folder = if cfg!(windows) {
        variable("LOCALAPPDATA")?
    } else if cfg!(target_os = "macos") {
        variable("HOME")?.join("Library/Caches")
    } else {
        variable("XDG_CACHE_HOME").or_else(|| variable("HOME").map(|home| home.join(".cache")))?
    };
    Some(folder.join("portcullis").join(Path::new("layers")))
}
