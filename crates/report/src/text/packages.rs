//! The package view: what was found, as a tree for every manifest, with the number of packages an ecosystem.

use std::collections::{BTreeMap, HashSet};
use std::io;

use model::{Chains, Package, Provenance, Relationship, Scope, Target, TreePath};

use super::Page;
use super::layout::cut;
use crate::count::count;
use crate::{foreign, naming};

/// Levels of a tree that are drawn; what lies deeper is listed after it.
const DEEPEST: usize = 40;

/// One file that names packages, and which they are.
struct Manifest<'a> {
    path: Option<&'a TreePath>,
    found_by: &'a str,
    packages: Vec<usize>,
}

pub(super) fn write(page: &mut Page<'_>, target: &Target) -> io::Result<()> {
    let name = foreign::line(naming::without_prefix(&target.name));
    if target.packages.is_empty() {
        page.line(&format!("{name}: no packages"))?;
        return page.blank();
    }
    page.heading(&format!("{name}: {} ({})", count(target.packages.len(), "package"), by_type(&target.packages)))?;
    let chains = Chains::new(&target.packages);
    for manifest in manifests(&target.packages) {
        let path = manifest.path.map_or_else(|| "no file".to_owned(), |path| foreign::line(&path.to_string()));
        let direct = manifest.packages.iter().filter(|at| is_direct(&target.packages[**at])).count();
        let direct = if direct == 0 { String::new() } else { format!(", {direct} direct") };
        let found_by = foreign::line(manifest.found_by);
        let heading = format!("{path} ({found_by}): {}{direct}", manifest.packages.len());
        let heading = page.palette.strong(&cut(&heading, page.width));
        page.line(&heading)?;
        Drawing { page, packages: &target.packages, chains: &chains, drawn: HashSet::new() }.manifest(&manifest)?;
        page.blank()?;
    }
    Ok(())
}

/// `34 cargo, 12 npm`, the most first.
fn by_type(packages: &[Package]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for package in packages {
        *counts.entry(package.purl_type().as_str()).or_default() += 1;
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(name, number)| (std::cmp::Reverse(*number), *name));
    counts.iter().map(|(name, number)| format!("{number} {name}")).collect::<Vec<_>>().join(", ")
}

/// In the order of their paths.
fn manifests(packages: &[Package]) -> Vec<Manifest<'_>> {
    let mut manifests: BTreeMap<(Option<&TreePath>, &str), Vec<usize>> = BTreeMap::new();
    for (at, package) in packages.iter().enumerate() {
        let path = package.locations.first().map(|location| &location.path);
        manifests.entry((path, &*package.found_by)).or_default().push(at);
    }
    let manifest = |((path, found_by), packages)| Manifest { path, found_by, packages };
    manifests.into_iter().map(manifest).collect()
}

fn is_direct(package: &Package) -> bool {
    package.relationship == Relationship::Direct
}

/// A package that is still to be drawn.
struct Branch {
    at: usize,
    /// What stands before it: the lines of the branches around it.
    before: String,
    depth: usize,
    is_last: bool,
}

struct Drawing<'d, 'p, 'w> {
    page: &'d mut Page<'w>,
    packages: &'p [Package],
    chains: &'d Chains<'p>,
    drawn: HashSet<usize>,
}

impl Drawing<'_, '_, '_> {
    /// First what is asked for, with what it needs; then what nothing leads to.
    fn manifest(&mut self, manifest: &Manifest<'_>) -> io::Result<()> {
        for at in manifest.packages.iter().copied().filter(|at| is_direct(&self.packages[*at])) {
            if !self.drawn.contains(&at) {
                self.tree(at)?;
            }
        }
        for at in &manifest.packages {
            if self.drawn.insert(*at) {
                self.package(*at, "  ", "")?;
            }
        }
        Ok(())
    }

    fn tree(&mut self, root: usize) -> io::Result<()> {
        let mut waiting = vec![Branch { at: root, before: String::new(), depth: 0, is_last: true }];
        while let Some(branch) = waiting.pop() {
            let corner = match (branch.depth, branch.is_last) {
                (0, _) => "",
                (_, true) => "└─ ",
                (_, false) => "├─ ",
            };
            let is_new = self.drawn.insert(branch.at);
            let needs = self.chains.needs(branch.at);
            let after = if is_new || needs.is_empty() { "" } else { " (above)" };
            self.package(branch.at, &format!("  {}{corner}", branch.before), after)?;
            if !is_new || branch.depth == DEEPEST {
                continue;
            }
            let line = match (branch.depth, branch.is_last) {
                (0, _) => "",
                (_, true) => "   ",
                (_, false) => "│  ",
            };
            let before = format!("{}{line}", branch.before);
            for (place, at) in needs.iter().enumerate().rev() {
                let is_last = place + 1 == needs.len();
                waiting.push(Branch { at: *at, before: before.clone(), depth: branch.depth + 1, is_last });
            }
        }
        Ok(())
    }

    fn package(&mut self, at: usize, before: &str, after: &str) -> io::Result<()> {
        let package = &self.packages[at];
        let text = format!("{before}{}{after}{}", foreign::line(&package.label()), remarks(package));
        let line = cut(&text, self.page.width);
        self.page.line(&line)
    }
}

/// What is not plain about a package.
fn remarks(package: &Package) -> String {
    let mut remarks = Vec::new();
    match package.scope {
        Scope::Development => remarks.push("development".to_owned()),
        Scope::Build => remarks.push("build".to_owned()),
        Scope::Optional => remarks.push("optional".to_owned()),
        Scope::Runtime | Scope::Unknown => {}
    }
    match &package.provenance {
        Provenance::Registry => {}
        Provenance::Path => remarks.push("from a folder".to_owned()),
        Provenance::Git(place) | Provenance::OtherRegistry(place) | Provenance::Url(place) => {
            remarks.push(format!("from {}", foreign::line(place)));
        }
    }
    if let Some(owner) = &package.owned_by {
        remarks.push(format!("part of {}", foreign::line(owner.name())));
    }
    if remarks.is_empty() { String::new() } else { format!("  [{}]", remarks.join(", ")) }
}
