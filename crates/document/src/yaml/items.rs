//! The flat table of what a document holds: aliases are still aliases, so it is never larger than the text.

use std::collections::BTreeMap;
use std::ops::Range;

use model::ProblemKind;
use saphyr_parser::{Event, ScalarStyle, Tag};

use super::range;
use crate::source::Source;

/// Why a document cannot be read.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) kind: ProblemKind,
    pub(super) offset: usize,
    pub(super) message: String,
    /// True when nothing after it is read either.
    pub(super) is_last: bool,
}

/// One value, in the order of the text: what a collection holds comes right behind it.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) content: Content,
    pub(super) range: Range<usize>,
    /// One past the last item inside.
    pub(super) end: usize,
}

/// What a value is before aliases, merge keys and tags are looked at.
#[derive(Debug)]
pub(super) enum Content {
    Scalar {
        text: String,
        is_plain: bool,
        tag: Option<Tag>,
    },
    Sequence(Vec<usize>),
    /// Keys and values in turn.
    Mapping(Vec<usize>),
    /// The number of an anchor.
    Alias(usize),
}

/// The values of one document.
#[derive(Debug)]
pub(super) struct Items {
    items: Vec<Item>,
    open: Vec<Open>,
    anchors: BTreeMap<usize, usize>,
    depth: usize,
}

/// A collection that has not ended.
#[derive(Debug)]
struct Open {
    item: usize,
    is_flow: bool,
}

impl Fault {
    pub(super) fn new(kind: ProblemKind, offset: usize, message: impl Into<String>) -> Fault {
        Fault { kind, offset, message: message.into(), is_last: false }
    }

    /// A limit on the whole file.
    pub(super) fn last(offset: usize, message: impl Into<String>) -> Fault {
        Fault { is_last: true, ..Fault::new(ProblemKind::Limit, offset, message) }
    }
}

impl Items {
    pub(super) fn new(depth: usize) -> Items {
        Items { items: Vec::new(), open: Vec::new(), anchors: BTreeMap::new(), depth }
    }

    /// The root, if the document holds anything.
    pub(super) fn root(&self) -> Option<usize> {
        (!self.items.is_empty()).then_some(0)
    }

    pub(super) fn item(&self, index: usize) -> &Item {
        &self.items[index]
    }

    /// The item an anchor names.
    pub(super) fn anchored(&self, anchor: usize) -> Option<usize> {
        self.anchors.get(&anchor).copied()
    }

    /// Where the root stands.
    pub(super) fn start(&self) -> usize {
        self.items.first().map_or(0, |item| item.range.start)
    }

    /// Takes the next event of the document.
    pub(super) fn take(&mut self, event: Event<'_>, range: Range<usize>, source: &Source<'_>) -> Result<(), Fault> {
        let text = source.text;
        match event {
            Event::Scalar(value, style, anchor, tag) => {
                let has_properties = anchor > 0 || tag.is_some();
                let range = range::of_scalar(text, range, style, has_properties, value.is_empty());
                let tag = tag.map(std::borrow::Cow::into_owned);
                let is_plain = style == ScalarStyle::Plain;
                self.push(Content::Scalar { text: value.into_owned(), is_plain, tag }, range, anchor);
            }
            Event::Alias(anchor) => {
                let range = range::trimmed(text, range);
                self.push(Content::Alias(anchor), range, 0);
            }
            Event::SequenceStart(anchor, _) => self.open(Content::Sequence(Vec::new()), range, anchor, text)?,
            Event::MappingStart(anchor, _) => self.open(Content::Mapping(Vec::new()), range, anchor, text)?,
            Event::SequenceEnd | Event::MappingEnd => self.close(&range),
            _ => {}
        }
        Ok(())
    }

    fn push(&mut self, content: Content, range: Range<usize>, anchor: usize) -> usize {
        let index = self.items.len();
        self.items.push(Item { content, range, end: index + 1 });
        if anchor > 0 {
            self.anchors.insert(anchor, index);
        }
        let parent = self.open.last().map(|open| &mut self.items[open.item].content);
        if let Some(Content::Sequence(children) | Content::Mapping(children)) = parent {
            children.push(index);
        }
        index
    }

    fn open(&mut self, content: Content, range: Range<usize>, anchor: usize, text: &str) -> Result<(), Fault> {
        if self.open.len() >= self.depth {
            let message = format!("values nest deeper than the limit of {}", self.depth);
            return Err(Fault::new(ProblemKind::Limit, range.start, message));
        }
        let is_flow = range::is_flow(text, &range);
        let start = if is_flow { range.end - 1 } else { range.end };
        let item = self.push(content, start..range.end, anchor);
        self.open.push(Open { item, is_flow });
        Ok(())
    }

    /// A flow collection ends at its bracket; a block collection is as large as what it holds.
    fn close(&mut self, range: &Range<usize>) {
        let Some(open) = self.open.pop() else { return };
        let end = self.items.len();
        let (first, last) = match &self.items[open.item].content {
            Content::Sequence(children) | Content::Mapping(children) => (children.first(), children.last()),
            _ => (None, None),
        };
        let inner = first.zip(last).map(|(first, last)| self.items[*first].range.start..self.items[*last].range.end);
        let item = &mut self.items[open.item];
        item.end = end;
        if open.is_flow {
            item.range.end = range.end.max(item.range.end);
        } else if let Some(inner) = inner {
            item.range = inner;
        }
    }
}
