//! Modules that are taken from an address: each file stands for itself, the address often says what it is a part of.

use std::collections::HashSet;

use model::Provenance;

use super::packages::split;
use super::{JSR, NPM};
use crate::package_list::{Naming, PackageList};
use crate::tree::Node;

/// Modules of Deno's first registry have no type of their own.
const MODULE: Naming = Naming { purl_type: "generic", separator: Some('/') };

/// Where that registry's own modules lie, the standard library last.
const OWN: [&str; 2] = ["deno.land/x/", "deno.land/"];

/// Addresses that serve packages of npm or of Deno's registry under their own names.
const MIRRORS: [(&str, Naming); 6] = [
    ("esm.sh/jsr/", JSR),
    ("esm.sh/", NPM),
    ("unpkg.com/", NPM),
    ("cdn.skypack.dev/", NPM),
    ("cdn.jsdelivr.net/npm/", NPM),
    ("jsr.io/", JSR),
];

/// Adds one package for all files of it. A file whose address names none is not a package, and is left out.
pub(super) fn add(remotes: &Node<'_>, list: &mut PackageList<'_>) {
    let mut known: HashSet<(&str, &str)> = HashSet::new();
    for member in remotes.members() {
        let Some((naming, name, version)) = identify(&member.key) else { continue };
        if known.insert((name, version))
            && let Some(at) = list.add(naming, name, Some(version), member.range())
        {
            list.set_provenance(at, provenance(naming, &member.key));
        }
    }
}

/// What a mirror serves is the package of that name; anything else is known by its address alone.
fn provenance(naming: Naming, address: &str) -> Provenance {
    if naming.purl_type == MODULE.purl_type { Provenance::Url(address.to_owned()) } else { Provenance::Registry }
}

fn identify(address: &str) -> Option<(Naming, &str, &str)> {
    let bare = address.strip_prefix("https://").or(address.strip_prefix("http://"))?;
    if let Some(module) = OWN.iter().find_map(|prefix| bare.strip_prefix(prefix)) {
        let (name, version) = split(module.split('/').next()?)?;
        // With its host and folder, as modules of one name may lie in several.
        return Some((MODULE, &bare[..bare.len() - module.len() + name.len()], version));
    }
    let (rest, naming) = MIRRORS.iter().find_map(|(prefix, naming)| Some((bare.strip_prefix(prefix)?, *naming)))?;
    // A build number of the mirror may come first: `v135/react@18.2.0/…`, `stable/react@18.2.0`; a `*` asks for bare imports.
    let is_build = |piece: &str| piece == "stable" || piece.strip_prefix('v').is_some_and(|n| n.parse::<u32>().is_ok());
    let rest = rest.split_once('/').filter(|(first, _)| is_build(first)).map_or(rest, |(_, rest)| rest);
    let rest = rest.trim_start_matches('*');
    let pieces = if rest.starts_with('@') { 2 } else { 1 };
    let end = rest.match_indices('/').nth(pieces - 1).map_or(rest.len(), |(at, _)| at);
    // jsr.io writes the version as a folder.
    if naming.purl_type == JSR.purl_type && !rest[..end].get(1..)?.contains('@') {
        let version = rest.get(end + 1..)?.split('/').next()?;
        return Some((naming, &rest[..end], version));
    }
    let (name, version) = split(rest[..end].split(['?', '&']).next()?)?;
    Some((naming, name, version))
}
