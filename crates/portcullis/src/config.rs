//! What a scanner is built from. Plain data; building one reads nothing.

use std::collections::BTreeSet;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use gate::{Gate, Waiver};
use policy::{ConfigFiles, Namespaces, PolicyFile};

use crate::Source;

/// All that a scan depends on beside the sources.
pub struct Config {
    /// What to look for.
    pub scanners: Scanners,
    /// Where advisories come from: one snapshot, or several that are stacked. The records of all count, and those that name each
    /// other are one finding.
    pub advisories: Vec<Advisories>,
    /// Whether the policies that come with the program are asked.
    pub builtin_policies: bool,
    /// The profiles of the built-in policies that are asked; those of `builtin_policies::PROFILES`.
    pub profiles: Vec<String>,
    /// The user's own policies.
    pub policies: Vec<PolicyFile>,
    /// Where those of them came from that lay in registries, for the report.
    pub pulled: Vec<model::PulledPolicies>,
    /// Gatekeeper's templates and constraints; other documents are left alone.
    pub constraints: Vec<model::Document>,
    /// What reads configuration for policies that ask for it by name; see [`ConfigTree`](crate::ConfigTree).
    pub configs: Option<ConfigFiles>,
    /// Which packages of the user's policies are asked.
    pub namespaces: Namespaces,
    /// What policies see as `data` beside packages: an object. Built-in rules look for theirs below `parameters`.
    pub policy_data: serde_json::Value,
    /// Judge all documents of all sources of a scan as one input.
    pub combine: bool,
    /// Time for one evaluation of one document.
    pub policy_time_limit: Duration,
    /// Judge by the other policies where some do not compile: those are problems of the report, and its exit code is that of a wrong
    /// configuration. Else a scanner is not built ([`crate::SetupError::Policies`]).
    pub keep_other_policies: bool,
    /// The image that images are built on: what is of it is told apart. Its layers are not read.
    pub base: Option<Source>,
    /// Findings that were accepted, and why.
    pub waivers: Vec<Waiver>,
    /// What the reader of any report must know of this configuration itself; stands in the first target.
    pub remarks: Vec<model::Problem>,
    /// Whether comments and annotations in what is scanned may say which findings are accepted.
    pub inline_ignores: bool,
    /// Whether such a comment must give its reason.
    pub require_ignore_reason: bool,
    /// What fails.
    pub gate: Gate,
    /// The date that data's age and waivers are judged by.
    pub now: model::Timestamp,
    /// Threads, at most 256; 0 is one a core.
    pub jobs: usize,
    /// The thread that builds the scanner works too, instead of waiting for one more: a program that scans once and ends is done
    /// sooner. Such a scanner scans on that thread alone. On Linux it and the others keep to processors of their own while documents
    /// are parsed and judged; what the caller starts afterwards inherits that.
    pub works_here: bool,
    /// How sources are read: limits, exclusions, which image and platform.
    pub reading: artifact::Options,
    /// How registries and container engines may be spoken to.
    #[cfg(feature = "registry")]
    pub access: registry::Access,
    /// Limits on documents.
    pub documents: document::Limits,
    /// What counts beside what counts anyway.
    pub evidence: MoreEvidence,
}

/// In images and root folders what is installed counts, in trees what is locked; this is what counts beside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MoreEvidence {
    /// Lockfiles inside images and root folders.
    pub lockfiles_in_images: bool,
    /// Installed software inside trees.
    pub installed_in_trees: bool,
    /// In images, what later layers overwrote or deleted; marked, and never failing the gate.
    pub all_layers: bool,
}

/// Where a snapshot of advisories comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Advisories {
    /// The facts that come with the program.
    #[default]
    Embedded,
    /// A snapshot made by `db build`.
    File(PathBuf),
}

impl fmt::Display for Advisories {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Advisories::Embedded => f.write_str("embedded"),
            Advisories::File(path) => path.display().fmt(f),
        }
    }
}

/// One kind of scanner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ScannerKind {
    /// Packages against advisories.
    Vulnerability,
    /// Documents against policies.
    Policy,
    /// What an image says of itself, and what was seen in it, against policies of images.
    Image,
}

/// The scanners asked for; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scanners(BTreeSet<ScannerKind>);

impl Config {
    /// Everything built in, the default gate, judged as of `now`.
    pub fn new(now: model::Timestamp) -> Config {
        Config {
            scanners: Scanners::default(),
            advisories: vec![Advisories::Embedded],
            builtin_policies: true,
            profiles: vec!["recommended".to_owned()],
            policies: Vec::new(),
            pulled: Vec::new(),
            constraints: Vec::new(),
            configs: None,
            namespaces: Namespaces::default(),
            policy_data: serde_json::Value::Object(serde_json::Map::new()),
            combine: false,
            policy_time_limit: Duration::from_secs(5),
            keep_other_policies: false,
            base: None,
            waivers: Vec::new(),
            remarks: Vec::new(),
            inline_ignores: true,
            require_ignore_reason: false,
            gate: Gate::default(),
            now,
            jobs: 0,
            works_here: false,
            reading: artifact::Options::default(),
            #[cfg(feature = "registry")]
            access: registry::Access::default(),
            documents: document::Limits::default(),
            evidence: MoreEvidence::default(),
        }
    }
}

impl Scanners {
    /// These scanners; `None` for none at all.
    pub fn new(kinds: impl IntoIterator<Item = ScannerKind>) -> Option<Scanners> {
        let kinds: BTreeSet<ScannerKind> = kinds.into_iter().collect();
        (!kinds.is_empty()).then_some(Scanners(kinds))
    }

    /// Whether this one was asked for.
    pub fn has(&self, kind: ScannerKind) -> bool {
        self.0.contains(&kind)
    }
}

impl Default for Scanners {
    fn default() -> Scanners {
        Scanners([ScannerKind::Vulnerability, ScannerKind::Policy, ScannerKind::Image].into())
    }
}

impl FromStr for ScannerKind {
    type Err = String;

    fn from_str(text: &str) -> Result<ScannerKind, String> {
        match text {
            "vulnerability" | "vuln" => Ok(ScannerKind::Vulnerability),
            "policy" | "misconfig" => Ok(ScannerKind::Policy),
            "image" => Ok(ScannerKind::Image),
            "secret" | "license" => {
                Err(format!("the {text} scanner is not built yet; there are vulnerability, policy and image"))
            }
            other => Err(format!(
                "there is no scanner `{other}`; there are vulnerability (vuln), policy (misconfig) and image"
            )),
        }
    }
}

impl fmt::Display for ScannerKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ScannerKind::Vulnerability => "vulnerability",
            ScannerKind::Policy => "policy",
            ScannerKind::Image => "image",
        })
    }
}
