//! What is there once all layers are applied.

use std::collections::HashMap;
use std::fmt;

use model::{LayerIndex, Origin};

use crate::tree::{ContentId, Found, NodeKind, Tree};

/// What is there once all layers are applied. Outside images everything that was met is there.
#[derive(Default)]
pub struct View {
    layered: Option<Layered>,
}

struct Layered {
    tree: Tree,
    /// Paths whose content was delivered through links, and which content that was.
    through: HashMap<Vec<u8>, ContentId>,
}

impl View {
    pub(crate) fn of(tree: Tree, through: HashMap<Vec<u8>, ContentId>) -> View {
        View { layered: Some(Layered { tree, through }) }
    }

    /// True where a content that was delivered as `origin` is what the file system holds there in the end: no later
    /// layer overwrote, removed or hid it.
    pub fn is_visible(&self, origin: &Origin) -> bool {
        let (Some(layered), Some(layer)) = (&self.layered, origin.layer) else { return true };
        let path = origin.path.as_bytes();
        match layered.at(path) {
            Some(NodeKind::File { content, .. }) => content.layer == layer.0,
            _ => layered.leads_to(path).is_some_and(|content| content.layer == layer.0),
        }
    }

    /// The merged file system; only of images.
    pub(crate) fn tree(&self) -> Option<&Tree> {
        self.layered.as_ref().map(|layered| &layered.tree)
    }

    /// The layer that overwrote, removed or hid what was delivered as `origin`; `None` where it is visible.
    pub fn hidden_by(&self, origin: &Origin) -> Option<LayerIndex> {
        let layered = self.layered.as_ref().filter(|_| !self.is_visible(origin))?;
        layered.tree.decided_by(origin.path.as_bytes()).map(LayerIndex)
    }
}

impl Layered {
    fn at(&self, path: &[u8]) -> Option<NodeKind> {
        self.tree.lookup(path).map(|id| self.tree.kind(id))
    }

    /// The content a path was delivered with through links, if it still leads there.
    fn leads_to(&self, path: &[u8]) -> Option<ContentId> {
        let delivered = *self.through.get(path)?;
        match self.tree.resolve(path, &mut |_| {}).found {
            Found::Node(id) => match self.tree.kind(id) {
                NodeKind::File { content, .. } if content == delivered => Some(content),
                _ => None,
            },
            Found::Nothing | Found::Loop => None,
        }
    }
}

impl fmt::Debug for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.layered {
            Some(layered) => layered.tree.fmt(f),
            None => f.write_str("everything"),
        }
    }
}
