//! Built once, shared, asked for reports.

use artifact::{Artifact, OpenError};
use model::{Cancel, DataInfo, Problem, ProblemKind, ProblemSeverity, Report, SCHEMA, TargetKind, Tool, TreePath};
use policy::{PolicyError, PolicySet};
use std::collections::BTreeMap;

use crate::advisories::AdvisoryRoom;
use crate::embedded::scan_embedded;
use crate::image::{Base, ImageDocument};
use crate::policy_room::PolicyRoom;
use crate::stated::{Form, Stated};
use crate::target::{Prepared, Scanned, finish, image_document, prepare, prepare_purls, prepare_stated, unreadable};
use crate::threads::Threads;
use crate::{Config, ScannerKind, Source, builtin_policies, combined, ignores};

/// More threads than this only take memory and wait for each other.
const MOST_THREADS: usize = 256;

/// A scanner: configuration, compiled policies, opened advisories, threads. `Send + Sync`.
pub struct Scanner {
    rooms: Rooms,
    pool: rayon::ThreadPool,
}

/// What every target is judged with.
pub(crate) struct Rooms {
    pub(crate) config: Config,
    pub(crate) policies: PolicyRoom,
    pub(crate) advisories: AdvisoryRoom,
    pub(crate) threads: Threads,
}

/// Why a scanner cannot be built. Advisory data that cannot be opened is no such reason: it is in the verdict.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// Some policies do not compile.
    #[error("{}", list(.0))]
    Policies(Vec<PolicyError>),
    /// A profile that there is not.
    #[error("there is no profile `{0}`; there are {known}", known = builtin_policies::PROFILES.join(", "))]
    Profile(String),
    /// Threads could not be started.
    #[error("could not start threads: {0}")]
    Threads(#[from] rayon::ThreadPoolBuildError),
}

/// Why a scan was not begun.
#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    /// A source is missing, or is not what it was said to be.
    #[error("{}", told(.name, .error))]
    Source {
        /// What the caller called it.
        name: String,
        /// What is wrong.
        error: OpenError,
    },
    /// A file that states packages cannot be read.
    #[error("{name}: {reason}")]
    Unreadable {
        /// What the caller called it.
        name: String,
        /// What is wrong.
        reason: String,
    },
    /// No source was given.
    #[error("no source to scan was given")]
    NoSource,
}

impl Scanner {
    /// Compiles the user's policies, opens the advisories, makes the threads.
    pub fn new(mut config: Config) -> Result<Scanner, SetupError> {
        if let Some(unknown) = config.profiles.iter().find(|name| !builtin_policies::PROFILES.contains(&name.as_str()))
        {
            return Err(SetupError::Profile(unknown.clone()));
        }
        if config.jobs == 0 {
            config.jobs = std::thread::available_parallelism().map_or(1, usize::from);
        }
        // A settings file may come from whoever is scanned, and each thread takes memory.
        config.jobs = config.jobs.min(MOST_THREADS);
        config.reading.threads = config.reading.threads.min(MOST_THREADS);
        if config.reading.threads == 0 {
            config.reading.threads = config.jobs;
        }
        if config.reading.layers_at_once == 0 {
            config.reading.layers_at_once = config.jobs;
        }
        let (pool, threads) = Threads::new(&config)?;
        let policies = PolicyRoom::open(&config).map_err(SetupError::Policies)?;
        let advisories = AdvisoryRoom::open(&config.advisories);
        Ok(Scanner { rooms: Rooms { config, policies, advisories, threads }, pool })
    }

    /// Scans every source into one report. Sources are opened first: a wrong one is an error before anything is scanned.
    pub fn scan(&self, sources: &[Source], cancel: &Cancel) -> Result<Report, ScanError> {
        if sources.is_empty() {
            return Err(ScanError::NoSource);
        }
        let opened: Vec<Opened<'_>> =
            sources.iter().map(|source| self.open(source, cancel)).collect::<Result<_, _>>()?;
        let (base, fault) = self.base(cancel)?;
        Ok(self.pool.install(|| {
            let mut scanned = self.scan_all(&opened, base.as_ref(), cancel);
            if let Some(first) = scanned.first_mut() {
                first.target.problems.extend(fault);
            }
            self.report(scanned)
        }))
    }

    /// What an image says of itself, as the document that rules see. `None` for what is no image.
    pub fn image_document(&self, source: &Source, cancel: &Cancel) -> Result<Option<ImageDocument>, ScanError> {
        let (base, fault) = self.base(cancel)?;
        let name = || source.to_string();
        match self.open(source, cancel)? {
            Opened::Artifact(artifact) if artifact.kind() == TargetKind::Image => {
                let (document, problems) =
                    self.pool.install(|| image_document(&self.rooms, &artifact, base.as_ref(), cancel));
                Ok(Some(ImageDocument { document, problems: fault.into_iter().chain(problems).collect() }))
            }
            Opened::Unreadable(_, error) => Err(ScanError::Unreadable { name: name(), reason: error.to_string() }),
            _ => Ok(None),
        }
    }

    /// The image that others are built on, as far as that can be read: damage in it is a problem.
    fn base(&self, cancel: &Cancel) -> Result<(Option<Base>, Option<Problem>), ScanError> {
        let Some(source) = &self.rooms.config.base else { return Ok((None, None)) };
        let fault = |name: &str, what: &str| {
            Some(Problem::error(ProblemKind::Manifest, format!("the base image {name} could not be read: {what}")))
        };
        // Which image of an archive is scanned says nothing of the archive of the base.
        let options = artifact::Options { image: None, ..self.rooms.config.reading.clone() };
        Ok(match self.open_with(source, &options, cancel)? {
            Opened::Artifact(artifact) if artifact.kind() == TargetKind::Image => (Some(Base::of(&artifact)), None),
            Opened::Unreadable(name, error) => (None, fault(&name, &error.to_string())),
            _ => (None, fault(&source.to_string(), "it is no image")),
        })
    }

    /// The advisory snapshots that are stacked, or why one of them is not there.
    pub fn advisories(&self) -> Result<Vec<&advisory::Snapshot>, &str> {
        self.rooms.advisories.snapshots()
    }

    /// What is wrong with policies that are not asked for it: see [`Config::keep_other_policies`].
    pub fn policy_faults(&self) -> &[PolicyError] {
        self.rooms.policies.faults()
    }

    /// The policies.
    pub fn policies(&self) -> &PolicySet {
        self.rooms.policies.get()
    }

    fn open<'s>(&self, source: &'s Source, cancel: &Cancel) -> Result<Opened<'s>, ScanError> {
        self.open_with(source, &self.rooms.config.reading, cancel)
    }

    #[cfg_attr(not(feature = "registry"), allow(unused_variables, reason = "only what is far away takes long to open"))]
    fn open_with<'s>(
        &self,
        source: &'s Source,
        options: &artifact::Options,
        cancel: &Cancel,
    ) -> Result<Opened<'s>, ScanError> {
        let (name, opened) = match source {
            Source::Purls { name, purls } => return Ok(Opened::Purls(name, purls)),
            Source::Sbom(path) => return Stated::open(path, Form::Sbom).map(Opened::Stated),
            Source::PurlList(path) => return Stated::open(path, Form::Purls).map(Opened::Stated),
            Source::Detect(path) if Stated::is_at(path) => return Stated::open(path, Form::Sbom).map(Opened::Stated),
            Source::Bytes { name, bytes } if inventory::is_sbom(name, bytes) => {
                return Ok(Opened::Stated(Stated::new(name, bytes.clone(), Form::Sbom)));
            }
            Source::Detect(path) => {
                let opened = artifact::detect(path).and_then(|source| artifact::open(&source, options));
                (path.display().to_string(), opened)
            }
            Source::Artifact(source) => (source.to_string(), artifact::open(source, options)),
            #[cfg(feature = "registry")]
            Source::Registry(reference) => {
                (reference.to_string(), registry::open(reference, &self.rooms.config.access, options, cancel))
            }
            #[cfg(feature = "registry")]
            Source::Daemon(daemon) => {
                (daemon.image.clone(), daemon.open(self.rooms.config.access.timeouts, options, cancel))
            }
            Source::Stream { name, stream } => (name.clone(), artifact::open_stream(name, stream, options)),
            Source::Bytes { name, bytes } => (name.clone(), artifact::open_bytes(name, bytes.clone(), options)),
        };
        match opened {
            Ok(artifact) => Ok(Opened::Artifact(Box::new(artifact))),
            Err(error) if error.is_usage() => Err(ScanError::Source { name, error }),
            Err(error) => Ok(Opened::Unreadable(name, error)),
        }
    }

    /// One source after the other; where documents of all are judged together, all are read first.
    fn scan_all(&self, opened: &[Opened<'_>], base: Option<&Base>, cancel: &Cancel) -> Vec<Scanned> {
        let at_once = if self.rooms.config.combine { opened.len() } else { 1 };
        let mut scanned = Vec::new();
        for opened in opened.chunks(at_once) {
            let mut prepared: Vec<_> = opened.iter().map(|one| self.prepare(one, base, cancel)).collect();
            let mut found = combined::judge(&self.rooms, &mut prepared, cancel);
            for (at, (opened, prepared)) in opened.iter().zip(prepared).enumerate() {
                let images = prepared.images.clone();
                let found = found.remove(&at).unwrap_or_default();
                let mut one = finish(&self.rooms, prepared, found, cancel);
                let inside = self.scan_images(opened, &images, &mut one, cancel);
                scanned.push(one);
                scanned.extend(inside);
            }
        }
        scanned
    }

    fn prepare<'a>(&self, opened: &'a Opened<'_>, base: Option<&Base>, cancel: &Cancel) -> Prepared<'a> {
        match opened {
            Opened::Purls(name, purls) => prepare_purls(name, purls),
            Opened::Stated(stated) => prepare_stated(stated),
            Opened::Unreadable(name, error) => {
                let kind = match error {
                    OpenError::Remote { .. } => ProblemKind::Io,
                    OpenError::Limit { .. } => ProblemKind::Limit,
                    _ => ProblemKind::Manifest,
                };
                let problem = Problem::error(kind, error.to_string());
                unreadable(TargetKind::Image, name, problem)
            }
            Opened::Artifact(artifact) => prepare(&self.rooms, artifact, base, cancel),
        }
    }

    /// Images that lie in a tree, each a target of its own.
    fn scan_images(
        &self,
        opened: &Opened<'_>,
        found: &[TreePath],
        around: &mut Scanned,
        cancel: &Cancel,
    ) -> Vec<Scanned> {
        let Opened::Artifact(artifact) = opened else { return Vec::new() };
        let Some(root) = artifact.root() else { return Vec::new() };
        let mut images = Vec::new();
        for path in found {
            match scan_embedded(&self.rooms, root, path, cancel) {
                Ok(image) => images.push(image),
                Err(skipped) => around.target.coverage.skipped.push(skipped),
            }
        }
        around.target.coverage.skipped.sort();
        images
    }

    fn report(&self, scanned: Vec<Scanned>) -> Report {
        let Rooms { config, policies, advisories, .. } = &self.rooms;
        let mut rules = BTreeMap::new();
        let mut targets = Vec::new();
        let mut judged = false;
        let mut unjudged = Vec::new();
        let mut damage = None;
        let mut remarks = Vec::new();
        for one in scanned {
            let is_read = one.target.problems.iter().all(|problem| problem.severity != ProblemSeverity::Error);
            if !one.judged && is_read {
                unjudged.push(one.target.name.clone());
            }
            rules.extend(one.rules);
            remarks.push(one.remarks);
            judged |= one.judged;
            damage = damage.or(one.damage);
            targets.push(one.target);
        }
        let today = jiff::tz::Offset::UTC.to_datetime(config.now).date();
        let waiver_problems = gate::apply_waivers(&mut targets, &config.waivers, today);
        ignores::apply(&mut targets, &remarks, &self.rooms, today);
        if let Some(first) = targets.first_mut() {
            first.problems.extend(waiver_problems);
            first.problems.extend(policies.warnings());
            first.problems.extend(config.remarks.iter().cloned());
            first.problems.sort();
        }
        let asked = config.scanners.has(ScannerKind::Vulnerability);
        let asks_policies = [ScannerKind::Policy, ScannerKind::Image].into_iter().any(|kind| config.scanners.has(kind));
        let data = advisories.state(asked, config.now, damage);
        let mut snapshots = if asked { advisories.describe(config.now) } else { Vec::new() }.into_iter();
        let faults: Vec<String> = policies.faults().iter().map(PolicyError::to_string).collect();
        let scan = gate::Scan { anything_judged: judged, unjudged: &unjudged, policy_faults: &faults, data: &data };
        let verdict = gate::judge(&mut targets, &scan, &config.gate);
        Report {
            schema: SCHEMA.to_owned(),
            tool: Tool { name: "portcullis".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
            evaluated_at: config.now,
            data: DataInfo {
                advisories: snapshots.next(),
                stacked: snapshots.collect(),
                policies: asks_policies.then(|| policies.describe()),
            },
            verdict,
            rules,
            targets,
        }
    }
}

/// A source that is ready to be scanned.
enum Opened<'s> {
    Artifact(Box<Artifact>),
    Purls(&'s str, &'s [model::Purl]),
    Stated(Stated),
    /// It is there, but damaged: a problem in the report, not a wrong command line.
    Unreadable(String, OpenError),
}

/// Most errors of opening say what they are about themselves.
fn told(name: &str, error: &OpenError) -> String {
    let error = error.to_string();
    if error.starts_with(&format!("{name}: ")) { error } else { format!("{name}: {error}") }
}

fn list(errors: &[PolicyError]) -> String {
    errors.iter().map(PolicyError::to_string).collect::<Vec<_>>().join("\n")
}

const _: () = {
    const fn is_shared<T: Send + Sync>() {}
    is_shared::<Scanner>();
};
