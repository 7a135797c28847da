//! Values with their places, whatever language they are written in: JSON, TOML and YAML are read into this.
//!
//! Lighter than the documents policies judge: a place is two offsets, and a text is borrowed from the file where it can be.

use std::borrow::Cow;
use std::ops::Range;

use model::ProblemKind;

/// A value and the bytes it stands in.
#[derive(Debug)]
pub(crate) struct Node<'a> {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) data: Data<'a>,
}

/// The value itself.
#[derive(Debug)]
pub(crate) enum Data<'a> {
    Null,
    Bool(bool),
    /// As it is written.
    Number(Cow<'a, str>),
    Text(Cow<'a, str>),
    List(Vec<Node<'a>>),
    /// In the order of the file; a key may occur twice.
    Map(Vec<Member<'a>>),
}

/// A key with its value.
#[derive(Debug)]
pub(crate) struct Member<'a> {
    pub(crate) key: Cow<'a, str>,
    /// Where the key starts.
    pub(crate) start: u32,
    pub(crate) value: Node<'a>,
}

/// What is wrong with a text, and where.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) kind: ProblemKind,
    pub(crate) offset: usize,
    pub(crate) message: String,
}

impl<'a> Node<'a> {
    pub(crate) fn new(range: Range<usize>, data: Data<'a>) -> Node<'a> {
        Node { start: offset(range.start), end: offset(range.end), data }
    }

    /// The last member of this name, as every reader that keeps one takes it.
    pub(crate) fn member(&self, key: &str) -> Option<&Member<'a>> {
        self.members().iter().rfind(|member| member.key == key)
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Node<'a>> {
        self.member(key).map(|member| &member.value)
    }

    /// The members of a map; none of anything else.
    pub(crate) fn members(&self) -> &[Member<'a>] {
        match &self.data {
            Data::Map(members) => members,
            _ => &[],
        }
    }

    /// From the first of these members to the end of the last; the start of the value where it has none of them.
    pub(crate) fn range_of(&self, keys: &[&str]) -> Range<usize> {
        let members = keys.iter().filter_map(|key| self.member(key));
        let start = members.clone().map(|member| member.start).min().unwrap_or(self.start);
        let end = members.map(|member| member.value.end).max().unwrap_or(start);
        start as usize..end as usize
    }

    /// The items of a list; none of anything else.
    pub(crate) fn items(&self) -> &[Node<'a>] {
        match &self.data {
            Data::List(items) => items,
            _ => &[],
        }
    }

    /// A text.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.data {
            Data::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A text, or a number as it is written.
    pub(crate) fn word(&self) -> Option<&str> {
        match &self.data {
            Data::Text(text) | Data::Number(text) => Some(text),
            _ => None,
        }
    }

    /// The text of a member.
    pub(crate) fn text_of(&self, key: &str) -> Option<&str> {
        self.get(key)?.text()
    }

    /// The same, for whoever keeps it when the value is gone.
    pub(crate) fn kept_text_of(&self, key: &str) -> Option<Cow<'a, str>> {
        match &self.get(key)?.data {
            Data::Text(text) => Some(text.clone()),
            _ => None,
        }
    }

    /// True when this member is `true`.
    pub(crate) fn is_set(&self, key: &str) -> bool {
        matches!(self.get(key), Some(Node { data: Data::Bool(true), .. }))
    }

    pub(crate) fn is_map(&self) -> bool {
        matches!(self.data, Data::Map(_))
    }
}

impl Member<'_> {
    /// From the key to the end of the member `last` inside, or of the key's own line when there is none.
    pub(crate) fn range_to(&self, last: &str) -> Range<usize> {
        let end = self.value.get(last).map_or(self.start, |node| node.end);
        self.start as usize..end as usize
    }

    /// From the key to the end of the value.
    pub(crate) fn range(&self) -> Range<usize> {
        self.start as usize..self.value.end as usize
    }
}

/// Files are far below 4 GiB: a claim's limit is.
pub(crate) fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
