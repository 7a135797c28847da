//! Packages whose code lies inside another: `_vendor/vendor.txt`, as pip and tools of its authors keep it (vendoring, "Configuration").

use model::Relationship;

use super::VENDORED;
use crate::bounds::quote;
use crate::lines::lines;
use crate::package_list::PackageList;
use crate::pypi::NAMING;
use crate::{Input, Parsed};

/// `name==1.2.3`, indented below what needs it.
pub(super) fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, VENDORED.name);
    for line in lines(list.whole_text()) {
        let text = line.text.split('#').next().unwrap_or_default().trim();
        if text.is_empty() {
            continue;
        }
        let Some((name, version)) = text.split_once("==") else {
            let message = format!("`{}` is no package and its version: it is not read", quote(text));
            list.error(model::ProblemKind::Syntax, line.range().start, message);
            continue;
        };
        let name = name.split('[').next().unwrap_or_default().trim();
        let version = version.split([' ', ';']).next().unwrap_or_default();
        let start = line.range().start;
        if let Some(at) = list.add(NAMING, name, Some(version), start..start + text.len()) {
            list.packages[at].relationship = Relationship::Transitive;
        }
    }
    list.finish()
}
