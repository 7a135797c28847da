//! Sections while they are gathered: one that comes twice is one.

use std::collections::HashMap;
use std::ops::Range;

use model::{Key, Node};

use crate::fault::Fault;
use crate::members::Members;
use crate::tree::Tree;

/// Where names stand that no section is named for.
const DEFAULT: &str = "DEFAULT";

pub(super) struct Sections {
    sections: Vec<Section>,
    places: HashMap<String, usize>,
    open: Option<usize>,
    start: usize,
}

struct Section {
    key: Key,
    members: Members,
    range: Range<usize>,
}

impl Sections {
    pub(super) fn new(start: usize) -> Sections {
        Sections { sections: Vec::new(), places: HashMap::new(), open: None, start }
    }

    /// What comes now is in the section that is named here.
    pub(super) fn open(&mut self, tree: &Tree<'_>, name: Range<usize>) {
        let text = &tree.source.text[name.clone()];
        let key = tree.key(text, name.clone());
        self.open = Some(self.place(key, name));
    }

    pub(super) fn insert(&mut self, tree: &mut Tree<'_>, key: Key, node: Node) {
        let at = self.open.unwrap_or_else(|| {
            let start = self.start;
            self.place(tree.key(DEFAULT, start..start), key.span.start.offset as usize..start)
        });
        let section = &mut self.sections[at];
        section.range.end = section.range.end.max(node.span.end.offset as usize);
        tree.insert(&mut section.members, key, node);
    }

    /// All of them; nothing when there is none.
    pub(super) fn finish(self, tree: &mut Tree<'_>) -> Result<Option<Node>, Fault> {
        let Some(end) = self.sections.iter().map(|section| section.range.end).max() else { return Ok(None) };
        let start = self.sections.iter().map(|section| section.range.start).min().unwrap_or(self.start);
        let mut members = Members::default();
        for section in self.sections {
            let range = section.range.start..section.range.end.max(section.range.start);
            let node = tree.object(section.members, range)?;
            members.add(section.key, node);
        }
        tree.object(members, start..end).map(Some)
    }

    fn place(&mut self, key: Key, range: Range<usize>) -> usize {
        let next = self.sections.len();
        let at = *self.places.entry(key.name.clone()).or_insert(next);
        if at == next {
            self.sections.push(Section { key, members: Members::default(), range });
        }
        at
    }
}
