//! Addresses of others that may become links.

/// The longest address that becomes a link.
const LONGEST: usize = 2_000;

/// An address that may become a link: http or https, a host, and no character that ends a link or hides in one.
pub(crate) fn link(address: &str) -> Option<&str> {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/?#@!$&'()*+,;=%".contains(&byte);
    let has_host = host.bytes().any(|byte| byte.is_ascii_alphanumeric())
        && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.:".contains(&byte));
    let escapes_are_whole = address.split('%').skip(1).all(|rest| {
        let digits = rest.as_bytes().get(..2);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    });
    let fits = address.len() <= LONGEST && has_host && escapes_are_whole && address.bytes().all(is_plain);
    (fits && rest.matches('#').count() <= 1).then_some(address)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn links() {
        for good in ["https://example.test/a?b=c#d", "http://h.test", "https://h.test/%20"] {
            assert_eq!(link(good), Some(good));
        }
        for bad in [
            "javascript:alert(1)",
            "https://",
            "https:///x",
            "https://h/ x",
            "https://h/<b>",
            "https://h/%2",
            "ftp://h",
        ] {
            assert_eq!(link(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn links_are_plain(address in "https?://.{0,40}") {
            prop_assert!(link(&address).is_none_or(|link| link.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'"' && byte != b'<')));
        }
    }
}
