//! Entries written, read, damaged and removed.

use std::io::{Cursor, Read as _};
use std::time::{Duration, SystemTime};

use testkit::scratch::Scratch;

use super::key::Key;
use super::{Cache, CacheLimits, CacheRefused, Kept, NotKept, Part, Replay};
use crate::content_sum::ContentSum;
use crate::tar::{Entry, Kind};

const NOW: Duration = Duration::from_secs(1_800_000_000);
const DAY: u64 = 86_400;

fn at(seconds_before: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + NOW - Duration::from_secs(seconds_before)
}

fn cache_at(scratch: &Scratch, limits: CacheLimits, now: SystemTime) -> Cache {
    Cache::new(scratch.path().join("cache"), limits, now)
}

fn cache(scratch: &Scratch) -> Cache {
    cache_at(scratch, CacheLimits::default(), at(0))
}

fn key(number: u8) -> Key {
    Key { sum: [number; 32], part: Part::Layer }
}

fn entry(kind: Kind, size: u64) -> Entry {
    Entry { kind, size, mode: 0o4755, offset: 512, content_offset: 1024, sparse: kind == Kind::Pipe }
}

/// One entry of every kind, with a content that was read, one that was read in part, and one that nobody read.
fn put(cache: &Cache, key: &Key) {
    let mut writer = cache.begin(key).expect("a writable folder");
    writer.entry(&entry(Kind::File, 5), b"usr/lib/a", b"");
    writer.bytes(b"he");
    writer.bytes(b"llo");
    writer.sum(ContentSum::of(b"hello"));
    writer.entry(&entry(Kind::File, u64::MAX), b"usr/lib/b", b"");
    writer.bytes(b"MZ");
    writer.sum(ContentSum::of(b"MZ and so on"));
    writer.entry(&entry(Kind::File, 7), b"usr/x", b"");
    for (kind, link) in [(Kind::HardLink, "usr/x"), (Kind::SymbolicLink, "../\u{1b}"), (Kind::Folder, "")] {
        writer.entry(&entry(kind, 0), b"usr/x/\xff", link.as_bytes());
    }
    for kind in [Kind::Device, Kind::Pipe, Kind::Other] {
        writer.entry(&entry(kind, 0), b"", b"");
    }
    assert!(writer.commit(10_240).is_some());
}

/// What an entry says, a line each.
fn tell(replay: &mut Replay<impl std::io::BufRead>) -> String {
    let mut lines = Vec::new();
    while let Some(entry) = replay.next().expect("it was checked") {
        let known = [&b"hello"[..], b"MZ and so on"].map(ContentSum::of);
        lines.extend(replay.take_sum().map(|sum| format!("sum {:?}", known.iter().position(|one| *one == sum))));
        let (path, link) = (replay.path().escape_ascii().to_string(), replay.link().escape_ascii().to_string());
        let mut content = Vec::new();
        let end = match replay.body().read_to_end(&mut content) {
            Ok(_) => ".",
            Err(error) if NotKept::is(&error) => "…",
            Err(error) => panic!("{error}"),
        };
        let Entry { kind, size, mode, offset, content_offset, sparse } = entry;
        let content = content.escape_ascii();
        lines.push(format!(
            "{kind:?} {path} -> {link} {size} {mode:o} {offset} {content_offset} {sparse}: {content}{end}"
        ));
    }
    lines.push(replay.content_bytes().to_string());
    lines.join("\n")
}

#[test]
fn what_is_written_is_read() {
    let scratch = Scratch::new();
    let cache = cache(&scratch);
    assert!(cache.find(&key(1)).is_none());
    put(&cache, &key(1));
    insta::assert_snapshot!(tell(&mut cache.find(&key(1)).expect("it was put there")), @r"
    File usr/lib/a ->  5 4755 512 1024 false: hello.
    sum Some(0)
    File usr/lib/b ->  18446744073709551615 4755 512 1024 false: MZ…
    sum Some(1)
    File usr/x ->  7 4755 512 1024 false: …
    HardLink usr/x/\xff -> usr/x 0 4755 512 1024 false: .
    SymbolicLink usr/x/\xff -> ../\x1b 0 4755 512 1024 false: .
    Folder usr/x/\xff ->  0 4755 512 1024 false: .
    Device  ->  0 4755 512 1024 false: .
    Pipe  ->  0 4755 512 1024 true: .
    Other  ->  0 4755 512 1024 false: .
    10240
    ");
    assert!(cache.find(&key(2)).is_none());
    assert_eq!(cache.status().expect("a folder").entries, 1);
}

#[test]
fn large_contents_and_second_passes() {
    let scratch = Scratch::new();
    let cache = cache(&scratch);
    let key = Key { sum: [9; 32], part: Part::Again };
    let content: Vec<u8> = (0..1_000_000_u32).map(|at| (at % 251) as u8).collect();
    let mut writer = cache.begin(&key).expect("a writable folder");
    writer.place(3, 70_000, content.len() as u64);
    content.chunks(7_000).for_each(|chunk| writer.bytes(chunk));
    writer.place(u32::MAX, 1, 0);
    assert!(writer.commit(0).is_some());
    let mut replay = cache.find(&key).expect("it was put there");
    assert_eq!(replay.next_place().expect("checked"), Some((3, 70_000)));
    let mut found = Vec::new();
    replay.body().read_to_end(&mut found).expect("all of it was kept");
    assert!(found == content);
    assert_eq!(replay.next_place().expect("checked"), Some((u32::MAX, 1)));
    assert_eq!(replay.next_place().expect("checked"), None);
    assert!(cache.find(&Key { part: Part::Layer, ..key }).is_none(), "another part is another entry");
}

/// Every byte changed in every way, and every length: no entry, never another answer.
#[test]
fn damage_is_a_miss() {
    let scratch = Scratch::new();
    let cache = cache(&scratch);
    put(&cache, &key(1));
    let path = cache.folder().join(key(1).file_name());
    let good = std::fs::read(&path).expect("it was put there");
    for place in 0..good.len() {
        for bit in 0..8 {
            let mut bytes = good.clone();
            bytes[place] ^= 1 << bit;
            assert!(Replay::open(Cursor::new(bytes), &key(1)).is_err(), "byte {place}, bit {bit}");
        }
        assert!(Replay::open(Cursor::new(&good[..place]), &key(1)).is_err(), "cut at {place}");
    }
    assert!(Replay::open(Cursor::new([good.as_slice(), b"x"].concat()), &key(1)).is_err());
    assert!(Replay::open(Cursor::new(&good), &key(2)).is_err(), "of another key");
    assert!(Replay::open(Cursor::new(&good), &key(1)).is_ok());
    // A damaged file is removed, and the next one is good again.
    std::fs::write(&path, &good[..good.len() / 2]).expect("our own folder");
    assert!(cache.find(&key(1)).is_none() && !path.exists());
    assert_eq!(cache.tally().damaged, 1);
    put(&cache, &key(1));
    assert!(cache.find(&key(1)).is_some());
}

/// The checksum says nothing of a file that somebody made with care: its records are checked too.
#[test]
fn made_with_care() {
    use sha2::{Digest as _, Sha256};
    let scratch = Scratch::new();
    let cache = cache(&scratch);
    put(&cache, &key(1));
    let good = std::fs::read(cache.folder().join(key(1).file_name())).expect("it was put there");
    let body = &good[..good.len() - 32];
    let mut refused = 0;
    for place in 41..body.len() {
        for change in [1, 0x10, 0x40, 0x7f, 0xff] {
            let mut bytes = body.to_vec();
            bytes[place] ^= change;
            let sum = Sha256::digest(&bytes);
            bytes.extend_from_slice(&sum);
            match Replay::open(Cursor::new(bytes), &key(1)) {
                // Other names and numbers may be as good as ours.
                Ok(mut replay) => drop(tell(&mut replay)),
                Err(_) => refused += 1,
            }
        }
    }
    assert!(refused > 100, "{refused}");
}

#[test]
fn what_is_unfinished_is_nothing() {
    let scratch = Scratch::new();
    let cache = cache_at(&scratch, CacheLimits::default(), SystemTime::now());
    let mut writer = cache.begin(&key(1)).expect("a writable folder");
    writer.entry(&entry(Kind::File, 1), b"a", b"");
    assert!(cache.find(&key(1)).is_none());
    assert_eq!(cache.status().expect("a folder"), Kept { entries: 0, bytes: 0, unfinished: 1 });
    drop(writer);
    assert_eq!(cache.status().expect("a folder"), Kept::default());
    // Left behind by who was killed: kept while it may still be written, then removed.
    std::mem::forget(cache.begin(&key(1)));
    let later = cache_at(&scratch, CacheLimits::default(), SystemTime::now() + Duration::from_secs(4000));
    assert_eq!(cache.tidy().expect("a folder"), Kept::default());
    assert_eq!(later.tidy().expect("a folder").unfinished, 1);
}

#[test]
fn what_was_used_longest_ago_goes_first() {
    let scratch = Scratch::new();
    for (number, days) in [(1, 50), (2, 20), (3, 10), (4, 1)] {
        put(&cache_at(&scratch, CacheLimits::default(), at(days * DAY)), &key(number));
    }
    let one = cache(&scratch).status().expect("a folder").bytes / 4;
    // Used again.
    assert!(cache_at(&scratch, CacheLimits::default(), at(DAY / 2)).find(&key(2)).is_some());
    let limits = CacheLimits { bytes: 2 * one, unused: Duration::from_secs(30 * DAY) };
    let gone = cache_at(&scratch, limits, at(0)).tidy().expect("a folder");
    assert_eq!(gone.entries, 2);
    let left: Vec<u8> = (1..=4).filter(|number| cache(&scratch).find(&key(*number)).is_some()).collect();
    assert_eq!(left, [2, 4]);
    let old = cache_at(&scratch, CacheLimits::default(), at(0) + Duration::from_secs(31 * DAY));
    assert_eq!(old.tidy().expect("a folder").entries, 2, "nobody used them for a month");
}

#[test]
fn an_entry_larger_than_its_share_is_not_kept() {
    let scratch = Scratch::new();
    let cache = cache_at(&scratch, CacheLimits { bytes: 400_000, ..CacheLimits::default() }, at(0));
    let mut writer = cache.begin(&key(1)).expect("a writable folder");
    writer.entry(&entry(Kind::File, 1_000_000), b"a", b"");
    writer.bytes(&vec![7; 1_000_000]);
    assert!(writer.commit(0).is_none());
    assert_eq!(cache.status().expect("a folder"), Kept::default());
}

#[test]
fn only_our_files_are_ours() {
    let scratch = Scratch::new();
    let cache = cache(&scratch);
    put(&cache, &key(1));
    let foreign =
        ["README", "sha256:0.layer", &format!("{}.layers", "0".repeat(64)), &format!("{}.layer", "Z".repeat(64))];
    for name in foreign {
        scratch.write(&format!("cache/{name}"), "x");
    }
    assert_eq!(cache.clear().expect("a folder").entries, 1);
    assert!(foreign.iter().all(|name| cache.folder().join(name).exists()));
    assert_eq!(
        cache_at(&Scratch::new(), CacheLimits::default(), at(0)).clear().expect("nothing is there"),
        Kept::default()
    );
}

#[cfg(unix)]
#[test]
fn for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let scratch = Scratch::new();
    let cache = cache(&scratch);
    put(&cache, &key(1));
    let mode = |path: &std::path::Path| path.metadata().expect("it is there").permissions().mode() & 0o777;
    assert_eq!(mode(cache.folder()), 0o700);
    assert_eq!(mode(&cache.folder().join(key(1).file_name())), 0o600);
    std::fs::set_permissions(cache.folder(), std::fs::Permissions::from_mode(0o777)).expect("our own folder");
    let refused = self::cache(&scratch);
    assert!(refused.find(&key(1)).is_none() && refused.begin(&key(1)).is_none());
    assert_eq!(refused.refused(), Some(&CacheRefused::Writable { path: cache.folder().to_owned() }));
    // A file is no folder.
    let path = scratch.write("file", "");
    let unusable = Cache::new(path, CacheLimits::default(), at(0));
    assert!(unusable.begin(&key(1)).is_none());
    assert!(matches!(unusable.refused(), Some(CacheRefused::Unusable { .. })));
}
