//! What bytes are spent on: by cause, as dive counts them, and against a model that knows nothing of trees.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use insta::assert_snapshot;
use model::{Cancel, Efficiency};
use proptest::prelude::*;
use testkit::image::Image;
use testkit::layer::Layer;
use testkit::tar::Entry;

use crate::recorder::Recorder;
use crate::{Options, open_bytes};

fn file(path: &str, size: usize) -> Entry {
    Entry::file(path, "x".repeat(size))
}

fn efficiency(layers: &[Vec<Entry>]) -> Efficiency {
    let image = Image::new(layers.iter().map(Layer::of));
    let artifact = open_bytes("x", image.oci_archive(), &Options::default()).expect("an image");
    let walk = artifact.walk(&Recorder::default(), &Cancel::new());
    assert!(
        walk.problems.iter().all(|problem| problem.severity != model::ProblemSeverity::Error),
        "{:?}",
        walk.problems
    );
    walk.efficiency.expect("an image has one")
}

fn check(layers: &[Vec<Entry>]) -> String {
    let Efficiency { total_bytes, reclaimable_bytes, waste, more_waste, dive } = efficiency(layers);
    let ratio = dive.user_wasted_ratio.map_or("-".to_owned(), |ratio| format!("{ratio:.3}"));
    let mut text = format!(
        "{reclaimable_bytes} of {total_bytes}, {more_waste} more; dive {:.3}, {} wasted, {ratio}\n",
        dive.efficiency, dive.wasted_bytes
    );
    for waste in waste {
        let (path, cause) = (&waste.path, waste.cause);
        writeln!(text, "{path} of {}: {} {cause:?} by {}", waste.layer.0, waste.bytes, waste.by.0).expect("a string");
    }
    text
}

#[test]
fn causes() {
    assert_snapshot!(check(&[
        vec![file("a", 100), file("b", 50), file("d/x", 7), file("d/y", 5), file("kept", 1000)],
        vec![file("a", 110), file(".wh.b", 0)],
        vec![file(".wh.d", 0)],
    ]), @r"
    162 of 1272, 0 more; dive 0.875, 260 wasted, 2.364
    /a of 0: 100 Overwritten by 1
    /b of 0: 50 Deleted by 1
    /d/x of 0: 7 Deleted by 2
    /d/y of 0: 5 Deleted by 2
    ");
}

#[test]
fn a_further_name_keeps_a_content() {
    assert_snapshot!(check(&[
        vec![file("a", 100), Entry::hardlink("b", "a")],
        vec![file(".wh.a", 0)],
    ]), @r"0 of 100, 0 more; dive 0.000, 100 wasted, -");
    assert_snapshot!(check(&[vec![file("a", 10), file("a", 20)]]), @r"
    10 of 30, 0 more; dive 0.333, 30 wasted, -
    /a of 0: 10 Overwritten by 0
    ");
    assert_snapshot!(check(&[vec![]]), @r"0 of 0, 0 more; dive 1.000, 0 wasted, -");
}

/// The vector of dive's own test: three layers, one path twice.
#[test]
fn as_dive_counts() {
    let found = efficiency(&[
        vec![file("etc/one.conf", 2000), file("etc/public", 3000)],
        vec![file("etc/other", 10_000)],
        vec![file("etc/one.conf", 5000)],
    ]);
    assert_eq!((found.dive.efficiency, found.dive.wasted_bytes), (0.75, 7000));
    // The copy that is kept is no waste.
    assert_eq!(found.reclaimable_bytes, 2000);
}

/// A layer of a few files and whiteouts, each path once.
fn layer() -> impl Strategy<Value = BTreeMap<&'static str, Option<usize>>> {
    let path = prop::sample::select(vec!["d/x", "d/y", "e/x", "e/s/z", "top", "d", "e", "e/s"]);
    prop::collection::btree_map(path, prop::option::weighted(0.7, 0_usize..2000), 0..6)
}

/// Applies layers to a plain list of paths. Folders are never files here, and only lower layers are hidden.
fn naive(layers: &[BTreeMap<&'static str, Option<usize>>]) -> (u64, u64) {
    let (mut total, mut there) = (0, BTreeMap::<String, usize>::new());
    for layer in layers {
        for hidden in layer.iter().filter(|(_, size)| size.is_none()).map(|(path, _)| *path) {
            there.retain(|path, _| path != hidden && !path.starts_with(&format!("{hidden}/")));
        }
        for (path, size) in layer.iter().filter(|(path, _)| path.contains('/') || **path == "top") {
            let Some(size) = size.filter(|_| *path != "e/s") else { continue };
            total += size as u64;
            there.insert((*path).to_owned(), size);
        }
    }
    (total, there.values().map(|size| *size as u64).sum())
}

fn entries(layer: &BTreeMap<&'static str, Option<usize>>) -> Vec<Entry> {
    let folders = BTreeSet::from(["d", "e", "e/s"]);
    let whiteout = |path: &str| match path.rsplit_once('/') {
        Some((folder, name)) => file(&format!("{folder}/.wh.{name}"), 0),
        None => file(&format!(".wh.{path}"), 0),
    };
    let all = layer.iter().filter_map(|(path, size)| match size {
        None => Some(whiteout(path)),
        Some(_) if folders.contains(path) => None,
        Some(size) => Some(file(path, *size)),
    });
    all.collect()
}

proptest! {
    #[test]
    fn agrees_with_a_plain_list(layers in prop::collection::vec(layer(), 1..5)) {
        let (total, visible) = naive(&layers);
        let found = efficiency(&layers.iter().map(entries).collect::<Vec<_>>());
        prop_assert_eq!((found.total_bytes, found.reclaimable_bytes), (total, total - visible));
        prop_assert!((0.0..=1.0).contains(&found.dive.efficiency));
    }
}
