//! Results of layers that a cache kept: damaged ones are none, and whatever passes the check can be read to its end.

use sha2::{Digest as _, Sha256};

/// What an entry begins with.
const MAGIC: &[u8] = b"pcullis1";

/// Reads the bytes as they are; then with the checksum that belongs to them, which nothing but the check of the records
/// refuses; then as the records of an entry that is otherwise good.
pub fn target(data: &[u8]) {
    artifact::read_entry_for_tests(data);
    artifact::read_entry_for_tests(&summed(data.to_vec()));
    for part in [0, 1] {
        artifact::read_entry_for_tests(&summed([MAGIC, &[7; 32], &[part], data].concat()));
    }
}

fn summed(mut bytes: Vec<u8>) -> Vec<u8> {
    let sum = Sha256::digest(&bytes);
    bytes.extend_from_slice(&sum);
    bytes
}
