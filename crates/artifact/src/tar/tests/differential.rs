//! The reader against the `tar` crate and Python's `tarfile`, on generated archives.

use std::io::Read as _;
use std::process::{Command, Stdio};

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use testkit::scratch::Scratch;
use testkit::tar::{Entry, Tar};

use super::{Told, clean, read};

/// What the `tar` crate reads.
fn by_crate(tar: &[u8]) -> Vec<Told> {
    let mut archive = tar::Archive::new(tar);
    let entries = archive.entries().expect("an archive");
    entries
        .map(|entry| {
            let mut entry = entry.expect("an entry");
            let kind = match entry.header().entry_type() {
                tar::EntryType::Regular => "file",
                tar::EntryType::Link => "hard link",
                tar::EntryType::Symlink => "link",
                tar::EntryType::Directory => "folder",
                tar::EntryType::Char | tar::EntryType::Block => "device",
                tar::EntryType::Fifo => "pipe",
                _ => "other",
            };
            let path = entry.path_bytes().into_owned();
            let is_link = matches!(kind, "hard link" | "link");
            let link = entry.link_name_bytes().filter(|_| is_link).map(|name| name.into_owned()).unwrap_or_default();
            let mut content = Vec::new();
            entry.read_to_end(&mut content).expect("a content");
            Told { kind, path, link, content }
        })
        .collect()
}

/// What the `tar` crate writes.
fn written_by_crate(entries: &[Plan]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for entry in entries {
        let mut header = tar::Header::new_gnu();
        header.set_mode(0o644);
        header.set_size(entry.content.len() as u64);
        header.set_entry_type(match entry.kind {
            "file" => tar::EntryType::Regular,
            "link" => tar::EntryType::Symlink,
            "hard link" => tar::EntryType::Link,
            _ => tar::EntryType::Directory,
        });
        if entry.link.is_empty() {
            builder.append_data(&mut header, &entry.path, entry.content.as_slice()).expect("memory takes all");
        } else {
            builder.append_link(&mut header, &entry.path, &entry.link).expect("memory takes all");
        }
    }
    builder.into_inner().expect("memory takes all")
}

/// An entry to be written, by us or by another.
#[derive(Clone, Debug)]
struct Plan {
    kind: &'static str,
    path: String,
    link: String,
    content: Vec<u8>,
}

impl Plan {
    fn told(&self) -> Told {
        let Plan { kind, path, link, content } = self.clone();
        Told { kind, path: path.into_bytes(), link: link.into_bytes(), content }
    }

    fn ours(&self, gnu: bool) -> Entry {
        let entry = match self.kind {
            "file" => Entry::file(&self.path, &self.content),
            "link" => Entry::symlink(&self.path, &self.link),
            "hard link" => Entry::hardlink(&self.path, &self.link),
            _ => Entry::folder(&self.path),
        };
        if gnu { entry.gnu() } else { entry }
    }
}

fn any_name() -> impl Strategy<Value = String> {
    // Some of them longer than a header takes.
    ("[a-zA-Z0-9_.-]{1,20}", 1_usize..20).prop_map(|(name, depth)| vec![format!("n{name}"); depth].join("/"))
}

fn any_entry() -> impl Strategy<Value = Plan> {
    let file = (any_name(), proptest::collection::vec(any::<u8>(), 0..2000)).prop_map(|(path, content)| Plan {
        kind: "file",
        path,
        link: String::new(),
        content,
    });
    let link = (any_name(), any_name(), any::<bool>()).prop_map(|(path, link, hard)| Plan {
        kind: if hard { "hard link" } else { "link" },
        path,
        link,
        content: Vec::new(),
    });
    let folder = any_name().prop_map(|path| Plan { kind: "folder", path, link: String::new(), content: Vec::new() });
    prop_oneof![3 => file, 2 => link, 1 => folder]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn what_the_crate_writes(entries in proptest::collection::vec(any_entry(), 0..8)) {
        let tar = written_by_crate(&entries);
        prop_assert_eq!(clean(&tar), entries.iter().map(Plan::told).collect::<Vec<_>>());
    }

    #[test]
    fn what_the_crate_reads(entries in proptest::collection::vec((any_entry(), any::<bool>()), 0..8)) {
        let tar = entries.iter().fold(Tar::new(), |tar, (entry, gnu)| tar.entry(&entry.ours(*gnu))).finish();
        prop_assert_eq!(clean(&tar), by_crate(&tar));
    }

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..4000)) {
        read(&bytes);
    }

    #[test]
    fn any_header(name in any::<[u8; 12]>(), size in any::<[u8; 12]>(), flag in any::<u8>(), rest in any::<[u8; 32]>(), at in 257_usize..480) {
        let mut block = vec![0; 512];
        block[..12].copy_from_slice(&name);
        block[124..136].copy_from_slice(&size);
        block[156] = flag;
        block[257..265].copy_from_slice(b"ustar  \0");
        block[at..at + 32].copy_from_slice(&rest);
        testkit::tar::seal(&mut block);
        read(&[block, b"11 size=17\n".repeat(100)].concat());
    }
}

/// Python's reader, told in one line of hex fields an entry.
const PYTHON: &str = r#"
import sys, tarfile
kinds = [("file", "isreg"), ("hard link", "islnk"), ("link", "issym"), ("folder", "isdir")]
with tarfile.open(sys.argv[1], errors="surrogateescape", encoding="utf-8") as tar:
    for member in tar:
        kind = next(name for name, test in kinds if getattr(member, test)())
        content = tar.extractfile(member).read() if kind == "file" else b""
        fields = [member.name, member.linkname if "link" in kind else ""]
        print(kind.replace(" ", "_"), *("-" + field.encode("utf-8", "surrogateescape").hex() for field in fields), "-" + content.hex())
"#;

#[test]
fn what_python_reads() {
    let Some(python) = testkit::program::find("python3", "tars as Python reads them") else { return };
    let scratch = Scratch::new();
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let entries = proptest::collection::vec((any_entry(), any::<bool>()), 200);
    let entries = entries.new_tree(&mut runner).expect("a value").current();
    let tar = entries.iter().fold(Tar::new(), |tar, (entry, gnu)| tar.entry(&entry.ours(*gnu))).finish();
    let path = scratch.write("x.tar", &tar);
    let output =
        Command::new(python).arg("-c").arg(PYTHON).arg(path).stderr(Stdio::inherit()).output().expect("python starts");
    let lines: Vec<String> = String::from_utf8(output.stdout).expect("hex").lines().map(str::to_owned).collect();
    let ours: Vec<String> = clean(&tar)
        .iter()
        .map(|entry| {
            let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
            format!(
                "{} -{} -{} -{}",
                entry.kind.replace(' ', "_"),
                hex(&entry.path),
                hex(&entry.link),
                hex(&entry.content)
            )
        })
        .collect();
    assert_eq!(ours, lines);
}
