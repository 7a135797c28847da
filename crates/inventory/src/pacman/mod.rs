//! Arch Linux packages that are installed: a folder each in pacman's local database, with what the package is in `desc` and
//! its files in `files` (pacman, `lib/libalpm/be_local.c`).

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::ops::Range;

use model::{License, ProblemKind, SourcePackage};

use crate::lines::lines;
use crate::ownership::Ownership;
use crate::package_list::{Naming, PackageList};
use crate::{Claim, Companion, Detector, Evidence, Input, Parsed, Pattern};

const NAME: &str = "pacman";
const NAMING: Naming = Naming { purl_type: "alpm", separator: None };

/// Where the database is; the second is that of systems whose root is an image.
const DATABASES: [&str; 2] = ["var/lib/pacman/local/", "usr/lib/holo/pacmandb/local/"];

pub(crate) const DETECTOR: Detector = Detector {
    name: NAME,
    evidence: Evidence::Installed,
    claims: &[Claim::new(Pattern::PathMatches(is_description)).with(&[Companion::SiblingMatches(is_file_list)])],
    parse,
};

/// The values of a section, and where each stands.
type Sections<'t> = HashMap<&'t str, Vec<(&'t str, Range<usize>)>>;

fn is_description(path: &str) -> bool {
    is_in_database(path, "desc")
}

fn is_file_list(path: &str) -> bool {
    is_in_database(path, "files")
}

fn is_in_database(path: &str, name: &str) -> bool {
    let inner = DATABASES.iter().find_map(|database| path.strip_prefix(database));
    inner.and_then(|inner| inner.split_once('/')).is_some_and(|(_, file)| file == name)
}

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    let sections = sections(list.text());
    let first = |key: &str| sections.get(key).and_then(|values| values.first());
    let (Some((name, named)), Some((version, versioned))) = (first("NAME"), first("VERSION")) else {
        let message = "the description of a package has no %NAME% or no %VERSION%: it is not read";
        list.error(ProblemKind::Shape, 0, message);
        return list.finish();
    };
    let range = named.start.min(versioned.start)..named.end.max(versioned.end);
    let architecture = first("ARCH").map_or("", |(architecture, _)| architecture);
    let Some(at) = list.add_qualified(NAMING, name, Some(version), &[("arch", architecture)], range) else {
        return list.finish();
    };
    let texts = |key: &str| sections.get(key).into_iter().flatten().map(|(text, _)| *text);
    let package = &mut list.packages[at];
    let base = first("BASE").map_or(*name, |(base, _)| base);
    package.source = Some(Box::new(SourcePackage { name: base.to_owned(), version: (*version).to_owned() }));
    // Arch reads several licences as all of them (RFC 16).
    package.license = License::stated(&texts("LICENSE").collect::<Vec<_>>().join(" AND "));
    package.dependencies = texts("DEPENDS").filter_map(bare).map(str::to_owned).collect();
    let owned_files = owned_files(at, input, &mut list);
    Parsed { owned_files, ..list.finish() }
}

/// `%KEY%` on a line, then its values, one a line, up to an empty one.
fn sections(text: &str) -> Sections<'_> {
    let mut sections = Sections::new();
    let mut open = None;
    for line in lines(text) {
        match line.trimmed() {
            "" => open = None,
            key if open.is_none() => open = key.strip_prefix('%').and_then(|key| key.strip_suffix('%')),
            value => {
                if let Some(key) = open {
                    sections.entry(key).or_default().push((value, line.range()));
                }
            }
        }
    }
    sections
}

/// `glibc` of `glibc>=2.33`; none for a library that is asked for by its name, `libacl.so=1-64`.
fn bare(dependency: &str) -> Option<&str> {
    let name = dependency.split(['<', '>', '=', ':']).next()?.trim();
    Some(name).filter(|name| !name.is_empty() && !name.contains(".so"))
}

/// Paths from the root, folders with a slash at their end.
fn owned_files(at: usize, input: &Input<'_>, list: &mut PackageList<'_>) -> Vec<(usize, model::TreePath)> {
    let Some(companion) = input.companion("files") else { return Vec::new() };
    let mut ownership = Ownership::like(&input.origin.path);
    let mut is_list = false;
    for line in companion.bytes.split(|byte| *byte == b'\n') {
        match line {
            [b'%', .., b'%'] => is_list = line == b"%FILES%",
            path if is_list && !path.is_empty() && !path.ends_with(b"/") => ownership.add(at, path),
            _ => {}
        }
    }
    ownership.finish(&mut list.faults)
}
