//! Ratings lent from record to record.
//!
//! Many sources rate nothing (Go, RustSec in part, distributions), though others rate the same CVE. A vector is about the flaw,
//! not about a package, so a record without any rating, that names exactly one CVE, gets the vectors of other records that
//! name exactly that one. They are marked with the record they are from. Ranges are never lent.

use std::collections::BTreeMap;

use super::draft::Draft;
use crate::rating;
use crate::record::Record;

/// Records whose vectors are lent for one CVE, at most.
const MOST_LENDERS: usize = 4;

/// Adds lent ratings. Drafts are sorted, so that the same lenders are taken whatever the order of the input.
pub(super) fn lend(drafts: &mut [Draft]) {
    let mut lent: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for draft in drafts.iter().filter(|draft| !draft.record.withdrawn) {
        let record = &draft.record;
        let vectors: Vec<&String> = record.ratings.iter().filter(|rating| rating::is_vector(rating)).collect();
        let Some(cve) = only_cve(record).filter(|_| !vectors.is_empty()) else { continue };
        let list = lent.entry(cve.to_owned()).or_default();
        if list.len() < MOST_LENDERS {
            list.extend(vectors.iter().map(|vector| rating::lent_text(&record.id, vector)));
        }
    }
    for draft in drafts.iter_mut().filter(|draft| !draft.is_rated) {
        if let Some(ratings) = only_cve(&draft.record).and_then(|cve| lent.get(cve)) {
            draft.record.ratings.extend(ratings.iter().cloned());
        }
    }
}

/// The one CVE a record is about.
fn only_cve(record: &Record) -> Option<&str> {
    let names = std::iter::once(&record.id).chain(&record.aliases).chain(&record.upstream);
    let mut cves: Vec<&str> = names.map(String::as_str).filter(|name| name.starts_with("CVE-")).collect();
    cves.sort_unstable();
    cves.dedup();
    match cves.as_slice() {
        [one] => Some(one),
        _ => None,
    }
}
