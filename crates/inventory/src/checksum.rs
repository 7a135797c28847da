//! Checksums in the ways lockfiles write them: `sha512-<base64>` (Subresource Integrity), `sha256:<hex>`, `sha256-<hex>`, bare hex.

use data_encoding::{BASE64, BASE64_NOPAD};
use model::{Checksum, ChecksumAlgorithm};

use crate::tree::Node;

/// Nobody states more sums of one archive.
pub(crate) const MOST: usize = 16;

/// The sums in a text, blanks or commas between them. What is written in no known way is left out: sums are shown, and
/// nothing is decided by them.
pub(crate) fn read(text: &str) -> Vec<Checksum> {
    // Most packages have one sum, and room for four would be kept for each.
    let mut sums = Vec::with_capacity(1);
    if let Some(sum) = alone(text) {
        sums.push(sum);
        return sums;
    }
    let words = text.split(',').flat_map(str::split_ascii_whitespace);
    sums.extend(words.take(MOST).filter_map(one));
    sums.shrink_to_fit();
    sums
}

/// A text that is one sum with its algorithm: blanks, commas and options are digits in no way of writing one.
fn alone(text: &str) -> Option<Checksum> {
    let at = text.bytes().position(|byte| matches!(byte, b':' | b'-'))?;
    of(ChecksumAlgorithm::from_name(&text[..at])?, &text[at + 1..])
}

fn one(word: &str) -> Option<Checksum> {
    if let Some((name, sum)) = word.split_once([':', '-'])
        && let Some(algorithm) = ChecksumAlgorithm::from_name(name)
    {
        return of(algorithm, sum.split('?').next().unwrap_or_default());
    }
    bare(word)
}

/// The sums a table of files states, under this key each: of the archives a Python package can be had as.
pub(crate) fn of_files(files: Option<&Node<'_>>, key: &str) -> Vec<Checksum> {
    let files = files.map_or(&[][..], Node::items).iter().take(MOST);
    files.filter_map(|file| file.text_of(key)).flat_map(read).collect()
}

/// The sums in a table whose keys are the algorithms.
pub(crate) fn of_table(table: Option<&Node<'_>>) -> Vec<Checksum> {
    let members = table.map_or(&[][..], Node::members).iter().take(MOST);
    members.filter_map(|member| of(ChecksumAlgorithm::from_name(&member.key)?, member.value.text()?)).collect()
}

/// A sum of a known algorithm in hex or base64.
pub(crate) fn of(algorithm: ChecksumAlgorithm, sum: &str) -> Option<Checksum> {
    Checksum::from_hex(algorithm, sum).or_else(|| of_base64(algorithm, sum.as_bytes()))
}

fn of_base64(algorithm: ChecksumAlgorithm, digits: &[u8]) -> Option<Checksum> {
    // Room for the longest sum, and for what padding stands for until it is seen.
    let mut bytes = [0; 66];
    let decoded = [BASE64, BASE64_NOPAD].into_iter().find_map(|encoding| {
        let room = bytes.get_mut(..encoding.decode_len(digits.len()).ok()?)?;
        encoding.decode_mut(digits, room).ok()
    });
    Checksum::from_bytes(algorithm, &bytes[..decoded?])
}

/// Hex digits alone: their number says what made them. SHA-224 is left out, nobody writes it so.
fn bare(word: &str) -> Option<Checksum> {
    use ChecksumAlgorithm::{Md5, Sha1, Sha256, Sha384, Sha512};
    [Md5, Sha1, Sha256, Sha384, Sha512].into_iter().find_map(|algorithm| Checksum::from_hex(algorithm, word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = read(text).iter().map(ToString::to_string).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn as_lockfiles_write_them() {
        let (sha1, sha256) = ("da39a3ee5e6b4b0d3255bfef95601890afd80709", "ab".repeat(32));
        check("sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=", &[&format!("sha1:{sha1}")]);
        check("sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk", &[&format!("sha1:{sha1}")]);
        check(sha1, &[&format!("sha1:{sha1}")]);
        check(&format!("sha256:{sha256}"), &[&format!("sha256:{sha256}")]);
        check(&format!("sha256-{sha256} sha1-{sha1}?opt"), &[&format!("sha256:{sha256}"), &format!("sha1:{sha1}")]);
        check(&format!("sha256-{sha256},sha1-{sha1}"), &[&format!("sha256:{sha256}"), &format!("sha1:{sha1}")]);
        check(
            &format!("sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=?opt sha1-{sha1}"),
            &[&format!("sha1:{sha1}"); 2].map(|sum| sum.as_str()),
        );
        let sha512 = "z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg";
        let read_as =
            |digits: &str| read(&format!("sha512-{digits}")).iter().map(ToString::to_string).collect::<String>();
        assert!(
            read_as(sha512).starts_with("sha512:cf83e1357eefb8bd")
                && read_as(&format!("{sha512}==")) == read_as(sha512)
        );
        check(&format!("sha512-{sha512}{sha512}"), &[]);
        check("sha512-tooshort h1:abc= zz", &[]);
    }
}
