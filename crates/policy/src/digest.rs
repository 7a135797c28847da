//! The identity of a set of policies.

use model::Digest;
use sha2::{Digest as _, Sha256};

use crate::PolicyFile;

/// SHA-256 over the texts, sorted, each with its length in front so that nothing can move from one to the next. Names of files
/// and the order of arguments mean nothing to what the policies say.
pub fn digest(files: &[PolicyFile]) -> Digest {
    digest_of(files.iter().map(|file| file.text.as_str()))
}

/// The same of texts alone.
pub fn digest_of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Digest {
    let mut texts: Vec<&str> = texts.into_iter().collect();
    texts.sort_unstable();
    let mut hash = Sha256::new();
    for text in texts {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text.as_bytes());
    }
    Digest::sha256(hash.finalize().into())
}
