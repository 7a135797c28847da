//! How versions of programs are written: numbers and dots, then perhaps the name of a pre-release.

/// What a program adds to the numbers.
#[derive(Clone, Copy)]
pub(super) struct Grammar {
    /// The fewest dots: a number alone is a version only where a text says that it is one.
    dots: usize,
    extra: Extra,
}

/// What belongs to the version although it is no number.
#[derive(Clone, Copy, PartialEq)]
enum Extra {
    Nothing,
    /// `1.1.1n`
    Letters,
    /// `9.2p1`, never without: the number alone is that of the protocol's banner.
    Patch,
    /// `1.8.0_392`
    Update,
}

/// A version that was read, and the bytes it stands in.
pub(super) struct Read<'a> {
    pub(super) version: &'a str,
    /// The whole word with what a builder added: `2.6.12-1+deb12u4`.
    pub(super) word: usize,
}

/// `1.22.1`
pub(super) const NUMBERS: Grammar = Grammar { dots: 1, extra: Extra::Nothing };
/// `15.2`, `17rc1`
pub(super) const WHOLE: Grammar = Grammar { dots: 0, extra: Extra::Nothing };
/// `1.1.1n`
pub(super) const LETTERS: Grammar = Grammar { dots: 1, extra: Extra::Letters };
/// `9.2p1`
pub(super) const PATCH: Grammar = Grammar { dots: 1, extra: Extra::Patch };
/// `21`, `17.0.9`, `1.8.0_392`
pub(super) const JAVA: Grammar = Grammar { dots: 0, extra: Extra::Update };

/// Longer words are no versions.
const MAX_WORD: usize = 64;
const MAX_DOTS: usize = 3;

/// Reads the version at the beginning; what a distribution or a builder put behind it is left out.
pub(super) fn read(bytes: &[u8], grammar: Grammar) -> Option<Read<'_>> {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'+' | b'~' | b'_' | b'-');
    let word = bytes.iter().take(MAX_WORD + 1).take_while(|byte| is_part(byte)).count();
    if word > MAX_WORD {
        return None;
    }
    let text = std::str::from_utf8(&bytes[..word]).ok()?;
    let (numbers, dots) = numbers(text)?;
    if dots < grammar.dots {
        return None;
    }
    let tail = &text[numbers..];
    if grammar.extra == Extra::Patch && grammar.extra.length(tail).is_none() {
        return None;
    }
    let extra = pre_release(tail).or_else(|| grammar.extra.length(tail)).unwrap_or(0);
    Some(Read { version: &text[..numbers + extra], word })
}

/// The numbers of a version, for comparing two of one program.
pub(super) fn parts(version: &str) -> Vec<u64> {
    version.split('.').map(|number| number.parse().unwrap_or(0)).collect()
}

/// The length of `1.2.3` at the beginning, and its dots.
fn numbers(text: &str) -> Option<(usize, usize)> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut end = digits(text);
    let mut dots = 0;
    if end == 0 || end > 9 {
        return None;
    }
    while dots < MAX_DOTS && text[end..].starts_with('.') {
        let length = digits(&text[end + 1..]);
        if length == 0 || length > 9 {
            break;
        }
        end += 1 + length;
        dots += 1;
    }
    Some((end, dots))
}

/// The length of `-rc.1`, `beta2`, `a1`; a release is later than these, so they belong to the version.
fn pre_release(tail: &str) -> Option<usize> {
    const WORDS: [&str; 8] = ["alpha", "beta", "preview", "pre", "dev", "rc", "a", "b"];
    let rest = tail.trim_start_matches(['-', '.', '~', '_']);
    let start = tail.len() - rest.len();
    let word = WORDS.iter().find(|word| start <= 1 && rest.starts_with(**word))?;
    let after = &rest[word.len()..];
    let number = after.trim_start_matches(['-', '.']).bytes().take_while(u8::is_ascii_digit).count();
    let joint = if number == 0 || after.starts_with(|first: char| first.is_ascii_digit()) { 0 } else { 1 };
    let end = word.len() + joint + number;
    let is_whole = !rest[end..].starts_with(|next: char| next.is_ascii_alphanumeric());
    // A letter alone is no pre-release.
    (is_whole && (number > 0 || word.len() > 1)).then_some(start + end)
}

impl Extra {
    fn length(self, tail: &str) -> Option<usize> {
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let length = match self {
            Extra::Nothing => 0,
            Extra::Letters => tail.bytes().take_while(u8::is_ascii_lowercase).count(),
            Extra::Patch => tail.strip_prefix('p').map_or(0, |rest| 1 + digits(rest)),
            Extra::Update => tail.strip_prefix('_').map_or(0, |rest| 1 + digits(rest)),
        };
        let least = if self == Extra::Letters { 1 } else { 2 };
        (length >= least && (self != Extra::Letters || length <= 2)).then_some(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, grammar: Grammar, expected: &str) {
        let found = read(text.as_bytes(), grammar).map(|read| read.version).unwrap_or_default();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn releases() {
        check("1.22.1\n", NUMBERS, "1.22.1");
        check("2.6.12-1+deb12u4, released", NUMBERS, "2.6.12");
        check("17.0.21.1+2-1-deb12u1-Debian)", NUMBERS, "17.0.21.1");
        check("3.11.2+", NUMBERS, "3.11.2");
        check("2.36.", NUMBERS, "2.36");
        check("1.2.3.4.5", NUMBERS, "1.2.3.4");
        check("15", NUMBERS, "");
        check("15", WHOLE, "15");
        check("x1.2", NUMBERS, "");
        check("", NUMBERS, "");
        check("1.9999999999", NUMBERS, "");
        check(&"1.".repeat(60), NUMBERS, "");
    }

    #[test]
    fn pre_releases() {
        for text in
            ["3.14.0a1", "3.12.0rc2", "17beta1", "8.0.0-rc1", "1.0.0-beta.2", "7.2-preview3", "3.0-dev", "1.0~rc1"]
        {
            check(text, WHOLE, text);
        }
        check("3.0-dev+abc", NUMBERS, "3.0-dev");
        check("1.2.3-devel", NUMBERS, "1.2.3");
        check("1.2.3b", NUMBERS, "1.2.3");
        check("2.9.6Deno", NUMBERS, "2.9.6");
        check("1.2.3--rc1", NUMBERS, "1.2.3");
    }

    #[test]
    fn what_some_add() {
        check("1.1.1n ", LETTERS, "1.1.1n");
        check("1.0.2zb-fips", LETTERS, "1.0.2zb");
        check("1.0.2k-fips", LETTERS, "1.0.2k");
        check("3.0.0-alpha17", LETTERS, "3.0.0-alpha17");
        check("3.0.0quic", LETTERS, "3.0.0");
        check("9.2p1 Debian", PATCH, "9.2p1");
        check("9.2p", PATCH, "");
        check("1.8.0_392-b08", JAVA, "1.8.0_392");
        check("21+35-LTS", JAVA, "21");
        check("1.22.1n", NUMBERS, "1.22.1");
    }
}
