//! `packages.config`: one element a package, and no word of who asks for it.

use model::{ProblemKind, Scope};

use super::{CONFIG, NAMING};
use crate::bounds::quote;
use crate::package_list::PackageList;
use crate::{Input, Parsed, xml_tree};

pub(super) fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, CONFIG.name);
    let (root, fault) = xml_tree::read(list.text());
    if fault.is_none() && root.child("packages").is_none() {
        list.error(ProblemKind::Shape, 0, "the file has no `packages` element: it is no packages.config");
    }
    list.report(fault);
    for package in root.child("packages").iter().flat_map(|packages| packages.all("package")) {
        let (name, version) = (package.attribute("id").unwrap_or_default(), package.attribute("version"));
        let Some(version) = version.filter(|version| !version.is_empty() && !name.is_empty()) else {
            let message = format!("package `{}` has no name or no version: it is not read", quote(name));
            list.error(ProblemKind::Shape, package.start, message);
            continue;
        };
        let is_development = package.attribute("developmentDependency") == Some("true");
        if let Some(at) = list.add(NAMING, name, Some(version), package.start..package.end) {
            list.packages[at].scope = if is_development { Scope::Development } else { Scope::Runtime };
        }
    }
    list.finish()
}
