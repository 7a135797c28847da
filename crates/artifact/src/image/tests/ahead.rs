//! Layers that are read at the same time say what they say one after another, whatever they hold and however they end.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use model::Cancel;
use proptest::prelude::*;
use testkit::image::{Files, Image};
use testkit::layer::{Layer, Storage};
use testkit::scratch::Scratch;
use testkit::tar::{Entry, Tar};

use super::cached::{cache, whole};
use super::opened;
use crate::recorder::Recorder;
use crate::stream::digest_of;
use crate::{FileBytes, FileMeta, Interest, Limits, Options, Remote, RootDocument, Sink, Wanted, open_remote};

/// Walks an image with one, two and four layers at once, without a cache and twice with one, which must all say the same.
fn check(image: &Image, recorder: &Recorder, options: &Options) -> String {
    let tell = |layers_at_once, options: &Options| {
        whole(&recorder.afresh(), &opened(image, &Options { layers_at_once, ..options.clone() }))
    };
    let alone = tell(1, options);
    for layers_at_once in [2, 4] {
        assert_eq!(tell(layers_at_once, options), alone, "{layers_at_once} layers at once");
        let scratch = Scratch::new();
        for filled in [false, true] {
            let options = Options { cache: Some(cache(&scratch)), ..options.clone() };
            let found = tell(layers_at_once, &options);
            assert_eq!(found, alone, "{layers_at_once} layers at once, with a cache that is filled: {filled}");
        }
    }
    alone.1
}

/// Wants some files by name, some under an exact path, and programs by their head.
fn recorder() -> Recorder {
    Recorder {
        endings: vec!["wanted", "usr/lib/db"],
        exactly: vec!["etc/os", "lib/db"],
        exact: vec!["etc/os", "lib/db"],
        magic: Some(b"\x7fELF"),
        ..Recorder::default()
    }
}

fn entry() -> impl Strategy<Value = Entry> {
    let names =
        ["a", "wanted", "d/wanted", "d/b", "etc/os", "usr/lib/os", "usr/lib/db", "lib/db", "lib/wanted", "d/p", "q"];
    let path = || prop::sample::select(names.to_vec());
    let size = prop_oneof![4 => 0_usize..40, 1 => Just(3000_usize), 1 => Just(300_000_usize)];
    let content = (size, any::<bool>(), 0_u8..3).prop_map(|(size, is_program, byte)| {
        let mut content = if is_program { b"\x7fELF".to_vec() } else { Vec::new() };
        content.extend(std::iter::repeat_n(byte, size));
        content
    });
    let file = (path(), content, any::<bool>());
    let file = file.prop_map(|(path, content, runs)| Entry::file(path, content).mode(if runs { 0o755 } else { 0o644 }));
    let links =
        prop::sample::select(vec![("lib", "usr/lib"), ("etc/os", "../usr/lib/os"), ("d", "usr/lib"), ("lib", "lib")]);
    let hidden =
        prop::sample::select(vec![".wh.a", "d/.wh.wanted", "usr/.wh.lib", "d/.wh..wh..opq", ".wh.lib", "etc/.wh.os"]);
    prop_oneof![
        8 => file,
        2 => (path(), path()).prop_map(|(name, target)| Entry::hardlink(name, target)),
        1 => links.prop_map(|(name, target)| Entry::symlink(name, target)),
        1 => hidden.prop_map(|name| Entry::file(name, "")),
        1 => Just(Entry::folder("d")),
    ]
}

/// A layer, stored in some way, and perhaps broken in some way.
fn layer() -> impl Strategy<Value = Layer> {
    let storage = prop::sample::select(vec![Storage::Plain, Storage::Gzip, Storage::Zstd, Storage::Members(5000)]);
    let entries = prop::collection::vec(entry(), 0..9);
    (entries, storage, 0_u8..24, any::<prop::sample::Index>()).prop_map(|(entries, storage, fault, at)| {
        let layer = Layer::of(&entries).stored_as(storage);
        let cut = |mut bytes: Vec<u8>| {
            bytes.truncate(at.index(bytes.len()));
            bytes
        };
        match fault {
            0 => layer.stored_bytes(cut),
            1 => Layer::from_tar(cut(layer.tar().to_vec())).stored_as(storage),
            2 => layer.stored_bytes(|mut bytes| {
                let at = at.index(bytes.len());
                bytes[at] ^= 0x55;
                bytes
            }),
            3 => layer.claims_diff_id(testkit::digest::sha256(b"")),
            4 => layer.missing(),
            5 => layer.stored_bytes(|bytes| [bytes, b"more".to_vec()].concat()),
            _ => layer,
        }
    })
}

fn limits() -> impl Strategy<Value = Limits> {
    let limits = Limits::default();
    let with = move |name: &'static str, value: u64| {
        let mut limits = limits.clone();
        limits.set(name, value).expect("a name of a field");
        limits
    };
    (0_u8..12, 0_u64..400_000).prop_map(move |(which, value)| match which {
        0 => with("layer_entries", value % 8),
        1 => with("image_entries", value % 12),
        2 => with("image_bytes", value * 2),
        3 => with("layer_bytes", value),
        4 => with("file_bytes", value % 4000),
        5 => with("held_back_bytes", value % 4000),
        6 => with("problems", value % 3),
        7 => with("skipped", value % 3),
        _ => with("problems", 1000),
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 160 } else { 600 }))]

    #[test]
    fn any_stack(layers in prop::collection::vec(layer(), 1..6), limits in limits(), exclude in any::<bool>()) {
        let exclude = if exclude { vec!["d".to_owned()] } else { Vec::new() };
        check(&Image::new(layers), &recorder(), &Options { limits, exclude, ..Options::default() });
    }
}

#[test]
fn a_broken_layer_in_the_middle() {
    let base = Layer::files(&[("a/wanted", "1")]);
    let cut = Layer::of(&[Entry::file("b/wanted", "2"), Entry::file("c/wanted", "x".repeat(300_000))])
        .stored_as(Storage::Plain)
        .stored_bytes(|mut bytes| {
            bytes.truncate(100_000);
            bytes
        });
    let upper = Layer::files(&[("d/wanted", "4")]);
    let told = check(&Image::new([base, cut, upper]), &recorder(), &Options::default());
    assert!(told.contains("/b/wanted layer 1: 2") && told.contains("/d/wanted layer 2: 4"), "{told}");
    assert!(told.contains("layer 1: the layer was not read to its end"), "{told}");
}

/// Links of the layer below decide that a file is wanted whose own name nobody wants; and one that is wanted is wanted otherwise.
#[test]
fn names_that_the_layers_below_change() {
    let recorder = Recorder { exactly: vec!["usr/lib/db", "var/db"], exact: vec!["var/db"], ..Recorder::default() };
    let links = Layer::of(&[Entry::symlink("lib", "usr/lib"), Entry::symlink("var", "srv")]);
    let upper = Layer::of(&[
        Entry::file("lib/other", "0"),
        Entry::file("lib/db", "1"),
        Entry::file("srv/db", "2"),
        Entry::file("usr/lib/db", "3"),
    ]);
    let told = check(&Image::new([links, upper.clone(), upper]), &recorder, &Options::default());
    assert!(told.contains("/usr/lib/db layer 2: 3") && told.contains("/var/db layer 2: 2"), "{told}");
}

/// A content that is wanted because of the layers below is read a second time, but no further than the first.
#[test]
fn what_is_read_again_is_held_to_the_same_limits() {
    let links = Layer::of(&[Entry::symlink("lib", "usr/lib")]);
    let upper = Layer::of(&[Entry::file("lib/db", "1"), Entry::file("lib/wanted", "x".repeat(300_000))]);
    let limits = Limits { image_bytes: links.tar().len() as u64 + 280_000, ..Limits::default() };
    let told = check(&Image::new([links, upper]), &recorder(), &Options { limits, ..Options::default() });
    assert!(told.contains("/usr/lib/db layer 1: 1") && !told.contains("wanted layer 1"), "{told}");
    assert!(told.contains("it holds more than 280000 uncompressed bytes (limit `image_bytes`"), "{told}");
}

/// Further names of contents that the sink has already.
#[test]
fn hard_links_to_what_was_given_before() {
    let base = Layer::files(&[("x", "0")]);
    let upper = Layer::of(&[
        Entry::file("a/wanted", "1"),
        Entry::hardlink("b/wanted", "a/wanted"),
        Entry::file("p", "\x7fELF1").mode(0o755),
        Entry::hardlink("p/../c/wanted", "p"),
        Entry::hardlink("q", "p"),
        Entry::file("d/wanted", "2"),
    ]);
    let hiding = Layer::of(&[Entry::file("b/.wh.wanted", "")]);
    let told = check(&Image::new([base, upper, hiding]), &recorder(), &Options::default());
    assert!(
        told.contains("/b/wanted layer 1 (hidden by 2): 1") && told.contains("/c/wanted layer 1: \\u{7f}ELF1"),
        "{told}"
    );
}

/// Serves a layout, each blob slowly, and counts how many are asked for at the same time.
#[derive(Debug)]
struct Slow {
    files: Files,
    now: Arc<AtomicUsize>,
    most: AtomicUsize,
}

struct Pieces {
    bytes: io::Cursor<Vec<u8>>,
    now: Arc<AtomicUsize>,
}

impl Remote for Slow {
    fn open(&self, wanted: &Wanted) -> io::Result<Box<dyn Read + Send>> {
        let bytes = self.files.get(&format!("blobs/sha256/{}", wanted.digest.hex())).cloned();
        let bytes = io::Cursor::new(bytes.ok_or_else(|| io::Error::other("it is not there"))?);
        self.most.fetch_max(self.now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        Ok(Box::new(Pieces { bytes, now: Arc::clone(&self.now) }))
    }
}

impl Read for Pieces {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        std::thread::sleep(Duration::from_millis(2));
        let length = buffer.len().min(4096);
        self.bytes.read(&mut buffer[..length])
    }
}

impl Drop for Pieces {
    fn drop(&mut self) {
        self.now.fetch_sub(1, Ordering::SeqCst);
    }
}

/// From a registry several layers come at once, and never more than may.
#[test]
fn connections_are_bounded() {
    let layer = |at: usize| Layer::files(&[(format!("{at}/wanted").as_str(), &noise(60_000))]);
    let image = Image::new((0..8).map(layer));
    let tell = |layers_at_once| {
        let slow = Arc::new(Slow { files: image.layout(), now: Arc::default(), most: AtomicUsize::new(0) });
        let bytes = image.manifest();
        let digest = digest_of(&bytes, model::Digest::sha256([0; 32]));
        let root = RootDocument { reference: "a.example/b:1".to_owned(), bytes, digest, media_type: String::new() };
        let options = Options { layers_at_once, ..Options::default() };
        let artifact = open_remote(root, Arc::clone(&slow) as Arc<dyn Remote>, &options).expect("an image");
        let told = whole(&recorder(), &artifact);
        (told, slow.most.load(Ordering::SeqCst))
    };
    let ((alone, one), (beside, two)) = (tell(1), tell(2));
    assert_eq!((alone, one, two), (beside, 1, 2));
}

fn noise(length: usize) -> String {
    let mut state = 1_u32;
    let next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from(b' ' + (state >> 24) as u8 % 90)
    };
    std::iter::repeat_with(next).take(length).collect()
}

/// A sink that stops the scan at the first file.
struct Stopping(Cancel);

impl Sink for Stopping {
    fn interest(&self, _: &FileMeta) -> Interest {
        Interest::Whole { limit: 1 << 20 }
    }

    fn interest_after_head(&self, _: &FileMeta, _: &[u8]) -> Interest {
        Interest::Skip
    }

    fn content(&self, _: &FileMeta, _: FileBytes) {
        self.0.cancel();
    }

    fn foresees(&self) -> bool {
        true
    }
}

/// Nobody is left waiting: a walk that was stopped ends, with much still to be told and no room for it.
#[test]
fn a_walk_that_is_stopped_ends() {
    let many = (0..60_000).fold(Tar::new(), |tar, at| tar.entry(&Entry::folder(format!("{at}"))));
    let many = Layer::from_tar(many.finish()).stored_as(Storage::Zstd);
    let first = Layer::files(&[("a", "1")]);
    let image = Image::new([first, many.clone(), many.clone(), many.clone(), many.clone(), many]);
    let cancel = Cancel::new();
    let begun = Instant::now();
    let options = Options { layers_at_once: 4, ..Options::default() };
    let walk = opened(&image, &options).walk(&Stopping(cancel.clone()), &cancel);
    assert!(walk.problems.iter().any(|problem| problem.kind == model::ProblemKind::Cancelled), "{:?}", walk.problems);
    let limits = Limits { image_entries: 100, ..Limits::default() };
    let walk = opened(&image, &Options { limits, ..options }).walk(&recorder(), &Cancel::new());
    assert!(walk.problems.iter().any(|problem| problem.message.contains("image_entries")), "{:?}", walk.problems);
    assert!(begun.elapsed() < Duration::from_secs(60));
}
