//! Exact paths that are to be reached through links too, found while the layers go by: what a path leads to is known
//! when its links come before its file, and then the file need not be read a second time.

use foldhash::{HashMap, HashSet};

use crate::tree::{Found, NodeId, NodeKind, Tree, split};

/// The exact paths a sink asked for, and where they lead now.
#[derive(Default)]
pub(super) struct ExactPaths {
    paths: Vec<Vec<u8>>,
    /// Where a path leads, and which path that is; only of those that lead elsewhere.
    leading: HashMap<Vec<u8>, usize>,
    /// Where a link that comes or goes changes where some path leads.
    touched: HashSet<Vec<u8>>,
    stale: bool,
}

/// A file that an exact path leads to.
#[derive(Debug)]
pub(super) struct Led {
    pub(super) exact: Vec<u8>,
    pub(super) node: NodeId,
}

impl ExactPaths {
    pub(super) fn new(paths: Vec<String>) -> ExactPaths {
        let mut paths: Vec<Vec<u8>> =
            paths.into_iter().map(|path| path.trim_start_matches('/').as_bytes().to_vec()).collect();
        paths.sort();
        paths.dedup();
        ExactPaths { paths, stale: true, ..ExactPaths::default() }
    }

    /// Links came or went at this path.
    pub(super) fn changed_at(&mut self, path: &[u8]) {
        self.stale |= self.touched.contains(path);
    }

    /// The exact path that leads to a file stored at `path`, if one does.
    pub(super) fn leading_to(&mut self, tree: &Tree, path: &[u8]) -> Option<Vec<u8>> {
        if self.stale {
            self.follow(tree);
        }
        if self.leading.is_empty() {
            return None;
        }
        if let Some(at) = self.leading.get(path) {
            return Some(self.paths[*at].clone());
        }
        let (folder, name) = split(path);
        let at = self.leading.get(folder)?;
        Some([&self.paths[*at], b"/".as_slice(), name].concat())
    }

    /// In the end: every file that an exact path, or an exact folder, leads to by links, and the paths that run in circles.
    pub(super) fn resolve(&self, tree: &Tree) -> (Vec<Led>, Vec<&[u8]>) {
        let mut led = Vec::new();
        let mut loops: Vec<&[u8]> = Vec::new();
        for path in &self.paths {
            let resolution = tree.resolve(path, &mut |_| {});
            match resolution.found {
                Found::Loop => loops.push(path),
                Found::Node(node) if resolution.path != *path => match tree.kind(node) {
                    NodeKind::File { .. } => led.push(Led { exact: path.clone(), node }),
                    NodeKind::Folder => led.extend(
                        files_in(tree, node)
                            .map(|(name, node)| Led { exact: [path, b"/".as_slice(), name].concat(), node }),
                    ),
                    _ => {}
                },
                Found::Node(_) | Found::Nothing => {}
            }
        }
        led.sort_by(|left, right| left.exact.cmp(&right.exact));
        (led, loops)
    }

    fn follow(&mut self, tree: &Tree) {
        self.stale = false;
        self.leading.clear();
        self.touched.clear();
        for (at, path) in self.paths.iter().enumerate() {
            let touched = &mut self.touched;
            let resolution = tree.resolve(path, &mut |passed| {
                touched.insert(passed.to_vec());
            });
            if resolution.found != Found::Loop && resolution.path != *path {
                self.leading.entry(resolution.path).or_insert(at);
            }
        }
    }
}

fn files_in(tree: &Tree, folder: NodeId) -> impl Iterator<Item = (&[u8], NodeId)> {
    let files = tree.children(folder).filter(|child| matches!(tree.kind(*child), NodeKind::File { .. }));
    files.map(|child| (tree.name(child), child))
}
