//! Packages of Nix that are installed: the store paths its database says are valid, `nix/var/nix/db/db.sqlite` (Nix,
//! `libstore/schema.sql`).
//!
//! A store path without a version is a script, a source or a setting: nobody publishes advisories of such.

mod store_path;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use model::ProblemKind;

use self::store_path::StorePath;
use crate::bounds::MAX_PACKAGES;
use crate::graph::Graph;
use crate::package_list::{Naming, PackageList};
use crate::sqlite::{Database, integer};
use crate::{Claim, Companion, Detector, Evidence, Input, Parsed, Pattern};

const NAME: &str = "nix";

/// The purl specification registers no type for Nix; `nix` is its candidate, and what Syft writes.
const NAMING: Naming = Naming { purl_type: "nix", separator: None };

pub(crate) const DETECTOR: Detector = Detector {
    name: NAME,
    evidence: Evidence::Installed,
    claims: &[Claim::new(Pattern::Path("nix/var/nix/db/db.sqlite"))
        .limit(1 << 30)
        .with(&[Companion::Path("nix/var/nix/db/db.sqlite-wal")])],
    parse,
};

/// A row of `ValidPaths`: its number, and the path.
type ValidPath = (u64, String);

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    let wal = input.companion("db.sqlite-wal").map(|file| file.bytes);
    let Ok((database, wal_fault)) = Database::open(input.bytes, wal) else {
        let message = "the database of Nix has pages of an impossible size: nothing of it is read";
        list.faults.error(ProblemKind::Shape, None, message);
        return list.finish();
    };
    if let Some(fault) = wal_fault {
        let message = format!("the log beside the database of Nix {fault}: what is only in it is not read");
        list.faults.error(ProblemKind::Shape, None, message);
    }
    let paths = valid_paths(&database, &mut list);
    let places: HashMap<u64, usize> =
        paths.iter().filter_map(|(id, path)| Some((*id, add(&StorePath::read(path)?, &mut list)?))).collect();
    name_dependencies(&database, &places, &mut list);
    list.finish()
}

/// `ValidPaths(id, path, hash, …)`.
fn valid_paths(database: &Database<'_>, list: &mut PackageList<'_>) -> Vec<ValidPath> {
    let mut paths = Vec::new();
    let (root, mut faults) = database.table("ValidPaths");
    let Some(root) = root else {
        let message = "the database of Nix has no table `ValidPaths`: nothing of it is read";
        list.faults.error(ProblemKind::Shape, None, message);
        return paths;
    };
    faults += database.rows(root, &mut |mut row| {
        if row.columns.len() > 1 {
            paths.push((row.id, String::from_utf8_lossy(&row.columns.swap_remove(1)).into_owned()));
        }
        paths.len() <= 2 * MAX_PACKAGES
    });
    if faults > 0 {
        let message = format!("{faults} pages or rows of the database of Nix are damaged: packages may be missing");
        list.faults.error(ProblemKind::Shape, None, message);
    }
    if paths.len() > 2 * MAX_PACKAGES {
        let message = format!("more than {} store paths: the others are not read", 2 * MAX_PACKAGES);
        list.faults.error(ProblemKind::Limit, None, message);
    }
    paths
}

fn add(path: &StorePath<'_>, list: &mut PackageList<'_>) -> Option<usize> {
    let qualifiers = [("output", path.output.unwrap_or_default()), ("outputhash", path.hash)];
    list.add_whole_file_qualified(NAMING, path.name, Some(path.version), &qualifiers)
}

/// `Refs(referrer, reference)`, by the numbers of the paths.
fn name_dependencies(database: &Database<'_>, places: &HashMap<u64, usize>, list: &mut PackageList<'_>) {
    let mut graph = Graph::new(list.packages.len());
    if let (Some(root), _) = database.table("Refs") {
        database.rows(root, &mut |row| {
            let place = |at: usize| places.get(&(integer(row.columns.get(at)?) as u64)).copied();
            if let (Some(from), Some(to)) = (place(0), place(1)) {
                graph.add(from, to);
            }
            true
        });
    }
    graph.name_dependencies(&mut list.packages, &mut list.faults);
}
