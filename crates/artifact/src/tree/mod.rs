//! The file system of an image as its layers make it: who wrote each name last, and what each link leads to.
//!
//! Names are resolved as container runtimes do when they apply a layer: links among the folders of a path are followed
//! inside the root, the last component is not. A layer's whiteouts hide what lower layers wrote and nothing of its own,
//! in whatever order they come.

mod arena;
mod hide;
mod place;
mod resolve;

pub(crate) use arena::{ContentId, Folder, NodeId, NodeKind, Tree};
pub(crate) use place::PlaceError;
pub(crate) use resolve::{Found, split};

#[cfg(test)]
mod tests;
