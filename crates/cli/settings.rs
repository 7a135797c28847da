//! Flags, then environment, then the settings file: to one `Config`. The environment comes in through the flags.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use portcullis::gate::{FailOn, Gate, Waiver};
use portcullis::model::{Problem, ProblemKind, PulledPolicies, Timestamp};
use portcullis::policy::{Bundle, BundleKey, Namespaces};
use portcullis::{Advisories, Config, ConfigTree, MoreEvidence, Scanners, Source, artifact};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::arguments::ScanArguments;
use crate::source::{self, Accepted};
use crate::terminal;

mod bundle;
mod data;
mod gatekeeper;
mod policies;
#[cfg(feature = "registry")]
mod pulled;

#[cfg(feature = "registry")]
pub(crate) use bundle::bundle_files;
pub(crate) use bundle::{bundle, verification_key};
pub(crate) use data::{data_beside, load as load_data, put_all as put_data};
pub(crate) use gatekeeper::{documents_of, gatekeeper_documents};
pub(crate) use policies::{is_test, policy_files, read_policy, rego_files};
#[cfg(feature = "registry")]
pub(crate) use pulled::{PREFIX as OCI, fetch, files as layer_files, read as read_bundle, reference};

const FILE_NAME: &str = "portcullis.toml";

/// `portcullis.toml`. Every key is also a flag of `scan`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Settings {
    /// What fails the gate: none, low, medium, high, critical or any; kev, fixable, malicious, epss>0.5; several with
    /// commas, together with +; of images efficiency<0.9, wasted>100MB, wasted-ratio>0.1, reclaimable>100MB,
    /// and of it cache>50MB, duplicate-content>50MB, overwritten>50MB, deleted>50MB; undecided, no-advisory-source.
    pub(crate) fail_on: Option<String>,
    /// What to look for: vulnerability, policy, image.
    pub(crate) scanners: Option<Vec<String>>,
    /// Report formats, each with an optional `=PATH`.
    pub(crate) format: Option<Vec<String>>,
    /// Advisory snapshot made by `db build`, or `embedded`; a list of several is stacked.
    pub(crate) db: Option<Snapshots>,
    /// Oldest advisory data to accept, in days.
    pub(crate) max_data_age: Option<u32>,
    /// Policy files and folders.
    pub(crate) policy: Option<Vec<PathBuf>>,
    /// Key that all of these must be signed with: a public key, a certificate, JSON web keys, or the secret of an HMAC.
    pub(crate) verification_key: Option<PathBuf>,
    /// Packages of the policies that are asked.
    pub(crate) namespace: Option<Vec<String>>,
    /// Ask every package of the policies.
    pub(crate) all_namespaces: Option<bool>,
    /// Profiles of the built-in policies that are asked.
    pub(crate) profile: Option<Vec<String>>,
    /// JSON or YAML files and folders that policies see as `data`.
    pub(crate) data: Option<Vec<PathBuf>>,
    /// Leave out the policies that come with the program.
    pub(crate) no_builtin_policies: Option<bool>,
    /// Findings that a comment or an annotation in the scanned files accepts count all the same.
    pub(crate) no_inline_ignores: Option<bool>,
    /// A comment or an annotation that accepts a finding must say why.
    pub(crate) require_ignore_reason: Option<bool>,
    /// Judge all documents of all sources as one input.
    pub(crate) combine: Option<bool>,
    /// Paths to leave out.
    pub(crate) exclude: Option<Vec<String>>,
    /// Also read what .gitignore names.
    pub(crate) no_gitignore: Option<bool>,
    /// Also read lockfiles in images.
    pub(crate) lockfiles: Option<bool>,
    /// Also read installed software in trees.
    pub(crate) installed: Option<bool>,
    /// Both: lockfiles in images and installed software in trees.
    pub(crate) all_evidence: Option<bool>,
    /// In images, also list what later layers overwrite or delete.
    pub(crate) all_layers: Option<bool>,
    /// Nothing to scan is a pass.
    pub(crate) allow_empty: Option<bool>,
    /// An incomplete scan may pass.
    pub(crate) allow_incomplete: Option<bool>,
    /// Old advisory data may pass; data that cannot be read never does.
    pub(crate) allow_stale: Option<bool>,
    /// Threads, at most 256.
    pub(crate) jobs: Option<usize>,
    /// Where results of image layers are kept. Not read from a file that lies in what is scanned.
    pub(crate) cache_dir: Option<PathBuf>,
    /// Read every layer, and keep nothing of it.
    pub(crate) no_cache: Option<bool>,
    /// Most MiB the cache may take.
    pub(crate) cache_size: Option<u64>,
    /// Days that results are kept unused.
    pub(crate) cache_days: Option<u32>,
    /// Limits on what is read, by name; a problem names the one that was hit. Not read from a file that lies in what is scanned.
    #[serde(default)]
    pub(crate) limits: BTreeMap<String, u64>,
    /// Findings that were accepted, each with its reason.
    #[serde(default)]
    #[schemars(with = "Vec<WaiverShape>")]
    #[allow(dead_code, reason = "the gate reads the entries from the text, with their lines")]
    pub(crate) ignore: Vec<toml::Value>,
}

impl Settings {
    /// The keys that decide what is looked at and what fails. Whoever can change the scanned tree can write them: a reader of the
    /// report must know.
    fn remark(&self, file: &str) -> Option<Problem> {
        let keys = [
            ("fail-on", self.fail_on.is_some()),
            ("scanners", self.scanners.is_some()),
            ("db", self.db.is_some()),
            ("max-data-age", self.max_data_age.is_some()),
            ("no-builtin-policies", self.no_builtin_policies == Some(true)),
            ("profile", self.profile.is_some()),
            ("data", self.data.is_some()),
            ("exclude", self.exclude.is_some()),
            ("allow-empty", self.allow_empty == Some(true)),
            ("allow-incomplete", self.allow_incomplete == Some(true)),
            ("allow-stale", self.allow_stale == Some(true)),
        ];
        let set: Vec<&str> = keys.into_iter().filter_map(|(key, is_set)| is_set.then_some(key)).collect();
        (!set.is_empty()).then(|| {
            let message = format!(
                "{file} inside the scanned tree decides what is judged and what fails ({}); with --no-config it does not",
                set.join(", ")
            );
            Problem::warning(ProblemKind::Suppression, message)
        })
    }
}

/// One snapshot, or several.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Snapshots {
    /// One.
    One(PathBuf),
    /// Stacked in this order.
    Several(Vec<PathBuf>),
}

/// One accepted finding.
#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "only its schema is used; the gate reads the entries")]
struct WaiverShape {
    /// Rule or advisory id; any alias does.
    id: String,
    /// Why it is accepted.
    reason: String,
    /// Only for packages whose URL matches one of these globs.
    packages: Option<Vec<String>>,
    /// Only for files that match one of these globs.
    paths: Option<Vec<String>>,
    /// Only in targets whose name matches one of these globs.
    targets: Option<Vec<String>>,
    /// The last day it holds, YYYY-MM-DD.
    expires: Option<String>,
}

/// The settings file that counts, read; `None` where there is none.
pub(crate) struct SettingsFile {
    settings: Settings,
    waivers: Vec<Waiver>,
    /// What it says about the gate itself, where it lies in what is scanned.
    remark: Option<Problem>,
}

impl SettingsFile {
    /// Finds and reads the settings file. `sources` tell whether it lies inside what is scanned.
    pub(crate) fn load(arguments: &ScanArguments, sources: &[PathBuf]) -> anyhow::Result<SettingsFile> {
        let nothing = SettingsFile { settings: Settings::default(), waivers: Vec::new(), remark: None };
        if arguments.no_config {
            return Ok(nothing);
        }
        let path = match &arguments.config {
            Some(path) => path.clone(),
            None if Path::new(FILE_NAME).is_file() => PathBuf::from(FILE_NAME),
            None => return Ok(nothing),
        };
        let shown = path.display().to_string();
        let text =
            std::fs::read_to_string(&path).with_context(|| format!("could not read the settings file {shown}"))?;
        let mut settings: Settings = toml::from_str(&text).map_err(|error| anyhow!("{shown}: {}", plain(&error)))?;
        let inside = arguments.config.is_none() && sources.iter().any(|source| is_inside(&path, source));
        if inside && settings.cache_dir.take().is_some() {
            // Whoever wrote what is scanned could have filled that folder, too.
            terminal::note(&format!("{shown} lies in what is scanned; its cache-dir is not followed"));
        }
        if inside && !std::mem::take(&mut settings.limits).is_empty() {
            terminal::note(&format!("{shown} lies in what is scanned; its limits are not followed"));
        }
        let waivers = portcullis::gate::parse_waivers(&text, &shown, inside).map_err(|error| anyhow!("{error}"))?;
        let remark = inside.then(|| settings.remark(&shown)).flatten();
        Ok(SettingsFile { settings, waivers, remark })
    }

    /// Report formats: the flags', else the file's.
    pub(crate) fn formats<'a>(&'a self, arguments: &'a ScanArguments) -> &'a [String] {
        prefer(&arguments.formats, self.settings.format.as_deref())
    }

    /// What a scan is built from.
    pub(crate) fn into_config(self, arguments: &ScanArguments, sources: &[PathBuf]) -> anyhow::Result<Config> {
        let SettingsFile { settings, waivers, remark } = self;
        let cache = arguments.cache.cache(&settings);
        let mut config = Config::new(now(arguments.now.as_deref())?);
        config.waivers = waivers;
        config.remarks = remark.into_iter().collect();
        config.scanners = scanners(&arguments.scanners, settings.scanners.as_deref())?;
        config.advisories = advisories(prefer(&arguments.snapshots, settings.db.as_ref().map(Snapshots::paths)));
        config.gate = Gate {
            fail_on: fail_on(arguments.fail_on.as_deref(), settings.fail_on.as_deref())?,
            allow_empty: arguments.allow_empty || settings.allow_empty.unwrap_or_default(),
            allow_incomplete: arguments.allow_incomplete || settings.allow_incomplete.unwrap_or_default(),
            allow_stale: arguments.allow_stale || settings.allow_stale.unwrap_or_default(),
            max_data_age_days: arguments.max_data_age.or(settings.max_data_age),
        };
        config.builtin_policies = !(arguments.no_builtin_policies || settings.no_builtin_policies.unwrap_or_default());
        let profiles = prefer(&arguments.profiles, settings.profile.as_deref());
        if !profiles.is_empty() {
            config.profiles = profiles.to_vec();
        }
        let policies = prefer(&arguments.policies, settings.policy.as_deref());
        config.policy_data = load_data(prefer(&arguments.data, settings.data.as_deref()))?;
        let key = verification_key(arguments.verification_key.as_deref().or(settings.verification_key.as_deref()))?;
        let pull = |path: &Path, key: Option<&BundleKey>| pulled(path, key, arguments);
        user_policies(policies, key.as_ref(), &pull, &mut config)?;
        config.configs = readable(sources).map(|root| ConfigTree::new(root).shared());
        let named = prefer(&arguments.namespaces, settings.namespace.as_deref());
        let all = arguments.all_namespaces
            || (arguments.namespaces.is_empty() && settings.all_namespaces.unwrap_or_default());
        config.namespaces = match (all, named) {
            (true, _) => Namespaces::All,
            (false, []) => Namespaces::default(),
            (false, named) => Namespaces::Named(named.to_vec()),
        };
        config.inline_ignores = !(arguments.no_inline_ignores || settings.no_inline_ignores.unwrap_or_default());
        config.require_ignore_reason =
            arguments.require_ignore_reason || settings.require_ignore_reason.unwrap_or_default();
        config.combine = arguments.combine || settings.combine.unwrap_or_default();
        config.jobs = arguments.jobs.or(settings.jobs).unwrap_or(0);
        config.works_here = true;
        let both = arguments.all_evidence || settings.all_evidence.unwrap_or_default();
        config.evidence = MoreEvidence {
            lockfiles_in_images: both || arguments.lockfiles || settings.lockfiles.unwrap_or_default(),
            installed_in_trees: both || arguments.installed || settings.installed.unwrap_or_default(),
            all_layers: arguments.all_layers || settings.all_layers.unwrap_or_default(),
        };
        config.base = arguments.base.as_deref().map(|word| base(word, arguments)).transpose()?;
        config.reading = artifact::Options {
            honour_gitignore: !(arguments.no_gitignore || settings.no_gitignore.unwrap_or_default()),
            exclude: prefer(&arguments.excludes, settings.exclude.as_deref()).to_vec(),
            image: arguments.image.clone(),
            platform: arguments.platform.clone(),
            cache,
            spool: Some(source::spool()),
            limits: limits(settings.limits, &arguments.limits)?,
            ..artifact::Options::default()
        };
        #[cfg(feature = "registry")]
        {
            config.access = arguments.registry.access()?;
        }
        Ok(config)
    }
}

/// The base image, wherever images may be. Only the user names one: a settings file of a tree could name any machine.
fn base(word: &str, arguments: &ScanArguments) -> anyhow::Result<Source> {
    let source = source::parse(word, None, &artifact::Limits::default(), Accepted::Images)
        .with_context(|| format!("--base {word}"))?;
    #[cfg(feature = "registry")]
    if arguments.offline && matches!(source, Source::Registry(_)) {
        return Err(anyhow!("--base {word} lies in a registry, and --offline forbids the network"));
    }
    #[cfg(not(feature = "registry"))]
    let _ = arguments;
    Ok(source)
}

/// The date given, or the clock: the one place that reads it.
pub(crate) fn now(text: Option<&str>) -> anyhow::Result<Timestamp> {
    text.map_or_else(|| Ok(Timestamp::now()), |text| date("--now", text))
}

/// A date that an option gives.
pub(crate) fn date(option: &str, text: &str) -> anyhow::Result<Timestamp> {
    let moment = if text.len() == 10 { format!("{text}T00:00:00Z") } else { text.to_owned() };
    moment.parse().with_context(|| format!("{option} {text}: not a date (2026-11-24 or 2026-11-24T12:00:00Z)"))
}

/// So many days later.
pub(crate) fn days_after(start: Timestamp, days: u32) -> anyhow::Result<Timestamp> {
    let seconds = start.as_second().saturating_add(i64::from(days) * 86_400);
    Timestamp::from_second(seconds).with_context(|| format!("{days} days after {start} is no date"))
}

/// The snapshots named, else the embedded one.
pub(crate) fn advisories(paths: &[PathBuf]) -> Vec<Advisories> {
    let place = |path: &PathBuf| match path.to_str() {
        Some("embedded") => Advisories::Embedded,
        _ => Advisories::File(path.clone()),
    };
    if paths.is_empty() { vec![Advisories::Embedded] } else { paths.iter().map(place).collect() }
}

impl Snapshots {
    fn paths(&self) -> &[PathBuf] {
        match self {
            Snapshots::One(path) => std::slice::from_ref(path),
            Snapshots::Several(paths) => paths,
        }
    }
}

fn prefer<'a, T>(flags: &'a [T], file: Option<&'a [T]>) -> &'a [T] {
    if flags.is_empty() { file.unwrap_or_default() } else { flags }
}

/// The file's, then the flags'.
pub(crate) fn limits(named: BTreeMap<String, u64>, flags: &[String]) -> anyhow::Result<artifact::Limits> {
    let mut limits = artifact::Limits::default();
    for (name, value) in named {
        limits.set(&name, value).with_context(|| format!("limits.{name}"))?;
    }
    for flag in flags {
        let (name, value) = flag.split_once('=').unwrap_or((flag, ""));
        let value = value.parse().with_context(|| format!("--limit {flag}: not of the form NAME=N"))?;
        limits.set(name, value).with_context(|| format!("--limit {flag}"))?;
    }
    Ok(limits)
}

/// What is wrong with a settings file, without the names that types have in this program.
fn plain(error: &toml::de::Error) -> String {
    let text = error.to_string();
    let types =
        [("usize", "a whole number"), ("u64", "a whole number"), ("u32", "a whole number"), ("a sequence", "a list")];
    types.iter().fold(text, |text, (type_name, word)| {
        text.replace(&format!(", expected {type_name}"), &format!(", expected {word}"))
    })
}

fn scanners(flags: &[String], file: Option<&[String]>) -> anyhow::Result<Scanners> {
    let place = if flags.is_empty() { "scanners in the settings file" } else { "--scanners" };
    let kinds: Result<Vec<_>, String> = prefer(flags, file).iter().map(|name| name.parse()).collect();
    let kinds = kinds.map_err(|message| anyhow!("{place}: {message}"))?;
    Ok(Scanners::new(kinds).unwrap_or_default())
}

fn fail_on(flag: Option<&str>, file: Option<&str>) -> anyhow::Result<FailOn> {
    match (flag, file) {
        (Some(text), _) => text.parse().map_err(|error| anyhow!("--fail-on: {error}")),
        (None, Some(text)) => text.parse().map_err(|error| anyhow!("fail-on in the settings file: {error}")),
        (None, None) => Ok(FailOn::default()),
    }
}

/// A bundle of a registry where a path names one: `oci:REF`.
type Pull<'a> = dyn Fn(&Path, Option<&BundleKey>) -> anyhow::Result<Option<(Bundle, PulledPolicies)>> + 'a;

/// Only the user names a registry: a settings file of a tree could name any machine.
fn pulled(
    path: &Path,
    key: Option<&BundleKey>,
    arguments: &ScanArguments,
) -> anyhow::Result<Option<(Bundle, PulledPolicies)>> {
    let shown = path.display();
    if !path.to_string_lossy().starts_with("oci:") {
        return Ok(None);
    }
    if !arguments.policies.iter().any(|named| named == path) {
        return Err(anyhow!("{shown}: policies of a registry are named with --policy, not in a settings file"));
    }
    if arguments.offline {
        return Err(anyhow!("--policy {shown} lies in a registry, and --offline forbids the network"));
    }
    #[cfg(feature = "registry")]
    return pulled::pulled(path, key, &arguments.registry.access()?);
    #[cfg(not(feature = "registry"))]
    {
        let _ = key;
        Err(anyhow!("--policy {shown}: this program was built without registries"))
    }
}

/// Rego, alone and in bundles with their data, and Gatekeeper's templates and constraints.
fn user_policies(
    paths: &[PathBuf],
    key: Option<&BundleKey>,
    pull: &Pull<'_>,
    config: &mut Config,
) -> anyhow::Result<()> {
    for path in paths {
        let bundle = match pull(path, key)? {
            Some((bundle, from)) => {
                config.pulled.push(from);
                Some(bundle)
            }
            None => bundle(path, key)?,
        };
        if let Some(bundle) = bundle {
            config.policies.extend(bundle.files);
            put_data(&mut config.policy_data, bundle.data, path)?;
            continue;
        }
        let found = policy_files(path)?;
        let documents = gatekeeper_documents(path)?;
        if found.is_empty() && documents.is_empty() {
            return Err(anyhow!(
                "--policy {}: no .rego file there, and no ConstraintTemplate or constraint of Gatekeeper",
                path.display()
            ));
        }
        config.policies.extend(found);
        config.constraints.extend(documents);
    }
    Ok(())
}

/// The folder whose files policies may read by name: the one that is scanned, or that of the file that is. With several sources
/// a name could mean several files.
fn readable(sources: &[PathBuf]) -> Option<PathBuf> {
    let [source] = sources else { return None };
    if source.is_dir() {
        return Some(source.clone());
    }
    let folder = source.parent().filter(|folder| !folder.as_os_str().is_empty());
    source.is_file().then(|| folder.map_or_else(|| PathBuf::from("."), Path::to_owned))
}

fn is_inside(path: &Path, source: &Path) -> bool {
    match (path.canonicalize(), source.canonicalize()) {
        (Ok(path), Ok(source)) => path.starts_with(source),
        _ => false,
    }
}
