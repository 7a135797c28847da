//! The text format of protocol buffers, without a schema.
//!
//! A message is an object, a field that comes several times an array, a name that stands for a value (an enumeration) text. What is
//! the same with and without a schema has the shape that users of Conftest know, with the names of fields as they are written; a
//! field that is repeated in the schema and given once is a single value here.

mod field;
mod scalar;

use model::{Node, Problem};

use crate::fault::{Fault, whole};
use crate::limits::Limits;
use crate::source::Source;
use crate::tree::Tree;
use field::Fields;

/// Reads the fields of the one message of a file.
pub(crate) fn parse(source: &Source<'_>, limits: &Limits) -> (Vec<Node>, Vec<Problem>) {
    let mut reader = Reader { tree: Tree::new(source, limits), at: source.start };
    let read = reader.file();
    whole(source, read, reader.tree.problems)
}

struct Reader<'a> {
    tree: Tree<'a>,
    at: usize,
}

impl<'a> Reader<'a> {
    fn file(&mut self) -> Result<Option<Node>, Fault> {
        let start = self.tree.source.start;
        let fields = self.fields(None, 1)?;
        if fields.is_empty() {
            return Ok(None);
        }
        let end = self.at;
        fields.finish(&mut self.tree, start..end).map(Some)
    }

    /// Fields up to a closing bracket, or to the end of the file.
    fn fields(&mut self, close: Option<char>, depth: usize) -> Result<Fields, Fault> {
        let mut fields = Fields::default();
        loop {
            self.skip_blanks();
            match (self.peek(), close) {
                (None, None) => return Ok(fields),
                (None, Some(_)) => return Err(self.syntax("a message is not closed")),
                (next, Some(_)) if next == close => {
                    self.at += 1;
                    return Ok(fields);
                }
                _ => self.field(&mut fields, depth)?,
            }
            self.skip_blanks();
            if matches!(self.peek(), Some(',' | ';')) {
                self.at += 1;
            }
        }
    }

    fn field(&mut self, fields: &mut Fields, depth: usize) -> Result<(), Fault> {
        let start = self.at;
        let length = match self.rest().strip_prefix('[') {
            Some(inner) => {
                inner.find(']').map(|at| at + 2).ok_or_else(|| self.syntax("the name of an extension is not closed"))?
            }
            None => self.word(),
        };
        if length == 0 {
            return Err(self.syntax("the name of a field is expected"));
        }
        self.at += length;
        let range = start..self.at;
        let name = self.tree.source.text[range.clone()].trim_matches(['[', ']']).trim().to_owned();
        let key = self.tree.key(name, range);
        self.skip_blanks();
        let has_colon = self.peek() == Some(':');
        self.at += usize::from(has_colon);
        self.skip_blanks();
        match self.peek() {
            Some('[') => self.list(fields, &key, depth),
            Some('{' | '<') => {
                let node = self.message(depth)?;
                fields.add(&key, node, false);
                Ok(())
            }
            _ if has_colon => {
                let node = self.scalar()?;
                fields.add(&key, node, false);
                Ok(())
            }
            _ => Err(self.syntax("`:` is expected behind the name of a field")),
        }
    }

    fn list(&mut self, fields: &mut Fields, key: &model::Key, depth: usize) -> Result<(), Fault> {
        let start = self.at;
        self.at += 1;
        fields.open_list(key, start);
        loop {
            self.skip_blanks();
            match self.peek() {
                Some(']') => {
                    self.at += 1;
                    fields.close_list(key, self.at);
                    return Ok(());
                }
                Some(',') => self.at += 1,
                Some('{' | '<') => {
                    let node = self.message(depth)?;
                    fields.add(key, node, true);
                }
                _ => {
                    let node = self.scalar()?;
                    fields.add(key, node, true);
                }
            }
        }
    }

    fn message(&mut self, depth: usize) -> Result<Node, Fault> {
        let start = self.at;
        // A message may be in an array.
        self.tree.check_depth(depth + 1, start)?;
        let close = if self.peek() == Some('{') { '}' } else { '>' };
        self.at += 1;
        let fields = self.fields(Some(close), depth + 2)?;
        let end = self.at;
        fields.finish(&mut self.tree, start..end)
    }

    fn scalar(&mut self) -> Result<Node, Fault> {
        let start = self.at;
        let (value, length) = scalar::read(self.rest()).map_err(|(offset, message)| {
            Fault::syntax(self.tree.source, start + offset, format!("no valid text format: {message}"))
        })?;
        self.at += length;
        self.tree.node(value, start..self.at)
    }

    /// The length of a word here.
    fn word(&self) -> usize {
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '/' | '-');
        let rest = self.rest();
        rest.find(|c| !is_part(c)).unwrap_or(rest.len())
    }

    fn skip_blanks(&mut self) {
        self.at += scalar::blanks(self.rest());
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn rest(&self) -> &'a str {
        &self.tree.source.text[self.at..]
    }

    fn syntax(&self, message: &str) -> Fault {
        Fault::syntax(self.tree.source, self.at, format!("no valid text format: {message}"))
    }
}
