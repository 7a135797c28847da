//! SQLite: a table without row identifiers, one prepared statement, a large part of the file mapped.

use std::cell::RefCell;
use std::path::Path;

use rusqlite::{Connection, OpenFlags, OptionalExtension as _};

use crate::made;
use crate::peer::{Peer, Reader};

const QUESTION: &str = "SELECT row FROM npm WHERE name = ?1";

pub(crate) struct SqlitePeer;

struct Opened(RefCell<Connection>);

impl Peer for SqlitePeer {
    fn name(&self) -> &'static str {
        "sqlite"
    }

    fn build(&self, path: &Path) {
        let mut connection = Connection::open(path).expect("a new file");
        connection
            .execute_batch("CREATE TABLE npm (name TEXT PRIMARY KEY, row TEXT NOT NULL) WITHOUT ROWID")
            .expect("a table");
        let transaction = connection.transaction().expect("nobody else writes");
        {
            let mut insert = transaction.prepare("INSERT INTO npm VALUES (?1, ?2)").expect("a statement");
            for at in 0..made::NAMES {
                insert.execute((made::name(at), made::row(at))).expect("a row");
            }
        }
        transaction.commit().expect("the disk takes it");
    }

    fn open(&self, path: &Path) -> Box<dyn Reader> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).expect("it was built");
        connection.pragma_update(None, "mmap_size", 1_i64 << 30).expect("a known pragma");
        connection.prepare_cached(QUESTION).expect("a statement");
        Box::new(Opened(RefCell::new(connection)))
    }
}

impl Reader for Opened {
    fn has(&self, name: &str) -> bool {
        let connection = self.0.borrow_mut();
        let mut question = connection.prepare_cached(QUESTION).expect("a statement");
        let row: Option<String> = question.query_row([name], |row| row.get(0)).optional().expect("it is whole");
        row.is_some_and(|row| !row.is_empty())
    }
}
