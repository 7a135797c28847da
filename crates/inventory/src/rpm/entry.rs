//! From a header to a package, its files, and whom it needs.

use std::collections::HashMap;

use model::{License, ProblemKind, SourcePackage};

use super::header::{self, Header, Tag};
use crate::bounds::quote;
use crate::graph::Graph;
use crate::ownership::Ownership;
use crate::package_list::{Naming, PackageList};

pub(super) const NAMING: Naming = Naming { purl_type: "rpm", separator: None };

/// Keys that signatures are checked with are kept as packages of this name.
const KEY: &str = "gpg-pubkey";

/// Adds a package and what it owns; a key is none.
pub(super) fn add(header: &Header<'_>, list: &mut PackageList<'_>, ownership: &mut Ownership) {
    let text = |tag| header.text(tag).filter(|text| !text.is_empty());
    let (Some(name), Some(version), Some(release)) = (text(Tag::Name), text(Tag::Version), text(Tag::Release)) else {
        let shown = quote(text(Tag::Name).unwrap_or_default());
        let message = format!("package `{shown}` has no name, version or release: it is not read");
        list.faults.error(ProblemKind::Shape, None, message);
        return;
    };
    if name == KEY {
        return;
    }
    let epoch = header.numbers(Tag::Epoch).next().filter(|epoch| *epoch > 0);
    let evr = format!("{version}-{release}");
    let full = epoch.map_or(evr.clone(), |epoch| format!("{epoch}:{evr}"));
    let qualifiers = [
        ("arch", text(Tag::Arch).unwrap_or_default()),
        ("epoch", &epoch.map(|epoch| epoch.to_string()).unwrap_or_default()),
        ("upstream", text(Tag::SourceRpm).unwrap_or_default()),
        ("rpmmod", text(Tag::ModularityLabel).unwrap_or_default()),
    ];
    let Some(at) = list.add_whole_file_qualified(NAMING, name, Some(&evr), &qualifiers) else { return };
    let package = &mut list.packages[at];
    package.source = text(Tag::SourceRpm).and_then(|file| source(file, epoch)).map(Box::new);
    package.version = Some(full);
    package.license = text(Tag::License).and_then(License::stated);
    own_files(at, header, ownership);
}

/// Writes who needs whom. The blobs are those the packages were read from, with others in between.
pub(super) fn name_dependencies(blobs: &[Vec<u8>], list: &mut PackageList<'_>) {
    let headers: Vec<Header<'_>> = blobs.iter().filter_map(|blob| header::read(blob).ok()).collect();
    let listed = |header: &&Header<'_>| {
        [Tag::Name, Tag::Version, Tag::Release].iter().all(|tag| header.text(*tag).is_some_and(|text| !text.is_empty()))
            && header.text(Tag::Name) != Some(KEY)
    };
    let headers: Vec<&Header<'_>> = headers.iter().filter(listed).collect();
    // A name that could not be added would shift all others.
    if headers.len() != list.packages.len() {
        return;
    }
    let mut providers: HashMap<&str, usize> = HashMap::new();
    for (at, header) in headers.iter().enumerate() {
        header.texts(Tag::ProvideName).for_each(|name| {
            providers.entry(name).or_insert(at);
        });
    }
    let mut graph = Graph::new(headers.len());
    for (from, header) in headers.iter().enumerate() {
        for to in header.texts(Tag::RequireName).filter_map(|name| providers.get(name)) {
            graph.add(from, *to);
        }
    }
    graph.name_dependencies(&mut list.packages, &mut list.faults);
}

/// `openssl` and `1.1.1k-6.el8` of `openssl-1.1.1k-6.el8.src.rpm`.
pub(super) fn source(file: &str, epoch: Option<u32>) -> Option<SourcePackage> {
    let stem = file.strip_suffix(".src.rpm").or_else(|| file.strip_suffix(".nosrc.rpm"))?;
    let (rest, release) = stem.rsplit_once('-')?;
    let (name, version) = rest.rsplit_once('-')?;
    let version = format!("{version}-{release}");
    let version = epoch.map_or(version.clone(), |epoch| format!("{epoch}:{version}"));
    Some(SourcePackage { name: name.to_owned(), version })
}

/// Each file is a name and the number of its folder.
fn own_files(at: usize, header: &Header<'_>, ownership: &mut Ownership) {
    let folders: Vec<&str> = header.texts(Tag::DirNames).collect();
    for (name, folder) in header.texts(Tag::BaseNames).zip(header.numbers(Tag::DirIndexes)) {
        if let Some(folder) = folders.get(folder as usize) {
            ownership.add_in(at, folder.trim_end_matches('/').as_bytes(), name.as_bytes());
        }
    }
}
