//! Nodes in one vector, names in another, children found by a hash of parent and name.

use std::collections::HashMap;
use std::fmt;
use std::hash::{BuildHasher, BuildHasherDefault, Hasher};

use foldhash::quality::RandomState;

/// All names of an image, and what they are.
pub(crate) struct Tree {
    nodes: Vec<Node>,
    names: Vec<u8>,
    /// By hash of parent and name; nodes of one hash are chained.
    index: HashMap<u64, NodeId, BuildHasherDefault<Hashed>>,
    /// Keyed anew for each tree: names are chosen by whoever made the image.
    hasher: RandomState,
    /// Most nodes.
    limit: usize,
    /// Most links followed for one path.
    pub(super) link_hops: usize,
    /// The folder the last path was in: entries of one folder come together.
    pub(super) last_folder: Option<(Vec<u8>, Folder)>,
    /// Links came or went, or something was hidden, since this was last asked.
    pub(super) links_changed: bool,
}

/// A folder that a path leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Folder {
    pub(crate) id: NodeId,
    /// No link was followed: the path is its own.
    pub(crate) straight: bool,
}

/// A node's place in the tree that made it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct NodeId(u32);

/// Which entry of which layer holds a content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct ContentId {
    /// Position of the layer.
    pub(crate) layer: u32,
    /// Position of the entry in its layer.
    pub(crate) entry: u32,
}

/// What a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NodeKind {
    /// Nothing any more, or nothing yet.
    Gone,
    Folder,
    File {
        content: ContentId,
        size: u64,
        executable: bool,
    },
    /// A symbolic link.
    Link(Text),
    /// A device or a pipe.
    Other,
}

/// A stretch of the names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Text {
    start: usize,
    length: u16,
}

#[derive(Clone, Copy)]
pub(super) struct Node {
    pub(super) parent: NodeId,
    pub(super) first_child: Option<NodeId>,
    pub(super) next_sibling: Option<NodeId>,
    same_hash: Option<NodeId>,
    name: Text,
    pub(super) kind: NodeKind,
    /// The layer that last wrote it, or made it gone.
    pub(super) layer: u32,
    /// The layer that last hid what was below it.
    pub(super) hidden_by: Option<u32>,
    /// It is among the children of its folder; what is gone may still be, until the folder is tidied.
    pub(super) listed: bool,
}

/// There are as many nodes as there may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Full;

pub(super) const ROOT: NodeId = NodeId(0);

impl NodeId {
    /// Its place among all nodes.
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

impl Tree {
    /// An empty root. `limit` bounds its nodes.
    pub(crate) fn new(limit: u64, link_hops: usize) -> Tree {
        let root = Node {
            parent: ROOT,
            first_child: None,
            next_sibling: None,
            same_hash: None,
            name: Text { start: 0, length: 0 },
            kind: NodeKind::Folder,
            layer: 0,
            hidden_by: None,
            listed: true,
        };
        Tree {
            nodes: vec![root],
            names: Vec::new(),
            index: HashMap::default(),
            hasher: RandomState::default(),
            limit: usize::try_from(limit).unwrap_or(usize::MAX).min(u32::MAX as usize),
            link_hops,
            last_folder: None,
            links_changed: false,
        }
    }

    /// Whether links came or went since this was last asked.
    pub(crate) fn take_links_changed(&mut self) -> bool {
        std::mem::take(&mut self.links_changed)
    }

    /// What a node is.
    pub(crate) fn kind(&self, id: NodeId) -> NodeKind {
        self.node(id).kind
    }

    /// What stands at a path, no link followed. `None` where there is nothing.
    pub(crate) fn lookup(&self, path: &[u8]) -> Option<NodeId> {
        path.split(|byte| *byte == b'/').filter(|name| !name.is_empty()).try_fold(ROOT, |at, name| {
            let child = self.child(at, name)?;
            (self.kind(child) != NodeKind::Gone).then_some(child)
        })
    }

    /// What a name in a folder is, if it is anything.
    pub(crate) fn named(&self, folder: NodeId, name: &[u8]) -> Option<(NodeId, NodeKind)> {
        let id = self.child(folder, name)?;
        Some((id, self.kind(id))).filter(|(_, kind)| *kind != NodeKind::Gone)
    }

    /// The layer that decides what stands at a path: the last that wrote it, or that made it or a folder it was in
    /// gone or something else. `None` where there never was anything.
    pub(crate) fn decided_by(&self, path: &[u8]) -> Option<u32> {
        let mut at = ROOT;
        for name in path.split(|byte| *byte == b'/').filter(|name| !name.is_empty()) {
            at = self.child(at, name)?;
            if self.kind(at) != NodeKind::Folder {
                break;
            }
        }
        Some(self.node(at).layer)
    }

    /// The layer that last wrote a node, or made it gone.
    pub(crate) fn layer_of(&self, id: NodeId) -> u32 {
        self.node(id).layer
    }

    /// Every node, gone ones among them.
    pub(crate) fn nodes(&self) -> impl Iterator<Item = NodeId> + use<> {
        (0..u32::try_from(self.nodes.len()).unwrap_or(u32::MAX)).map(NodeId)
    }

    /// The path of a node, from the root and without a leading `/`.
    pub(crate) fn path_of(&self, id: NodeId) -> Vec<u8> {
        let mut names = Vec::new();
        let mut at = id;
        while at != ROOT {
            names.push(self.name(at));
            at = self.node(at).parent;
        }
        names.reverse();
        names.join(&b'/')
    }

    /// What lies directly in a folder, in no order.
    pub(crate) fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        self.listed(id).filter(|child| self.kind(*child) != NodeKind::Gone)
    }

    /// The same, with what is gone and was not tidied away yet.
    pub(super) fn listed(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(self.node(id).first_child, |child| self.node(*child).next_sibling)
    }

    pub(crate) fn name(&self, id: NodeId) -> &[u8] {
        self.text(self.node(id).name)
    }

    pub(crate) fn text(&self, text: Text) -> &[u8] {
        &self.names[text.start..text.start + usize::from(text.length)]
    }

    /// The node of a name in a folder, even if it is gone.
    pub(super) fn child(&self, parent: NodeId, name: &[u8]) -> Option<NodeId> {
        let mut at = self.index.get(&self.hash(parent, name)).copied();
        while let Some(id) = at {
            let node = self.node(id);
            if node.parent == parent && self.text(node.name) == name {
                return Some(id);
            }
            at = node.same_hash;
        }
        None
    }

    /// The same, made as gone where there is none.
    pub(super) fn child_or_gone(&mut self, parent: NodeId, name: &[u8], layer: u32) -> Result<NodeId, Full> {
        if let Some(id) = self.child(parent, name) {
            return Ok(id);
        }
        if self.nodes.len() >= self.limit {
            return Err(Full);
        }
        let id = NodeId(u32::try_from(self.nodes.len()).map_err(|_| Full)?);
        let name_hash = self.hash(parent, name);
        let name = self.keep(name);
        let same_hash = self.index.insert(name_hash, id);
        self.nodes.push(Node {
            parent,
            first_child: None,
            next_sibling: None,
            same_hash,
            name,
            kind: NodeKind::Gone,
            layer,
            hidden_by: None,
            listed: false,
        });
        Ok(id)
    }

    /// Keeps a name or the target of a link, which the caller has found to be short enough.
    pub(super) fn keep(&mut self, bytes: &[u8]) -> Text {
        let length = u16::try_from(bytes.len()).unwrap_or(u16::MAX);
        let start = self.names.len();
        self.names.extend_from_slice(&bytes[..usize::from(length)]);
        Text { start, length }
    }

    /// Makes a node something, and part of its folder.
    pub(super) fn revive(&mut self, id: NodeId, kind: NodeKind, layer: u32) {
        let parent = self.node(id).parent;
        let first = self.node(parent).first_child;
        let node = self.node_mut(id);
        if node.kind == NodeKind::Gone {
            node.hidden_by = None;
        }
        node.kind = kind;
        node.layer = layer;
        if !node.listed {
            node.listed = true;
            node.next_sibling = first;
            self.node_mut(parent).first_child = Some(id);
        }
    }

    pub(super) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    pub(super) fn node_mut(&mut self, id: NodeId) -> &mut Node {
        &mut self.nodes[id.0 as usize]
    }

    fn hash(&self, parent: NodeId, name: &[u8]) -> u64 {
        self.hasher.hash_one((parent.0, name))
    }
}

impl fmt::Debug for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tree({} names)", self.nodes.len() - 1)
    }
}

/// Keys that are hashes already.
#[derive(Default)]
struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, _: &[u8]) {
        unreachable!("keys are 64-bit numbers");
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}
