//! Takes a text apart from the left. What it takes by byte is ASCII, so it never cuts a character.

/// What is left of a text.
#[derive(Clone, Debug)]
pub(crate) struct Scanner<'a> {
    rest: &'a str,
}

impl<'a> Scanner<'a> {
    pub(crate) fn new(text: &'a str) -> Scanner<'a> {
        Scanner { rest: text }
    }

    /// All that is left.
    pub(crate) fn rest(&self) -> &'a str {
        self.rest
    }

    pub(crate) fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// The next byte, not taken.
    pub(crate) fn peek(&self) -> Option<u8> {
        self.rest.bytes().next()
    }

    /// True if the next byte is an ASCII digit.
    pub(crate) fn is_at_digit(&self) -> bool {
        self.peek().is_some_and(|byte| byte.is_ascii_digit())
    }

    /// Takes ASCII bytes as long as they fit.
    pub(crate) fn take_while(&mut self, fits: impl Fn(u8) -> bool) -> &'a str {
        let length = self.rest.bytes().take_while(|byte| byte.is_ascii() && fits(*byte)).count();
        self.take(length)
    }

    /// Takes so many bytes, which end at a character.
    pub(crate) fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }

    /// Takes digits, possibly none.
    pub(crate) fn digits(&mut self) -> &'a str {
        self.take_while(|byte| byte.is_ascii_digit())
    }

    /// Takes one of the ASCII bytes given.
    pub(crate) fn eat_any(&mut self, wanted: &[u8]) -> Option<u8> {
        let byte = self.peek().filter(|byte| wanted.contains(byte))?;
        self.rest = &self.rest[1..];
        Some(byte)
    }

    /// Takes an ASCII byte.
    pub(crate) fn eat(&mut self, wanted: u8) -> bool {
        self.eat_any(&[wanted]).is_some()
    }

    /// Takes an ASCII word, whatever its case.
    pub(crate) fn eat_word(&mut self, word: &str) -> bool {
        let fits = self.rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        if fits {
            self.rest = &self.rest[word.len()..];
        }
        fits
    }
}
