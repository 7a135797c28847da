//! All ecosystems, and the snapshot that is made of them.

use std::path::PathBuf;
use std::sync::Arc;

use advisory::{BuildOptions, Snapshot, SnapshotInfo, SourceFacts, Statistics};
use model::{Cancel, DataOrigin, Ecosystem, OriginKind, Problem};

use crate::error::UpdateError;
use crate::fetch::Fetcher;
use crate::plan::Plan;
use crate::progress::Progress;
use crate::refresh::Refresh;
use crate::store::{self, Store};

/// What an update did.
#[derive(Debug)]
pub struct Updated {
    /// What came of each ecosystem.
    pub changes: Vec<(Ecosystem, Change)>,
    /// The snapshot as it lies there now.
    pub info: SnapshotInfo,
    /// What went into it; `None` where it was up to date already.
    pub built: Option<Statistics>,
    /// What could not be taken.
    pub problems: Vec<Problem>,
}

/// What changed in an ecosystem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Nothing.
    None,
    /// Some records.
    Some {
        /// New and changed ones.
        changed: usize,
        /// Ones that are no more.
        gone: usize,
    },
    /// All were fetched.
    All {
        /// How many there are.
        records: usize,
        /// Files that are no records, and why.
        skipped: Vec<String>,
    },
}

/// Brings the records of every ecosystem up to date and builds the snapshot. Whatever goes wrong, the last one stays.
pub fn update(plan: &Plan, progress: Arc<dyn Progress>, cancel: &Cancel) -> Result<Updated, UpdateError> {
    let store = Store::open(&plan.store)?;
    let fetcher = Fetcher::new(plan.from.origin(), &plan.reach, progress, cancel)
        .map_err(|fault| UpdateError::Network { what: plan.from.to_string(), fault })?;
    let mut changes = Vec::new();
    for ecosystem in &plan.ecosystems {
        let change = Refresh { plan, store: &store, fetcher: &fetcher, ecosystem }.run()?;
        changes.push((ecosystem.clone(), change));
    }
    let is_same = changes.iter().all(|(_, change)| *change == Change::None) && plan.also.is_empty();
    if is_same && let Some(info) = current(plan) {
        return Ok(Updated { changes, info, built: None, problems: Vec::new() });
    }
    let (info, built, problems) = build(plan, &store)?;
    Ok(Updated { changes, info, built: Some(built), problems })
}

/// The snapshot that is there, if it is one of these ecosystems and whole.
fn current(plan: &Plan) -> Option<SnapshotInfo> {
    let snapshot = Snapshot::open(&plan.snapshot).ok()?;
    let origin = advisory::origin_of(&plan.snapshot, &snapshot).ok()??;
    let info = snapshot.info();
    let names = |plan: &Plan| plan.ecosystems.iter().map(shown).collect::<std::collections::BTreeSet<String>>();
    let has: std::collections::BTreeSet<String> = info
        .sources
        .iter()
        .filter(|source| source.name.starts_with("OSV "))
        .map(|source| source.name.clone())
        .collect();
    let is_ours = origin.kind == OriginKind::Update && origin.from == plan.from.to_string() && has == names(plan);
    (is_ours && snapshot.verify().is_ok()).then_some(info)
}

fn build(plan: &Plan, store: &Store) -> Result<(SnapshotInfo, Statistics, Vec<Problem>), UpdateError> {
    let files = plan.ecosystems.iter().map(|ecosystem| store.records(ecosystem));
    let files: Vec<PathBuf> = files.chain(plan.also.iter().cloned()).collect();
    let facts = plan.ecosystems.iter().map(|ecosystem| SourceFacts {
        input: store::name(ecosystem),
        name: shown(ecosystem),
        license: None,
    });
    let options = BuildOptions { sources: facts.collect(), ..BuildOptions::default() };
    let (built, problems) = advisory::build(&files, &options)?;
    let what = || plan.snapshot.display().to_string();
    let snapshot =
        Snapshot::from_bytes(built.bytes).map_err(|error| UpdateError::doubtful(what(), error.to_string()))?;
    let origin = DataOrigin {
        kind: OriginKind::Update,
        from: plan.from.to_string(),
        signed_by: None,
        sequence: None,
        expires: None,
        overrides: Vec::new(),
    };
    advisory::write_with_origin(&snapshot, &plan.snapshot, &origin)?;
    Ok((snapshot.info(), built.statistics, problems))
}

/// The name of an ecosystem's records among the sources of a snapshot.
fn shown(ecosystem: &Ecosystem) -> String {
    format!("OSV {ecosystem}")
}
