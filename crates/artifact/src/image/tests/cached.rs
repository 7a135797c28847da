//! What comes from the cache is what the layers say: every image of these tests is told three times.

use std::time::SystemTime;

use model::Cancel;
use testkit::image::Image;
use testkit::layer::{Layer, Storage};
use testkit::scratch::Scratch;
use testkit::tar::Entry;

use super::opened;
use crate::recorder::Recorder;
use crate::{Artifact, Cache, CacheLimits, Limits, Options, Tally};

/// Walks an image without a cache, also one layer after another, with an empty cache and with the one it has filled, which must all
/// tell the same.
pub(super) fn tell(image: &Image, recorder: &Recorder, options: &Options) -> String {
    let fresh = whole(recorder, &opened(image, options));
    let in_turn = Options { layers_at_once: 1, ..options.clone() };
    assert_eq!(whole(&recorder.afresh(), &opened(image, &in_turn)), fresh, "one layer after another");
    let scratch = Scratch::new();
    for filled in [false, true] {
        let options = Options { cache: Some(cache(&scratch)), ..options.clone() };
        let again = whole(&recorder.afresh(), &opened(image, &options));
        assert_eq!(again, fresh, "with a cache that is filled: {filled}");
    }
    fresh.1
}

/// All that a walk says, beside what the sink was given, in its order.
pub(super) fn whole(recorder: &Recorder, artifact: &Artifact) -> (String, String) {
    let walk = artifact.walk(recorder, &Cancel::new());
    walk.kept.iter().for_each(|kept| kept.keep(&recorder.results(kept.layer)));
    let counts = format!("{} {} {} {:?}", walk.files_seen, walk.files_read, walk.bytes_read, walk.efficiency);
    (counts, recorder.lines(&walk))
}

pub(super) fn cache(scratch: &Scratch) -> Cache {
    Cache::new(scratch.path().join("cache"), CacheLimits::default(), SystemTime::now())
}

/// What the cache was good for in one walk.
fn tally(scratch: &Scratch, image: &Image, recorder: &Recorder, limits: Limits) -> Tally {
    let own = cache(scratch);
    let options = Options { limits, cache: Some(own.clone()), ..Options::default() };
    opened(image, &options).walk(recorder, &Cancel::new());
    own.tally()
}

fn usual(scratch: &Scratch, image: &Image) -> Tally {
    tally(scratch, image, &Recorder::all(), Limits::default())
}

fn counts(found: u64, kept: u64) -> Tally {
    Tally { found, kept, damaged: 0 }
}

fn base() -> Layer {
    Layer::files(&[("etc/os-release", "ID=debian"), ("usr/lib/x", "1")])
}

#[test]
fn a_layer_is_read_once() {
    let scratch = Scratch::new();
    let image = Image::new([base(), Layer::files(&[("a", "1")])]);
    assert_eq!(usual(&scratch, &image), counts(0, 2));
    assert_eq!(usual(&scratch, &image), counts(2, 0));
}

#[test]
fn a_base_is_shared() {
    let scratch = Scratch::new();
    usual(&scratch, &Image::new([base(), Layer::files(&[("a", "1")])]));
    assert_eq!(usual(&scratch, &Image::new([base(), Layer::files(&[("b", "2")])])), counts(1, 1));
    assert_eq!(usual(&scratch, &Image::new([base()])), counts(1, 0));
}

/// Links of lower layers decide where a file of an upper one lies, and so what is kept of it.
#[test]
fn the_same_layer_upon_others_is_another() {
    let scratch = Scratch::new();
    let upper = Layer::files(&[("lib/apk/db/installed", "db")]);
    let merged = Image::new([Layer::of(&[Entry::symlink("lib", "usr/lib")]), upper.clone()]);
    let plain = Image::new([Layer::of(&[Entry::folder("lib")]), upper]);
    let recorder = Recorder { exactly: vec!["usr/lib/apk/db/installed"], ..Recorder::default() };
    let told = |image: &Image| {
        let options = Options { cache: Some(cache(&scratch)), ..Options::default() };
        recorder.afresh().tell(&opened(image, &options))
    };
    assert_eq!(told(&plain), "");
    assert_eq!(told(&merged), "/usr/lib/apk/db/installed layer 1: db\n");
    assert_eq!(told(&plain), "");
}

#[test]
fn other_wishes_and_other_limits_are_others() {
    let scratch = Scratch::new();
    let image = Image::new([base()]);
    usual(&scratch, &image);
    let endings = Recorder::ending(&["os-release"]);
    assert_eq!(tally(&scratch, &image, &endings, Limits::default()), counts(0, 1));
    let limits = Limits { file_bytes: 100, ..Limits::default() };
    assert_eq!(tally(&scratch, &image, &Recorder::all(), limits), counts(0, 1));
    let excluding = Options { cache: Some(cache(&scratch)), exclude: vec!["usr".to_owned()], ..Options::default() };
    opened(&image, &excluding).walk(&Recorder::all(), &Cancel::new());
    assert_eq!(excluding.cache.expect("just made").tally(), counts(0, 1));
    assert_eq!(usual(&scratch, &image), counts(1, 0));
}

/// Whoever says another blob is the same layer is not believed because of the first.
#[test]
fn a_lie_about_a_layer_that_is_known() {
    let scratch = Scratch::new();
    usual(&scratch, &Image::new([base()]));
    let evil = Layer::files(&[("evil", "1")]).claims_diff_id(base().diff_id());
    let told = {
        let options = Options { cache: Some(cache(&scratch)), ..Options::default() };
        Recorder::all().tell(&opened(&Image::new([evil]), &options))
    };
    assert!(told.contains("/evil layer 0: 1") && told.contains("the layer has the diff id"), "{told}");
}

#[test]
fn what_gave_a_problem_is_not_kept_nor_what_lies_upon_it() {
    let scratch = Scratch::new();
    let cut = base().stored_bytes(|mut bytes| {
        bytes.truncate(bytes.len() / 2);
        bytes
    });
    let odd = Layer::of(&[Entry::file("a", "1"), Entry::hardlink("b", "nowhere")]);
    for bad in [cut, odd, base().claims_diff_id(testkit::digest::sha256(b"")), base().missing()] {
        let image = Image::new([bad, Layer::files(&[("a", "1")])]);
        assert_eq!((usual(&scratch, &image), usual(&scratch, &image)), (counts(0, 0), counts(0, 0)));
    }
    assert_eq!(cache(&scratch).status().expect("a folder").entries, 0);
}

/// What links lead to is read in a second pass; that is kept for the image as a whole.
#[test]
fn a_second_pass_is_kept_too() {
    let scratch = Scratch::new();
    let recorder = Recorder { endings: vec!["wanted"], ..Recorder::default() };
    let program = "x".repeat(100_000);
    let image = Image::new([
        Layer::of(&[Entry::file("x", "0"), Entry::file("plain", &program), Entry::file("y", "0")]),
        Layer::of(&[Entry::hardlink("wanted", "plain"), Entry::hardlink("also-wanted", "plain")]),
    ]);
    assert_eq!(tally(&scratch, &image, &recorder.afresh(), Limits::default()), counts(0, 3));
    // The blobs are gone: nothing of them is needed.
    let mut files = image.layout();
    files.retain(|_, bytes| !bytes.starts_with(&[0x1f, 0x8b]) || bytes.len() > 1 << 30);
    assert_eq!(tally(&scratch, &image, &recorder.afresh(), Limits::default()), counts(2, 0));
    tell(&image, &recorder, &Options::default());
    // The second pass alone was lost: the layer is read again, and held against its digests.
    for entry in std::fs::read_dir(scratch.path().join("cache")).expect("it was filled") {
        let path = entry.expect("a file").path();
        if path.extension().is_some_and(|ending| ending == "again") {
            std::fs::remove_file(path).expect("our own folder");
        }
    }
    assert_eq!(tally(&scratch, &image, &recorder.afresh(), Limits::default()), counts(2, 1));
}

/// A blob that was changed since the cache knows it is found out where it is read.
#[test]
fn what_is_read_again_is_held_against_its_digests() {
    let scratch = Scratch::new();
    let recorder = Recorder { endings: vec!["wanted"], ..Recorder::default() };
    let lower = |content: &str| Layer::of(&[Entry::file("plain", content)]);
    let image = |content: &str| {
        let claimed = lower("good");
        let lying = lower(content).claims_digest(claimed.digest()).claims_diff_id(claimed.diff_id());
        Image::new([
            lying.claims_size(claimed.stored().len() as u64),
            Layer::of(&[Entry::hardlink("b/wanted", "plain")]),
        ])
    };
    let told = |content: &str| {
        let options = Options { cache: Some(cache(&scratch)), ..Options::default() };
        recorder.afresh().tell(&opened(&image(content), &options))
    };
    assert_eq!(told("good"), "/b/wanted layer 0: good\n");
    assert_eq!(told("evil"), "/b/wanted layer 0: good\n", "the image is the one that is known");
    for entry in std::fs::read_dir(scratch.path().join("cache")).expect("it was filled") {
        let path = entry.expect("a file").path();
        if path.extension().is_some_and(|ending| ending == "again") {
            std::fs::remove_file(path).expect("our own folder");
        }
    }
    let told = told("evil");
    assert!(told.contains("the blob of the layer has the digest") && told.contains("has the diff id"), "{told}");
}

#[test]
fn every_way_of_storing() {
    let long = "x".repeat(100_000);
    for storage in [Storage::Plain, Storage::Gzip, Storage::Members(700), Storage::Zstd, Storage::Frames(700)] {
        let scratch = Scratch::new();
        let layer = Layer::files(&[("a", "1"), ("long", &long)]).stored_as(storage);
        let image = Image::new([layer]);
        assert_eq!((usual(&scratch, &image), usual(&scratch, &image)), (counts(0, 1), counts(1, 0)), "{storage:?}");
        tell(&image, &Recorder::all(), &Options::default());
    }
}

/// Programs are not kept, but what came of them is; without that the layer is read again.
#[test]
fn what_comes_of_programs() {
    let scratch = Scratch::new();
    let program = |name: &str, begin: &str| Entry::file(name, format!("{begin}{}", "x".repeat(300_000))).mode(0o755);
    let image = Image::new([Layer::of(&[
        program("bin/a", "\x7fELF"),
        Entry::hardlink("bin/b", "bin/a"),
        program("bin/c", "#!/b"),
        Entry::file("bin/d", "\x7fELF").mode(0o755),
        Entry::file("e", "by its name"),
    ])]);
    let recorder = Recorder { magic: Some(b"\x7fELF"), endings: vec!["e"], ..Recorder::default() };
    tell(&image, &recorder, &Options::default());
    let again = |keep: Option<&[u8]>| {
        let own = cache(&scratch);
        let options = Options { cache: Some(own.clone()), ..Options::default() };
        let walk = opened(&image, &options).walk(&recorder.afresh(), &Cancel::new());
        if let Some(bytes) = keep {
            walk.kept.iter().for_each(|kept| kept.keep(bytes));
        }
        (own.tally(), own.status().expect("a folder").bytes)
    };
    let (tally, bytes) = again(None);
    assert!(tally == counts(0, 1) && bytes < 2_000, "{bytes}");
    assert_eq!(again(Some(b"damaged")).0, counts(0, 1), "the sink kept nothing");
    let own = recorder.afresh();
    let options = Options { cache: Some(cache(&scratch)), ..Options::default() };
    whole(&own, &opened(&image, &options));
    assert_eq!(again(None).0, counts(1, 0));
}

/// A program whose further name is wanted by that name: its content is needed under both.
#[test]
fn a_program_that_is_wanted_by_name_too() {
    let program = Entry::file("bin/a", "\x7fELF and more").mode(0o755);
    let image = Image::new([Layer::of(&[program, Entry::hardlink("bin/wanted", "bin/a")]), base()]);
    let recorder = Recorder { magic: Some(b"\x7fELF"), endings: vec!["wanted"], ..Recorder::default() };
    let told = tell(&image, &recorder, &Options::default());
    assert_eq!(told, "/bin/a layer 0: \\u{7f}ELF and more\n/bin/wanted layer 0: \\u{7f}ELF and more\n");
    let scratch = Scratch::new();
    tally(&scratch, &image, &recorder.afresh(), Limits::default());
    assert_eq!(tally(&scratch, &image, &recorder, Limits::default()), counts(1, 0), "the other layer is kept");
}

/// A sink that breaks its word, as another version of the program could: what is not there is read.
#[test]
fn more_is_wanted_than_was_kept() {
    let scratch = Scratch::new();
    let image = Image::new([Layer::files(&[("a", "1"), ("b", "2")]), Layer::files(&[("a", "3")])]);
    let told = |endings: &[&'static str]| {
        let recorder = Recorder { same_name: true, ..Recorder::ending(endings) };
        let options = Options { cache: Some(cache(&scratch)), ..Options::default() };
        recorder.tell(&opened(&image, &options))
    };
    assert_eq!(told(&["b"]), "/b layer 0: 2\n");
    assert_eq!(told(&[""]), "/b layer 0: 2\n/a layer 1: 3\n");
}

/// A sink that says nothing of its wishes has nothing kept for it.
#[test]
fn for_a_sink_without_a_name() {
    struct Nameless;
    impl crate::Sink for Nameless {
        fn interest(&self, _: &crate::FileMeta) -> crate::Interest {
            crate::Interest::Whole { limit: 100 }
        }
        fn interest_after_head(&self, _: &crate::FileMeta, _: &[u8]) -> crate::Interest {
            crate::Interest::Skip
        }
        fn content(&self, _: &crate::FileMeta, _: crate::FileBytes) {}
    }
    let scratch = Scratch::new();
    let options = Options { cache: Some(cache(&scratch)), ..Options::default() };
    opened(&Image::new([base()]), &options).walk(&Nameless, &Cancel::new());
    assert!(!scratch.path().join("cache").exists());
}
