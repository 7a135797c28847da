//! `policy` and its parts.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

#[cfg(feature = "registry")]
use super::{PolicyPull, PolicyPush};

#[derive(Debug, Subcommand)]
pub(crate) enum PolicyCommand {
    /// List every rule
    List(PolicyList),
    /// Show one rule: what, why, what to do, and its source
    Show(PolicyShow),
    /// Run test_ rules and examples
    Test(PolicyTest),
    /// Compile policies and say what is wrong with them
    Check(PolicyCheck),
    /// Show exactly what a rule sees of files, and at which lines its values stand
    Input(PolicyInput),
    /// Show the controls of a profile: which rules serve each, and with --report whether it passed
    Compliance(PolicyCompliance),
    /// Rewrite policies of version 0 of Rego as version 1
    Migrate(PolicyMigrate),
    /// Fetch policies from a registry
    #[cfg(feature = "registry")]
    Pull(PolicyPull),
    /// Put policies into a registry
    #[cfg(feature = "registry")]
    Push(PolicyPush),
}

#[derive(Debug, Args)]
pub(crate) struct PolicyList {
    /// Only rules of this profile; repeatable
    #[arg(long = "profile", value_name = "NAME", value_delimiter = ',')]
    pub(crate) profiles: Vec<String>,
    #[command(flatten)]
    pub(crate) selection: PolicySelection,
}

#[derive(Debug, Args)]
pub(crate) struct PolicyCompliance {
    /// A profile with a catalogue of controls: pss-baseline, pss-restricted, cis-kubernetes, cis-docker or nsa-cisa
    pub(crate) profile: String,
    /// A JSON report of a scan with --profile
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
    /// text or json
    #[arg(short, long, default_value = "text")]
    pub(crate) format: ListFormat,
}

#[derive(Debug, Args)]
pub(crate) struct PolicySelection {
    /// Your own policies beside the built-in ones
    #[arg(long = "policy", value_name = "PATH")]
    pub(crate) policies: Vec<PathBuf>,
    /// Leave out the policies that come with the program
    #[arg(long)]
    pub(crate) no_builtin_policies: bool,
    /// text or json
    #[arg(short, long, default_value = "text")]
    pub(crate) format: ListFormat,
}

#[derive(Debug, Args)]
pub(crate) struct PolicyShow {
    /// The rule's id
    pub(crate) rule: String,
    #[command(flatten)]
    pub(crate) selection: PolicySelection,
}

#[derive(Debug, Args)]
pub(crate) struct PolicyTest {
    /// Policy files and folders, and files of Gatekeeper's suites
    #[arg(required = true)]
    pub(crate) paths: Vec<PathBuf>,
    /// Only tests whose names match this regular expression
    #[arg(short, long, visible_alias = "filter", value_name = "REGEX")]
    pub(crate) run: Option<String>,
    /// Also say which lines of the policies the tests reach: in text and JSON
    #[arg(long)]
    pub(crate) coverage: bool,
    /// Data that policies see: JSON and YAML files and folders of them; repeatable
    #[arg(long = "data", value_name = "PATH")]
    pub(crate) data: Vec<PathBuf>,
    /// Every policy must be in a bundle signed with this key
    #[arg(long, value_name = "FILE")]
    pub(crate) verification_key: Option<PathBuf>,
    /// Also list the tests that passed
    #[arg(short, long)]
    pub(crate) verbose: bool,
    /// text, json or junit
    #[arg(short, long, default_value = "text")]
    pub(crate) format: TestFormat,
}

#[derive(Debug, Args)]
pub(crate) struct PolicyInput {
    /// Files; - is standard input, image:SOURCE an image; archives and layouts of images are told by their content
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Images: the image they are built on
    #[arg(long, value_name = "IMAGE", env = "PORTCULLIS_BASE")]
    pub(crate) base: Option<String>,
    /// Images: the date that ages are counted to [default: now]
    #[arg(long, value_name = "DATE", env = "PORTCULLIS_NOW")]
    pub(crate) now: Option<String>,
    /// Read them as this format, whatever their names: yaml, json, toml, hcl2 …
    #[arg(long, value_name = "NAME")]
    pub(crate) parser: Option<String>,
    /// Show what a rule sees with `scan --combine`
    #[arg(long)]
    pub(crate) combine: bool,
    /// Images: show values that are taken for secrets, too
    #[arg(long)]
    pub(crate) show_secrets: bool,
}

#[derive(Debug, Args)]
pub(crate) struct PolicyCheck {
    /// Policy files and folders
    #[arg(required = true)]
    pub(crate) paths: Vec<PathBuf>,
    /// Report format, with a file to write it to, as for scan: sarif=check.sarif; repeatable [default: text]
    #[arg(short, long = "format", value_name = "FORMAT[=PATH]", value_delimiter = ',')]
    pub(crate) formats: Vec<String>,
    /// Data that policies see: JSON and YAML files and folders of them; repeatable
    #[arg(long = "data", value_name = "PATH")]
    pub(crate) data: Vec<PathBuf>,
    /// The date that a report names [default: now]
    #[arg(long, value_name = "DATE", env = "PORTCULLIS_NOW")]
    pub(crate) now: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct PolicyMigrate {
    /// Policy files and folders
    #[arg(required = true)]
    pub(crate) paths: Vec<PathBuf>,
    /// Write files back, and print the names of those that changed; else the new text of one file is printed
    #[arg(long)]
    pub(crate) write: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum ListFormat {
    /// A table
    Text,
    /// JSON
    Json,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum TestFormat {
    /// A line a case that did not pass, and a summary
    Text,
    /// JSON
    Json,
    /// JUnit XML
    Junit,
}
