//! Which contents an image could do without: those that cannot be seen, those in caches, and those that are there twice.

use std::collections::BTreeMap;
use std::collections::hash_map::Entry;

use foldhash::{HashMap, HashMapExt as _, HashSet};
use model::{LayerIndex, Reclaimable, TreePath, Waste, WasteCause};

use super::held::holds;
use crate::content_sum::ContentSum;
use crate::seen::files_below;
use crate::tree::{ContentId, NodeId, NodeKind, Tree};

/// A content that some layer holds.
pub(super) struct Written {
    pub(super) id: ContentId,
    /// The name it was written under.
    pub(super) node: NodeId,
    pub(super) size: u64,
    /// Absent where it was not read to its end, or has holes.
    pub(super) sum: Option<ContentSum>,
}

/// A content the image could do without.
pub(super) struct Lost<'l> {
    pub(super) written: &'l Written,
    pub(super) cause: WasteCause,
    /// No name leads to it any more.
    pub(super) is_hidden: bool,
    /// The name to call it by.
    node: NodeId,
    by: u32,
    same_as: Option<NodeId>,
}

/// Where a content can be seen.
struct Seen {
    first: NodeId,
    /// All of its names are in caches.
    is_cache: bool,
}

/// Those of all contents, which are in the order they were written in. `caches` are paths of folders.
pub(super) fn lost<'l>(written: &'l [Written], tree: &Tree, caches: &[String]) -> Vec<Lost<'l>> {
    let seen = seen(tree, caches, written.len());
    let mut kept: HashMap<(u64, ContentSum), (NodeId, u32)> = HashMap::with_capacity(written.len());
    let judge = |one: &'l Written| {
        let Some(Seen { first, is_cache }) = seen.get(&one.id) else { return Some(hidden(one, written, tree)) };
        let node = if holds(tree, one.node, one.id) { one.node } else { *first };
        let layer = one.id.layer;
        let visible = |cause, by, same_as| Some(Lost { written: one, cause, is_hidden: false, node, by, same_as });
        if *is_cache {
            return visible(WasteCause::Cache, layer, None);
        }
        match kept.entry((one.size, one.sum?)) {
            Entry::Vacant(place) => {
                place.insert((node, layer));
                None
            }
            Entry::Occupied(place) => {
                let (other, by) = *place.get();
                visible(WasteCause::DuplicateContent, by, Some(other))
            }
        }
    };
    written.iter().filter(|one| one.size > 0).filter_map(judge).collect()
}

/// How many bytes of which layers have which cause.
pub(super) fn by_cause(lost: &[Lost<'_>]) -> Vec<Reclaimable> {
    let mut sums: BTreeMap<(u32, WasteCause), Reclaimable> = BTreeMap::new();
    for Lost { written, cause, .. } in lost {
        let (layer, cause) = (written.id.layer, *cause);
        let none = Reclaimable { layer: LayerIndex(layer), cause, files: 0, bytes: 0 };
        let sum = sums.entry((layer, cause)).or_insert(none);
        sum.files += 1;
        sum.bytes = sum.bytes.saturating_add(written.size);
    }
    sums.into_values().collect()
}

impl Lost<'_> {
    /// As the report has it.
    pub(super) fn told(&self, tree: &Tree) -> Option<Waste> {
        let path = |node| TreePath::rooted(tree.path_of(node)).ok();
        Some(Waste {
            path: path(self.node)?,
            layer: LayerIndex(self.written.id.layer),
            bytes: self.written.size,
            cause: self.cause,
            by: LayerIndex(self.by),
            same_as: self.same_as.and_then(path),
        })
    }
}

/// What became of a content that cannot be seen.
fn hidden<'l>(one: &'l Written, written: &[Written], tree: &Tree) -> Lost<'l> {
    let cause = match tree.kind(one.node) {
        NodeKind::Gone => WasteCause::Deleted,
        NodeKind::File { content, .. } if is_same(one, content, written) => WasteCause::DuplicateContent,
        _ => WasteCause::Overwritten,
    };
    let by = tree.layer_of(one.node);
    Lost { written: one, cause, is_hidden: true, node: one.node, by, same_as: None }
}

fn is_same(one: &Written, content: ContentId, written: &[Written]) -> bool {
    let Ok(at) = written.binary_search_by_key(&content, |other| other.id) else { return false };
    let other = &written[at];
    one.sum.is_some() && (one.size, one.sum) == (other.size, other.sum)
}

fn seen(tree: &Tree, caches: &[String], contents: usize) -> HashMap<ContentId, Seen> {
    let folders = caches.iter().filter_map(|path| tree.lookup(path.as_bytes()));
    let cached: HashSet<NodeId> = folders.flat_map(|folder| files_below(tree, folder)).collect();
    let mut seen: HashMap<ContentId, Seen> = HashMap::with_capacity(contents);
    for node in tree.nodes() {
        if let NodeKind::File { content, .. } = tree.kind(node) {
            let is_cache = cached.contains(&node);
            seen.entry(content).or_insert(Seen { first: node, is_cache }).is_cache &= is_cache;
        }
    }
    seen
}
