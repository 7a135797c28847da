//! Files with holes, in all four encodings.

use testkit::tar::{Entry, Tar, seal};

use super::{clean, read};

/// 3 bytes at 0, 4 at 1000, a hole to 2000.
fn expected() -> Vec<u8> {
    let mut content = vec![0; 2000];
    content[..3].copy_from_slice(b"abc");
    content[1000..1004].copy_from_slice(b"defg");
    content
}

fn check(tar: Tar) {
    let entries = clean(&tar.entry(&Entry::file("after", "!")).finish());
    assert_eq!(entries[0].path, b"sparse");
    assert_eq!(entries[0].content, expected());
    assert_eq!(entries[1].path, b"after");
}

#[test]
fn pax_0_0() {
    let entry = Entry::file("sparse", "abcdefg").record("GNU.sparse.size", "2000").record("GNU.sparse.numblocks", "2");
    let entry = entry.record("GNU.sparse.offset", "0").record("GNU.sparse.numbytes", "3");
    check(Tar::new().entry(&entry.record("GNU.sparse.offset", "1000").record("GNU.sparse.numbytes", "4")));
}

#[test]
fn pax_0_1() {
    let entry = Entry::file("GNUSparseFile.1/sparse", "abcdefg").record("GNU.sparse.name", "sparse");
    let entry = entry.record("GNU.sparse.size", "2000").record("GNU.sparse.numblocks", "2");
    check(Tar::new().entry(&entry.record("GNU.sparse.map", "0,3,1000,4")));
}

#[test]
fn pax_1_0() {
    let mut stored = b"2\n0\n3\n1000\n4\n".to_vec();
    stored.resize(512, 0);
    stored.extend(b"abcdefg");
    let entry = Entry::file("GNUSparseFile.1/sparse", stored).record("GNU.sparse.name", "sparse");
    let entry =
        entry.record("GNU.sparse.major", "1").record("GNU.sparse.minor", "0").record("GNU.sparse.realsize", "2000");
    check(Tar::new().entry(&entry));
}

#[test]
fn old_gnu() {
    check(old_gnu_with(&[(0, 3), (1000, 4)], 2000, "abcdefg"));
}

#[test]
fn old_gnu_with_a_map_that_goes_on() {
    let pieces: Vec<(u64, u64)> = (0..30).map(|at| (at * 10, 1)).collect();
    let tar = old_gnu_with(&pieces, 300, &"x".repeat(30)).entry(&Entry::file("after", "!")).finish();
    let entries = clean(&tar);
    assert_eq!(entries[0].content.iter().filter(|byte| **byte == b'x').count(), 30);
    assert_eq!(entries[0].content.len(), 300);
    assert_eq!(entries[1].path, b"after");
}

fn old_gnu_with(pieces: &[(u64, u64)], size: u64, stored: &str) -> Tar {
    let mut header = Tar::new().entry(&Entry::of_kind(b'S', "sparse").gnu().claims(stored.len() as u64)).unfinished();
    let entries = |pieces: &[(u64, u64)]| -> Vec<u8> {
        pieces.iter().flat_map(|(offset, length)| format!("{offset:011o}\0{length:011o}\0").into_bytes()).collect()
    };
    let (first, rest) = pieces.split_at(pieces.len().min(4));
    header[386..386 + first.len() * 24].copy_from_slice(&entries(first));
    header[482] = u8::from(!rest.is_empty());
    header[483..494].copy_from_slice(format!("{size:011o}").as_bytes());
    seal(&mut header);
    let mut tar = Tar::new().raw(&header);
    let blocks: Vec<&[(u64, u64)]> = rest.chunks(21).collect();
    for (at, block) in blocks.iter().enumerate() {
        let mut bytes = entries(block);
        bytes.resize(512, 0);
        bytes[504] = u8::from(at + 1 < blocks.len());
        tar = tar.raw(&bytes);
    }
    tar.padded(stored.as_bytes())
}

#[test]
fn maps_that_lie() {
    let fault = |entry: &Entry| read(&Tar::new().entry(entry).finish()).fault.expect("a fault").to_string();
    let map = |map: &str| {
        let entry = Entry::file("s", "abc").record("GNU.sparse.major", "0").record("GNU.sparse.minor", "1");
        entry.record("GNU.sparse.size", "100").record("GNU.sparse.map", map)
    };
    assert_eq!(
        fault(&map("0,3,99,2")),
        "the tar is damaged at byte 1024: a sparse map leads beyond the end of its file"
    );
    assert_eq!(fault(&map("5,2,0,1")), "the tar is damaged at byte 1024: a sparse map is not in order");
    assert_eq!(fault(&map("0,9")), "the tar is damaged at byte 1024: a sparse file stores less than its map says");
    assert_eq!(
        fault(&map("0,3,7")),
        "the tar is damaged at byte 1024: a sparse map does not have the number of blocks it claims"
    );
    assert_eq!(fault(&map("0,x")), "the tar is damaged at byte 0: a number of a sparse map is none");
    assert_eq!(
        fault(&map("0,9223372036854775807")),
        "the tar is damaged at byte 1024: a sparse map leads beyond the end of its file"
    );
    let telling = read(&Tar::new().entry(&map("0,1")).entry(&Entry::file("after", "")).finish());
    assert_eq!(telling.doubts, ["a sparse file stores more than its map says"]);
    assert_eq!(telling.entries.len(), 2);
    let one = Entry::file("s", "9999999999999\n").record("GNU.sparse.major", "1").record("GNU.sparse.minor", "0");
    assert_eq!(fault(&one), "the tar is damaged at byte 1024: a sparse map is longer than its file");
    let two = Entry::file("s", "x").record("GNU.sparse.major", "2").record("GNU.sparse.minor", "0");
    assert_eq!(
        read(&Tar::new().entry(&two).finish()).doubts,
        ["a sparse file of an unknown version was read as it is stored"]
    );
    let endless = Entry::file("s", "1".repeat(2 << 20)).record("GNU.sparse.major", "1").record("GNU.sparse.minor", "0");
    assert!(fault(&endless).contains("limit `tar_header_bytes`"));
}
