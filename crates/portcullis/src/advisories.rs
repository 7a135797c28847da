//! The advisory snapshots a scanner holds, or why it holds none.

use std::collections::BTreeMap;
use std::path::Path;

use advisory::{Lifetime, MatchOutcome, PackageMatch, Snapshot, SnapshotError, TrustedKey};
use gate::DataState;
use model::{
    AdvisoryData, DataOrigin, Ecosystem, Finding, Location, Os, Package, PackageCoverage, Problem, ProblemKind, Rule,
    Timestamp,
};
use rayon::prelude::*;

use crate::Advisories;
use crate::parse::append;

/// Packages that are asked of together.
const TOGETHER: usize = 32;

/// The snapshots that are stacked, in the order given.
pub(crate) struct AdvisoryRoom {
    stack: Vec<Opened>,
}

/// A snapshot that opened, or the reason it did not.
struct Opened {
    /// Where it is from, where there are several.
    name: Option<String>,
    snapshot: Result<Snapshot, String>,
    embedded: bool,
    /// How it got here; the error says why what is said of that is not believed.
    origin: Result<Option<DataOrigin>, String>,
}

/// What matching says of a target's packages.
#[derive(Default)]
pub(crate) struct Matched {
    pub(crate) findings: Vec<Finding>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) problems: Vec<Problem>,
    pub(crate) coverage: PackageCoverage,
    /// Packages that no source speaks of, by what should have been spoken of.
    pub(crate) unspoken: BTreeMap<Unspoken, u64>,
    /// A record on the way was damaged: the data is not to be trusted.
    pub(crate) damage: Option<String>,
}

/// Packages that no source speaks of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Unspoken {
    /// Advisories are published, and this data has none of them.
    Missing(String),
    /// Of a type that OSV has no ecosystem for: other data would not help.
    Unpublished(String),
}

/// Opens a snapshot made by `db build`, or the embedded one; the error says which and why.
pub fn open_advisories(path: Option<&Path>) -> Result<Snapshot, String> {
    match path {
        None => Snapshot::from_static(advisories::SNAPSHOT).map_err(|error| format!("the embedded snapshot: {error}")),
        Some(path) => Snapshot::open(path).map_err(|error| format!("{}: {error}", path.display())),
    }
}

/// The keys compiled into the program, whose signatures on bundles are believed.
pub fn trusted_keys() -> Vec<TrustedKey> {
    TrustedKey::parse_all(advisories::TRUSTED_KEYS).unwrap_or_default()
}

impl AdvisoryRoom {
    pub(crate) fn open(from: &[Advisories]) -> AdvisoryRoom {
        let name = |place: &Advisories| (from.len() > 1).then(|| place.to_string());
        AdvisoryRoom { stack: from.iter().map(|place| Opened::open(place, name(place))).collect() }
    }

    /// The snapshots, or why one of them is not there.
    pub(crate) fn snapshots(&self) -> Result<Vec<&Snapshot>, &str> {
        self.stack.iter().map(|opened| opened.snapshot.as_ref().map_err(String::as_str)).collect()
    }

    /// What the report says of the data, of each snapshot that opened.
    pub(crate) fn describe(&self, now: Timestamp) -> Vec<AdvisoryData> {
        self.stack.iter().filter_map(|opened| opened.describe(now)).collect()
    }

    /// What the gate wants to know of the data. Damage that was met on the way is told of the first.
    pub(crate) fn state(&self, asked: bool, now: Timestamp, mut damage: Option<String>) -> Vec<DataState> {
        self.stack.iter().map(|opened| opened.state(asked, now, damage.take())).collect()
    }

    /// Those that opened: what is found in them is not lost where another is missing, and the verdict says that.
    fn readable(&self) -> Vec<&Snapshot> {
        self.stack.iter().filter_map(|opened| opened.snapshot.as_ref().ok()).collect()
    }

    /// A finding for an operating system whose support is over, where the data knows of it.
    pub(crate) fn match_os(&self, os: &Os, place: Option<Location>, now: Timestamp) -> Matched {
        let mut matched = Matched::default();
        match advisory::end_of_life(&self.readable(), os, now) {
            Ok(None) => {}
            Ok(Some((mut finding, rule))) => {
                finding.locations = place.into_iter().collect();
                matched.findings.push(finding);
                matched.rules.push(rule);
            }
            Err(error) => matched.damage = Some(damage(&error)),
        }
        matched
    }

    /// What the data knows of the support of an operating system. Data that cannot be read says nothing; the verdict says that.
    pub(crate) fn lifetime(&self, os: &Os) -> Option<Lifetime> {
        advisory::lifetime_of(&self.readable(), os).ok().flatten()
    }

    /// Matches every package, in parallel; the order of the answer is that of the packages.
    pub(crate) fn match_all(&self, packages: &[Package]) -> Matched {
        let snapshots = self.readable();
        if snapshots.is_empty() {
            return Matched::default();
        }
        let add = |mut matched: Matched, packages: &[Package]| {
            let is_asked = |package: &&Package| !is_covered_by_owner(&snapshots, package);
            let asked: Vec<&Package> = packages.iter().filter(is_asked).collect();
            matched.coverage.matched += (packages.len() - asked.len()) as u64;
            advisory::match_packages(&snapshots, asked.into_iter(), |package, answer| matched.add(package, answer));
            matched
        };
        let together = packages.par_chunks(TOGETHER);
        let mut matched = together.fold(Matched::default, add).reduce(Matched::default, Matched::join);
        matched.problems.extend(matched.unspoken.iter().map(|(what, number)| what.problem(*number)));
        matched
    }
}

impl Opened {
    fn open(place: &Advisories, name: Option<String>) -> Opened {
        match place {
            Advisories::Embedded => Opened { name, snapshot: open_advisories(None), embedded: true, origin: Ok(None) },
            Advisories::File(path) => {
                let snapshot = open_advisories(Some(path));
                let origin = snapshot.as_ref().map_or(Ok(None), |snapshot| advisory::origin_of(path, snapshot));
                Opened { name, snapshot, embedded: false, origin }
            }
        }
    }

    fn describe(&self, now: Timestamp) -> Option<AdvisoryData> {
        let info = self.snapshot.as_ref().ok()?.info();
        let age = now.as_second().saturating_sub(info.newest.as_second()).max(0) / 86_400;
        Some(AdvisoryData {
            digest: info.digest,
            built_at: info.newest,
            age_days: u32::try_from(age).unwrap_or(u32::MAX),
            records: info.records,
            embedded: self.embedded,
            origin: self.origin.clone().ok().flatten(),
            sources: info.sources,
        })
    }

    fn state(&self, asked: bool, now: Timestamp, damage: Option<String>) -> DataState {
        let described = self.describe(now);
        let origin = self.origin.as_ref().ok().and_then(Option::as_ref);
        // Why a file does not open names it already.
        let refused = self.snapshot.as_ref().err().cloned();
        DataState {
            name: self.name.clone().filter(|_| refused.is_none() && damage.is_none()),
            asked,
            refused: refused.or(damage),
            age_days: described.as_ref().map(|data| data.age_days),
            embedded: self.embedded,
            has_exploited: self.snapshot.as_ref().is_ok_and(Snapshot::lists_exploited),
            has_predicted: self.snapshot.as_ref().is_ok_and(Snapshot::lists_predicted),
            in_future: described.is_some_and(|data| data.built_at > now),
            expired: origin.and_then(|origin| origin.expires).filter(|end| *end <= now),
            overrides: origin.map(|origin| origin.overrides.clone()).unwrap_or_default(),
            doubtful_origin: self.origin.as_ref().err().cloned(),
        }
    }
}

/// Files of an operating-system package are judged by the distribution's advisories, which know its patches. Without any
/// for this distribution, the package's own ecosystem is asked: better a doubtful finding than silence.
fn is_covered_by_owner(snapshots: &[&Snapshot], package: &Package) -> bool {
    let owner = package.owned_by.as_deref().and_then(Ecosystem::of);
    owner.is_some_and(|ecosystem| snapshots.iter().any(|snapshot| snapshot.has_source(&ecosystem)))
}

/// What is hidden is still a finding, in every format, and says so.
fn place_in_layers(mut finding: Finding, package: &Package) -> Finding {
    (finding.base, finding.hidden_by) = (package.base, package.hidden_by);
    if let Some(by) = package.hidden_by {
        finding.message = format!("{} Layer {} overwrites or deletes it.", finding.message.trim_end(), by.0);
    }
    finding
}

impl Unspoken {
    /// Distributions share few types: a release that is not known is missing, not unpublished.
    fn of(package: &Package) -> Unspoken {
        const OF_DISTRIBUTIONS: [&str; 6] = ["alpm", "apk", "deb", "opkg", "portage", "rpm"];
        let purl_type = package.purl().purl_type().as_str();
        match Ecosystem::of(package.purl()) {
            Some(ecosystem) => Unspoken::Missing(ecosystem.to_string()),
            None if OF_DISTRIBUTIONS.contains(&purl_type) => Unspoken::Missing(format!("packages of type {purl_type}")),
            None => Unspoken::Unpublished(purl_type.to_owned()),
        }
    }

    /// Nobody should take it for clean: every format says it.
    fn problem(&self, number: u64) -> Problem {
        let packages = if number == 1 { "1 package was".to_owned() } else { format!("{number} packages were") };
        match self {
            Unspoken::Missing(name) => Problem::warning(
                ProblemKind::Advisory,
                format!(
                    "{packages} not compared: the advisory data has no source for {name}; see `portcullis db build`"
                ),
            ),
            Unspoken::Unpublished(purl_type) => Problem::note(
                ProblemKind::Advisory,
                format!("{packages} not compared: no ecosystem of OSV is about packages of type {purl_type}"),
            ),
        }
    }
}

fn undecided_problem(package: &Package, undecided: &advisory::Undecided) -> Problem {
    let version = package.version.as_deref().unwrap_or("without a version");
    let message = format!("{} cannot be decided for {} {version}: {}", undecided.id, package.name, undecided.reason);
    let problem = Problem::warning(ProblemKind::Version, message);
    match package.locations.first() {
        Some(location) => problem.at(location),
        None => problem,
    }
}

fn damage(error: &SnapshotError) -> String {
    format!("the advisory snapshot is damaged: {error}")
}

impl Matched {
    /// Adds what matching says of one package more.
    fn add(&mut self, package: &Package, answer: Result<PackageMatch, SnapshotError>) {
        let answer = match answer {
            Ok(answer) => answer,
            Err(error) => {
                self.damage.get_or_insert_with(|| damage(&error));
                return;
            }
        };
        match answer.outcome {
            MatchOutcome::Matched if answer.undecided.is_empty() => self.coverage.matched += 1,
            MatchOutcome::Matched | MatchOutcome::NoVersion => self.coverage.undecided += 1,
            MatchOutcome::NotPublic => self.coverage.no_advisory_source += 1,
            MatchOutcome::NoSource => {
                self.coverage.no_advisory_source += 1;
                *self.unspoken.entry(Unspoken::of(package)).or_default() += 1;
            }
        }
        self.problems.extend(answer.undecided.iter().map(|undecided| undecided_problem(package, undecided)));
        let placed = answer.findings.into_iter().map(|finding| place_in_layers(finding, package));
        self.findings.extend(placed);
        self.rules.extend(answer.rules);
    }

    pub(crate) fn join(mut self, other: Matched) -> Matched {
        append(&mut self.findings, other.findings);
        append(&mut self.rules, other.rules);
        append(&mut self.problems, other.problems);
        self.coverage.matched += other.coverage.matched;
        self.coverage.no_advisory_source += other.coverage.no_advisory_source;
        self.coverage.undecided += other.coverage.undecided;
        for (name, number) in other.unspoken {
            *self.unspoken.entry(name).or_default() += number;
        }
        self.damage = self.damage.or(other.damage);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_compiled_in_are_keys() {
        let keys = TrustedKey::parse_all(advisories::TRUSTED_KEYS).expect("only keys and comments");
        assert_eq!(keys, trusted_keys());
        let lines = advisories::TRUSTED_KEYS.lines().filter(|line| line.starts_with("RW"));
        assert_eq!(keys.len(), lines.count());
    }
}
