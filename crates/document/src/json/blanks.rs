//! What stands between the words of JSON.

use super::Dialect;

/// The length of blanks, and of comments where they may be; else the offset of a comment that is not closed.
pub(super) fn length(rest: &[u8], dialect: Dialect) -> Result<usize, usize> {
    let mut at = 0;
    loop {
        at += rest[at..].iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).count();
        let here = &rest[at..];
        at += match dialect {
            Dialect::Comments if here.starts_with(b"//") => {
                here.iter().position(|byte| *byte == b'\n').unwrap_or(here.len())
            }
            Dialect::Comments if here.starts_with(b"/*") => {
                here[2..].windows(2).position(|pair| pair == b"*/").map(|end| end + 4).ok_or(at)?
            }
            _ => return Ok(at),
        };
    }
}
