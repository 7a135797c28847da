//! Sums over bytes that pass by, of every algorithm that is asked for.

use model::{Digest, DigestAlgorithm};
use sha2::{Digest as _, Sha256, Sha512};

/// Running sums.
#[derive(Clone, Default)]
pub(crate) struct Digests {
    sha256: Option<Sha256>,
    sha512: Option<Sha512>,
}

impl Digests {
    /// Sums of the algorithms of these digests; those that are `None` ask for nothing.
    pub(crate) fn for_each(expected: impl IntoIterator<Item = Option<Digest>>) -> Digests {
        let mut digests = Digests::default();
        for digest in expected.into_iter().flatten() {
            match digest.algorithm() {
                DigestAlgorithm::Sha256 => digests.sha256 = Some(Sha256::new()),
                DigestAlgorithm::Sha512 => digests.sha512 = Some(Sha512::new()),
            }
        }
        digests
    }

    pub(crate) fn update(&mut self, bytes: &[u8]) {
        if let Some(sum) = &mut self.sha256 {
            sum.update(bytes);
        }
        if let Some(sum) = &mut self.sha512 {
            sum.update(bytes);
        }
    }

    /// The sum that compares with `expected`; `None` where it was not asked for.
    pub(crate) fn like(&self, expected: Digest) -> Option<Digest> {
        match expected.algorithm() {
            DigestAlgorithm::Sha256 => self.sha256.clone().map(|sum| Digest::sha256(sum.finalize().into())),
            DigestAlgorithm::Sha512 => self.sha512.clone().map(|sum| Digest::sha512(sum.finalize().into())),
        }
    }
}

/// The digest of bytes, with the algorithm of another.
pub(crate) fn digest_of(bytes: &[u8], like: Digest) -> Digest {
    match like.algorithm() {
        DigestAlgorithm::Sha256 => Digest::sha256(Sha256::digest(bytes).into()),
        DigestAlgorithm::Sha512 => Digest::sha512(Sha512::digest(bytes).into()),
    }
}
