//! Texts of others in HTML, and base64 for hashes.

use crate::{foreign, xml};

/// The text as HTML that shows just it, also inside a quoted attribute. Lines become one.
pub(super) fn escape(text: &str) -> String {
    xml::escape(&foreign::line(text))
}

/// The same, and lines stay lines.
pub(super) fn escape_lines(text: &str) -> String {
    let tabs = |line: &str| line.split('\t').map(foreign::visible).collect::<Vec<_>>().join("    ");
    xml::escape(&text.lines().map(tabs).collect::<Vec<_>>().join("\n"))
}

/// RFC 4648, section 4, with padding.
pub(super) fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group = chunk.iter().fold(0_u32, |group, byte| (group << 8) | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let digit = (group >> (18 - 6 * place)) & 63;
            text.push(if place <= chunk.len() { char::from(DIGITS[digit as usize]) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_of_rfc_4648() {
        let vectors =
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("foobar", "Zm9vYmFy")];
        for (plain, encoded) in vectors {
            assert_eq!(base64(plain.as_bytes()), encoded);
        }
    }

    #[test]
    fn markup_is_text() {
        assert_eq!(escape("<a href='x' id=\"y\">&\n\x1b"), r"&lt;a href=&#39;x&#39; id=&quot;y&quot;&gt;&amp; \u{1b}");
        assert_eq!(escape_lines("<\n\t>"), "&lt;\n    &gt;");
    }
}
