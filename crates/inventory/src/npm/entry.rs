//! One place in the tree of folders npm makes, and how a package there finds what it needs.

use std::borrow::Cow;
use std::ops::Range;

use foldhash::{HashMap, HashMapExt as _};
use model::{Checksum, License, Provenance, Scope};

use super::NAMING;
use crate::checksum;
use crate::package_list::PackageList;
use crate::tree::{Data, Node};

/// All tables in which a manifest asks for packages.
pub(crate) const ASKS: [&str; 4] = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"];

/// A package in its folder, once what there is to say of it is in the list: how it finds what it needs.
pub(super) struct Entry<'t> {
    /// Where it is in the list. The project and its workspaces are in none: they are its own code, and only ask.
    pub(super) listed: Option<usize>,
    /// Part of this project, not of a registry.
    pub(super) is_workspace: bool,
    /// Names it needs, as they are called in its folder.
    pub(super) wants: Wants<'t>,
    /// Scopes it looks in before that of the root, its own first. Most have none.
    pub(super) chain: Box<[usize]>,
}

/// Names of dependencies, kept when the value that has them is gone.
pub(super) type Wants<'t> = Box<[Cow<'t, str>]>;

/// What the list is told of a package.
pub(super) struct Stated<'t> {
    pub(super) name: &'t str,
    pub(super) version: Option<&'t str>,
    pub(super) provenance: Provenance,
    pub(super) range: Range<usize>,
}

/// What a value says of a package beside that.
pub(super) struct Traits {
    scope: Scope,
    license: Option<License>,
    checksums: Vec<Checksum>,
}

/// Folders that hold packages: each from names to entries.
pub(crate) struct Scopes<'t>(Vec<HashMap<&'t str, usize>>);

impl Default for Scopes<'_> {
    fn default() -> Self {
        Scopes(vec![HashMap::new()])
    }
}

impl<'t> Scopes<'t> {
    /// The folder of the root.
    pub(crate) const TOP: usize = 0;

    /// Makes room for as many packages in the folder of the root: most lie there.
    pub(crate) fn expect(&mut self, packages: usize) {
        self.0[Scopes::TOP].reserve(packages);
    }

    pub(crate) fn open(&mut self) -> usize {
        self.0.push(HashMap::new());
        self.0.len() - 1
    }

    pub(crate) fn enter(&mut self, scope: usize, name: &'t str, entry: usize) {
        self.0[scope].insert(name, entry);
    }

    /// The nearest package of this name: in one of these folders, or in that of the root.
    pub(crate) fn find(&self, chain: &[usize], name: &str) -> Option<usize> {
        chain.iter().chain([&Scopes::TOP]).find_map(|scope| self.0[*scope].get(name)).copied()
    }
}

impl Stated<'_> {
    /// Puts a package into the list.
    pub(super) fn add(self, traits: Traits, list: &mut PackageList<'_>) -> Option<usize> {
        let at = list.add_from(NAMING, self.name, self.version, self.provenance, self.range)?;
        let package = &mut list.packages[at];
        (package.scope, package.license, package.checksums) = (traits.scope, traits.license, traits.checksums);
        Some(at)
    }
}

impl Traits {
    pub(super) fn of(node: &Node<'_>) -> Traits {
        let checksums = node.text_of("integrity").map(checksum::read).unwrap_or_default();
        Traits { scope: scope(node), license: license(node), checksums }
    }
}

/// The keys of these members.
pub(super) fn wants<'t>(node: &Node<'t>, fields: &[&str]) -> Wants<'t> {
    let tables = || fields.iter().filter_map(|field| node.get(field));
    // Most have one table, and the list of its names is kept as it is.
    let mut names = Vec::with_capacity(tables().map(|table| table.members().len()).sum());
    tables().for_each(|table| names.extend(table.members().iter().map(|member| member.key.clone())));
    names.into()
}

/// When a package is needed, from npm's marks. `devOptional` is needed for development, and for an optional package too.
fn scope(node: &Node<'_>) -> Scope {
    match (node.is_set("dev"), node.is_set("optional") || node.is_set("devOptional")) {
        (true, _) => Scope::Development,
        (_, true) => Scope::Optional,
        _ => Scope::Runtime,
    }
}

/// The keys of these members: names of dependencies.
pub(crate) fn names<'t>(node: &'t Node<'_>, fields: &[&str]) -> Vec<&'t str> {
    let mut names = Vec::new();
    for table in fields.iter().filter_map(|field| node.get(field)) {
        // Most have one table, and the list of its names is kept as it is.
        names.reserve_exact(table.members().len());
        names.extend(table.members().iter().map(|member| &*member.key));
    }
    names
}

/// An SPDX expression today; once an object with a `type`, or a list of these, of which one may be chosen.
pub(crate) fn license(node: &Node<'_>) -> Option<License> {
    let stated = node.get("license").or_else(|| node.get("licenses"))?;
    match &stated.data {
        Data::List(items) => License::any_of(items.iter().filter_map(named)),
        _ => License::stated(named(stated)?),
    }
}

fn named<'t>(license: &'t Node<'_>) -> Option<&'t str> {
    license.text().or_else(|| license.text_of("type"))
}
