//! redb: a B-tree in one file, written in Rust.

use std::path::Path;

use redb::{Database, ReadOnlyTable, TableDefinition};

use crate::made;
use crate::peer::{Peer, Reader};

const TABLE: TableDefinition<'_, &str, &str> = TableDefinition::new("npm");

pub(crate) struct RedbPeer;

struct Opened {
    table: ReadOnlyTable<&'static str, &'static str>,
    _database: Database,
}

impl Peer for RedbPeer {
    fn name(&self) -> &'static str {
        "redb"
    }

    fn build(&self, path: &Path) {
        let database = Database::create(path).expect("a new file");
        let transaction = database.begin_write().expect("nobody else writes");
        {
            let mut table = transaction.open_table(TABLE).expect("a table");
            for at in 0..made::NAMES {
                table.insert(made::name(at).as_str(), made::row(at).as_str()).expect("a row");
            }
        }
        transaction.commit().expect("the disk takes it");
    }

    fn open(&self, path: &Path) -> Box<dyn Reader> {
        let database = Database::open(path).expect("it was built");
        let table = database.begin_read().expect("a snapshot").open_table(TABLE).expect("a table");
        Box::new(Opened { table, _database: database })
    }
}

impl Reader for Opened {
    fn has(&self, name: &str) -> bool {
        self.table.get(name).expect("it is whole").is_some_and(|row| !row.value().is_empty())
    }
}
