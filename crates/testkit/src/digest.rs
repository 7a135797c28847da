//! SHA-256, as images write it.

use std::fmt;

use sha2::{Digest, Sha256};

/// A SHA-256 sum; shown as `sha256:<hex>`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Sum(String);

impl Sum {
    /// The hex digits.
    pub fn hex(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Sum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "sha256:{}", self.0)
    }
}

/// The sum of bytes.
pub fn sha256(bytes: &[u8]) -> Sum {
    Sum(Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect())
}
