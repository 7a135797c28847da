//! SQLite, today's form: the table `Packages(hnum, blob)`.

use model::ProblemKind;

use super::Blobs;
use crate::sqlite::Database;

/// Headers from the table, with the unmerged log applied.
pub(super) fn read(bytes: &[u8], wal: Option<&[u8]>) -> Blobs {
    let mut found = Blobs::default();
    let Ok((database, wal_fault)) = Database::open(bytes, wal) else {
        found.fault(ProblemKind::Shape, "the package database has pages of an impossible size: nothing of it is read");
        return found;
    };
    if let Some(fault) = wal_fault {
        let message = format!("the log beside the package database {fault}: what is only in it is not read");
        found.fault(ProblemKind::Shape, message);
    }
    let (root, schema) = database.table("Packages");
    report(schema, &mut found);
    let Some(root) = root else {
        found.fault(ProblemKind::Shape, "the package database has no table `Packages`: nothing of it is read");
        return found;
    };
    let packages = database.rows(root, &mut |mut row| {
        if row.columns.len() > 1 { found.push(row.columns.swap_remove(1)) } else { true }
    });
    report(packages, &mut found);
    found
}

fn report(faults: usize, found: &mut Blobs) {
    if faults > 0 {
        found.fault(
            ProblemKind::Shape,
            format!("{faults} pages or rows of the package database are damaged: packages may be missing"),
        );
    }
}
