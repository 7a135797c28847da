//! What was typed. Parsed, not judged: nothing here touches a file.

#[cfg(feature = "registry")]
mod bundle;
mod db;
mod later;
mod policy;

use std::path::PathBuf;

use clap::builder::BoolishValueParser;
use clap::error::{ContextKind, ContextValue};
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::cache::{CacheArguments, CachePlace};
use crate::exit;
use crate::terminal::ColorChoice;

#[cfg(feature = "registry")]
pub(crate) use bundle::{PolicyPull, PolicyPush};
#[cfg(feature = "update")]
pub(crate) use db::DbUpdate;
pub(crate) use db::{DbBuild, DbCommand, DbCompare, DbExport, DbImport, DbKeygen, DbPath, DbSign};
pub(crate) use later::Later;
pub(crate) use policy::{
    ListFormat, PolicyCheck, PolicyCommand, PolicyCompliance, PolicyInput, PolicyList, PolicyMigrate, PolicySelection,
    PolicyShow, PolicyTest, TestFormat,
};

/// What a switch takes from the environment: 1, true, yes, on, and their opposites.
pub(crate) fn truth() -> BoolishValueParser {
    BoolishValueParser::new()
}

/// The variable of the environment that gave the value an error is about; nobody typed that value.
pub(crate) fn variable_of(error: &clap::Error) -> Option<String> {
    let text = |kind| match error.get(kind)? {
        ContextValue::String(text) => Some(text.as_str()),
        _ => None,
    };
    let option = text(ContextKind::InvalidArg)?.strip_prefix("--")?.split(' ').next()?;
    let name = format!("PORTCULLIS_{}", option.replace('-', "_").to_uppercase());
    let given = std::env::var(&name).ok()?;
    given.split(',').any(|value| Some(value) == text(ContextKind::InvalidValue)).then_some(name)
}

/// The gate at the end of a delivery pipeline.
#[derive(Debug, Parser)]
#[command(name = "portcullis", version, about, after_help = exit::TABLE, disable_help_subcommand = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Scan folders, files, images or standard input, and judge them
    #[command(after_help = exit::TABLE)]
    Scan(Later<ScanArguments>),
    /// Scan, accepting only images
    #[command(after_help = exit::TABLE)]
    Image(Later<ScanArguments>),
    /// Scan, accepting only folders and files
    #[command(after_help = exit::TABLE)]
    Fs(Later<ScanArguments>),
    /// Scan, accepting only inventories made by others: CycloneDX and SPDX
    #[command(after_help = exit::TABLE)]
    Sbom(Later<ScanArguments>),
    /// Scan folders and files with policies only
    #[command(after_help = exit::TABLE)]
    Config(Later<ScanArguments>),
    /// Build, look at and ask advisory snapshots
    #[command(subcommand)]
    Db(Later<DbCommand>),
    /// Look at what is kept of image layers, and remove it
    #[command(subcommand)]
    Cache(Later<CacheCommand>),
    /// List, show, test and check policies
    #[command(subcommand)]
    Policy(Later<PolicyCommand>),
    /// Say what is known of a rule or an advisory, or of one finding of a report
    Explain(Later<ExplainArguments>),
    /// Write a JSON report again in other formats
    Convert(Later<ConvertArguments>),
    /// Print the JSON Schema of the report or of the settings file
    Schema {
        /// Which one
        what: SchemaKind,
    },
    /// Print a shell's completions
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

#[derive(Clone, Debug, Default, Args)]
pub(crate) struct ScanArguments {
    /// What to scan: a path, an image reference, or dir: file: rootfs: oci: oci-archive: docker-archive: registry:
    /// docker: podman: sbom: purl: purls: and -
    #[arg(value_name = "SOURCE")]
    pub(crate) sources: Vec<String>,
    /// Report format, with a file to write it to; repeatable [default: text]
    #[arg(short, long = "format", value_name = "FORMAT[=PATH]", env = "PORTCULLIS_FORMAT", value_delimiter = ',')]
    pub(crate) formats: Vec<String>,
    /// What fails the gate: none, low, medium, high, critical or any; kev, fixable, malicious, epss>0.5; several with
    /// commas, together with +: critical,high+fixable,kev; of images efficiency<0.9, wasted>100MB, wasted-ratio>0.1 as
    /// dive counts them, reclaimable>100MB exactly, and of it cache>50MB, duplicate-content>50MB, overwritten>50MB,
    /// deleted>50MB; undecided (a version or a policy), no-advisory-source (a package) [default: high]
    #[arg(long, value_name = "CONDITIONS", env = "PORTCULLIS_FAIL_ON")]
    pub(crate) fail_on: Option<String>,
    /// What to look for: vulnerability (vuln), policy (misconfig), image [default: all]
    #[arg(long, value_name = "LIST", env = "PORTCULLIS_SCANNERS", value_delimiter = ',')]
    pub(crate) scanners: Vec<String>,
    /// Advisory snapshot made by `db build`, or `embedded`; several are stacked: the records of all count; repeatable
    /// [default: embedded]
    #[arg(long = "db", value_name = "PATH", env = "PORTCULLIS_DB", value_delimiter = ',')]
    pub(crate) snapshots: Vec<PathBuf>,
    /// Judge age of data and expiry of waivers as of this date [default: now]
    #[arg(long, value_name = "DATE", env = "PORTCULLIS_NOW")]
    pub(crate) now: Option<String>,
    /// Oldest advisory data to accept, in days [default: 14; the embedded data only warns]
    #[arg(long, value_name = "DAYS", env = "PORTCULLIS_MAX_DATA_AGE", allow_negative_numbers = true)]
    pub(crate) max_data_age: Option<u32>,
    /// A policy file or folder of them: Rego, or Gatekeeper's templates and constraints; repeatable
    #[arg(long = "policy", value_name = "PATH", env = "PORTCULLIS_POLICY", value_delimiter = ',')]
    pub(crate) policies: Vec<PathBuf>,
    /// Every policy must be in a bundle signed with this key: PEM of a public key or certificate, JSON web keys, or the secret
    /// of an HMAC
    #[arg(long, value_name = "FILE", env = "PORTCULLIS_VERIFICATION_KEY")]
    pub(crate) verification_key: Option<PathBuf>,
    /// Package of your policies that is asked; repeatable [default: main]
    #[arg(long = "namespace", value_name = "NAME", env = "PORTCULLIS_NAMESPACE", value_delimiter = ',')]
    pub(crate) namespaces: Vec<String>,
    /// Ask every package of your policies
    #[arg(long, env = "PORTCULLIS_ALL_NAMESPACES", conflicts_with = "namespaces", value_parser = crate::arguments::truth())]
    pub(crate) all_namespaces: bool,
    /// Judge all documents of all sources as one input
    #[arg(long, env = "PORTCULLIS_COMBINE", value_parser = crate::arguments::truth())]
    pub(crate) combine: bool,
    /// Profile of the built-in policies that is asked; repeatable [default: recommended]
    #[arg(long = "profile", value_name = "NAME", env = "PORTCULLIS_PROFILE", value_delimiter = ',')]
    pub(crate) profiles: Vec<String>,
    /// JSON or YAML that policies see as `data`: a file, or a folder whose folders are keys; repeatable
    #[arg(long = "data", value_name = "PATH", env = "PORTCULLIS_DATA", value_delimiter = ',')]
    pub(crate) data: Vec<PathBuf>,
    /// Leave out the policies that come with the program
    #[arg(long, env = "PORTCULLIS_NO_BUILTIN_POLICIES", value_parser = crate::arguments::truth())]
    pub(crate) no_builtin_policies: bool,
    /// Findings that a comment or an annotation in the scanned files accepts count all the same
    #[arg(long, env = "PORTCULLIS_NO_INLINE_IGNORES", value_parser = crate::arguments::truth())]
    pub(crate) no_inline_ignores: bool,
    /// A comment or an annotation that accepts a finding must say why
    #[arg(long, env = "PORTCULLIS_REQUIRE_IGNORE_REASON", value_parser = crate::arguments::truth())]
    pub(crate) require_ignore_reason: bool,
    /// Settings file [default: portcullis.toml in the working folder]
    #[arg(long, value_name = "PATH", env = "PORTCULLIS_CONFIG")]
    pub(crate) config: Option<PathBuf>,
    /// Read no settings file
    #[arg(long, env = "PORTCULLIS_NO_CONFIG", conflicts_with = "config", value_parser = crate::arguments::truth())]
    pub(crate) no_config: bool,
    /// Never use the network: refuse images of registries
    #[arg(long, env = "PORTCULLIS_OFFLINE", value_parser = crate::arguments::truth())]
    pub(crate) offline: bool,
    /// Nothing to scan is a pass
    #[arg(long, env = "PORTCULLIS_ALLOW_EMPTY", value_parser = crate::arguments::truth())]
    pub(crate) allow_empty: bool,
    /// An incomplete scan may pass
    #[arg(long, env = "PORTCULLIS_ALLOW_INCOMPLETE", value_parser = crate::arguments::truth())]
    pub(crate) allow_incomplete: bool,
    /// Old advisory data may pass; data that cannot be read never does
    #[arg(long, env = "PORTCULLIS_ALLOW_STALE", value_parser = crate::arguments::truth())]
    pub(crate) allow_stale: bool,
    /// Leave out paths that match; repeatable
    #[arg(long = "exclude", value_name = "GLOB", env = "PORTCULLIS_EXCLUDE", value_delimiter = ',')]
    pub(crate) excludes: Vec<String>,
    /// Set a limit on what is read, layer_bytes=68719476736; a problem names the limit that was hit; repeatable
    #[arg(long = "limit", value_name = "NAME=N", env = "PORTCULLIS_LIMIT", value_delimiter = ',')]
    pub(crate) limits: Vec<String>,
    /// Also read what .gitignore names
    #[arg(long, env = "PORTCULLIS_NO_GITIGNORE", value_parser = crate::arguments::truth())]
    pub(crate) no_gitignore: bool,
    /// Also read lockfiles in images
    #[arg(long, env = "PORTCULLIS_LOCKFILES", value_parser = crate::arguments::truth())]
    pub(crate) lockfiles: bool,
    /// Also read installed software in trees
    #[arg(long, env = "PORTCULLIS_INSTALLED", value_parser = crate::arguments::truth())]
    pub(crate) installed: bool,
    /// Both: lockfiles in images and installed software in trees
    #[arg(long, env = "PORTCULLIS_ALL_EVIDENCE", value_parser = crate::arguments::truth())]
    pub(crate) all_evidence: bool,
    /// In images, also list what later layers overwrite or delete; it never fails the gate
    #[arg(long, env = "PORTCULLIS_ALL_LAYERS", value_parser = crate::arguments::truth())]
    pub(crate) all_layers: bool,
    /// Which image of an archive of several
    #[arg(long, value_name = "REF", env = "PORTCULLIS_IMAGE")]
    pub(crate) image: Option<String>,
    /// Which image of an index: OS/ARCH[/VARIANT]
    #[arg(long, value_name = "PLATFORM", env = "PORTCULLIS_PLATFORM")]
    pub(crate) platform: Option<String>,
    #[command(flatten)]
    pub(crate) cache: CacheArguments,
    /// The image that images are built on, an archive or a reference: what is of it is told apart from what is yours
    #[arg(long, value_name = "IMAGE", env = "PORTCULLIS_BASE")]
    pub(crate) base: Option<String>,
    /// File name that standard input stands for; text without one is taken for YAML
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// Text report: list the packages, as a tree for every manifest
    #[arg(long, env = "PORTCULLIS_LIST", value_parser = crate::arguments::truth())]
    pub(crate) list: bool,
    /// Show suppressed findings in SARIF
    #[arg(long, env = "PORTCULLIS_INCLUDE_SUPPRESSED", value_parser = crate::arguments::truth())]
    pub(crate) include_suppressed: bool,
    /// Threads, at most 256 [default: one a core]
    #[arg(short, long, value_name = "N", env = "PORTCULLIS_JOBS", allow_negative_numbers = true)]
    pub(crate) jobs: Option<usize>,
    /// Stop after so many seconds, with what was found so far
    #[arg(long, value_name = "SECONDS", env = "PORTCULLIS_TIMEOUT", allow_negative_numbers = true)]
    pub(crate) timeout: Option<u64>,
    /// Say less on standard error
    #[arg(short, long)]
    pub(crate) quiet: bool,
    /// Say more: every problem, skipped file and undecided version
    #[arg(short, long)]
    pub(crate) verbose: bool,
    /// Colour
    #[arg(long, value_enum, default_value_t, env = "PORTCULLIS_COLOR")]
    pub(crate) color: ColorChoice,
    /// No progress on a terminal (there is none yet)
    #[arg(long, env = "PORTCULLIS_NO_PROGRESS", hide = true, value_parser = crate::arguments::truth())]
    pub(crate) no_progress: bool,
    // Last: whatever comes behind stands under its heading in help.
    #[cfg(feature = "registry")]
    #[command(flatten)]
    pub(crate) registry: crate::registry::RegistryArguments,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CacheCommand {
    /// Say where it is and how much it holds
    Status(CacheStatus),
    /// Remove every result
    Clear(CachePlace),
}

#[derive(Debug, Args)]
pub(crate) struct CacheStatus {
    #[command(flatten)]
    pub(crate) place: CachePlace,
    /// Write JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum SchemaKind {
    /// The JSON report
    Report,
    /// portcullis.toml
    Config,
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArguments {
    /// A rule, an advisory, or with --report a finding's fingerprint
    pub(crate) id: Option<String>,
    /// Say why this package is affected by the advisory, or why it is not
    #[arg(long, value_name = "PURL", conflicts_with = "report")]
    pub(crate) package: Option<String>,
    /// The advisory, where a package is given
    #[arg(long, value_name = "ID", requires = "package", conflicts_with = "id")]
    pub(crate) advisory: Option<String>,
    /// A JSON report that holds the finding
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) data: DbPath,
}

#[derive(Debug, Args)]
pub(crate) struct ConvertArguments {
    /// A report written with -f json
    pub(crate) report: PathBuf,
    /// Text report: list the packages, as a tree for every manifest
    #[arg(long)]
    pub(crate) list: bool,
    /// Report format, with a file to write it to; repeatable
    #[arg(short, long = "format", value_name = "FORMAT[=PATH]", required = true, value_delimiter = ',')]
    pub(crate) formats: Vec<String>,
    /// Show suppressed findings in SARIF
    #[arg(long)]
    pub(crate) include_suppressed: bool,
    /// Say more: every problem, skipped file and undecided version
    #[arg(short, long)]
    pub(crate) verbose: bool,
    /// Colour
    #[arg(long, value_enum, default_value_t)]
    pub(crate) color: ColorChoice,
}
