//! The reader against other readers, on archives of other writers.

mod differential;
mod fields;
mod gnu;
mod sparse;

use std::io::Read as _;

use super::{Entry, Fault, Kind, Reader};

/// One entry as all readers tell it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Told {
    kind: &'static str,
    path: Vec<u8>,
    link: Vec<u8>,
    content: Vec<u8>,
}

/// Everything in a tar, as our reader tells it: entries, doubts, and how it ended.
struct Telling {
    entries: Vec<Told>,
    doubts: Vec<String>,
    fault: Option<Fault>,
}

fn read(tar: &[u8]) -> Telling {
    let mut reader = Reader::new(tar, 1 << 20);
    let mut entries = Vec::new();
    let mut doubts = Vec::new();
    let fault = loop {
        let next = reader.next();
        doubts.extend(reader.take_doubts().into_iter().map(|doubt| doubt.message));
        match next {
            Ok(None) => break None,
            Err(fault) => break Some(fault),
            Ok(Some(entry)) => {
                let mut content = Vec::new();
                if reader.body().read_to_end(&mut content).is_err() {
                    continue;
                }
                assert_eq!(content.len() as u64, entry.size, "{:?}", reader.path());
                entries.push(told(&entry, reader.path(), reader.link(), content));
            }
        }
    };
    Telling { entries, doubts, fault }
}

fn told(entry: &Entry, path: &[u8], link: &[u8], content: Vec<u8>) -> Told {
    let kind = match entry.kind {
        Kind::File => "file",
        Kind::HardLink => "hard link",
        Kind::SymbolicLink => "link",
        Kind::Folder => "folder",
        Kind::Device => "device",
        Kind::Pipe => "pipe",
        Kind::Other => "other",
    };
    let is_link = matches!(entry.kind, Kind::HardLink | Kind::SymbolicLink);
    Told { kind, path: path.to_vec(), link: if is_link { link.to_vec() } else { Vec::new() }, content }
}

/// Reads without any fault or doubt.
fn clean(tar: &[u8]) -> Vec<Told> {
    let telling = read(tar);
    assert!(telling.fault.is_none(), "{:?}", telling.fault);
    assert_eq!(telling.doubts, Vec::<String>::new());
    telling.entries
}
