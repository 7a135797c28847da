//! The tree against a slow model of the same rules.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{ContentId, NodeKind, PlaceError, Tree, split};

/// What one entry of a layer does.
#[derive(Clone, Debug)]
enum Step {
    File(Vec<u8>),
    Folder(Vec<u8>),
    Whiteout(Vec<u8>),
    Opaque(Vec<u8>),
}

/// Files by path, with the layer that wrote each: folders are implied.
type Model = BTreeMap<Vec<u8>, Option<u32>>;

fn apply(tree: &mut Tree, layer: u32, step: &Step) {
    let place = |tree: &mut Tree, path: &[u8]| tree.folder_at(split(path).0, layer).expect("no links").id;
    match step {
        Step::File(path) => {
            let folder = place(tree, path);
            let content = ContentId { layer, entry: 0 };
            tree.put_file(folder, split(path).1, content, 0, false).expect("room");
        }
        Step::Folder(path) => {
            let folder = place(tree, path);
            tree.put_folder(folder, split(path).1, layer).expect("room");
        }
        Step::Whiteout(path) => {
            let folder = place(tree, path);
            tree.hide(folder, split(path).1, layer);
        }
        Step::Opaque(path) => {
            let folder = tree.folder_at(path, layer).expect("no links").id;
            tree.hide_below(folder, layer);
        }
    }
}

fn apply_to_model(model: &mut Model, layer: u32, step: &Step) {
    let below =
        |path: &[u8], other: &[u8]| other.len() > path.len() && other.starts_with(path) && other[path.len()] == b'/';
    // Whatever a path is put into becomes a folder.
    let ancestors = |model: &mut Model, path: &[u8]| {
        for at in (0..path.len()).filter(|at| path[*at] == b'/') {
            model.remove(&path[..at]);
        }
    };
    match step {
        Step::File(path) => {
            ancestors(model, path);
            model.retain(|other, _| !below(path, other));
            model.insert(path.clone(), Some(layer));
        }
        Step::Folder(path) => {
            ancestors(model, path);
            model.remove(path);
        }
        Step::Whiteout(path) => {
            ancestors(model, path);
            model.retain(|other, writer| *writer == Some(layer) || (other != path && !below(path, other)));
        }
        Step::Opaque(path) => {
            ancestors(model, &[path, b"/".as_slice()].concat());
            model.retain(|other, writer| *writer == Some(layer) || !below(path, other));
        }
    }
}

fn files(tree: &Tree) -> Model {
    let mut found = Model::new();
    let mut folders = vec![super::arena::ROOT];
    while let Some(folder) = folders.pop() {
        for child in tree.children(folder) {
            match tree.kind(child) {
                NodeKind::Folder => folders.push(child),
                NodeKind::File { content, .. } => {
                    let path = tree.path_of(child);
                    assert_eq!(tree.lookup(&path), Some(child));
                    assert!(found.insert(path, Some(content.layer)).is_none(), "one name twice");
                }
                kind => panic!("{kind:?}"),
            }
        }
    }
    found
}

fn any_path() -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(proptest::sample::select(vec!["a", "b", "c"]), 1..4)
        .prop_map(|names| names.join("/").into_bytes())
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => any_path().prop_map(Step::File),
        1 => any_path().prop_map(Step::Folder),
        2 => any_path().prop_map(Step::Whiteout),
        1 => any_path().prop_map(Step::Opaque),
    ]
}

proptest! {
    #[test]
    fn layers_of_any_steps(layers in proptest::collection::vec(proptest::collection::vec(any_step(), 0..8), 0..5)) {
        let mut tree = Tree::new(10_000, 40);
        let mut model = Model::new();
        for (layer, steps) in (0..).zip(&layers) {
            for step in steps {
                apply(&mut tree, layer, step);
                apply_to_model(&mut model, layer, step);
                prop_assert_eq!(&files(&tree), &model, "after {:?}", step);
            }
        }
    }
}

#[test]
fn a_full_tree_takes_no_more() {
    let mut tree = Tree::new(3, 40);
    assert!(tree.folder_at(b"a/b", 0).is_ok());
    assert_eq!(tree.folder_at(b"a/c", 0), Err(PlaceError::Full));
    assert!(tree.folder_at(b"a/b", 1).is_ok());
}
