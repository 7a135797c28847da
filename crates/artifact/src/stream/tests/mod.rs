//! The pipeline against plain decoding, and its manners when stopped.

use std::io::Read as _;
use std::sync::Arc;

use model::Cancel;
use proptest::prelude::*;
use testkit::layer::{gzip, zstd};

use super::{
    Blob, Bounds, Checks, Compression, Outcome, Pool, Spool, Store, StreamFault, digest_of, inflate_head, inflate_into,
    stream,
};
use crate::Limits;

fn blob(bytes: Vec<u8>) -> Blob {
    Store::Memory(Arc::new(bytes)).whole().expect("memory can be read")
}

fn bounds() -> Bounds {
    Bounds::new(&Limits::default(), "layer_bytes", 1 << 30)
}

fn sum(bytes: &[u8]) -> model::Digest {
    digest_of(bytes, model::Digest::sha256([0; 32]))
}

/// Streams, checking against the digests of what it should be.
fn read(stored: &[u8], content: &[u8]) -> (Vec<u8>, Outcome) {
    let checks = Checks { stored: Some(sum(stored)), content: Some(sum(content)), bounds: bounds().into() };
    stream(&blob(stored.to_vec()), &checks, &Cancel::new(), &Pool::default(), |chunks| {
        let mut read = Vec::new();
        // A fault is in the outcome.
        let _ = chunks.read_to_end(&mut read);
        read
    })
}

fn check(stored: &[u8], content: &[u8]) {
    let (found, outcome) = read(stored, content);
    assert!(outcome.fault.is_none(), "{:?}", outcome.fault);
    assert_eq!(found, content);
    assert_eq!(outcome.content_bytes, content.len() as u64);
    assert_eq!((outcome.stored, outcome.content), (Some(sum(stored)), Some(sum(content))));
    let whole = inflate_into(Spool::new(None), &blob(stored.to_vec()), &bounds()).expect("it is whole").whole();
    assert_eq!(whole.and_then(|whole| whole.read_all(u64::MAX)).expect("memory can be read").as_deref(), Ok(content));
    let head = inflate_head(&blob(stored.to_vec()), 100).expect("it can be read");
    assert_eq!(head, content[..content.len().min(100)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_content(content in proptest::collection::vec(any::<u8>(), 0..3000), repeat in 1_usize..400, member in 1_usize..100_000) {
        // Not taken for a compression by its own first bytes.
        let content = [b"plain".as_slice(), &content.repeat(repeat)].concat();
        check(&content, &content);
        check(&gzip(&content), &content);
        check(&zstd(&content), &content);
        check(&content.chunks(member.max(content.len() / 50)).flat_map(gzip).collect::<Vec<_>>(), &content);
        check(&content.chunks(member.max(content.len() / 50)).flat_map(zstd).collect::<Vec<_>>(), &content);
    }

    #[test]
    fn any_damage(at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>()) {
        let content = b"some content that is compressed ".repeat(5000);
        for mut stored in [gzip(&content), zstd(&content)] {
            let at = at.index(stored.len());
            stored[at] = byte;
            read(&stored, &content);
            stored.truncate(cut.index(stored.len()));
            read(&stored, &content);
        }
    }
}

#[test]
fn whoever_stops_early_stops_the_threads() {
    let content = vec![7; 64 << 20];
    let checks = Checks { stored: Some(sum(b"")), content: Some(sum(b"")), bounds: bounds().into() };
    let ((), outcome) = stream(&blob(content), &checks, &Cancel::new(), &Pool::default(), |_| ());
    assert_eq!((outcome.stored, outcome.content), (None, None));
    assert!(outcome.fault.is_none());
}

#[test]
fn a_cancel_ends_it_between_chunks() {
    let cancel = Cancel::new();
    let checks = Checks { stored: None, content: None, bounds: bounds().into() };
    let (read, outcome) = stream(&blob(vec![7; 64 << 20]), &checks, &cancel, &Pool::default(), |chunks| {
        let mut buffer = vec![0; 1 << 20];
        let mut read = 0;
        while let Ok(length) = chunks.read(&mut buffer) {
            read += length;
            cancel.cancel();
        }
        read
    });
    assert!(read < 1 << 20, "{read}");
    assert!(matches!(outcome.fault, Some(StreamFault::Cancelled)));
}

#[test]
fn damage_is_told_with_the_digest_of_what_is_stored() {
    let content = vec![7; 1 << 20];
    let mut stored = gzip(&content);
    let middle = stored.len() / 2;
    stored.truncate(middle);
    let (_, outcome) = read(&stored, &content);
    assert!(matches!(outcome.fault, Some(StreamFault::Truncated { format: "gzip", .. })), "{:?}", outcome.fault);
    assert_eq!(outcome.stored, Some(sum(&stored)));
    assert_eq!(outcome.content, None);
}

#[test]
fn compressions_are_told_by_their_first_bytes() {
    assert_eq!(Compression::of(&gzip(b"x")), Compression::Gzip);
    assert_eq!(Compression::of(&zstd(b"x")), Compression::Zstd);
    assert_eq!(Compression::of(b"BZh91AY"), Compression::Foreign("bzip2"));
    assert_eq!(Compression::of(b"plain"), Compression::None);
    assert_eq!(Compression::of(b""), Compression::None);
}

#[test]
fn skippable_frames_hold_no_content() {
    // As seekable variants write them: an index behind the content, or a header before it.
    let skippable = [b"\x50\x2a\x4d\x18\x04\0\0\0abcd".as_slice(), b"\x5f\x2a\x4d\x18\0\0\0\0"].concat();
    check(&[skippable.clone(), zstd(b"content"), skippable.clone(), zstd(b"more"), skippable].concat(), b"contentmore");
}

#[test]
fn a_zstd_window_beyond_the_limit_is_refused() {
    // A frame that asks for a window of 2 GiB: magic, descriptor, window descriptor, and a raw block.
    let frame = [0x28, 0xb5, 0x2f, 0xfd, 0x00, (31 - 10) << 3, 0x01, 0x00, 0x00];
    let (_, outcome) = read(&frame, b"");
    assert!(matches!(outcome.fault, Some(StreamFault::Corrupt { format: "zstd", .. })), "{:?}", outcome.fault);
}

#[test]
fn a_bomb_is_cut_off_early() {
    let stored = zstd(&vec![0; 512 << 20]);
    let limits = Limits { ratio_from: 1 << 20, ..Limits::default() };
    let bounds = Bounds::new(&limits, "layer_bytes", 1 << 40);
    let checks = Checks { stored: None, content: None, bounds: bounds.into() };
    let (read, outcome) = stream(&blob(stored), &checks, &Cancel::new(), &Pool::default(), |chunks| {
        std::io::copy(chunks, &mut std::io::sink()).ok()
    });
    assert_eq!(read, None);
    assert!(matches!(outcome.fault, Some(StreamFault::Limit { limit: "ratio", .. })), "{:?}", outcome.fault);
    assert!(outcome.content_bytes < 16 << 20);
}
