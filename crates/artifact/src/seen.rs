//! What is in folders of an image once all layers are applied, by the names and sizes of files alone.

use std::collections::BTreeMap;

use model::{LayerIndex, TreePath};

use crate::View;
use crate::tree::{Found, NodeId, NodeKind, Tree};

/// A file with set-user-id or set-group-id bits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SpecialFile {
    /// Where it is.
    pub path: TreePath,
    /// The layer that last wrote it.
    pub layer: LayerIndex,
    /// Its permission bits, the special ones among them: `0o4755`.
    pub mode: u32,
}

/// A program in a folder of programs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Program {
    /// Where it is.
    pub path: TreePath,
    /// The layer that last wrote it; of a link, the link.
    pub layer: LayerIndex,
}

/// Files below a folder that one layer wrote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spent {
    /// How many.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
}

impl View {
    /// Names of the folders directly in a folder, sorted. No link is followed; empty outside images.
    pub fn folders_in(&self, folder: &str) -> Vec<Vec<u8>> {
        let Some((tree, folder)) = self.folder(folder) else { return Vec::new() };
        let folders = tree.children(folder).filter(|child| tree.kind(*child) == NodeKind::Folder);
        let mut names: Vec<Vec<u8>> = folders.map(|child| tree.name(child).to_vec()).collect();
        names.sort();
        names
    }

    /// Executable files directly in a folder, and links that lead to one, sorted. The folder itself is no link, so that
    /// nothing is told twice where `/bin` is `/usr/bin`.
    pub fn programs_in(&self, folder: &str) -> Vec<Program> {
        let Some((tree, folder)) = self.folder(folder) else { return Vec::new() };
        let programs = tree.children(folder).filter_map(|child| {
            let path = tree.path_of(child);
            let program = TreePath::rooted(&path).ok()?;
            let is_program = match tree.kind(child) {
                NodeKind::File { executable, .. } => executable,
                NodeKind::Link(_) => leads_to_program(tree, &path),
                _ => false,
            };
            is_program.then(|| Program { path: program, layer: LayerIndex(tree.layer_of(child)) })
        });
        let mut programs: Vec<Program> = programs.collect();
        programs.sort();
        programs
    }

    /// What each layer wrote below a folder, of what is still there. No link is followed.
    pub fn spent_below(&self, folder: &str) -> BTreeMap<LayerIndex, Spent> {
        let mut spent: BTreeMap<LayerIndex, Spent> = BTreeMap::new();
        let Some((tree, folder)) = self.folder(folder) else { return spent };
        for file in files_below(tree, folder) {
            let NodeKind::File { size, .. } = tree.kind(file) else { continue };
            let of_layer = spent.entry(LayerIndex(tree.layer_of(file))).or_default();
            of_layer.files += 1;
            of_layer.bytes = of_layer.bytes.saturating_add(size);
        }
        spent
    }

    fn folder(&self, path: &str) -> Option<(&Tree, NodeId)> {
        let tree = self.tree()?;
        let folder = tree.lookup(path.as_bytes())?;
        (tree.kind(folder) == NodeKind::Folder).then_some((tree, folder))
    }
}

/// Regular files below a folder, in no order. No link is followed.
pub(crate) fn files_below(tree: &Tree, folder: NodeId) -> Vec<NodeId> {
    let (mut open, mut files) = (vec![folder], Vec::new());
    while let Some(folder) = open.pop() {
        for child in tree.children(folder) {
            match tree.kind(child) {
                NodeKind::Folder => open.push(child),
                NodeKind::File { .. } => files.push(child),
                _ => {}
            }
        }
    }
    files
}

fn leads_to_program(tree: &Tree, path: &[u8]) -> bool {
    match tree.resolve(path, &mut |_| {}).found {
        Found::Node(node) => matches!(tree.kind(node), NodeKind::File { executable: true, .. }),
        Found::Nothing | Found::Loop => false,
    }
}
