//! PHP packages of Composer: `composer.lock`, and what it has installed, `vendor/composer/installed.json` (getcomposer.org, "The lock file").

mod source;
#[cfg(test)]
mod tests;

use std::collections::HashSet;

use model::{Family, License, ProblemKind, Scope};

use self::source::Sources;
use crate::locked::{Locked, Need, list_all};
use crate::package_list::{Naming, PackageList};
use crate::tree::{Data, Node};
use crate::{Claim, Companion, CompanionFile, Detector, Evidence, Input, Parsed, Pattern, checksum, json};

const NAMING: Naming = Naming { purl_type: "composer", separator: Some('/') };

pub(crate) const LOCK: Detector = Detector {
    name: "composer-lock",
    evidence: Evidence::Locked,
    claims: &[Claim::new(Pattern::Name("composer.lock")).with(&[Companion::Sibling("composer.json")])],
    parse: parse_lock,
};

pub(crate) const INSTALLED: Detector = Detector {
    name: "composer-installed",
    evidence: Evidence::Installed,
    claims: &[Claim::new(Pattern::Suffix("composer/installed.json")).with(&[Companion::Above("composer.json")])],
    parse: parse_installed,
};

fn parse_lock(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, LOCK.name);
    let (root, fault) = json::read(list.text());
    if fault.is_none() && root.get("packages").is_none() {
        list.error(ProblemKind::Shape, root.start as usize, "the file has no `packages`: it is no composer.lock");
    }
    list.report(fault);
    let manifest = manifest(input.companion("composer.json"));
    let tables = [("packages", Scope::Runtime), ("packages-dev", Scope::Development)];
    let all = || tables.iter().flat_map(|(table, _)| root.get(table).map_or(&[][..], Node::items));
    let sources = Sources::new(all(), manifest.as_ref());
    let mut entries = Vec::new();
    for (table, scope) in tables {
        let packages = root.get(table).map_or(&[][..], Node::items);
        entries.extend(packages.iter().filter_map(|node| entry(node, scope, &sources, &mut list)));
    }
    list_all(&entries, &asked(manifest.as_ref()), NAMING, Family::Packagist, &mut list);
    list.finish()
}

fn manifest<'a>(file: Option<&CompanionFile<'a>>) -> Option<Node<'a>> {
    file.and_then(|file| std::str::from_utf8(file.bytes).ok()).map(|text| json::read(text).0)
}

/// What the manifest of the project asks for.
fn asked<'t>(manifest: Option<&'t Node<'_>>) -> Vec<Need<'t>> {
    let tables = manifest.into_iter().flat_map(|root| [root.get("require"), root.get("require-dev")]).flatten();
    tables.flat_map(Node::members).map(|member| Need::named(&member.key)).collect()
}

/// Composer 1 wrote a list, Composer 2 an object that also names what is for development.
fn parse_installed(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, INSTALLED.name);
    let (root, fault) = json::read(list.text());
    list.report(fault);
    let packages = root.get("packages").unwrap_or(&root);
    let development: HashSet<&str> =
        root.get("dev-package-names").map_or(&[][..], Node::items).iter().filter_map(Node::text).collect();
    let scope = |node: &Node<'_>| match (root.get("dev-package-names"), node.text_of("name")) {
        (Some(_), Some(name)) if development.contains(name) => Scope::Development,
        (Some(_), Some(_)) => Scope::Runtime,
        _ => Scope::Unknown,
    };
    // The project lies two folders up, whatever the folder `vendor` is called.
    let project = input.origin.path.parent().and_then(|folder| folder.parent()?.sibling("composer.json").ok());
    let beside = input.companions.iter().find(|file| Some(file.path) == project.as_ref());
    let manifest = manifest(beside);
    let sources = Sources::new(packages.items().iter(), manifest.as_ref());
    let packages = packages.items().iter();
    let entries: Vec<Locked<'_>> = packages.filter_map(|node| entry(node, scope(node), &sources, &mut list)).collect();
    list_all(&entries, &asked(manifest.as_ref()), NAMING, Family::Packagist, &mut list);
    list.finish()
}

fn entry<'t>(
    node: &'t Node<'_>,
    scope: Scope,
    sources: &Sources<'_>,
    list: &mut PackageList<'_>,
) -> Option<Locked<'t>> {
    let (name, version, range) = list.name_and_version(node)?;
    let required = node.get("require").map_or(&[][..], Node::members);
    let archive = node.get("dist");
    Some(Locked {
        name,
        version: Some(version),
        range,
        provenance: sources.of(node),
        scope,
        license: license(node),
        checksums: archive.and_then(|archive| archive.text_of("shasum")).map(checksum::read).unwrap_or_default(),
        needs: required.iter().map(|member| Need::named(&member.key)).collect(),
        ..Locked::default()
    })
}

/// A list of SPDX identifiers of which one may be chosen.
fn license(node: &Node<'_>) -> Option<License> {
    match &node.get("license")?.data {
        Data::List(items) => License::any_of(items.iter().filter_map(Node::text)),
        Data::Text(text) => License::stated(text),
        _ => None,
    }
}
