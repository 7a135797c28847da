//! The identity of findings: stable across runs, upgrades and edits elsewhere in the file.

use std::collections::HashMap;

use model::{Finding, Fingerprint};
use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

/// Fingerprints findings that are already sorted. Equal ones are told apart by their order.
pub(crate) fn fingerprint_all(target: &str, findings: &mut [Finding]) {
    let mut seen: HashMap<Fingerprint, u32> = HashMap::new();
    let all: Vec<Fingerprint> = findings.par_iter().map(|finding| fingerprint(target, finding, 0)).collect();
    for (finding, first) in findings.iter_mut().zip(all) {
        let occurrence = seen.entry(first.clone()).or_default();
        finding.fingerprint = if *occurrence == 0 { first } else { fingerprint(target, finding, *occurrence) };
        *occurrence += 1;
    }
}

/// Rule, package without its version, path, and for policies what was said; never a line, a layer or a tag.
fn fingerprint(target: &str, finding: &Finding, occurrence: u32) -> Fingerprint {
    let package = finding.package.as_ref().map(|purl| purl.without_version().to_string()).unwrap_or_default();
    let path = finding.locations.first().map(|location| location.path.to_string()).unwrap_or_default();
    let said = match (&finding.package, finding.hidden_by) {
        (None, _) => finding.message.as_str(),
        (Some(_), None) => "",
        // What is there is the same finding whether or not hidden layers are looked at.
        (Some(_), Some(_)) => "hidden",
    };
    let mut sum = Sha256::new();
    for part in [finding.rule.as_str(), &package, &path, said, target] {
        sum.update((part.len() as u64).to_le_bytes());
        sum.update(part);
    }
    sum.update(occurrence.to_le_bytes());
    Fingerprint::from_sum(&sum.finalize().into())
}
