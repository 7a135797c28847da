//! Packages against the records of a snapshot, or of several stacked ones.
//!
//! A version is affected where it is listed or lies in any window. A record that cannot be compared is *undecided*, with the
//! reason. Records that name each other are one finding; nothing but the name passes between them.

mod answer;
mod contrary;
mod decide;
mod evidence;
mod finding;
mod group;
mod hit;
mod reasoning;
mod remedy;
#[cfg(test)]
mod tests;
mod weakness;

use model::{Ecosystem, Package, Provenance};

pub use answer::{MatchOutcome, PackageMatch, QueryAnswer, Undecided};
pub(crate) use evidence::bounds;
pub use reasoning::{RangeReasoning, Reasoning, Step};

use crate::snapshot::{Snapshot, SnapshotError};
use hit::{Gathered, Question};

impl Snapshot {
    /// What the records say of a package: findings, the rules they name, and what could not be decided.
    pub fn match_package(&self, package: &Package) -> Result<PackageMatch, SnapshotError> {
        match_package(&[self], package)
    }

    /// The records that match a version of a package. `ecosystem` is an OSV name with its release, `name` is normalised here.
    pub fn query(&self, ecosystem: &str, name: &str, version: &str) -> Result<QueryAnswer, SnapshotError> {
        query(&[self], ecosystem, name, version)
    }
}

/// [`Snapshot::match_package`] for several snapshots: the records of all count, and those that name each other are one finding.
pub fn match_package(snapshots: &[&Snapshot], package: &Package) -> Result<PackageMatch, SnapshotError> {
    match question_of(package) {
        Ok(question) => answer(snapshots, package, &question),
        Err(outcome) => Ok(PackageMatch::nothing(outcome)),
    }
}

/// The same for packages that are asked of together, which is sooner than one after the other: some dozens wait for memory at once. Calls
/// `each` with what is said of every one, in their order.
pub fn match_packages<'p>(
    snapshots: &[&Snapshot],
    packages: impl Iterator<Item = &'p Package>,
    mut each: impl FnMut(&'p Package, Result<PackageMatch, SnapshotError>),
) {
    let asked: Vec<(&Package, Result<Question<'_>, MatchOutcome>)> =
        packages.map(|package| (package, question_of(package))).collect();
    for snapshot in snapshots {
        let questions = asked.iter().filter_map(|(_, question)| question.as_ref().ok());
        snapshot.fetch(questions.map(|question| (&question.ecosystem, &*question.name)));
    }
    for (package, question) in &asked {
        each(
            package,
            match question {
                Ok(question) => answer(snapshots, package, question),
                Err(outcome) => Ok(PackageMatch::nothing(*outcome)),
            },
        );
    }
}

/// What is asked of a package; else why it is not asked of.
fn question_of(package: &Package) -> Result<Question<'_>, MatchOutcome> {
    if !matches!(package.provenance, Provenance::Registry) {
        return Err(MatchOutcome::NotPublic);
    }
    let ecosystem = Ecosystem::of(package.purl()).ok_or(MatchOutcome::NoSource)?;
    let (name, version) = ecosystem.advisory_subject(package);
    Ok(Question::of_package(ecosystem, name, version, package))
}

fn answer(snapshots: &[&Snapshot], package: &Package, question: &Question<'_>) -> Result<PackageMatch, SnapshotError> {
    let gathered = hit::gather(snapshots, question)?;
    let mut answer = PackageMatch::nothing(question.outcome(snapshots, &gathered));
    // Nobody has anything to say of most packages.
    if gathered.hits.is_empty() && gathered.undecided.is_empty() {
        return Ok(answer);
    }
    let contrary = contrary::of(snapshots, &gathered)?;
    for group in group::of(&gathered.hits, &contrary) {
        let (finding, rule) = finding::make(package, question, &group);
        answer.findings.push(finding);
        answer.rules.push(rule);
    }
    answer.findings.sort_by(|left, right| left.rule.cmp(&right.rule));
    answer.rules.sort_by(|left, right| left.id.cmp(&right.id));
    answer.undecided = gathered.undecided;
    if answer.outcome == MatchOutcome::NoVersion {
        answer.undecided = answer::one_for_all(answer.undecided);
    }
    Ok(answer)
}

/// [`Snapshot::query`] for several snapshots.
pub fn query(
    snapshots: &[&Snapshot],
    ecosystem: &str,
    name: &str,
    version: &str,
) -> Result<QueryAnswer, SnapshotError> {
    let known = Ecosystem::from_osv(ecosystem).ok_or_else(|| SnapshotError::UnknownEcosystem(ecosystem.to_owned()))?;
    let question = Question::new(known, name, Some(version));
    let gathered = hit::gather(snapshots, &question)?;
    let outcome = question.outcome(snapshots, &gathered);
    let groups = group::of(&gathered.hits, &[]).into_iter().map(|group| group.ids()).collect();
    let Gathered { hits, undecided, .. } = gathered;
    let mut ids: Vec<String> = hits.into_iter().map(|hit| hit.record.id).collect();
    ids.sort();
    ids.dedup();
    Ok(QueryAnswer { ids, groups, undecided, outcome })
}
