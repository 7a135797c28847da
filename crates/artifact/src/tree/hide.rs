//! Whiteouts, opaque markers, and folders that become something else.

use super::arena::{NodeId, NodeKind, Tree};

impl Tree {
    /// What a layer's whiteout of a path does: whatever lower layers put there is gone. False where nothing was there.
    pub(crate) fn hide(&mut self, parent: NodeId, name: &[u8], layer: u32) -> bool {
        let Some(id) = self.child(parent, name).filter(|id| self.kind(*id) != NodeKind::Gone) else { return false };
        self.hide_below(id, layer);
        let node = self.node(id);
        if node.layer < layer && node.first_child.is_none() {
            // Left among its folder's children: to take it out would cost as much as the folder is long.
            let node = self.node_mut(id);
            node.kind = NodeKind::Gone;
            node.layer = layer;
            self.last_folder = None;
            self.links_changed = true;
        }
        true
    }

    /// What a layer's opaque marker does: whatever lower layers put into a folder is gone.
    pub(crate) fn hide_below(&mut self, id: NodeId, layer: u32) {
        // Once is enough, for what comes later is of this layer; without this, markers without end would cost without end.
        if self.node(id).hidden_by == Some(layer) {
            return;
        }
        self.last_folder = None;
        self.links_changed = true;
        for folder in self.folders_below(id).into_iter().rev() {
            self.keep_children(folder, layer, |tree, child| {
                let node = tree.node(child);
                node.layer >= layer || node.first_child.is_some()
            });
            self.node_mut(folder).hidden_by = Some(layer);
        }
    }

    /// Bytes of the files below a folder that layers below this one wrote; 0 of anything else.
    pub(crate) fn bytes_below(&self, id: NodeId, layer: u32) -> u64 {
        // Hidden already: nothing of lower layers is left, however often a marker comes again.
        if self.node(id).first_child.is_none() || self.node(id).hidden_by == Some(layer) {
            return 0;
        }
        let files = self.folders_below(id).into_iter().flat_map(|folder| self.children(folder));
        let sizes = files.filter(|file| self.node(*file).layer < layer).map(|file| match self.kind(file) {
            NodeKind::File { size, .. } => size,
            _ => 0,
        });
        sizes.fold(0, u64::saturating_add)
    }

    /// Makes a folder and all below it gone, whichever layer wrote it.
    pub(super) fn remove_below(&mut self, id: NodeId, layer: u32) {
        self.last_folder = None;
        self.links_changed = true;
        for folder in self.folders_below(id).into_iter().rev() {
            self.keep_children(folder, layer, |_, _| false);
        }
    }

    /// This folder and those below it, each before its own.
    fn folders_below(&self, id: NodeId) -> Vec<NodeId> {
        let mut folders = vec![id];
        let mut next = 0;
        while let Some(folder) = folders.get(next).copied() {
            folders.extend(self.children(folder).filter(|child| self.node(*child).first_child.is_some()));
            next += 1;
        }
        folders
    }

    fn keep_children(&mut self, folder: NodeId, layer: u32, stays: impl Fn(&Tree, NodeId) -> bool) {
        let children: Vec<NodeId> = self.listed(folder).collect();
        self.node_mut(folder).first_child = None;
        for child in children.into_iter().rev() {
            let first = self.node(folder).first_child;
            if self.kind(child) != NodeKind::Gone && stays(self, child) {
                self.node_mut(child).next_sibling = first;
                self.node_mut(folder).first_child = Some(child);
            } else {
                let node = self.node_mut(child);
                if node.kind != NodeKind::Gone {
                    node.kind = NodeKind::Gone;
                    node.layer = layer;
                }
                node.listed = false;
            }
        }
    }
}
