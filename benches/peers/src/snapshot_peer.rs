//! Portcullis' own file.

use std::fmt::Write as _;
use std::path::Path;

use advisory::{BuildOptions, Snapshot, build, write};
use model::Ecosystem;

use crate::made;
use crate::peer::{Peer, Reader};

pub(crate) struct SnapshotPeer;

impl Peer for SnapshotPeer {
    fn name(&self) -> &'static str {
        "snapshot"
    }

    fn build(&self, path: &Path) {
        let records = path.with_extension("jsonl");
        let mut text = String::new();
        (0..made::NAMES).for_each(|at| writeln!(text, "{}", made::record(at)).expect("a string takes all"));
        std::fs::write(&records, text).expect("target is writable");
        let (built, problems) = build(&[records], &BuildOptions::default()).expect("the records are good");
        assert!(problems.is_empty(), "{problems:?}");
        write(&built.bytes, path).expect("target is writable");
    }

    fn open(&self, path: &Path) -> Box<dyn Reader> {
        Box::new(Opened {
            snapshot: Snapshot::open(path).expect("it is whole"),
            npm: Ecosystem::from_osv("npm").expect("an ecosystem"),
        })
    }
}

struct Opened {
    snapshot: Snapshot,
    npm: Ecosystem,
}

impl Reader for Opened {
    fn has(&self, name: &str) -> bool {
        let mut found = self.snapshot.find(&self.npm, name);
        found.next().is_some_and(|stored| {
            let stored = stored.expect("it is whole");
            stored.bytes().any(|bytes| !bytes.expect("it is whole").0.is_empty())
        })
    }

    fn answers(&self, name: &str, version: &str) -> Option<bool> {
        let answer = self.snapshot.query("npm", name, version).expect("it is whole");
        Some(!answer.ids.is_empty())
    }
}
