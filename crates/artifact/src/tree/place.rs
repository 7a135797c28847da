//! Where an entry of a layer goes, and putting it there.

use super::arena::{ContentId, Folder, Full, NodeId, NodeKind, ROOT, Tree};

/// Why an entry has no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PlaceError {
    /// The tree has as many names as it may have.
    Full,
    /// Its folders are links that lead nowhere in so many steps.
    Loop,
}

impl Tree {
    /// The folder a path is in, made where it is missing, links followed. `""` is the root.
    pub(crate) fn folder_at(&mut self, path: &[u8], layer: u32) -> Result<Folder, PlaceError> {
        if let Some((_, folder)) = self.last_folder.as_ref().filter(|(last, _)| last == path) {
            return Ok(*folder);
        }
        let folder = self.walk_to(path, layer)?;
        let mut kept = self.last_folder.take().map(|(kept, _)| kept).unwrap_or_default();
        kept.clear();
        kept.extend_from_slice(path);
        self.last_folder = Some((kept, folder));
        Ok(folder)
    }

    fn walk_to(&mut self, path: &[u8], layer: u32) -> Result<Folder, PlaceError> {
        let mut at = ROOT;
        let mut hops = 0;
        let mut rest = path.to_vec();
        let mut position = 0;
        while position < rest.len() {
            let end =
                rest[position..].iter().position(|byte| *byte == b'/').map_or(rest.len(), |found| position + found);
            let name = &rest[position..end];
            position = end + 1;
            match name {
                b"" | b"." => {}
                b".." => at = self.node(at).parent,
                name => match self.child(at, name).map(|child| (child, self.kind(child))) {
                    Some((child, NodeKind::Folder)) => at = child,
                    Some((_, NodeKind::Link(target))) => {
                        hops += 1;
                        if hops > self.link_hops {
                            return Err(PlaceError::Loop);
                        }
                        let target = self.text(target);
                        if target.starts_with(b"/") {
                            at = ROOT;
                        }
                        rest = [target, b"/", rest.get(position..).unwrap_or_default()].concat();
                        position = 0;
                    }
                    _ => {
                        let child = self.child_or_gone(at, name, layer)?;
                        self.revive(child, NodeKind::Folder, layer);
                        at = child;
                    }
                },
            }
        }
        Ok(Folder { id: at, straight: hops == 0 })
    }

    /// Writes a folder.
    pub(crate) fn put_folder(&mut self, parent: NodeId, name: &[u8], layer: u32) -> Result<NodeId, PlaceError> {
        self.put(parent, name, layer, NodeKind::Folder)
    }

    /// Writes a file.
    pub(crate) fn put_file(
        &mut self,
        parent: NodeId,
        name: &[u8],
        content: ContentId,
        size: u64,
        executable: bool,
    ) -> Result<NodeId, PlaceError> {
        self.put(parent, name, content.layer, NodeKind::File { content, size, executable })
    }

    /// Writes a symbolic link.
    pub(crate) fn put_link(
        &mut self,
        parent: NodeId,
        name: &[u8],
        layer: u32,
        target: &[u8],
    ) -> Result<NodeId, PlaceError> {
        let target = self.keep(target);
        self.put(parent, name, layer, NodeKind::Link(target))
    }

    /// Writes something nobody reads.
    pub(crate) fn put_other(&mut self, parent: NodeId, name: &[u8], layer: u32) -> Result<NodeId, PlaceError> {
        self.put(parent, name, layer, NodeKind::Other)
    }

    /// Writes a further name of what stands elsewhere.
    pub(crate) fn put_same(
        &mut self,
        parent: NodeId,
        name: &[u8],
        layer: u32,
        other: NodeId,
    ) -> Result<NodeId, PlaceError> {
        self.put(parent, name, layer, self.kind(other))
    }

    /// The last to come counts. Only a folder upon a folder leaves what is below it.
    fn put(&mut self, parent: NodeId, name: &[u8], layer: u32, kind: NodeKind) -> Result<NodeId, PlaceError> {
        let id = self.child_or_gone(parent, name, layer)?;
        let old = self.kind(id);
        if old == NodeKind::Folder && kind != NodeKind::Folder {
            self.remove_below(id, layer);
        }
        if matches!(old, NodeKind::Link(_)) || matches!(kind, NodeKind::Link(_)) {
            self.last_folder = None;
            self.links_changed = true;
        }
        self.revive(id, kind, layer);
        Ok(id)
    }
}

impl From<Full> for PlaceError {
    fn from(_: Full) -> PlaceError {
        PlaceError::Full
    }
}
