//! Records that do not count a version as affected although others of the same matter do: sources disagree, and it is shown.

use super::hit::Gathered;
use crate::range::Window;
use crate::snapshot::record::RecordView;
use crate::snapshot::{Snapshot, SnapshotError};

/// A record that says otherwise than a finding.
pub(super) struct Contrary {
    pub(super) record: RecordView,
    pub(super) source: String,
    /// The ecosystem the record names, with its release.
    pub(super) ecosystem: String,
    /// All it says of the package's versions.
    pub(super) windows: Vec<Window>,
}

/// What of the package's records does not affect the version, sorted by id; nothing where no record does, for then nobody disagrees.
pub(super) fn of(snapshots: &[&Snapshot], gathered: &Gathered) -> Result<Vec<Contrary>, SnapshotError> {
    let mut all = Vec::new();
    if gathered.hits.is_empty() {
        return Ok(all);
    }
    for cleared in &gathered.cleared {
        let snapshot = snapshots[cleared.snapshot];
        let record = snapshot.record_at(cleared.offset)?;
        all.push(Contrary {
            source: snapshot.source_name(record.source).to_owned(),
            ecosystem: snapshot.ecosystem_name(cleared.ecosystem).to_owned(),
            windows: cleared.windows.clone(),
            record,
        });
    }
    all.sort_by(|left, right| (&left.record.id, &left.source).cmp(&(&right.record.id, &right.source)));
    Ok(all)
}
