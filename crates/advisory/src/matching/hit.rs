//! From a question to the records that affect the version, and those that cannot say.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use model::{Ecosystem, Package};

use super::answer::{MatchOutcome, Undecided};
use super::decide::{Decision, Judge, Why};
use crate::range::Window;
use crate::snapshot::affected::AffectedView;
use crate::snapshot::record::RecordView;
use crate::snapshot::{Snapshot, SnapshotError, Stored};
use crate::threat;

/// A version of a package.
pub(super) struct Question<'a> {
    pub(super) ecosystem: Ecosystem,
    /// Normalised.
    pub(super) name: Cow<'a, str>,
    pub(super) version: Option<&'a str>,
    pub(super) judge: Judge<'a>,
}

/// A record that affects the version.
pub(super) struct Hit {
    pub(super) record: RecordView,
    pub(super) source: String,
    /// The ecosystem the record names, with its release.
    pub(super) ecosystem: String,
    /// One for each block of affected versions that holds the version.
    pub(super) whys: Vec<Why>,
    /// All it says of the package's versions.
    pub(super) windows: Vec<Window>,
    /// Dates of the lists of exploited and of predicted vulnerabilities, in seconds since 1970.
    pub(super) lists: (Option<i64>, Option<i64>),
    /// Ratings for this package alone.
    pub(super) ratings: Vec<String>,
}

/// A record that speaks of the package and does not affect the version.
pub(super) struct Cleared {
    /// Place of its snapshot among those asked.
    pub(super) snapshot: usize,
    pub(super) ecosystem: u32,
    pub(super) offset: u32,
    /// All it says of the package's versions.
    pub(super) windows: Vec<Window>,
}

/// What a question comes to.
#[derive(Default)]
pub(super) struct Gathered {
    /// In no order.
    pub(super) cleared: Vec<Cleared>,
    /// Sorted by id.
    pub(super) hits: Vec<Hit>,
    /// Sorted by id.
    pub(super) undecided: Vec<Undecided>,
}

/// What several blocks of one record come to.
#[derive(Default)]
struct Tally {
    whys: Vec<Why>,
    windows: Vec<Window>,
    ratings: BTreeSet<String>,
    doubt: Option<String>,
}

impl<'a> Question<'a> {
    pub(super) fn new(ecosystem: Ecosystem, name: &'a str, version: Option<&'a str>) -> Question<'a> {
        let version = version.filter(|version| !version.is_empty());
        let name = ecosystem.family.normalise_name(name);
        let judge = Judge::new(ecosystem.family, version);
        Question { ecosystem, name, version, judge }
    }

    /// Asks of a package: of its module's builds, where it is of one.
    pub(super) fn of_package(
        ecosystem: Ecosystem,
        name: &'a str,
        version: Option<&'a str>,
        package: &'a Package,
    ) -> Question<'a> {
        let question = Question::new(ecosystem, name, version);
        let module = package.purl().qualifier("rpmmod").map(stream);
        Question { judge: question.judge.of_module(module), ..question }
    }

    /// A package of a distribution whose release nobody has said: every record is about some release.
    fn lacks_release(&self) -> bool {
        self.ecosystem.release.is_none() && self.ecosystem.family.has_releases()
    }

    pub(super) fn outcome(&self, snapshots: &[&Snapshot], gathered: &Gathered) -> MatchOutcome {
        let covered = snapshots.iter().any(|snapshot| snapshot.has_source(&self.ecosystem));
        if !covered && gathered.undecided.is_empty() {
            MatchOutcome::NoSource
        } else if self.version.is_none() && !gathered.undecided.is_empty() {
            MatchOutcome::NoVersion
        } else {
            MatchOutcome::Matched
        }
    }
}

/// `nodejs:18` of `nodejs:18:8060020220523160029:ad008a3a`.
fn stream(label: &str) -> &str {
    label.match_indices(':').nth(1).map_or(label, |(at, _)| &label[..at])
}

/// Asks every snapshot.
pub(super) fn gather(snapshots: &[&Snapshot], question: &Question<'_>) -> Result<Gathered, SnapshotError> {
    let mut gathered = Gathered::default();
    for (place, snapshot) in snapshots.iter().enumerate() {
        for stored in snapshot.find(&question.ecosystem, &question.name) {
            gather_stored((place, snapshot), &stored?, question, &mut gathered)?;
        }
        if question.lacks_release() {
            gather_every_release(snapshot, question, &mut gathered)?;
        }
    }
    gathered.hits.sort_by(|left, right| (&left.record.id, &left.source).cmp(&(&right.record.id, &right.source)));
    gathered.undecided.sort();
    gathered.undecided.dedup();
    Ok(gathered)
}

fn gather_stored(
    (place, snapshot): (usize, &Snapshot),
    stored: &Stored<'_>,
    question: &Question<'_>,
    gathered: &mut Gathered,
) -> Result<(), SnapshotError> {
    let mut tallies: BTreeMap<u32, Tally> = BTreeMap::new();
    for posting in stored.postings() {
        let posting = posting?;
        let affected = snapshot.affected_at(posting.affected)?;
        let decision = question.judge.decide(&affected)?;
        tallies.entry(posting.record).or_default().add(decision, affected);
    }
    for (offset, tally) in tallies {
        if tally.whys.is_empty() && tally.doubt.is_none() {
            gathered.cleared.push(Cleared {
                snapshot: place,
                ecosystem: stored.number(),
                offset,
                windows: tally.windows,
            });
            continue;
        }
        let record = snapshot.record_at(offset)?;
        match tally.doubt {
            Some(reason) if tally.whys.is_empty() => gathered.undecided.push(Undecided { id: record.id, reason }),
            _ => gathered.hits.push(Hit {
                source: snapshot.source_name(record.source).to_owned(),
                ecosystem: stored.ecosystem().to_owned(),
                lists: (snapshot.source_date(threat::KEV), snapshot.source_date(threat::EPSS)),
                record,
                whys: tally.whys,
                windows: tally.windows,
                ratings: tally.ratings.into_iter().collect(),
            }),
        }
    }
    Ok(())
}

/// Without a release nothing is affected for certain, and what is affected in any release is not clean either.
fn gather_every_release(
    snapshot: &Snapshot,
    question: &Question<'_>,
    gathered: &mut Gathered,
) -> Result<(), SnapshotError> {
    let mut releases: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (number, release) in snapshot.releases_of(question.ecosystem.family) {
        if release.is_none() {
            continue;
        }
        let Some(stored) = snapshot.find_in(number, &question.name)? else { continue };
        let mut one = Gathered::default();
        gather_stored((0, snapshot), &stored, question, &mut one)?;
        let ids = one.hits.into_iter().map(|hit| hit.record.id).chain(one.undecided.into_iter().map(|doubt| doubt.id));
        for id in ids {
            releases.entry(id).or_default().push(stored.ecosystem().to_owned());
        }
    }
    for (id, names) in releases {
        let reason =
            format!("the release of the distribution is not known; it may be affected in {}", names.join(", "));
        gathered.undecided.push(Undecided { id, reason });
    }
    Ok(())
}

impl Tally {
    fn add(&mut self, decision: Decision, affected: AffectedView<'_>) {
        match decision {
            Decision::NotAffected => {}
            // What is said of another stream's builds is nothing about this package's.
            Decision::OtherModule(_) => return,
            Decision::Undecided(reason) => {
                self.doubt.get_or_insert(reason);
            }
            Decision::Affected(why) => {
                self.whys.push(why);
                self.ratings.extend(affected.ratings);
            }
        }
        self.windows.extend(affected.windows);
    }
}
