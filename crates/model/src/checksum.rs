//! Sums of archives as lockfiles and inventories state them: `sha512:<hex>`.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A sum somebody states of an archive: an algorithm and exactly its number of bytes, shown as lower-case hex digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Checksum {
    algorithm: ChecksumAlgorithm,
    /// As many as the algorithm gives, then zeros: in place, for every package of a lockfile has one.
    bytes: [u8; LONGEST],
}

/// The most bytes a sum has.
const LONGEST: usize = 64;

/// How a sum was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChecksumAlgorithm {
    /// MD5, 16 bytes.
    Md5,
    /// SHA-1, 20 bytes.
    Sha1,
    /// SHA-224, 28 bytes.
    Sha224,
    /// SHA-256, 32 bytes.
    Sha256,
    /// SHA-384, 48 bytes.
    Sha384,
    /// SHA-512, 64 bytes.
    Sha512,
}

/// Why a text is no checksum.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no checksum: md5, sha1, sha224, sha256, sha384 or sha512, a colon, and its number of hex digits")]
pub struct ChecksumError(String);

impl Checksum {
    /// A sum from its bytes; `None` when the algorithm gives another number of them.
    pub fn from_bytes(algorithm: ChecksumAlgorithm, bytes: &[u8]) -> Option<Checksum> {
        let mut sum = [0; LONGEST];
        sum.get_mut(..algorithm.bytes()).filter(|own| own.len() == bytes.len())?.copy_from_slice(bytes);
        Some(Checksum { algorithm, bytes: sum })
    }

    /// A sum from its hex digits in either case; `None` when they are not its number of hex digits.
    pub fn from_hex(algorithm: ChecksumAlgorithm, hex: &str) -> Option<Checksum> {
        let digit = |digit: u8| char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok());
        let byte = |pair: &[u8]| Some(digit(pair[0])? << 4 | digit(pair[1])?);
        if hex.len() != 2 * algorithm.bytes() {
            return None;
        }
        let mut bytes = [0; LONGEST];
        for (own, pair) in bytes.iter_mut().zip(hex.as_bytes().chunks_exact(2)) {
            *own = byte(pair)?;
        }
        Some(Checksum { algorithm, bytes })
    }

    /// How it was made.
    pub fn algorithm(&self) -> ChecksumAlgorithm {
        self.algorithm
    }

    /// Its lower-case hex digits.
    pub fn hex(&self) -> String {
        lower_hex(&self.bytes[..self.algorithm.bytes()])
    }
}

impl ChecksumAlgorithm {
    /// Every algorithm.
    pub const ALL: [ChecksumAlgorithm; 6] = [
        ChecksumAlgorithm::Md5,
        ChecksumAlgorithm::Sha1,
        ChecksumAlgorithm::Sha224,
        ChecksumAlgorithm::Sha256,
        ChecksumAlgorithm::Sha384,
        ChecksumAlgorithm::Sha512,
    ];

    /// `sha256`, as most files write it.
    pub fn name(self) -> &'static str {
        match self {
            ChecksumAlgorithm::Md5 => "md5",
            ChecksumAlgorithm::Sha1 => "sha1",
            ChecksumAlgorithm::Sha224 => "sha224",
            ChecksumAlgorithm::Sha256 => "sha256",
            ChecksumAlgorithm::Sha384 => "sha384",
            ChecksumAlgorithm::Sha512 => "sha512",
        }
    }

    /// Reads `sha256`, `SHA256` and `SHA-256`.
    pub fn from_name(name: &str) -> Option<ChecksumAlgorithm> {
        // As most files write it.
        if let Some(known) = ChecksumAlgorithm::ALL.into_iter().find(|algorithm| algorithm.name() == name) {
            return Some(known);
        }
        let is = |algorithm: &ChecksumAlgorithm| {
            let letters = name.bytes().filter(|byte| *byte != b'-').map(|byte| byte.to_ascii_lowercase());
            letters.eq(algorithm.name().bytes())
        };
        ChecksumAlgorithm::ALL.into_iter().find(is)
    }

    /// How many bytes its sums have.
    pub fn bytes(self) -> usize {
        match self {
            ChecksumAlgorithm::Md5 => 16,
            ChecksumAlgorithm::Sha1 => 20,
            ChecksumAlgorithm::Sha224 => 28,
            ChecksumAlgorithm::Sha256 => 32,
            ChecksumAlgorithm::Sha384 => 48,
            ChecksumAlgorithm::Sha512 => 64,
        }
    }
}

/// Lockfiles state a sum for every package: one allocation each, and no formatting.
fn lower_hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|half| char::from(DIGITS[usize::from(half)]));
    let mut hex = String::with_capacity(2 * bytes.len());
    hex.extend(digits);
    hex
}

impl FromStr for Checksum {
    type Err = ChecksumError;

    fn from_str(text: &str) -> Result<Checksum, ChecksumError> {
        let parts = text.split_once(':');
        let read = parts.and_then(|(name, hex)| Checksum::from_hex(ChecksumAlgorithm::from_name(name)?, hex));
        read.ok_or_else(|| ChecksumError(text.to_owned()))
    }
}

impl TryFrom<String> for Checksum {
    type Error = ChecksumError;

    fn try_from(text: String) -> Result<Checksum, ChecksumError> {
        text.parse()
    }
}

impl From<Checksum> for String {
    fn from(checksum: Checksum) -> String {
        checksum.to_string()
    }
}

impl fmt::Display for Checksum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.algorithm.name(), self.hex())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trip() {
        let text = format!("sha1:{}", "0a".repeat(20));
        assert_eq!(text.parse::<Checksum>().map(|sum| sum.to_string()), Ok(text.clone()));
        assert_eq!(format!("SHA-1:{}", "0A".repeat(20)).parse::<Checksum>().map(|sum| sum.to_string()), Ok(text));
    }

    #[test]
    fn wrong_ones_are_refused() {
        for text in ["", "sha1", "sha1:", "sha1:xyz", "sha3:00", &format!("md5:{}", "0".repeat(40))] {
            assert!(text.parse::<Checksum>().is_err(), "{text}");
        }
    }
}
