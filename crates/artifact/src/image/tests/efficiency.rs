//! What bytes are spent on: by cause, as dive counts them, and against a model that knows nothing of trees.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use insta::assert_snapshot;
use model::{Cancel, Efficiency, Reclaimable, WasteCause};
use proptest::prelude::*;
use testkit::image::Image;
use testkit::layer::Layer;
use testkit::tar::Entry;

use super::cached::tell;
use crate::recorder::Recorder;
use crate::{Options, open_bytes};

/// A file of a size, with a content that no other path has.
fn file(path: &str, size: usize) -> Entry {
    of(path, size, path)
}

/// A file of a size whose content is told by a word.
fn of(path: &str, size: usize, content: &str) -> Entry {
    Entry::file(path, content.bytes().cycle().take(size).collect::<Vec<u8>>())
}

fn efficiency(layers: &[Vec<Entry>]) -> Efficiency {
    let image = Image::new(layers.iter().map(Layer::of));
    let artifact = open_bytes("x", image.oci_archive(), &Options::default()).expect("an image");
    let recorder = Recorder { caches: vec!["e", "var/cache/apt"], ..Recorder::default() };
    let walk = artifact.walk(&recorder, &Cancel::new());
    // The cache tells the same, or the test ends there.
    tell(&image, &recorder.afresh(), &Options::default());
    assert!(
        walk.problems.iter().all(|problem| problem.severity != model::ProblemSeverity::Error),
        "{:?}",
        walk.problems
    );
    walk.efficiency.expect("an image has one")
}

fn check(layers: &[Vec<Entry>]) -> String {
    let Efficiency { total_bytes, reclaimable_bytes, hidden_bytes, causes, waste, more_waste, dive } =
        efficiency(layers);
    let ratio = dive.user_wasted_ratio.map_or("-".to_owned(), |ratio| format!("{ratio:.3}"));
    let mut text = format!(
        "{reclaimable_bytes} of {total_bytes}, {hidden_bytes} hidden, {more_waste} more; dive {:.3}, {} wasted, {ratio}\n",
        dive.efficiency, dive.wasted_bytes
    );
    for waste in waste {
        let (path, cause) = (&waste.path, waste.cause.name());
        let other = waste.same_as.map(|other| format!(" as {other}")).unwrap_or_default();
        writeln!(text, "{path} of {}: {} {cause} by {}{other}", waste.layer.0, waste.bytes, waste.by.0)
            .expect("a string");
    }
    for Reclaimable { layer, cause, files, bytes } in causes {
        writeln!(text, "layer {}: {bytes} {} in {files}", layer.0, cause.name()).expect("a string");
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
    162 of 1272, 162 hidden, 0 more; dive 0.875, 260 wasted, 2.364
    /a of 0: 100 overwritten by 1
    /b of 0: 50 deleted by 1
    /d/x of 0: 7 deleted by 2
    /d/y of 0: 5 deleted by 2
    layer 0: 100 overwritten in 1
    layer 0: 62 deleted in 3
    ");
}

#[test]
fn the_same_content_twice() {
    // Under two paths of one layer and of two; the first to come is kept.
    assert_snapshot!(check(&[
        vec![of("b", 600, "one"), of("a", 600, "one"), of("c", 600, "two"), of("d", 599, "one")],
        vec![of("x/e", 600, "two"), of("x/empty", 0, ""), of("x/void", 0, "")],
    ]), @r"
    1200 of 2999, 0 hidden, 0 more; dive 1.000, 0 wasted, 0.000
    /a of 0: 600 duplicate-content by 0 as /b
    /x/e of 1: 600 duplicate-content by 0 as /c
    layer 0: 600 duplicate-content in 1
    layer 1: 600 duplicate-content in 1
    ");
    // Written again as it was, and in between otherwise; a hard link is no second copy.
    assert_snapshot!(check(&[
        vec![of("a", 90, "one"), of("b", 80, "two"), Entry::hardlink("c", "a")],
        vec![of("a", 90, "other"), of("b", 80, "two")],
        vec![of("a", 90, "one")],
    ]), @r"
    260 of 430, 170 hidden, 0 more; dive 0.395, 430 wasted, 1.654
    /a of 1: 90 overwritten by 2
    /a of 2: 90 duplicate-content by 0 as /c
    /b of 0: 80 duplicate-content by 1
    layer 0: 80 duplicate-content in 1
    layer 1: 90 overwritten in 1
    layer 2: 90 duplicate-content in 1
    ");
    // Moved: the first copy is deleted, and so the second is the only one.
    assert_snapshot!(check(&[vec![of("a", 90, "one")], vec![file(".wh.a", 0), of("b", 90, "one")]]), @r"
    90 of 180, 90 hidden, 0 more; dive 0.500, 90 wasted, 1.000
    /a of 0: 90 deleted by 1
    layer 0: 90 deleted in 1
    ");
}

fn holey(name: &str) -> Entry {
    let entry = Entry::file(format!("GNUSparseFile.1/{name}"), "abcdefg").record("GNU.sparse.name", name);
    let entry = entry.record("GNU.sparse.size", "2000").record("GNU.sparse.numblocks", "2");
    entry.record("GNU.sparse.map", "0,3,1000,4")
}

/// Longer than what the threads of a layer pass on at once, and with holes.
#[test]
fn long_contents_and_holes() {
    let long = |last: u8| {
        let mut content = vec![7; 700_000];
        content.push(last);
        content
    };
    assert_snapshot!(check(&[vec![
        Entry::file("a", long(1)),
        Entry::file("b", long(1)),
        Entry::file("c", long(2)),
        holey("s"),
        holey("t"),
    ]]), @r"
    700001 of 2104003, 0 hidden, 0 more; dive 1.000, 0 wasted, -
    /b of 0: 700001 duplicate-content by 0 as /a
    layer 0: 700001 duplicate-content in 1
    ");
}

#[test]
fn caches() {
    // What is there twice because of a cache is of the cache; what has a name outside is not.
    assert_snapshot!(check(&[
        vec![of("var/cache/apt/archives/a.deb", 500, "a"), of("var/cache/apt/pkgcache.bin", 90, "b"), of("opt/a.deb", 500, "a")],
        vec![of("e/linked", 70, "c"), Entry::hardlink("opt/linked", "e/linked"), of("var/cache/apt/pkgcache.bin", 95, "b")],
    ]), @r"
    685 of 1255, 90 hidden, 0 more; dive 0.924, 185 wasted, 1.121
    /var/cache/apt/archives/a.deb of 0: 500 cache by 0
    /var/cache/apt/pkgcache.bin of 1: 95 cache by 1
    /var/cache/apt/pkgcache.bin of 0: 90 overwritten by 1
    layer 0: 90 overwritten in 1
    layer 0: 500 cache in 1
    layer 1: 95 cache in 1
    ");
    // A folder that is no cache but begins like one, and a cache that a later layer deletes.
    assert_snapshot!(check(&[
        vec![of("var/cache/apt-x/a", 5, "a"), of("e/f/g", 6, "b")],
        vec![file(".wh.e", 0)],
    ]), @r"
    6 of 11, 6 hidden, 0 more; dive 1.000, 0 wasted, -
    /e/f/g of 0: 6 deleted by 1
    layer 0: 6 deleted in 1
    ");
}

#[test]
fn a_further_name_keeps_a_content() {
    assert_snapshot!(check(&[
        vec![file("a", 100), Entry::hardlink("b", "a")],
        vec![file(".wh.a", 0)],
    ]), @"0 of 100, 0 hidden, 0 more; dive 0.000, 100 wasted, -");
    assert_snapshot!(check(&[vec![file("a", 10), file("a", 20)]]), @r"
    10 of 30, 10 hidden, 0 more; dive 0.333, 30 wasted, -
    /a of 0: 10 overwritten by 0
    layer 0: 10 overwritten in 1
    ");
    assert_snapshot!(check(&[vec![]]), @"0 of 0, 0 hidden, 0 more; dive 1.000, 0 wasted, -");
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

/// A few files and whiteouts, each path once; of a file its size and a word that tells its content.
type Paths = BTreeMap<&'static str, Option<(usize, &'static str)>>;

fn layer() -> impl Strategy<Value = Paths> {
    let path = prop::sample::select(vec!["d/x", "d/y", "e/x", "e/s/z", "top", "d", "e", "e/s"]);
    let size = prop_oneof![0_usize..2000, Just(700_usize)];
    let content = (size, prop::sample::select(vec!["one", "two"]));
    prop::collection::btree_map(path, prop::option::weighted(0.7, content), 0..6)
}

/// Applies layers to a plain list of paths: all bytes, then those of files that are there, of caches, and of second copies.
/// Folders are never files here, and only lower layers are hidden.
fn naive(layers: &[Paths]) -> [u64; 4] {
    let (mut total, mut there) = (0, BTreeMap::new());
    for (at, layer) in layers.iter().enumerate() {
        for hidden in layer.iter().filter(|(_, file)| file.is_none()).map(|(path, _)| *path) {
            there.retain(|path: &&str, _| *path != hidden && !path.starts_with(&format!("{hidden}/")));
        }
        for (path, file) in layer.iter().filter(|(path, _)| path.contains('/') || **path == "top") {
            let Some((size, content)) = file.filter(|_| *path != "e/s") else { continue };
            total += size as u64;
            there.insert(*path, (at, size, content));
        }
    }
    let (mut visible, mut cached, mut twice, mut known) = (0, 0, 0, BTreeSet::new());
    let mut in_order: Vec<_> = there.into_iter().map(|(path, (at, size, content))| (at, path, size, content)).collect();
    in_order.sort_unstable();
    for (_, path, size, content) in in_order {
        visible += size as u64;
        match path.starts_with("e/") {
            true => cached += size as u64,
            false if known.insert((size, content.repeat(size).into_bytes()[..size].to_vec())) => {}
            false => twice += size as u64,
        }
    }
    [total, visible, cached, twice]
}

fn entries(layer: &Paths) -> Vec<Entry> {
    let folders = BTreeSet::from(["d", "e", "e/s"]);
    let whiteout = |path: &str| match path.rsplit_once('/') {
        Some((folder, name)) => file(&format!("{folder}/.wh.{name}"), 0),
        None => file(&format!(".wh.{path}"), 0),
    };
    let all = layer.iter().filter_map(|(path, size)| match size {
        None => Some(whiteout(path)),
        Some(_) if folders.contains(path) => None,
        Some((size, content)) => Some(of(path, *size, content)),
    });
    all.collect()
}

proptest! {
    #[test]
    fn agrees_with_a_plain_list(layers in prop::collection::vec(layer(), 1..5)) {
        let [total, visible, cached, twice] = naive(&layers);
        let found = efficiency(&layers.iter().map(entries).collect::<Vec<_>>());
        prop_assert_eq!((found.total_bytes, found.hidden_bytes), (total, total - visible));
        prop_assert_eq!(found.reclaimable_bytes, total - visible + cached + twice);
        prop_assert_eq!(found.bytes_of(WasteCause::Cache), cached);
        prop_assert_eq!(found.causes.iter().map(|one| one.bytes).sum::<u64>(), found.reclaimable_bytes);
        prop_assert!((0.0..=1.0).contains(&found.dive.efficiency));
    }
}
