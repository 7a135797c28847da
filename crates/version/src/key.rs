//! Keys whose bytes compare as versions do: each piece is written so that no piece is a prefix of a different one.

/// A key while it is written.
#[derive(Clone, Debug, Default)]
pub(crate) struct Key(Vec<u8>);

impl Key {
    /// One byte that ranks what follows it, or an end.
    pub(crate) fn mark(&mut self, rank: u8) {
        self.0.push(rank);
    }

    /// A number of any length from its decimal digits; none is zero. First the count of its bytes, then the bytes,
    /// the highest first. From 20 digits on, where 64 bits may not do, the count is of digits.
    pub(crate) fn number(&mut self, digits: &str) {
        let digits = digits.trim_start_matches('0');
        if digits.len() < 20 {
            let number = digits.bytes().fold(0u64, |number, digit| number * 10 + u64::from(digit - b'0'));
            let bytes = number.to_be_bytes();
            let skipped = bytes.iter().take_while(|byte| **byte == 0).count();
            self.0.push(8 - skipped as u8);
            self.0.extend_from_slice(&bytes[skipped..]);
        } else {
            let length = u16::try_from(digits.len()).expect("a text is at most 1024 bytes long");
            self.0.push(9);
            self.0.extend_from_slice(&length.to_be_bytes());
            self.0.extend_from_slice(digits.as_bytes());
        }
    }

    /// Numbers one after the other; a list comes before those it begins.
    pub(crate) fn numbers<'a>(&mut self, numbers: impl IntoIterator<Item = &'a str>) {
        for digits in numbers {
            self.mark(1);
            self.number(digits);
        }
        self.mark(0);
    }

    /// A small count.
    pub(crate) fn count(&mut self, count: u16) {
        self.0.extend_from_slice(&count.to_be_bytes());
    }

    /// A text without NUL, by its bytes; a prefix comes first.
    pub(crate) fn text(&mut self, text: &str) {
        self.0.extend_from_slice(text.as_bytes());
        self.0.push(0);
    }

    /// The same with ASCII letters in lower case.
    pub(crate) fn lower_text(&mut self, text: &str) {
        self.0.extend(text.bytes().map(|byte| byte.to_ascii_lowercase()));
        self.0.push(0);
    }

    /// The finished key.
    pub(crate) fn into_bytes(self) -> Box<[u8]> {
        self.0.into_boxed_slice()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(digits: &str) -> Box<[u8]> {
        let mut key = Key::default();
        key.number(digits);
        key.into_bytes()
    }

    #[test]
    fn numbers_compare_by_value() {
        let ascending = [
            "0",
            "1",
            "255",
            "256",
            "65535",
            "65536",
            "9999999999999999999",
            "18446744073709551615",
            "18446744073709551616",
            "100000000000000000000000",
        ];
        for pair in ascending.windows(2) {
            assert!(number(pair[0]) < number(pair[1]), "{pair:?}");
        }
        assert_eq!(number("007"), number("7"));
        assert_eq!(number(""), number("0"));
        assert_eq!(number("7").len(), 2);
    }
}
