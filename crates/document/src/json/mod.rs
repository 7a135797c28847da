//! JSON (RFC 8259) with the place of every key and value, strict: what `serde_json` refuses is refused, with its line.
//!
//! JSONC is the same with comments and with commas before a closing bracket.

mod blanks;
mod number;
mod text;

use model::{Key, Node, NodeValue, Problem, ProblemKind};

pub(crate) use text::string;

use crate::fault::{Fault, whole};
use crate::limits::Limits;
use crate::members::Members;
use crate::source::Source;

/// What may stand beside values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// Blanks.
    Strict,
    /// Comments too, and a comma behind the last value.
    Comments,
}

/// Reads the one value of a file. Only blanks before the end of the file is no document and no fault.
pub(crate) fn parse(source: &Source<'_>, limits: &Limits, dialect: Dialect) -> (Vec<Node>, Vec<Problem>) {
    let nodes_left = limits.nodes;
    let mut reader = Reader { source, limits, dialect, at: source.start, nodes_left, problems: Vec::new() };
    let read = reader.file();
    whole(source, read, reader.problems)
}

struct Reader<'a> {
    source: &'a Source<'a>,
    limits: &'a Limits,
    dialect: Dialect,
    at: usize,
    nodes_left: usize,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn file(&mut self) -> Result<Option<Node>, Fault> {
        self.skip_blanks()?;
        if self.at == self.source.text.len() { Ok(None) } else { self.document().map(Some) }
    }

    fn document(&mut self) -> Result<Node, Fault> {
        let node = self.value(0)?;
        self.skip_blanks()?;
        match self.peek() {
            None => Ok(node),
            Some(_) => Err(self.syntax("nothing may follow the value")),
        }
    }

    fn value(&mut self, depth: usize) -> Result<Node, Fault> {
        if depth >= self.limits.depth && matches!(self.peek(), Some(b'{' | b'[')) {
            let message = format!("values nest deeper than the limit of {}", self.limits.depth);
            return Err(Fault::limit(self.at, message));
        }
        self.nodes_left = self.nodes_left.checked_sub(1).ok_or_else(|| {
            let message = format!("file holds more than the limit of {} values", self.limits.nodes);
            Fault::limit(self.at, message)
        })?;
        let start = self.at;
        let value = match self.peek() {
            Some(b'{') => self.object(depth)?,
            Some(b'[') => self.array(depth)?,
            Some(b'"') => NodeValue::String(self.string()?),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            Some(b't') => self.word("true", NodeValue::Bool(true))?,
            Some(b'f') => self.word("false", NodeValue::Bool(false))?,
            Some(b'n') => self.word("null", NodeValue::Null)?,
            _ => return Err(self.syntax("a value is expected")),
        };
        Ok(Node { value, span: self.source.span(start..self.at) })
    }

    fn object(&mut self, depth: usize) -> Result<NodeValue, Fault> {
        let mut members = Members::default();
        self.at += 1;
        self.skip_blanks()?;
        if self.take(b'}') {
            return Ok(NodeValue::Object(members.finish()));
        }
        loop {
            if self.peek() != Some(b'"') {
                return Err(self.syntax("a key in double quotes is expected"));
            }
            let key = self.key()?;
            self.skip_blanks()?;
            if !self.take(b':') {
                return Err(self.syntax("`:` is expected behind the key"));
            }
            self.skip_blanks()?;
            let node = self.value(depth + 1)?;
            self.insert(&mut members, key, node);
            self.skip_blanks()?;
            if self.take(b'}') {
                return Ok(NodeValue::Object(members.finish()));
            }
            if !self.take(b',') {
                return Err(self.syntax("`,` or `}` is expected"));
            }
            self.skip_blanks()?;
            if self.dialect == Dialect::Comments && self.take(b'}') {
                return Ok(NodeValue::Object(members.finish()));
            }
        }
    }

    fn array(&mut self, depth: usize) -> Result<NodeValue, Fault> {
        let mut nodes = Vec::new();
        self.at += 1;
        self.skip_blanks()?;
        if self.take(b']') {
            return Ok(NodeValue::Array(nodes));
        }
        loop {
            nodes.push(self.value(depth + 1)?);
            self.skip_blanks()?;
            if self.take(b']') {
                return Ok(NodeValue::Array(nodes));
            }
            if !self.take(b',') {
                return Err(self.syntax("`,` or `]` is expected"));
            }
            self.skip_blanks()?;
            if self.dialect == Dialect::Comments && self.take(b']') {
                return Ok(NodeValue::Array(nodes));
            }
        }
    }

    fn key(&mut self) -> Result<Key, Fault> {
        let start = self.at;
        let name = self.string()?;
        Ok(Key { name, span: self.source.span(start..self.at) })
    }

    fn insert(&mut self, members: &mut Members, key: Key, node: Node) {
        let (name, span) = (key.name.clone(), key.span);
        if let Some((old, _)) = members.replace(key, node) {
            let problem = self.source.duplicate_key(&name, old.span, span);
            self.problems.push(problem);
        }
    }

    fn string(&mut self) -> Result<String, Fault> {
        let read = text::string(&self.source.text[self.at..]);
        self.advance(read)
    }

    fn number(&mut self) -> Result<NodeValue, Fault> {
        let read = number::number(&self.source.text[self.at..]);
        self.advance(read)
    }

    fn word(&mut self, word: &str, value: NodeValue) -> Result<NodeValue, Fault> {
        if !self.source.text[self.at..].starts_with(word) {
            return Err(self.syntax("a value is expected"));
        }
        self.at += word.len();
        Ok(value)
    }

    /// Takes what a reader of one token read, or says where in the token it failed.
    fn advance<T>(&mut self, read: Result<(T, usize), (usize, &'static str)>) -> Result<T, Fault> {
        match read {
            Ok((value, length)) => {
                self.at += length;
                Ok(value)
            }
            Err((offset, message)) => {
                self.at += offset;
                Err(self.syntax(message))
            }
        }
    }

    fn skip_blanks(&mut self) -> Result<(), Fault> {
        let rest = &self.source.text.as_bytes()[self.at..];
        self.at += blanks::length(rest, self.dialect).map_err(|offset| Fault {
            kind: ProblemKind::Truncated,
            offset: self.at + offset,
            message: "JSON ends too early: a comment is not closed".to_owned(),
        })?;
        Ok(())
    }

    fn peek(&self) -> Option<u8> {
        self.source.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    fn syntax(&self, message: &str) -> Fault {
        let is_end = self.at >= self.source.text.len();
        let what = if is_end { "JSON ends too early" } else { "no valid JSON" };
        Fault::syntax(self.source, self.at, format!("{what}: {message}"))
    }
}
