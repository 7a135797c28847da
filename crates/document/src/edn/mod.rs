//! EDN, the data of Clojure, in the shape that users of Conftest know.
//!
//! Maps are objects, lists, vectors and sets are arrays. A keyword, symbol, number or truth value is text as it is written (`":key"`,
//! `"8080"`), for that is what Conftest gives; `nil` is null. Tags are left out (`#inst "…"` is the text), and so is what `#_` discards.

mod token;

use std::ops::Range;

use model::{Node, NodeValue, Problem};

use crate::fault::{Fault, whole};
use crate::limits::Limits;
use crate::members::Members;
use crate::source::Source;
use crate::tree::Tree;
use token::{Token, Tokens};

/// Reads the first value of a file; nothing may follow it.
pub(crate) fn parse(source: &Source<'_>, limits: &Limits) -> (Vec<Node>, Vec<Problem>) {
    let mut reader = Reader { tree: Tree::new(source, limits), tokens: Tokens::new(source) };
    let read = reader.file();
    whole(source, read, reader.tree.problems)
}

struct Reader<'a> {
    tree: Tree<'a>,
    tokens: Tokens<'a>,
}

impl Reader<'_> {
    fn file(&mut self) -> Result<Option<Node>, Fault> {
        let Some((token, range)) = self.token(0)? else { return Ok(None) };
        let node = self.value(token, range, 0)?;
        match self.token(0)? {
            None => Ok(Some(node)),
            Some((_, range)) => Err(self.syntax(range.start, "nothing may follow the value")),
        }
    }

    /// The next token that means something: tags and what is discarded are passed.
    fn token(&mut self, depth: usize) -> Result<Option<(Token, Range<usize>)>, Fault> {
        loop {
            match self.tokens.next()? {
                Some((Token::Tag, _)) => {}
                Some((Token::Discard, range)) => {
                    self.tree.check_depth(depth, range.start)?;
                    let next = self.token(depth + 1)?;
                    let (token, range) = next.ok_or_else(|| self.ended())?;
                    self.value(token, range, depth + 1)?;
                }
                other => return Ok(other),
            }
        }
    }

    fn value(&mut self, token: Token, range: Range<usize>, depth: usize) -> Result<Node, Fault> {
        match token {
            Token::Text(text) => self.tree.string(text, range),
            Token::Word => {
                let word = &self.tree.source.text[range.clone()];
                let value = if word == "nil" { NodeValue::Null } else { NodeValue::String(word.to_owned()) };
                self.tree.node(value, range)
            }
            Token::Open(close) => {
                self.tree.check_depth(depth, range.start)?;
                let is_map = close == '}' && !self.tree.source.text[range.clone()].starts_with('#');
                let (nodes, end) = self.items(close, depth + 1)?;
                if is_map {
                    self.map(nodes, range.start..end)
                } else {
                    self.tree.node(NodeValue::Array(nodes), range.start..end)
                }
            }
            Token::Close(_) => Err(self.syntax(range.start, "a bracket closes that was not opened")),
            Token::Tag | Token::Discard => Err(self.syntax(range.start, "a value is expected")),
        }
    }

    /// What stands before a closing bracket, and where the bracket ends.
    fn items(&mut self, close: char, depth: usize) -> Result<(Vec<Node>, usize), Fault> {
        let mut nodes = Vec::new();
        loop {
            match self.token(depth)? {
                None => return Err(self.ended()),
                Some((Token::Close(bracket), range)) if bracket == close => return Ok((nodes, range.end)),
                Some((token, range)) => nodes.push(self.value(token, range, depth)?),
            }
        }
    }

    fn map(&mut self, nodes: Vec<Node>, range: Range<usize>) -> Result<Node, Fault> {
        if nodes.len() % 2 == 1 {
            return Err(self.syntax(range.end - 1, "a key of a map has no value"));
        }
        let mut members = Members::default();
        let mut nodes = nodes.into_iter();
        while let Some((key, node)) = nodes.next().zip(nodes.next()) {
            let place = key.span.start.offset as usize..key.span.end.offset as usize;
            let name = key.as_str().map_or_else(|| self.tree.source.text[place.clone()].to_owned(), str::to_owned);
            let key = self.tree.key(name, place);
            self.tree.insert(&mut members, key, node);
        }
        self.tree.object(members, range)
    }

    fn ended(&self) -> Fault {
        Fault::syntax(
            self.tree.source,
            self.tree.source.text.len(),
            "EDN ends too early: a value or bracket is expected",
        )
    }

    fn syntax(&self, offset: usize, message: &str) -> Fault {
        Fault::syntax(self.tree.source, offset, format!("no valid EDN: {message}"))
    }
}
