//! R packages that are locked by renv: `renv.lock` (renv documentation, "lockfiles").

mod source;
#[cfg(test)]
mod tests;

use std::collections::HashSet;

use model::{Family, ProblemKind, Purl};

use crate::bounds::quote;
use crate::locked::{Locked, Need, list_all, relate_unneeded};
use crate::package_list::{Naming, PackageList};
use crate::tree::{Member, Node};
use crate::{Claim, Detector, Evidence, Input, Parsed, Pattern, json};

const NAME: &str = "renv-lock";
const NAMING: Naming = Naming { purl_type: "cran", separator: None };
/// No type is registered for these; advisories have an ecosystem of its own for them, and write the type so.
const BIOCONDUCTOR: &str = "bioconductor";

/// Fields of a record that name what a package needs: the first as older releases of renv write it, the others as the package
/// itself says it, with what version it must be.
const NEEDS: [&str; 4] = ["Requirements", "Depends", "Imports", "LinkingTo"];

pub(crate) const DETECTOR: Detector =
    Detector { name: NAME, evidence: Evidence::Locked, claims: &[Claim::new(Pattern::Name("renv.lock"))], parse };

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    let (root, fault) = json::read(list.text());
    let is_broken = fault.is_some();
    list.report(fault);
    let packages = root.get("Packages");
    if packages.is_none() && !is_broken {
        list.error(ProblemKind::Shape, root.start as usize, "the file has no `Packages`: it is no renv.lock");
    }
    let repositories = root.get("R").and_then(|r| r.get("Repositories")).map_or(&[][..], Node::items);
    let records = packages.map_or(&[][..], Node::members);
    let entries: Vec<Locked<'_>> = records.iter().filter_map(|record| entry(record, repositories, &mut list)).collect();
    list_all(&entries, &[], NAMING, Family::Cran, &mut list);
    // Files of old do not say what packages need.
    if entries.iter().any(|entry| !entry.needs.is_empty()) {
        relate_unneeded(&entries, &mut list);
    }
    let of_bioconductor = records.iter().map(|record| &record.value).filter(|record| source::is_bioconductor(record));
    rename(&of_bioconductor.filter_map(|record| record.text_of("Package")).collect(), &mut list);
    list.finish()
}

fn entry<'t>(record: &'t Member<'_>, repositories: &[Node<'_>], list: &mut PackageList<'_>) -> Option<Locked<'t>> {
    let node = &record.value;
    let name = node.text_of("Package").unwrap_or(&record.key);
    let Some(version) = node.text_of("Version").filter(|version| !version.is_empty()) else {
        let message = format!("package `{}` has no version: it is not read", quote(name));
        list.error(ProblemKind::Shape, record.start as usize, message);
        return None;
    };
    let needs = NEEDS.iter().filter_map(|field| node.get(field)).flat_map(needs);
    Some(Locked {
        name,
        version: Some(version),
        range: record.range_to("Version"),
        provenance: source::provenance(node, repositories),
        needs: needs.collect(),
        ..Locked::default()
    })
}

/// `name` of each `name (>= 1.0)`, in a list or with commas between.
fn needs<'t>(field: &'t Node<'_>) -> impl Iterator<Item = Need<'t>> {
    let texts = field.items().iter().filter_map(Node::text).chain(field.text());
    let names = texts.flat_map(|text| text.split(',')).filter_map(|text| text.trim().split([' ', '(', '\n']).next());
    names.filter(|name| !name.is_empty()).map(Need::named)
}

fn rename(names: &HashSet<&str>, list: &mut PackageList<'_>) {
    for package in list.packages.iter_mut().filter(|package| names.contains(package.name.as_str())) {
        if let Ok(purl) = Purl::new(BIOCONDUCTOR, None, &package.name, package.version.as_deref()) {
            package.set_purl(purl);
        }
    }
}
