//! Snapshots: damaged ones are refused or answer with an error, never with another answer's bytes.

use std::sync::OnceLock;

use advisory::Snapshot;

use crate::records;

const SEED: &[u8] = include_bytes!("../seeds/osv/records.jsonl");

/// Opens the bytes as they are, then a good snapshot damaged as they say: groups of a place (4 bytes) and a new byte.
pub fn target(data: &[u8]) {
    if let Ok(snapshot) = Snapshot::from_bytes(data.to_vec()) {
        let _ = snapshot.verify();
        records::ask(&snapshot);
    }
    static GOOD: OnceLock<Vec<u8>> = OnceLock::new();
    let mut bytes = GOOD.get_or_init(|| records::built("seed.jsonl", SEED).expect("good records")).clone();
    for patch in data.chunks_exact(5) {
        let place = u32::from_le_bytes([patch[0], patch[1], patch[2], patch[3]]) as usize % bytes.len();
        bytes[place] = patch[4];
    }
    if let Ok(snapshot) = Snapshot::from_bytes(bytes) {
        let _ = snapshot.verify();
        records::ask(&snapshot);
    }
}
