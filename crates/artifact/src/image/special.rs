//! Files that run with the rights of whoever owns them: their bits are told by the headers alone.

use foldhash::HashMap;

use model::{LayerIndex, TreePath};

use crate::SpecialFile;
use crate::tree::{ContentId, NodeKind, Tree};

/// Set-user-id and set-group-id.
const SPECIAL: u32 = 0o6000;

/// Contents whose entries have special bits. A further name of one has them too.
#[derive(Default)]
pub(super) struct Specials {
    modes: HashMap<ContentId, u32>,
    more: u64,
}

impl Specials {
    /// An entry that brings a content, with its permission bits; `most` bounds what is kept.
    pub(super) fn wrote(&mut self, id: ContentId, mode: u32, most: usize) {
        if mode & SPECIAL == 0 {
            return;
        }
        if self.modes.len() < most {
            self.modes.insert(id, mode);
        } else {
            self.more += 1;
        }
    }

    /// Those that are there once all layers are applied, by path, and how many entries were not kept.
    pub(super) fn close(&self, tree: &Tree) -> (Vec<SpecialFile>, u64) {
        if self.modes.is_empty() {
            return (Vec::new(), self.more);
        }
        let with_bits = tree.nodes().filter_map(|node| match tree.kind(node) {
            NodeKind::File { content, .. } => Some((node, *self.modes.get(&content)?)),
            _ => None,
        });
        let file = |(node, mode)| {
            let path = TreePath::rooted(tree.path_of(node)).ok()?;
            Some(SpecialFile { path, layer: LayerIndex(tree.layer_of(node)), mode })
        };
        let mut files: Vec<SpecialFile> = with_bits.filter_map(file).collect();
        files.sort();
        (files, self.more)
    }
}
