//! The words and signs of a policy, also of one that does not parse, with their places, and what can be no word of the language.

/// A word, a sign or a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'t> {
    pub(super) kind: Kind,
    pub(super) text: &'t str,
    /// Where it begins, in bytes.
    pub(super) at: usize,
    pub(super) place: Place,
    /// Whether it follows the one before it without a blank.
    pub(super) is_close: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Number,
    Text,
    Sign,
}

/// 1-based, in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) line: u32,
    pub(super) column: u32,
}

/// What no policy may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slip {
    /// A text that does not end on its line.
    OpenText,
    /// A text in backquotes without an end.
    OpenRaw,
    /// A backslash before this.
    Escape(char),
    /// A text in `'` or in a printer's quotes.
    Quote(char),
    /// `$"…"`.
    Template,
    /// A blank that is none for the parser, or a character that cannot be seen.
    Unseen(char),
    /// A letter that names may not have.
    Letter(char),
    /// A line that ends in CR alone.
    Line,
}

/// Signs of more than one character, those of other languages too; longer ones first.
const SIGNS: &[&str] =
    &["===", "!==", ":=", "==", "!=", "<=", ">=", "&&", "||", "=>", "->", "//", "/*", "++", "+=", "-=", "<>", "=~"];

/// All tokens up to the first slip.
pub(super) fn tokens(text: &str) -> (Vec<Token<'_>>, Option<(Place, Slip)>) {
    let mut reader = Reader { text, at: 0, place: Place { line: 1, column: 1 } };
    let mut tokens: Vec<Token<'_>> = Vec::new();
    let mut end = usize::MAX;
    loop {
        reader.skip_blanks();
        let (start, place) = (reader.at, reader.place);
        match reader.token() {
            Ok(None) => return (tokens, None),
            Ok(Some(kind)) => {
                let token = Token { kind, text: &text[start..reader.at], at: start, place, is_close: start == end };
                tokens.push(token);
                end = reader.at;
            }
            Err((place, slip)) => return (tokens, Some((place, slip))),
        }
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    place: Place,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn advance(&mut self) -> Option<char> {
        let character = self.peek()?;
        self.at += character.len_utf8();
        self.place = match character {
            '\n' => Place { line: self.place.line + 1, column: 1 },
            _ => Place { column: self.place.column + 1, ..self.place },
        };
        Some(character)
    }

    fn skip_while(&mut self, wanted: impl Fn(char) -> bool) {
        while self.peek().is_some_and(&wanted) {
            self.advance();
        }
    }

    fn skip_blanks(&mut self) {
        loop {
            self.skip_while(|character| matches!(character, ' ' | '\t' | '\n'));
            if self.rest().starts_with("\r\n") {
                self.advance();
                continue;
            }
            if self.peek() != Some('#') {
                return;
            }
            self.skip_while(|character| character != '\n');
        }
    }

    fn token(&mut self) -> Result<Option<Kind>, (Place, Slip)> {
        let place = self.place;
        let Some(first) = self.peek() else { return Ok(None) };
        let kind = match first {
            '"' => self.quoted()?,
            '`' => self.raw()?,
            '$' if self.rest().starts_with("$\"") || self.rest().starts_with("$`") => {
                return Err((place, Slip::Template));
            }
            '\'' | '‘' | '’' | '“' | '”' | '„' => return Err((place, Slip::Quote(first))),
            'a'..='z' | 'A'..='Z' | '_' => {
                self.skip_while(|character| character.is_ascii_alphanumeric() || character == '_');
                if let Some(letter) = self.peek().filter(|next| !next.is_ascii() && next.is_alphanumeric()) {
                    return Err((self.place, Slip::Letter(letter)));
                }
                Kind::Word
            }
            '0'..='9' => {
                self.skip_while(|character| character.is_ascii_alphanumeric() || character == '.');
                Kind::Number
            }
            letter if !letter.is_ascii() && letter.is_alphanumeric() => return Err((place, Slip::Letter(letter))),
            '\r' => return Err((place, Slip::Line)),
            unseen if !unseen.is_ascii() || unseen.is_ascii_control() => return Err((place, Slip::Unseen(unseen))),
            _ => {
                let length = SIGNS.iter().find(|sign| self.rest().starts_with(**sign)).map_or(1, |sign| sign.len());
                for _ in 0..length {
                    self.advance();
                }
                Kind::Sign
            }
        };
        Ok(Some(kind))
    }

    fn quoted(&mut self) -> Result<Kind, (Place, Slip)> {
        let start = self.place;
        self.advance();
        loop {
            let place = self.place;
            match self.advance() {
                Some('"') => return Ok(Kind::Text),
                None | Some('\n') => return Err((start, Slip::OpenText)),
                Some('\\') => match self.advance() {
                    Some('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u') => {}
                    None | Some('\n') => return Err((start, Slip::OpenText)),
                    Some(other) => return Err((place, Slip::Escape(other))),
                },
                Some(_) => {}
            }
        }
    }

    fn raw(&mut self) -> Result<Kind, (Place, Slip)> {
        let start = self.place;
        self.advance();
        self.skip_while(|character| character != '`');
        if self.advance().is_none() { Err((start, Slip::OpenRaw)) } else { Ok(Kind::Text) }
    }
}
