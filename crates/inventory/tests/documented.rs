//! Every detector has a row in the documentation, and every row a detector.

use std::collections::BTreeSet;

use portcullis_inventory::detectors;

#[test]
fn every_detector_has_a_row() {
    let path = testkit::workspace().join("docs/ecosystems.md");
    let text = std::fs::read_to_string(path).expect("the documentation is in the repository");
    let rows = text.lines().filter(|line| line.starts_with("| `"));
    let cells = rows.filter_map(|row| row.split('|').nth(1));
    let written: BTreeSet<&str> = cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect();
    let known: BTreeSet<&str> = detectors().iter().map(|detector| detector.name).collect();
    let missing: Vec<_> = known.difference(&written).collect();
    let stale: Vec<_> = written.difference(&known).collect();
    assert!(missing.is_empty() && stale.is_empty(), "without a row: {missing:?}; without a detector: {stale:?}");
}
