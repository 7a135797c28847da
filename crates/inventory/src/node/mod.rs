//! JavaScript packages that are installed: the `package.json` at the top of each folder in `node_modules` (npm documentation,
//! "package.json").

#[cfg(test)]
mod tests;

use model::ProblemKind;

use crate::npm::{NAMING, license, of_resolved};
use crate::package_list::PackageList;
use crate::{Claim, Detector, Evidence, Input, Parsed, Pattern, json};

const NAME: &str = "node-installed";

pub(crate) const DETECTOR: Detector = Detector {
    name: NAME,
    evidence: Evidence::Installed,
    claims: &[Claim::new(Pattern::PathMatches(is_manifest)).limit(8 << 20)],
    parse,
};

/// `…/node_modules/name/package.json` and `…/node_modules/@scope/name/package.json`; a file of this name deeper in a
/// package only says how its modules are written.
fn is_manifest(path: &str) -> bool {
    let Some(folder) = path.strip_suffix("/package.json") else { return false };
    let inner = match folder.rfind("node_modules/") {
        Some(at) if at == 0 || folder.as_bytes()[at - 1] == b'/' => &folder[at + "node_modules/".len()..],
        _ => return false,
    };
    inner.matches('/').count() == usize::from(inner.starts_with('@'))
}

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    let (root, fault) = json::read(list.text());
    let is_broken = fault.is_some();
    list.report(fault);
    let stated = |key| root.text_of(key).filter(|text| !text.is_empty());
    match (stated("name"), stated("version")) {
        (Some(name), Some(version)) => {
            if let Some(at) = list.add(NAMING, name, Some(version), root.range_of(&["name", "version"])) {
                list.packages[at].license = license(&root);
                // npm before its version 7 wrote down where it got a package.
                if let Some(resolved) = stated("_resolved") {
                    list.set_provenance(at, of_resolved(Some(resolved)));
                }
            }
        }
        // A folder without both was made by hand, and is no package of a registry.
        _ if !is_broken => {
            let message = "a package.json without a name or a version: it is no package of a registry";
            list.note(ProblemKind::Shape, root.start as usize, message);
        }
        _ => {}
    }
    list.finish()
}
