//! Further names of contents that went by: hard links and exact paths. What is still wanted when all layers are known
//! is read in a second pass over the layers that hold it, and over no others.

use std::collections::{BTreeMap, HashMap};

use model::{LayerIndex, Origin, TreePath};

use super::exact::ExactPaths;
use super::held::{Held, holds};
use crate::record::Record;
use crate::tree::{ContentId, NodeId, NodeKind, Tree};
use crate::{FileMeta, Interest};

/// Heads that are kept for hard links to come: executables are asked for a few bytes each.
const MOST_HEADS: usize = 1 << 16;

/// The longest head that is kept.
const LONGEST_HEAD: usize = 64;

/// Names whose contents went by.
#[derive(Default)]
pub(super) struct Links {
    wants: Vec<Want>,
    heads: HashMap<ContentId, Vec<u8>>,
}

/// A name that wants a content.
pub(super) struct Want {
    pub(super) file: FileMeta,
    pub(super) interest: Interest,
    pub(super) node: NodeId,
    pub(super) id: ContentId,
    /// Somebody asked for it by its name, and not because of how it begins.
    by_name: bool,
    /// It is an exact path that leads there.
    pub(super) through: bool,
}

/// The wants of a second pass: by layer, then by entry.
pub(super) type SecondPass = BTreeMap<u32, BTreeMap<u32, Vec<Want>>>;

impl Links {
    /// Keeps the first bytes of a content nobody wanted.
    pub(super) fn keep_head(&mut self, id: ContentId, mut head: Vec<u8>) {
        if head.len() <= LONGEST_HEAD && self.heads.len() < MOST_HEADS {
            head.shrink_to_fit();
            self.heads.insert(id, head);
        }
    }

    /// A hard link: asks what is wanted of it. The interest is returned where its content should be looked for at once.
    pub(super) fn offer(
        &mut self,
        file: FileMeta,
        node: NodeId,
        id: ContentId,
        record: &Record<'_>,
    ) -> Option<Interest> {
        let mut interest = record.sink.interest(&file);
        let by_name = matches!(interest, Interest::Whole { .. });
        if let (Interest::Head(_), Some(head)) = (interest, self.heads.get(&id)) {
            interest = record.sink.interest_after_head(&file, head);
        }
        match interest {
            Interest::Skip => None,
            Interest::Whole { .. } if by_name => Some(interest),
            _ => {
                self.wants.push(Want { file, interest, node, id, by_name, through: false });
                None
            }
        }
    }

    /// A hard link whose content is gone by.
    pub(super) fn want(&mut self, file: FileMeta, interest: Interest, node: NodeId, id: ContentId) {
        self.wants.push(Want { file, interest, node, id, by_name: true, through: false });
    }

    /// A file whose content the cache does not hold.
    pub(super) fn not_kept(&mut self, file: FileMeta, interest: Interest, node: NodeId, id: ContentId, through: bool) {
        let by_name = matches!(interest, Interest::Whole { .. });
        self.wants.push(Want { file, interest, node, id, by_name, through });
    }

    /// Once all layers are known: what must be read again. A content that was asked for only because of how it begins
    /// and was delivered under another name is not; neither is one that an exact path leads to and that was delivered.
    pub(super) fn second_pass(
        self,
        tree: &Tree,
        held: &Held,
        exact: &ExactPaths,
        record: &mut Record<'_>,
    ) -> SecondPass {
        let mut wants = self.wants;
        wants.retain(|want| holds(tree, want.node, want.id) && (want.by_name || !held.was_delivered(want.id, tree)));
        for led in exact.resolve(tree).0 {
            let NodeKind::File { content, size, executable } = tree.kind(led.node) else { continue };
            if held.was_delivered(content, tree) || wants.iter().any(|want| want.node == led.node) {
                continue;
            }
            let Ok(path) = TreePath::rooted(&led.exact) else { continue };
            let origin = Origin { path, layer: Some(LayerIndex(content.layer)) };
            let file = FileMeta { origin, size, executable };
            let interest = record.sink.interest(&file);
            if interest != Interest::Skip {
                wants.push(Want { file, interest, node: led.node, id: content, by_name: true, through: true });
            }
        }
        let mut pass = SecondPass::new();
        for want in wants {
            pass.entry(want.id.layer).or_default().entry(want.id.entry).or_default().push(want);
        }
        pass
    }
}
