//! Every kind of input gives the same records, and hostile ones are named.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::build::{BuildOptions, Limits, build};
use crate::testing::{Folder, record};

fn lines() -> String {
    ["A-1 : npm a >=0", "A-2 : npm b >=0"].map(|line| record(line).to_string()).join("\n")
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).expect("memory")
}

fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(*name, SimpleFileOptions::default()).expect("memory");
        writer.write_all(bytes).expect("memory");
    }
    writer.finish().expect("memory").into_inner()
}

/// Builds from a folder of files and compares `records read; problems`.
fn check(files: &[(&str, &[u8])], limits: Limits, expected: &str) {
    assert_eq!(shown(files, limits), expected);
}

fn shown(files: &[(&str, &[u8])], limits: Limits) -> String {
    let folder = Folder::new();
    for (name, bytes) in files {
        folder.write(name, bytes);
    }
    let from = match files {
        [(name, _)] => folder.path().join(name),
        _ => folder.path().to_owned(),
    };
    match build(&[from], &BuildOptions { limits, ..BuildOptions::default() }) {
        Err(error) => error.to_string(),
        Ok((built, problems)) => {
            let message = |problem: &model::Problem| format!("; {}", problem.message);
            format!("{}{}", built.statistics.read, problems.iter().map(message).collect::<String>())
        }
    }
}

#[test]
fn all_forms() {
    let limits = Limits::default;
    let lines = lines();
    let one = record("A-1 : npm a >=0").to_string();
    let array = format!("[{one},\n{}]", one.replace("A-1", "A-2"));
    let archive = zip(&[("A-1.json", one.as_bytes()), ("x/more.jsonl", lines.as_bytes()), ("README.md", b"no")]);
    check(&[("a.jsonl", lines.as_bytes())], limits(), "2");
    check(&[("a.jsonl.gz", &gzip(lines.as_bytes()))], limits(), "2");
    check(&[("a.jsonl.zst", &zstd(lines.as_bytes()))], limits(), "2");
    check(&[("a.json", one.as_bytes())], limits(), "1");
    check(&[("a.json", array.as_bytes())], limits(), "2");
    check(&[("a.json.gz", &gzip(array.as_bytes()))], limits(), "2");
    check(&[("a.json", lines.as_bytes())], limits(), "2");
    check(&[("all.zip", &archive)], limits(), "3");
    check(&[("all.zip.gz", &gzip(&archive))], limits(), "3");
    check(&[("all.zip.zst", &zstd(&archive))], limits(), "3");
    check(&[("no-ending", &gzip(lines.as_bytes()))], limits(), "2");
    check(&[("no-ending", &archive)], limits(), "3");
    check(
        &[("x/a.json", one.as_bytes()), ("y/b.jsonl", lines.as_bytes()), (".git/c.json", b"{"), ("z.yaml", b"no")],
        limits(),
        "3",
    );
}

#[test]
fn pretty_records_and_windows_line_ends() {
    let value = record("A-1 : npm a >=0");
    let pretty = serde_json::to_string_pretty(&value).expect("JSON").replace('\n', "\r\n");
    check(&[("a.json", pretty.as_bytes())], Limits::default(), "1");
    check(&[("a.jsonl", lines().replace('\n', "\r\n").as_bytes())], Limits::default(), "2");
}

#[test]
fn bombs_hit_limits() {
    let bomb = vec![b' '; 1 << 20];
    let small = Limits { file_bytes: 4096, held_bytes: 4096, ..Limits::default() };
    let files: &[(&str, &[u8])] = &[("a.jsonl", lines().leak().as_bytes()), ("b.jsonl.gz", &gzip(&bomb))];
    check(
        files,
        small.clone(),
        "2; the rest of the file cannot be read: it is longer than the limit of 4096 bytes when unpacked",
    );
    let archive = zip(&[("a.jsonl", lines().as_bytes()), ("b.jsonl", &bomb)]);
    check(
        &[("all.zip", &archive)],
        small.clone(),
        "2; the rest of the file cannot be read: it is longer than the limit of 3739 bytes when unpacked",
    );
    check(
        &[("a.jsonl", lines().leak().as_bytes()), ("b.json", &bomb)],
        small,
        "2; the file cannot be read: it is longer than the limit of 4096 bytes when unpacked",
    );
}

#[test]
fn damage_is_named_and_what_came_before_is_kept() {
    let packed = gzip(lines().as_bytes());
    insta::assert_snapshot!(shown(&[("a.jsonl.gz", &packed[..packed.len() - 12])], Limits::default()), @"1; the rest of the file cannot be read: incomplete deflate stream");
    insta::assert_snapshot!(shown(&[("a.jsonl", lines().leak().as_bytes()), ("b.zip", b"PK\x03\x04nothing")], Limits::default()), @"2; not a zip archive that can be read: invalid Zip archive: Could not find EOCD");
    insta::assert_snapshot!(shown(&[("a.jsonl", lines().leak().as_bytes()), ("b.json", b"[{}")], Limits::default()), @"2; not an OSV record: missing field `id`; the rest of the array cannot be read: EOF while parsing a list at line 1 column 3");
}

#[test]
fn a_rustsec_repository_is_told_from_its_folders() {
    let advisory = "```toml\n[advisory]\nid = \"RUSTSEC-2020-0001\"\npackage = \"a\"\ndate = \"2020-01-02\"\n\n[versions]\npatched = [\">= 1.2.0\"]\n```\n\n# Title\n\nText.\n";
    let bad = "```toml\n[advisory]\n```\n\n# Title\n";
    let files: &[(&str, &[u8])] = &[
        ("crates/a/RUSTSEC-2020-0001.md", advisory.as_bytes()),
        ("crates/b/RUSTSEC-2020-0002.md", bad.as_bytes()),
        ("crates/b/README.md", b"no"),
        ("support.toml", b""),
    ];
    insta::assert_snapshot!(shown(files, Limits::default()), @"1; not a RustSec advisory: parse error: TOML parse error at line 1, column 1: missing field `id`");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
    #[test]
    fn no_bytes_panic(cut in 0usize..400, at in 0usize..400, byte: u8, name in proptest::sample::select(vec!["a.jsonl.gz", "a.jsonl.zst", "all.zip", "a.json", "x"])) {
        let mut bytes = match name {
            "a.jsonl.gz" => gzip(lines().as_bytes()),
            "a.jsonl.zst" => zstd(lines().as_bytes()),
            "all.zip" => zip(&[("a.jsonl", lines().as_bytes())]),
            _ => lines().into_bytes(),
        };
        let length = bytes.len();
        bytes[at % length] = byte;
        bytes.truncate(length - cut % length);
        let folder = Folder::new();
        let path = folder.write(name, bytes);
        let _ = build(&[path], &BuildOptions::default());
    }
}
