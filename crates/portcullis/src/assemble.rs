//! From what single files gave to what a target holds: hidden evidence dropped, distributions named, owners found.

use std::collections::HashMap;

use artifact::View;
use inventory::attribute_distribution;
use model::{Document, Location, Os, Package, PackageState, Problem, Purl, TreePath};

use crate::parse::Parsed;
use crate::snippet::Texts;

/// What a target holds.
#[derive(Default)]
pub(crate) struct Contents {
    pub(crate) packages: Vec<Package>,
    pub(crate) documents: Vec<Document>,
    pub(crate) problems: Vec<Problem>,
    pub(crate) os: Option<Os>,
    /// Where the operating system says what it is.
    pub(crate) os_place: Option<Location>,
    pub(crate) texts: Texts,
    /// Files read as documents, whether or not they held one.
    pub(crate) document_files: usize,
}

/// Puts a target together. `parsed` may come in any order; the result does not depend on it.
pub(crate) fn assemble(mut parsed: Vec<Parsed>, view: &View) -> Contents {
    parsed.retain(|file| view.is_visible(&file.origin));
    parsed.sort_by(|left, right| left.origin.cmp(&right.origin));
    let mut contents = Contents::default();
    let mut owners: HashMap<TreePath, usize> = HashMap::new();
    for file in parsed {
        let before = contents.packages.len();
        contents.packages.extend(file.packages);
        contents.documents.extend(file.documents);
        contents.problems.extend(file.problems);
        // `etc/os-release` sorts before `usr/lib/os-release`, as os-release(5) prefers them.
        if contents.os.is_none() && file.os.is_some() {
            contents.os = file.os;
            contents.os_place = Some(file.origin.location());
        }
        owners.extend(file.owned_files.into_iter().map(|(at, path)| (path, before + at)));
        contents.document_files += usize::from(file.judged_as_document);
        if let Some(text) = file.text {
            contents.texts.insert(file.origin, text);
        }
    }
    if let Some(os) = &contents.os {
        attribute_distribution(&mut contents.packages, os);
    }
    name_owners(&mut contents.packages, &owners);
    contents.packages.sort_by(|left, right| sort_key(left).cmp(&sort_key(right)));
    contents.packages.dedup();
    contents
}

/// A package found in a file that another package installed belongs to that one.
fn name_owners(packages: &mut [Package], owners: &HashMap<TreePath, usize>) {
    let purls: Vec<Purl> = packages.iter().map(|package| package.purl().clone()).collect();
    for (at, package) in packages.iter_mut().enumerate() {
        let owner =
            package.locations.first().and_then(|location| owners.get(&location.path)).filter(|owner| **owner != at);
        package.owned_by = owner.map(|owner| purls[*owner].clone());
    }
}

type SortKey<'a> = (&'a str, &'a str, Option<&'a str>, &'a [model::Location], PackageState);

fn sort_key(package: &Package) -> SortKey<'_> {
    (package.purl_type().as_str(), &package.name, package.version.as_deref(), &package.locations, package.state)
}
