//! Portcullis' own file.

use std::fmt::Write as _;
use std::path::Path;

use advisory::{BuildOptions, Snapshot, build, write};

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
        Box::new(Snapshot::open(path).expect("it is whole"))
    }
}

impl Reader for Snapshot {
    fn has(&self, name: &str, version: &str) -> bool {
        let answer = self.query("npm", name, version).expect("it is whole");
        !answer.ids.is_empty()
    }
}
