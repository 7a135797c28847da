//! Erlang terms as `file:consult/1` reads them: tuples, lists, binaries, strings, atoms and numbers, each term ended by a dot.

use std::borrow::Cow;

use model::ProblemKind;

use crate::tree::{Data, Fault, Node};

const MAX_DEPTH: usize = 32;

/// Reads all terms; a tuple is a list here. What stands before a fault is there, with what was open closed.
pub(super) fn read(text: &str) -> (Vec<Node<'_>>, Option<Fault>) {
    let mut reader = Reader {
        text,
        at: text.len() - text.trim_start_matches('\u{FEFF}').len(),
        open: Vec::new(),
        terms: Vec::new(),
    };
    let fault = loop {
        match reader.step() {
            Ok(true) => {}
            Ok(false) => break reader.end(),
            Err(fault) => break Some(fault),
        }
    };
    while let Some((start, items, _)) = reader.open.pop() {
        reader.put(Node::new(start..reader.at, Data::List(items)));
    }
    (reader.terms, fault)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    /// Tuples and lists that have not ended: where they start, what is in them, what ends them.
    open: Vec<(usize, Vec<Node<'a>>, u8)>,
    terms: Vec<Node<'a>>,
}

impl<'a> Reader<'a> {
    /// Reads one piece; false at the end.
    fn step(&mut self) -> Result<bool, Fault> {
        self.skip_blanks();
        let start = self.at;
        let Some(&byte) = self.text.as_bytes().get(start) else { return Ok(false) };
        match byte {
            b'{' => self.enter(b'}')?,
            b'[' => self.enter(b']')?,
            b'}' | b']' => self.leave(byte)?,
            b',' | b'.' => self.at += 1,
            b'<' => {
                self.expect("<<\"")?;
                let node = self.quoted(start, b'"')?;
                // An encoding may be named: `<<"é"/utf8>>`.
                self.at += self.text[self.at..].strip_prefix("/utf8").map_or(0, |_| "/utf8".len());
                self.expect(">>")?;
                self.put(node);
            }
            b'"' | b'\'' => {
                self.at += 1;
                let node = self.quoted(start, byte)?;
                self.put(node);
            }
            _ => self.word()?,
        }
        Ok(true)
    }

    fn skip_blanks(&mut self) {
        loop {
            let rest = &self.text[self.at..];
            let bare = rest.trim_start();
            self.at += rest.len() - bare.len();
            if !bare.starts_with('%') {
                return;
            }
            self.at += bare.find('\n').unwrap_or(bare.len());
        }
    }

    fn enter(&mut self, end: u8) -> Result<(), Fault> {
        if self.open.len() == MAX_DEPTH {
            return Err(self.fault(ProblemKind::Limit, "the terms are nested deeper than the limit of 32 levels"));
        }
        self.open.push((self.at, Vec::new(), end));
        self.at += 1;
        Ok(())
    }

    fn leave(&mut self, end: u8) -> Result<(), Fault> {
        match self.open.pop() {
            Some((start, items, expected)) if expected == end => {
                self.at += 1;
                self.put(Node::new(start..self.at, Data::List(items)));
                Ok(())
            }
            other => {
                self.open.extend(other);
                Err(self.fault(ProblemKind::Syntax, "a bracket closes nothing"))
            }
        }
    }

    /// A text up to its closing quote; Rebar escapes nothing but quotes and backslashes.
    fn quoted(&mut self, start: usize, quote: u8) -> Result<Node<'a>, Fault> {
        let from = self.at;
        let mut is_escaped = false;
        let close = self.text.as_bytes()[from..].iter().position(|byte| {
            let closes = *byte == quote && !is_escaped;
            is_escaped = *byte == b'\\' && !is_escaped;
            closes
        });
        let Some(length) = close else {
            return Err(self.fault(ProblemKind::Truncated, "a text is not closed, the file is cut short"));
        };
        self.at = from + length + 1;
        let text = &self.text[from..from + length];
        let text = if text.contains('\\') { Cow::Owned(text.replace('\\', "")) } else { Cow::Borrowed(text) };
        Ok(Node::new(start..self.at, Data::Text(text)))
    }

    fn word(&mut self) -> Result<(), Fault> {
        let rest = &self.text[self.at..];
        let length = rest.find(|character: char| !character.is_alphanumeric() && !"_@-".contains(character));
        let word = &rest[..length.unwrap_or(rest.len())];
        if word.is_empty() {
            return Err(self.fault(ProblemKind::Syntax, "this is no Erlang term"));
        }
        let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
        let text = Cow::Borrowed(word);
        let data = if is_number { Data::Number(text) } else { Data::Text(text) };
        let start = self.at;
        self.at += word.len();
        self.put(Node::new(start..self.at, data));
        Ok(())
    }

    fn put(&mut self, node: Node<'a>) {
        match self.open.last_mut() {
            Some((_, items, _)) => items.push(node),
            None => self.terms.push(node),
        }
    }

    fn expect(&mut self, wanted: &str) -> Result<(), Fault> {
        if !self.text[self.at..].starts_with(wanted) {
            return Err(self.fault(ProblemKind::Syntax, "this is no binary of a text"));
        }
        self.at += wanted.len();
        Ok(())
    }

    fn end(&self) -> Option<Fault> {
        let what = "a term is not closed, the file is cut short";
        (!self.open.is_empty()).then(|| self.fault(ProblemKind::Truncated, what))
    }

    fn fault(&self, kind: ProblemKind, what: &str) -> Fault {
        Fault { kind, offset: self.at, message: format!("{what}: from here on nothing is read") }
    }
}
