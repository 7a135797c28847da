//! Headers one by one, and every place a stream can end.

use testkit::tar::{Entry, Tar, pax_record, seal};

use super::{clean, read};

fn file(name: &str, content: &str) -> Entry {
    Entry::file(name, content)
}

fn names(tar: &[u8]) -> Vec<String> {
    clean(tar).into_iter().map(|entry| String::from_utf8_lossy(&entry.path).into_owned()).collect()
}

#[test]
fn the_ways_a_name_is_written() {
    let long = vec!["long"; 50].join("/");
    assert_eq!(names(&Tar::new().entry(&file("a", "1")).finish()), ["a"]);
    assert_eq!(names(&Tar::new().entry(&file(&long, "").gnu()).entry(&file("b", "")).finish()), [long.as_str(), "b"]);
    assert_eq!(names(&Tar::new().entry(&Entry::folder(&long)).entry(&file("b", "")).finish()), [long.as_str(), "b"]);
    let exactly = "x".repeat(100);
    assert_eq!(names(&Tar::new().entry(&file(&exactly, "")).finish()), [exactly]);
}

#[test]
fn the_prefix_of_ustar() {
    let mut block = Tar::new().entry(&file("name", "")).unfinished();
    block[345..351].copy_from_slice(b"prefix");
    seal(&mut block);
    assert_eq!(names(&block), ["prefix/name"]);
    // The same bytes under the GNU magic are no prefix but a time that is none: Go takes it for the prefix.
    block[257..265].copy_from_slice(b"ustar  \0");
    seal(&mut block);
    let telling = read(&block);
    assert_eq!(telling.entries[0].path, b"prefix/name");
    assert_eq!(telling.doubts, ["a GNU header holds a name where its times should be"]);
    // Before ustar there was none.
    block[257..265].fill(0);
    seal(&mut block);
    assert_eq!(names(&block), ["name"]);
}

#[test]
fn empty_and_last_records_count_as_in_go() {
    let records = [pax_record("path", b"first"), pax_record("path", b"second")].concat();
    let tar = Tar::new().entry(&Entry::of_kind(b'x', "x").content(records)).entry(&file("header", "")).finish();
    assert_eq!(names(&tar), ["second"]);
    let tar = Tar::new().entry(&file("header", "").record("path", "")).finish();
    assert_eq!(names(&tar), ["header"]);
    let two = Tar::new()
        .entry(&Entry::of_kind(b'x', "x").content(pax_record("path", b"lost")))
        .entry(&file("header", "").record("mtime", "1"))
        .finish();
    assert_eq!(names(&two), ["header"]);
}

#[test]
fn sizes_in_base_256_and_in_records() {
    let mut block = Tar::new().entry(&file("a", "12345")).finish();
    block[124..136].copy_from_slice(&[0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5]);
    seal(&mut block[..512]);
    assert_eq!(clean(&block)[0].content, b"12345");
    let tar = Tar::new().entry(&file("a", "12345").record("size", "5").claims(0)).entry(&file("b", "")).finish();
    assert_eq!(clean(&tar)[0].content, b"12345");
    assert_eq!(names(&tar), ["a", "b"]);
    // A field filled with sevens says that the size did not fit.
    let tar = Tar::new()
        .entry(&file("a", "12345").record("size", "5").claims(0o77_777_777_777))
        .entry(&file("b", ""))
        .finish();
    let telling = read(&tar);
    assert_eq!((telling.entries.len(), telling.doubts.len()), (2, 0));
}

#[test]
fn a_checksum_of_signed_bytes() {
    let mut block = Tar::new().entry(&Entry::file(b"\xff\xfe", "")).unfinished();
    block[148..156].fill(b' ');
    let sum: i32 = block.iter().map(|byte| i32::from(byte.cast_signed())).sum();
    block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    assert_eq!(clean(&block)[0].path, b"\xff\xfe");
}

#[test]
fn folders_of_v7() {
    let folder = Tar::new().entry(&Entry::of_kind(0, "d/")).entry(&Entry::of_kind(0, "f")).finish();
    let kinds: Vec<_> = clean(&folder).into_iter().map(|entry| entry.kind).collect();
    assert_eq!(kinds, ["folder", "file"]);
}

#[test]
fn unknown_types_are_passed_over_with_their_content() {
    let tar = Tar::new().entry(&Entry::of_kind(b'V', "label").content("xyz")).entry(&file("a", "1")).finish();
    let telling = read(&tar);
    assert_eq!(telling.entries.iter().map(|entry| entry.kind).collect::<Vec<_>>(), ["other", "file"]);
    assert_eq!(telling.doubts, ["an entry of type `V` makes no file"]);
}

#[test]
fn a_header_that_is_followed_by_nothing() {
    let tar =
        Tar::new().entry(&file("a", "1")).entry(&Entry::of_kind(b'x', "x").content(pax_record("path", b"b"))).finish();
    let telling = read(&tar);
    assert_eq!(telling.entries.len(), 1);
    assert_eq!(telling.doubts, ["an extended header is followed by no entry"]);
}

#[test]
fn an_end_at_every_byte() {
    let whole = Tar::new()
        .entry(&file("a", "1"))
        .entry(&file(&vec!["n"; 80].join("/"), "22").gnu())
        .entry(&file(&vec!["p"; 80].join("/"), "333"))
        .finish();
    let all = clean(&whole);
    for length in 0..whole.len() {
        let telling = read(&whole[..length]);
        assert!(telling.entries.iter().zip(&all).all(|(found, expected)| found == expected), "{length}");
        let is_complete = telling.entries.len() == all.len();
        assert!(
            is_complete || telling.fault.is_some() || !telling.doubts.is_empty() || is_between_entries(length),
            "{length}"
        );
    }
}

/// Where the stream of `an_end_at_every_byte` can end as if it were complete: after an entry, in its padding.
fn is_between_entries(length: usize) -> bool {
    // The first entry ends at 1024, the second, with its long name, at 3072.
    length == 0 || (513..=1024).contains(&length) || (2562..=3072).contains(&length)
}
