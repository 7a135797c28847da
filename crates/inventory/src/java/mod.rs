//! Java packages that are installed: archives, by the properties Maven leaves in them, else by their manifest, else by their
//! file name (JAR File Specification; Maven Archiver).
//!
//! An archive with one set of properties is that package. One with several, or with properties that are not its own, was
//! shaded: all of it is listed, each in its place inside.

mod archive;
mod identity;
mod known;
#[cfg(test)]
mod tests;

use model::{Location, PackageState, ProblemKind, Scope, TreePath};

use self::archive::Contents;
use self::identity::Coordinates;
use crate::gradle::NAMING;
use crate::package_list::{Naming, PackageList};
use crate::{Claim, Detector, Evidence, Input, Parsed, Pattern};

const NAME: &str = "java-archive";

/// There is no URL of Maven's for a package without a group.
const WITHOUT_GROUP: Naming = Naming { purl_type: "generic", separator: None };

/// Archives in archives: an EAR holds a WAR holds a JAR, and a JAR may hold JARs.
const MAX_DEPTH: usize = 4;

pub(crate) const DETECTOR: Detector = Detector {
    name: NAME,
    evidence: Evidence::Installed,
    claims: &[Claim::new(Pattern::NameMatches(is_archive)).limit(512 << 20)],
    parse,
};

/// Endings of Java's archives; plugins of Jenkins and others are archives of the same kind.
fn is_archive(name: &str) -> bool {
    const ENDINGS: [&[u8]; 5] = [b".jar", b".war", b".ear", b".hpi", b".jpi"];
    let ending = name.len().checked_sub(4).map(|at| &name.as_bytes()[at..]);
    ending.is_some_and(|ending| ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::of_binary(input, NAME);
    let mut budget = archive::Budget::default();
    read(&input.origin.path, input.bytes, 0, &mut budget, &mut list);
    list.finish()
}

/// Reads one archive and those inside it.
fn read(path: &TreePath, bytes: &[u8], depth: usize, budget: &mut archive::Budget, list: &mut PackageList<'_>) {
    let shown = path.to_string();
    let name = identity::FileName::of(path.file_name());
    let contents = match archive::open(bytes, name.folder(), budget) {
        Ok(contents) => contents,
        Err(fault) => {
            list.faults.error(fault.kind, None, format!("`{shown}` {}", fault.message));
            return;
        }
    };
    for fault in &contents.faults {
        list.faults.error(fault.kind, None, format!("`{shown}` {}", fault.message));
    }
    for (coordinates, inside) in identity::of(&name, &contents) {
        let place = inside.and_then(|inside| path.nested(inside).ok()).unwrap_or_else(|| path.clone());
        add(&coordinates, place, list);
    }
    for (name, inner) in &contents.archives {
        let Ok(place) = path.nested(name) else { continue };
        if depth + 1 == MAX_DEPTH {
            let message = format!("`{place}` lies deeper than {MAX_DEPTH} archives: it is not read");
            list.faults.error(ProblemKind::Limit, None, message);
        } else {
            read(&place, inner, depth + 1, budget, list);
        }
    }
}

fn add(coordinates: &Coordinates, place: TreePath, list: &mut PackageList<'_>) {
    let naming = if coordinates.group.is_some() { NAMING } else { WITHOUT_GROUP };
    let Some(at) = list.add(naming, &coordinates.name(), coordinates.version.as_deref(), 0..0) else { return };
    if coordinates.group.is_none() {
        let message = format!("`{place}` does not say who publishes it: no advisory can be matched with it");
        list.faults.warning(ProblemKind::Shape, None, message);
    }
    let package = &mut list.packages[at];
    let layer = package.locations[0].layer;
    package.locations = vec![Location { layer, ..Location::file(place) }];
    package.scope = Scope::Runtime;
    if coordinates.is_inferred {
        package.state = PackageState::Inferred;
    }
    package.license.clone_from(&coordinates.license);
}

/// The parts of an archive this room reads.
fn is_wanted(contents: &str) -> bool {
    contents == Contents::MANIFEST || Contents::is_properties(contents) || is_archive(contents)
}
