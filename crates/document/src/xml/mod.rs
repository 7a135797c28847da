//! XML: an object with the root element, in the shape that users of Conftest know.
//!
//! An element with nothing but text is that text. Any other is an object: attributes with `-` before their names, elements inside by
//! their names, as an array where a name comes several times, and text beside them as `#content`. Names are without a prefix; every
//! value is text, without blanks around it. Text around elements is kept whole, of which Conftest gives the last piece alone.
//!
//! Nothing outside the file is ever looked at: entities that a file declares are not expanded, and that is said.

mod element;

use std::ops::Range;

use model::{Node, Problem, ProblemKind};
use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

use crate::fault::{Fault, whole};
use crate::limits::Limits;
use crate::members::Members;
use crate::source::Source;
use crate::tree::Tree;
use element::Element;

/// Reads the one element of a file.
pub(crate) fn parse(source: &Source<'_>, limits: &Limits) -> (Vec<Node>, Vec<Problem>) {
    let mut tree = Tree::new(source, limits);
    let mut open = Open { elements: vec![Element::default()], has_entity: false };
    let read = read(&mut tree, &mut open);
    whole(source, read, tree.problems)
}

/// The elements that are not closed yet; the first stands for the file.
struct Open {
    elements: Vec<Element>,
    has_entity: bool,
}

fn read(tree: &mut Tree<'_>, open: &mut Open) -> Result<Option<Node>, Fault> {
    let (source, text) = (tree.source, tree.source.text);
    let mut reader = Reader::from_str(&text[source.start..]);
    loop {
        let start = source.start + offset(reader.buffer_position());
        let event = reader.read_event();
        let range = start..source.start + offset(reader.buffer_position());
        match event {
            Ok(Event::Eof) => break,
            Ok(Event::Start(tag)) => {
                tree.check_depth(open.elements.len() * 2, start)?;
                let element = started(tree, &tag, range)?;
                open.elements.push(element);
            }
            Ok(Event::Empty(tag)) => {
                let element = started(tree, &tag, range.clone())?;
                open.elements.push(element);
                open.close(tree, range.end)?;
            }
            Ok(Event::End(_)) => open.close(tree, range.end)?,
            Ok(Event::Text(piece)) => open.take(tree, &piece, range)?,
            Ok(Event::CData(piece)) => open.take(tree, &piece, range)?,
            Ok(Event::GeneralRef(reference)) => open.refer(tree, &reference, range)?,
            Ok(_) => {}
            Err(error) => {
                let at = source.start + offset(reader.error_position());
                return Err(Fault::syntax(source, at.min(text.len()), format!("no valid XML: {error}")));
            }
        }
    }
    if open.elements.len() > 1 {
        return Err(Fault::syntax(source, text.len(), "XML ends too early: an element is not closed"));
    }
    open.root(tree)
}

fn offset(position: u64) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}

impl Open {
    fn close(&mut self, tree: &mut Tree<'_>, end: usize) -> Result<(), Fault> {
        let Some(element) = self.elements.pop() else { return Ok(()) };
        let (key, node) = element.finish(tree, end)?;
        if let Some(parent) = self.elements.last_mut() {
            parent.add(key, node);
        }
        Ok(())
    }

    fn take(&mut self, tree: &Tree<'_>, piece: &str, range: Range<usize>) -> Result<(), Fault> {
        let is_outside = self.elements.len() == 1;
        if is_outside && !piece.trim().is_empty() {
            return Err(Fault::syntax(tree.source, range.start, "no valid XML: text stands outside of the root"));
        }
        if let Some(element) = self.elements.last_mut() {
            element.take(piece, range);
        }
        Ok(())
    }

    /// `&amp;` and its kin; a reference to anything else stays as it is written.
    fn refer(&mut self, tree: &mut Tree<'_>, reference: &str, range: Range<usize>) -> Result<(), Fault> {
        let written = format!("&{reference};");
        let text = unescape(&written).map(std::borrow::Cow::into_owned).ok();
        if text.is_none() && !self.has_entity {
            self.has_entity = true;
            let message = format!("entity `{written}` is not expanded here, text that names it stays as it is written");
            let problem = tree.source.warning(ProblemKind::Unsupported, range.start, message);
            tree.problems.push(problem);
        }
        self.take(tree, text.as_deref().unwrap_or(&written), range)
    }

    fn root(&mut self, tree: &mut Tree<'_>) -> Result<Option<Node>, Fault> {
        let Some(children) = self.elements.pop().map(Element::into_children) else { return Ok(None) };
        let Some((_, first)) = children.first() else { return Ok(None) };
        let is_one = children.len() == 1 && first.len() == 1;
        let offset = |node: &Node| (node.span.start.offset as usize, node.span.end.offset as usize);
        if !is_one {
            let second = children.iter().flat_map(|(_, nodes)| nodes).map(offset).max().unwrap_or_default();
            return Err(Fault::syntax(tree.source, second.0, "no valid XML: there is more than one root"));
        }
        let mut members = Members::default();
        let range = offset(&first[0]);
        for (key, nodes) in children {
            nodes.into_iter().for_each(|node| members.add(key.clone(), node));
        }
        tree.object(members, range.0..range.1).map(Some)
    }
}

/// An element with its attributes.
fn started(tree: &mut Tree<'_>, tag: &BytesStart<'_>, range: Range<usize>) -> Result<Element, Fault> {
    let text = tree.source.text;
    let full = tag.name().as_ref().len();
    let local = tag.local_name().as_ref().len();
    let name = range.start + 1 + full - local..range.start + 1 + full;
    let mut element = Element::new(tree.key(&text[name.clone()], name), range.clone());
    for attribute in tag.attributes().with_checks(false) {
        let attribute =
            attribute.map_err(|error| Fault::syntax(tree.source, range.start, format!("no valid XML: {error}")))?;
        // Places inside the tag: the pieces are borrowed from the text.
        let key = attribute.key.local_name();
        let key = place(text, key.as_ref()).unwrap_or(range.clone());
        let value = place(text, &attribute.value).unwrap_or(range.clone());
        let meant = unescape(&attribute.value).map_or_else(|_| attribute.value.to_string(), |text| text.into_owned());
        let node = tree.string(meant, value)?;
        element.add(tree.key(format!("-{}", &text[key.clone()]), key), node);
    }
    Ok(element)
}

/// Where a piece that is borrowed from the text stands in it.
fn place(text: &str, piece: &str) -> Option<Range<usize>> {
    let start = (piece.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
    text.get(start..start + piece.len()).filter(|found| *found == piece)?;
    Some(start..start + piece.len())
}
