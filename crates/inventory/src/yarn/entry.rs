//! One block: the ranges that led to it, and the package they led to.

use std::ops::Range;

use model::{ProblemKind, Provenance};

use super::syml::{Block, unquoted};
use crate::bounds::quote;
use crate::checksum;
use crate::npm::{NAMING, of_resolved, split_alias};
use crate::package_list::PackageList;

/// What a block says.
pub(super) struct Entry<'t> {
    pub(super) name: &'t str,
    pub(super) version: &'t str,
    /// `name@range`, each.
    pub(super) patterns: Vec<&'t str>,
    pub(super) dependencies: Vec<(&'t str, &'t str)>,
    /// A folder of this project.
    pub(super) is_workspace: bool,
    /// The folder of the lockfile itself.
    pub(super) is_root: bool,
    pub(super) provenance: Provenance,
    integrity: Option<&'t str>,
    range: Range<usize>,
}

impl<'t> Entry<'t> {
    pub(super) fn read(block: &Block<'t>, list: &mut PackageList<'_>) -> Option<Entry<'t>> {
        if block.key == "__metadata" {
            return None;
        }
        // Yarn 1 quotes each pattern, Berry the whole list.
        let patterns: Vec<&str> =
            unquoted(block.key).split(',').map(|pattern| pattern.trim().trim_matches('"')).collect();
        let Some(version) = block.field("version").filter(|version| !version.value.is_empty()) else {
            let message = format!("`{}` has no version: it is not read", quote(block.key));
            list.error(ProblemKind::Shape, block.range.start, message);
            return None;
        };
        let resolution = block.field("resolution").map(|field| field.value);
        let (called, range) = split(patterns[0]);
        let (name, provenance) = match resolution {
            Some(resolution) => {
                let (name, reference) = split(resolution);
                (name, of_reference(reference))
            }
            None => {
                let real = range.strip_prefix("npm:").map_or(called, |alias| split_alias(alias).0);
                let is_range = real.is_empty()
                    || real.starts_with(|first: char| first.is_ascii_digit() || "^~<>=*".contains(first));
                let name = if is_range { called } else { real };
                (name, of_old(range, block.field("resolved").map(|field| field.value)))
            }
        };
        let tables = block.fields.iter().filter(|field| matches!(field.key, "dependencies" | "optionalDependencies"));
        let place = resolution.unwrap_or(patterns[0]);
        Some(Entry {
            name,
            version: version.value,
            dependencies: tables.flat_map(|field| field.below.iter().copied()).collect(),
            is_workspace: place.contains("@workspace:"),
            is_root: place.ends_with("@workspace:."),
            patterns,
            // What Berry calls `checksum` is of an archive that Yarn makes itself.
            integrity: block.field("integrity").map(|field| field.value),
            provenance,
            range: block.range.start..version.range.end,
        })
    }

    /// Puts it into the list, unless it is the project's own.
    pub(super) fn add(&self, list: &mut PackageList<'_>) -> Option<usize> {
        if self.is_workspace {
            return None;
        }
        let at = list.add(NAMING, self.name, Some(self.version), self.range.clone())?;
        list.set_provenance(at, self.provenance.clone());
        list.packages[at].checksums = self.integrity.map(checksum::read).unwrap_or_default();
        Some(at)
    }
}

/// Name and range of `@a/b@^1.2`.
fn split(pattern: &str) -> (&str, &str) {
    match pattern.char_indices().skip(1).find(|(_, character)| *character == '@') {
        Some((at, _)) => (&pattern[..at], &pattern[at + 1..]),
        None => (pattern, ""),
    }
}

/// Berry: `npm:1.2.3`, `npm:1.2.3::__archiveUrl=…`, `patch:a@npm%3A1#…`, `https://…`, `file:…`.
fn of_reference(reference: &str) -> Provenance {
    if reference.starts_with("npm:") {
        let archive = reference.split_once("__archiveUrl=").map(|(_, url)| url.replace("%3A", ":").replace("%2F", "/"));
        return archive.map_or(Provenance::Registry, |url| of_resolved(Some(&url)));
    }
    // A patched package is the package of the registry, with changes.
    if reference.starts_with("patch:") {
        return Provenance::Registry;
    }
    // Without a commit an address is an archive, with one a repository.
    if reference.contains("#commit=") {
        return Provenance::Git(reference.to_owned());
    }
    of_resolved(Some(reference))
}

/// Yarn 1: an address, or the name of a file in an offline mirror.
fn of_old(range: &str, resolved: Option<&str>) -> Provenance {
    match resolved {
        Some(resolved) if resolved.contains(':') => of_resolved(Some(resolved)),
        None if range.starts_with("file:") || range.starts_with("link:") => Provenance::Path,
        _ => Provenance::Registry,
    }
}
