//! Files that a file of requirements names: those it takes in (`-r`), and those that only say which version (`-c`).

use std::collections::{HashMap, HashSet};

use model::{Family, LineIndex, Location, Origin, Package, Provenance, Purl, TreePath};

use super::line::{Line, logical_lines, read};
use super::{encoding, is_requirements};
use crate::bounds::check_word;
use crate::{Companion, CompanionFile, Input};

/// What may be named in a file of requirements and is found there.
pub(super) const BESIDE: &[Companion] =
    &[Companion::SiblingMatches(is_beside), Companion::Above("constraints.txt"), Companion::Below("constraints.txt")];

/// Nobody constrains more packages; whole distributions have fewer.
const MOST: usize = 100_000;

/// Files taken in from one file, each within another at most.
const MOST_FILES: usize = 64;

/// What was followed so far, from one file.
pub(super) struct Followed<'a> {
    files: HashMap<&'a TreePath, &'a CompanionFile<'a>>,
    visited: HashSet<&'a TreePath>,
    /// By the one spelling of a name; `None` where two versions are named, by markers or by mistake.
    pins: HashMap<String, Option<Pin>>,
}

/// The one version that is allowed.
#[derive(Clone)]
struct Pin {
    version: String,
    place: Location,
}

/// Names that files have which are taken in by others, and are not read by their name alone.
fn is_beside(path: &str) -> bool {
    const STEMS: [&str; 9] = ["base", "common", "core", "dev", "docs", "lint", "prod", "production", "tests"];
    let name = path.rsplit('/').next().unwrap_or(path);
    let Some((stem, end)) = name.rsplit_once('.') else { return false };
    let is_named = STEMS.contains(&stem) || stem.contains("constraints") || stem.contains("requirements");
    matches!(end, "txt" | "in" | "pip") && (is_named || is_requirements(path))
}

/// What becomes of a file that is to be taken in.
pub(super) enum Include<'a> {
    /// It is read now.
    Read(&'a CompanionFile<'a>),
    /// It was read, or is by its own name.
    Known,
    /// It is not here.
    Missing,
    /// Too many were.
    TooMany,
}

impl<'a> Followed<'a> {
    pub(super) fn new(input: &Input<'a>) -> Followed<'a> {
        let files = input.companions.iter().map(|file| (file.path, file)).collect();
        Followed { files, visited: HashSet::new(), pins: HashMap::new() }
    }

    /// The file that is named in another, if it is here.
    pub(super) fn find(&self, from: &TreePath, named: &str) -> Option<&'a CompanionFile<'a>> {
        let path = from.sibling(named.strip_prefix("file:").unwrap_or(named)).ok()?;
        self.files.get(&path).copied()
    }

    /// Takes in the file that is named in another.
    pub(super) fn include(&mut self, from: &TreePath, named: &str) -> Include<'a> {
        match self.find(from, named) {
            None => Include::Missing,
            Some(file) if file.path.to_str().is_some_and(is_requirements) => Include::Known,
            Some(file) if self.visited.contains(file.path) => Include::Known,
            Some(_) if self.visited.len() == MOST_FILES => Include::TooMany,
            Some(file) => {
                self.visited.insert(file.path);
                Include::Read(file)
            }
        }
    }

    /// Takes the versions that a file of constraints allows.
    pub(super) fn take(&mut self, file: &CompanionFile<'_>, layer: Option<model::LayerIndex>) {
        let origin = Origin { path: file.path.clone(), layer };
        let decoded = encoding::decode(file.bytes);
        let bytes = decoded.as_ref().map_or(file.bytes, |text| text.as_bytes());
        let Ok(text) = std::str::from_utf8(bytes) else { return };
        let lines = LineIndex::new(bytes);
        for logical in logical_lines(text) {
            let Ok(Line::Requirement(requirement)) = read(&logical) else { continue };
            let (Some(name), Some(version)) = (requirement.name, requirement.version) else { continue };
            if self.pins.len() >= MOST || check_word(&version).is_err() {
                continue;
            }
            let range = logical.start + requirement.range.start..logical.start + requirement.range.end;
            let pin = Pin { version, place: origin.at(lines.span(range)) };
            let known = self.pins.entry(normal(&name)).or_insert_with(|| Some(pin.clone()));
            if known.as_ref().is_some_and(|known| known.version != pin.version) {
                *known = None;
            }
        }
    }

    /// Gives packages that are asked for without a version the one that is allowed, and the place that says so.
    pub(super) fn constrain(&self, packages: &mut [Package]) {
        if self.pins.is_empty() {
            return;
        }
        let is_of_index = |package: &&mut Package| {
            package.version.is_none()
                && matches!(package.provenance, Provenance::Registry | Provenance::OtherRegistry(_))
        };
        for package in packages.iter_mut().filter(is_of_index) {
            let Some(Some(pin)) = self.pins.get(&normal(&package.name)) else { continue };
            let qualifiers = package.purl().qualifiers();
            let purl = Purl::build("pypi", None, package.purl().name(), Some(&pin.version), qualifiers, None);
            if let Ok(purl) = purl {
                package.set_purl(purl);
                package.version = Some(pin.version.clone());
                package.locations.push(pin.place.clone());
            }
        }
    }
}

fn normal(name: &str) -> String {
    Family::PyPi.normalise_name(name).into_owned()
}
