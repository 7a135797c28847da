//! nginx: directives in the shape that users of Conftest know.
//!
//! A file is `{directives}`, a directive `{name, parameters, block}`; `parameters` is left out where there are none, `block` where the
//! directive ends in `;`. A parameter in quotes keeps them. `include` is a directive like others: no other file is read.

mod token;

use std::ops::Range;

use model::{Node, NodeValue, Problem};

use crate::fault::{Fault, whole};
use crate::limits::Limits;
use crate::members::Members;
use crate::source::Source;
use crate::tree::Tree;
use token::{Token, Tokens};

/// Reads all directives.
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
        let start = self.tree.source.start;
        let (directives, end) = self.directives(false, 2)?;
        if directives.is_empty() {
            return Ok(None);
        }
        self.block(directives, start..end).map(Some)
    }

    /// Directives up to a closing bracket or the end of the file, and where that is.
    fn directives(&mut self, is_inside: bool, depth: usize) -> Result<(Vec<Node>, usize), Fault> {
        let mut directives = Vec::new();
        let mut end = self.tree.source.start;
        loop {
            match self.tokens.next()? {
                Some((Token::Word, name)) => {
                    let node = self.directive(name, depth)?;
                    end = node.span.end.offset as usize;
                    directives.push(node);
                }
                Some((Token::Close, range)) if is_inside => return Ok((directives, range.end)),
                None if !is_inside => return Ok((directives, end)),
                Some((_, range)) => return Err(self.syntax(range.start, "a directive is expected")),
                None => return Err(self.syntax(self.tree.source.text.len(), "a block is not closed")),
            }
        }
    }

    fn directive(&mut self, name: Range<usize>, depth: usize) -> Result<Node, Fault> {
        self.tree.check_depth(depth, name.start)?;
        let mut parameters = Vec::new();
        let text = self.tree.source.text;
        let first = self.tree.string(&text[name.clone()], name.clone())?;
        let mut members = Members::default();
        members.add(self.tree.key("name", name.clone()), first);
        loop {
            match self.tokens.next()? {
                Some((Token::Word, range)) => parameters.push(self.tree.string(&text[range.clone()], range)?),
                Some((Token::End, range)) => {
                    self.add_parameters(&mut members, parameters, &name)?;
                    return self.tree.object(members, name.start..range.end);
                }
                Some((Token::Open, range)) => {
                    self.add_parameters(&mut members, parameters, &name)?;
                    // The block, its list and the directive in it.
                    let (directives, end) = self.directives(true, depth + 3)?;
                    let block = self.block(directives, range.start..end)?;
                    members.add(self.tree.key("block", range), block);
                    return self.tree.object(members, name.start..end);
                }
                Some((Token::Close, range)) => {
                    return Err(self.syntax(range.start, "a directive is not ended by `;`"));
                }
                None => return Err(self.syntax(text.len(), "a directive is not ended by `;`")),
            }
        }
    }

    fn add_parameters(
        &mut self,
        members: &mut Members,
        parameters: Vec<Node>,
        name: &Range<usize>,
    ) -> Result<(), Fault> {
        let (Some(first), Some(last)) = (parameters.first(), parameters.last()) else { return Ok(()) };
        let range = first.span.start.offset as usize..last.span.end.offset as usize;
        let node = self.tree.node(NodeValue::Array(parameters), range)?;
        members.add(self.tree.key("parameters", name.clone()), node);
        Ok(())
    }

    fn block(&mut self, directives: Vec<Node>, range: Range<usize>) -> Result<Node, Fault> {
        let list = self.tree.node(NodeValue::Array(directives), range.clone())?;
        let mut members = Members::default();
        members.add(self.tree.key("directives", range.clone()), list);
        self.tree.object(members, range)
    }

    fn syntax(&self, offset: usize, message: &str) -> Fault {
        Fault::syntax(self.tree.source, offset, format!("no valid nginx configuration: {message}"))
    }
}
