//! OSV records, one a line.

use crate::records;

/// Builds a snapshot from the bytes as JSON Lines.
pub fn target(data: &[u8]) {
    if let Some(bytes) = records::built("osv.jsonl", data) {
        records::check(bytes);
    }
}
