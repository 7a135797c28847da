//! What was typed after `db`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// What is trusted, for whoever asks `db import --help`.
const TRUST: &str = "\
Whom is trusted: the keys given with --trusted-key or in PORTCULLIS_TRUSTED_KEY, and those compiled into the program
(`portcullis db status` lists them; as published it has none). No settings file can add one: it may come from whoever
you scan. With no trusted key every bundle counts as unsigned and is refused.

What stands against a bundle can be allowed, each by its own flag; it is then written beside the snapshot and every
report that uses the data says so. A snapshot that is damaged in itself is never taken.";

/// What an update does when something goes wrong, for whoever asks `db update --help`.
#[cfg(feature = "update")]
const UPDATE: &str = "\
Whatever goes wrong, the last good snapshot stays, and it is said how old it is. Exit codes:
  0  every ecosystem is up to date
  2  usage
  4  nothing was updated, and what stays is recent enough
  5  nothing was updated, and what stays is too old, or there is nothing

Nothing that is fetched is signed; TLS alone says from whom it is. Hand it on with `db export`, which signs.";

#[derive(Debug, Subcommand)]
pub(crate) enum DbCommand {
    /// Say what a snapshot holds, of when and from where
    Status(DbPath),
    /// Build a snapshot from OSV records and RustSec folders
    Build(DbBuild),
    /// Fetch what changed from where OSV's records are published, and build a snapshot
    #[cfg(feature = "update")]
    #[command(after_help = UPDATE)]
    Update(DbUpdate),
    /// Read a snapshot to its end and check its digest
    Verify(DbPath),
    /// Answer JSON Lines of packages on standard input with the records that match
    Query(DbPath),
    /// Compare two versions, or lines of two with a tab between on standard input
    Compare(DbCompare),
    /// Make a pair of keys to sign bundles with
    Keygen(DbKeygen),
    /// Make a bundle of a snapshot, for mirrors and machines without a network
    Export(DbExport),
    /// Sign a bundle
    Sign(DbSign),
    /// Put a bundle's snapshot in place, if a key you trust signed it
    #[command(after_help = TRUST)]
    Import(DbImport),
}

#[derive(Debug, Args)]
pub(crate) struct DbPath {
    /// The snapshot, or `embedded`; several are asked together; repeatable [default: embedded]
    #[arg(long = "db", value_name = "PATH", env = "PORTCULLIS_DB", value_delimiter = ',')]
    pub(crate) snapshots: Vec<PathBuf>,
    /// Count age as of this date [default: now]
    #[arg(long, value_name = "DATE", env = "PORTCULLIS_NOW")]
    pub(crate) now: Option<String>,
    /// Write JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct DbBuild {
    /// Folders, .json, .jsonl, .zip, each also .gz or .zst; a RustSec repository folder
    #[arg(long, value_name = "PATH", required = true, num_args = 1..)]
    pub(crate) from: Vec<PathBuf>,
    /// Where to write the snapshot
    #[arg(short, long, value_name = "PATH")]
    pub(crate) output: PathBuf,
    /// A bad record is fatal
    #[arg(long)]
    pub(crate) strict: bool,
    /// Keep the sources' one-line titles too: prose, whose licences matter. Without it a snapshot holds facts only
    #[arg(long)]
    pub(crate) summaries: bool,
    /// State that the data is complete as of this date: its age counts from there [default: the date of the newest record]
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct DbCompare {
    /// An ecosystem (npm, PyPI, Go, crates.io, Debian, Alpine, AlmaLinux …) or an ordering (semver, pep440, deb, apk, rpm)
    pub(crate) ecosystem: String,
    /// The two versions
    #[arg(num_args = 0..=2)]
    pub(crate) versions: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct DbKeygen {
    /// Where to write the secret key; the public one goes beside it, as PATH.pub. Neither may exist
    #[arg(short, long, value_name = "PATH")]
    pub(crate) output: PathBuf,
    /// Do not encrypt the secret key. Otherwise its password is read from PORTCULLIS_KEY_PASSWORD
    #[arg(long)]
    pub(crate) no_password: bool,
}

#[derive(Debug, Args)]
pub(crate) struct DbExport {
    /// The snapshot [default: the embedded one]
    #[arg(long, value_name = "PATH", env = "PORTCULLIS_DB")]
    pub(crate) db: Option<PathBuf>,
    /// Where to write the bundle
    #[arg(short, long, value_name = "PATH")]
    pub(crate) output: PathBuf,
    /// Secret key to sign with; an encrypted one takes its password from PORTCULLIS_KEY_PASSWORD [default: not signed]
    #[arg(long, value_name = "PATH")]
    pub(crate) key: Option<PathBuf>,
    /// The number that must grow from issue to issue [default: the seconds since 1970]
    #[arg(long, value_name = "N")]
    pub(crate) sequence: Option<u64>,
    /// Days after which the bundle is not to be relied on
    #[arg(long, value_name = "DAYS", default_value_t = 30, conflicts_with = "expires")]
    pub(crate) valid_days: u32,
    /// The date after which the bundle is not to be relied on
    #[arg(long, value_name = "DATE")]
    pub(crate) expires: Option<String>,
    /// Made as of this date [default: now]
    #[arg(long, value_name = "DATE", env = "PORTCULLIS_NOW")]
    pub(crate) now: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct DbSign {
    /// The bundle
    pub(crate) bundle: PathBuf,
    /// Secret key to sign with; an encrypted one takes its password from PORTCULLIS_KEY_PASSWORD
    #[arg(long, value_name = "PATH")]
    pub(crate) key: PathBuf,
    /// Where to write the signed bundle [default: over the bundle]
    #[arg(short, long, value_name = "PATH")]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct DbImport {
    /// The bundle
    pub(crate) bundle: PathBuf,
    /// Where to put the snapshot
    #[arg(long, value_name = "PATH", env = "PORTCULLIS_DB")]
    pub(crate) db: PathBuf,
    /// A minisign public key to trust, or a file of them; repeatable
    #[arg(long = "trusted-key", value_name = "KEY|FILE", env = "PORTCULLIS_TRUSTED_KEY", value_delimiter = ',')]
    pub(crate) trusted_keys: Vec<String>,
    /// Take a bundle that no trusted key signed
    #[arg(long)]
    pub(crate) allow_unsigned: bool,
    /// Take a bundle that is not what was signed
    #[arg(long)]
    pub(crate) allow_altered: bool,
    /// Take a bundle whose time is over
    #[arg(long)]
    pub(crate) allow_expired: bool,
    /// Take a bundle with a lower sequence number than what is installed
    #[arg(long)]
    pub(crate) allow_older: bool,
    /// Judge the expiry as of this date [default: now]
    #[arg(long, value_name = "DATE", env = "PORTCULLIS_NOW")]
    pub(crate) now: Option<String>,
}

#[cfg(feature = "update")]
#[derive(Debug, Args)]
pub(crate) struct DbUpdate {
    /// The address of the folder that holds a folder for every ecosystem, as OSV publishes its records
    #[arg(long, value_name = "URL", env = "PORTCULLIS_DB_FROM")]
    pub(crate) from: String,
    /// An ecosystem to fetch, by its OSV name: npm, PyPI, Debian:12; repeatable
    #[arg(
        short,
        long = "ecosystem",
        value_name = "NAME",
        env = "PORTCULLIS_DB_ECOSYSTEMS",
        value_delimiter = ',',
        required = true
    )]
    pub(crate) ecosystems: Vec<String>,
    /// The snapshot
    #[arg(long, value_name = "PATH", env = "PORTCULLIS_DB")]
    pub(crate) db: PathBuf,
    /// Folder in which the records are kept between updates [default: beside the snapshot, PATH.records]
    #[arg(long, value_name = "PATH")]
    pub(crate) store: Option<PathBuf>,
    /// Also build from this file or folder: your own advisories, KEV, EPSS; repeatable
    #[arg(long, value_name = "PATH")]
    pub(crate) with: Vec<PathBuf>,
    /// Fetch every record again
    #[arg(long)]
    pub(crate) full: bool,
    /// Take it although many records went away
    #[arg(long)]
    pub(crate) allow_shrink: bool,
    /// Oldest data that may stay when nothing could be updated, in days [default: 14]
    #[arg(long, value_name = "DAYS", env = "PORTCULLIS_MAX_DATA_AGE")]
    pub(crate) max_data_age: Option<u32>,
    /// Trust the certificates of this PEM file beside the system's; repeatable
    #[arg(long = "ca", value_name = "FILE", env = "PORTCULLIS_DB_CA", value_delimiter = ',')]
    pub(crate) certificates: Vec<PathBuf>,
    /// Speak to this host without TLS; repeatable
    #[arg(long, value_name = "HOST[:PORT]", env = "PORTCULLIS_PLAIN_HTTP", value_delimiter = ',')]
    pub(crate) plain_http: Vec<String>,
    /// A host in a private network that the server may lead to; repeatable
    #[arg(long = "trust", value_name = "HOST[:PORT]", value_delimiter = ',')]
    pub(crate) trusted: Vec<String>,
    /// The longest time for one file [default: 1800]
    #[arg(long, value_name = "SECONDS")]
    pub(crate) timeout: Option<u64>,
    /// The longest wait for an answer, and for a next byte [default: 30]
    #[arg(long, value_name = "SECONDS")]
    pub(crate) idle_timeout: Option<u64>,
    /// How often in a row a request may fail and be tried again [default: 4]
    #[arg(long, value_name = "N")]
    pub(crate) retries: Option<u32>,
    /// No progress on a terminal
    #[arg(long, env = "PORTCULLIS_NO_PROGRESS", value_parser = crate::arguments::truth())]
    pub(crate) no_progress: bool,
    /// Count age as of this date [default: now]
    #[arg(long, value_name = "DATE", env = "PORTCULLIS_NOW")]
    pub(crate) now: Option<String>,
}
