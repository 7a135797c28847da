//! Contents held back until their layer ends: of a path a layer writes twice only the last counts.

use std::collections::{HashMap, HashSet, VecDeque};

use model::{Origin, Problem, ProblemKind};

use crate::record::Record;
use crate::tree::{ContentId, NodeId, NodeKind, Tree};
use crate::{FileBytes, FileMeta, Ticket};

/// Contents that wait, and a list of those that were delivered.
#[derive(Default)]
pub(super) struct Held {
    waiting: VecDeque<Content>,
    bytes: usize,
    delivered: HashMap<ContentId, Vec<NodeId>>,
    origins: HashSet<Origin>,
    /// Paths whose content was delivered through links.
    pub(super) through: HashMap<Vec<u8>, ContentId>,
}

/// A content to be delivered.
pub(super) struct Content {
    pub(super) file: FileMeta,
    pub(super) bytes: Bytes,
    /// The name that was written.
    pub(super) node: NodeId,
    pub(super) id: ContentId,
    /// The file is reached through links: its path is not the name that was written.
    pub(super) through: bool,
}

/// The bytes of a content.
pub(super) enum Bytes {
    /// Somebody asked for it by its name, or because of how it begins.
    Read { bytes: FileBytes, by_head: bool },
    /// The sink has it, and waits to be told that it counts.
    Foreseen { ticket: Ticket, size: usize, by_head: bool },
    /// It is not there, and the sink knows what comes of it.
    Known { size: usize },
}

impl Bytes {
    fn len(&self) -> usize {
        match self {
            Bytes::Read { bytes, .. } => bytes.len(),
            Bytes::Foreseen { size, .. } | Bytes::Known { size } => *size,
        }
    }
}

impl Held {
    /// Takes a content; delivers the oldest ones where more wait than may.
    pub(super) fn push(&mut self, content: Content, tree: &Tree, record: &mut Record<'_>) {
        self.bytes += content.bytes.len();
        self.waiting.push_back(content);
        while self.bytes > record.limits.held_back_bytes {
            self.deliver_first(tree, record);
        }
    }

    /// The layer ended: whatever still stands is delivered.
    pub(super) fn flush(&mut self, tree: &Tree, record: &mut Record<'_>) {
        while !self.waiting.is_empty() {
            self.deliver_first(tree, record);
        }
    }

    /// A content that still waits.
    pub(super) fn waiting(&self, id: ContentId) -> Option<&Bytes> {
        self.waiting.iter().find(|content| content.id == id).map(|content| &content.bytes)
    }

    /// Those that wait of which the sink has the content, by entry and length. They are of one layer, and in its order.
    pub(super) fn foreseen(&self) -> Vec<(u32, usize)> {
        let size = |content: &Content| match content.bytes {
            Bytes::Foreseen { size, .. } => Some((content.id.entry, size)),
            Bytes::Read { .. } | Bytes::Known { .. } => None,
        };
        self.waiting.iter().filter_map(size).collect()
    }

    /// The same ones, read: what the sink has of them does not count.
    pub(super) fn read_again(&mut self, contents: Vec<FileBytes>) {
        let mut contents = contents.into_iter();
        for content in &mut self.waiting {
            if let Bytes::Foreseen { by_head, .. } = content.bytes
                && let Some(bytes) = contents.next()
            {
                content.bytes = Bytes::Read { bytes, by_head };
            }
        }
    }

    /// True where a content was delivered under a name that still has it.
    pub(super) fn was_delivered(&self, id: ContentId, tree: &Tree) -> bool {
        self.delivered.get(&id).is_some_and(|nodes| nodes.iter().any(|node| holds(tree, *node, id)))
    }

    /// True where this very name was delivered with this content.
    pub(super) fn was_delivered_at(&self, id: ContentId, node: NodeId) -> bool {
        self.delivered.get(&id).is_some_and(|nodes| nodes.contains(&node))
    }

    fn deliver_first(&mut self, tree: &Tree, record: &mut Record<'_>) {
        let Some(content) = self.waiting.pop_front() else { return };
        self.bytes -= content.bytes.len();
        if holds(tree, content.node, content.id) {
            self.deliver(content, record);
        }
    }

    /// Delivers a content at once.
    pub(super) fn deliver(&mut self, content: Content, record: &mut Record<'_>) {
        self.delivered.entry(content.id).or_default().push(content.node);
        let is_new = self.origins.insert(content.file.origin.clone());
        if content.through {
            if !is_new {
                let what =
                    "a file that was replaced by a link and what the link leads to are of one layer; both were read";
                let problem = Problem::warning(ProblemKind::Link, what).in_file(&content.file.origin.path);
                record.problem(problem.in_layer(content.file.origin.layer));
            }
            self.through.insert(content.file.origin.path.as_bytes().to_vec(), content.id);
        }
        match content.bytes {
            Bytes::Read { bytes, .. } => record.deliver(&content.file, bytes),
            Bytes::Foreseen { ticket, size, .. } => record.deliver_foreseen(&content.file, ticket, size),
            Bytes::Known { .. } => record.deliver_known(&content.file),
        }
    }
}

/// True where a name still has a content.
pub(super) fn holds(tree: &Tree, node: NodeId, id: ContentId) -> bool {
    matches!(tree.kind(node), NodeKind::File { content, .. } if content == id)
}
