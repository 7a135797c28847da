//! RPM packages that are installed: rpm's database in each of its three forms, SQLite, NDB and Berkeley DB
//! (rpm, `lib/backend`).

mod berkeley;
mod entry;
mod header;
mod manifest;
mod ndb;
mod table;
#[cfg(test)]
mod tests;

use model::ProblemKind;

pub(crate) use self::manifest::DETECTOR as MANIFEST;

use crate::bounds::MAX_PACKAGES;
use crate::ownership::Ownership;
use crate::package_list::PackageList;
use crate::sqlite;
use crate::{Claim, Companion, Detector, Evidence, Input, Parsed, Pattern};

const NAME: &str = "rpm";

/// What SQLite has not yet merged into the database.
const WAL: &[Companion] = &[Companion::Sibling("rpmdb.sqlite-wal")];

/// Where the database is, and was: the second is that of systems whose `/usr` is an image.
macro_rules! claims {
    ($($folder:literal)*) => {
        &[$(
            Claim::new(Pattern::Path(concat!($folder, "/rpmdb.sqlite"))).limit(1 << 30).with(WAL),
            Claim::new(Pattern::Path(concat!($folder, "/Packages.db"))).limit(1 << 30),
            Claim::new(Pattern::Path(concat!($folder, "/Packages"))).limit(1 << 30),
        )*]
    };
}

pub(crate) const DETECTOR: Detector = Detector {
    name: NAME,
    evidence: Evidence::Installed,
    claims: claims!("var/lib/rpm" "usr/lib/sysimage/rpm" "usr/share/rpm"),
    parse,
};

/// Something that could not be read.
#[derive(Debug)]
struct Fault {
    kind: ProblemKind,
    message: String,
}

/// The headers of a database, and what was wrong on the way.
#[derive(Default)]
struct Blobs {
    blobs: Vec<Vec<u8>>,
    faults: Vec<Fault>,
}

impl Blobs {
    /// Keeps a header; false once there are too many.
    fn push(&mut self, blob: Vec<u8>) -> bool {
        if self.blobs.len() == MAX_PACKAGES {
            self.fault(ProblemKind::Limit, format!("more than {MAX_PACKAGES} packages: the others are not read"));
            return false;
        }
        self.blobs.push(blob);
        true
    }

    fn fault(&mut self, kind: ProblemKind, message: impl Into<String>) {
        self.faults.push(Fault { kind, message: message.into() });
    }
}

fn parse(input: &Input<'_>) -> Parsed {
    let wal = input.companion("rpmdb.sqlite-wal").map(|file| file.bytes);
    let found = match input.bytes {
        bytes if bytes.starts_with(sqlite::MAGIC) => table::read(bytes, wal),
        bytes if bytes.starts_with(ndb::MAGIC) => ndb::read(bytes),
        bytes => berkeley::read(bytes),
    };
    let mut list = PackageList::new(input, NAME);
    let mut ownership = Ownership::like(&input.origin.path);
    for fault in found.faults {
        list.faults.error(fault.kind, None, fault.message);
    }
    for blob in &found.blobs {
        match header::read(blob) {
            Ok(header) => entry::add(&header, &mut list, &mut ownership),
            Err(message) => {
                let message = format!("the header of a package is damaged, {message}: it is not read");
                list.faults.error(ProblemKind::Shape, None, message);
            }
        }
    }
    let owned_files = ownership.finish(&mut list.faults);
    entry::name_dependencies(&found.blobs, &mut list);
    Parsed { owned_files, ..list.finish() }
}
