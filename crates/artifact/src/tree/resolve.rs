//! Where a path leads once its links are followed, inside the root and in a bounded number of steps.

use super::arena::{NodeId, NodeKind, ROOT, Tree};

/// Where a path leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Resolution {
    /// What is there.
    pub(crate) found: Found,
    /// The path without links; of what is not there, the path it would have.
    pub(crate) path: Vec<u8>,
}

/// What is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// A node that is no link.
    Node(NodeId),
    /// Nothing.
    Nothing,
    /// More links than may be followed.
    Loop,
}

impl Tree {
    /// What stands at a path, links among its folders followed, the last component not.
    pub(crate) fn find(&self, path: &[u8]) -> Option<NodeId> {
        let (folder, name) = split(path);
        let Found::Node(folder) = self.resolve(folder, &mut |_| {}).found else { return None };
        self.child(folder, name).filter(|child| self.kind(*child) != NodeKind::Gone)
    }

    /// Follows a path. `touch` is told every path that was asked on the way: a link that comes to stand at one of
    /// these changes the answer.
    pub(crate) fn resolve(&self, path: &[u8], touch: &mut dyn FnMut(&[u8])) -> Resolution {
        let mut at = Some(ROOT);
        let mut text: Vec<u8> = Vec::new();
        let mut rest = path.to_vec();
        let mut position = 0;
        let mut hops = 0;
        while position < rest.len() {
            let end =
                rest[position..].iter().position(|byte| *byte == b'/').map_or(rest.len(), |found| position + found);
            let name = &rest[position..end];
            position = end + 1;
            let above = text.iter().rposition(|byte| *byte == b'/').unwrap_or(0);
            match name {
                b"" | b"." => continue,
                b".." => {
                    text.truncate(above);
                    at = self.lookup(&text);
                    continue;
                }
                name => {
                    let folder = text.len();
                    if folder > 0 {
                        text.push(b'/');
                    }
                    text.extend_from_slice(name);
                    touch(&text);
                    let child = at.and_then(|at| self.child(at, name));
                    match child.map(|child| (child, self.kind(child))) {
                        Some((_, NodeKind::Link(target))) => {
                            hops += 1;
                            if hops > self.link_hops {
                                return Resolution { found: Found::Loop, path: text };
                            }
                            text.truncate(folder);
                            let target = self.text(target);
                            if target.starts_with(b"/") {
                                text.clear();
                                at = Some(ROOT);
                            }
                            rest = [target, b"/", rest.get(position..).unwrap_or_default()].concat();
                            position = 0;
                        }
                        Some((child, kind)) if kind != NodeKind::Gone => at = Some(child),
                        _ => at = None,
                    }
                }
            }
        }
        Resolution { found: at.map_or(Found::Nothing, Found::Node), path: text }
    }
}

/// A path's folder and its last component.
pub(crate) fn split(path: &[u8]) -> (&[u8], &[u8]) {
    match path.iter().rposition(|byte| *byte == b'/') {
        Some(at) => (&path[..at], &path[at + 1..]),
        None => (b"", path),
    }
}
