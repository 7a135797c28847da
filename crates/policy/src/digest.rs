//! The identity of a set of policies.

use model::Digest;
use sha2::{Digest as _, Sha256};

use crate::PolicyFile;

/// SHA-256 over the sums of the texts, sorted. Names of files and the order of arguments mean nothing to what the policies say.
pub fn digest(files: &[PolicyFile]) -> Digest {
    digest_of(files.iter().map(|file| sum_of(&file.text)))
}

/// SHA-256 of a text.
pub fn sum_of(text: &str) -> [u8; 32] {
    Sha256::digest(text).into()
}

/// The same of texts whose sums are known: those of built-in policies are, before the program starts.
pub fn digest_of(sums: impl IntoIterator<Item = [u8; 32]>) -> Digest {
    let mut sums: Vec<[u8; 32]> = sums.into_iter().collect();
    sums.sort_unstable();
    let mut hash = Sha256::new();
    sums.iter().for_each(|sum| hash.update(sum));
    Digest::sha256(hash.finalize().into())
}
