//! Files that a file of requirements names: those it takes in (`-r`), and those that only say which version (`-c`).

use std::collections::{HashMap, HashSet};

use model::{Family, LineIndex, Location, Origin, Package, Provenance, Purl, TreePath};

use super::line::{Line, logical_lines, read};
use super::requirement::Requirement;
use super::{encoding, is_requirements};
use crate::bounds::check_word;
use crate::{Companion, CompanionFile, Input};

/// What is named in a file of requirements. Files of usual names are kept while everything goes by, for an image is read once.
pub(super) const NAMED: &[Companion] = &[Companion::SiblingMatches(is_usual), Companion::Named(names)];

/// Nobody constrains more packages; whole distributions have fewer.
const MOST: usize = 100_000;

/// Files taken in from one file, each within another at most.
const MOST_FILES: usize = 64;

/// What was followed so far, from one file.
pub(super) struct Followed<'a> {
    /// The file that names the first of them.
    root: &'a TreePath,
    files: HashMap<&'a TreePath, &'a CompanionFile<'a>>,
    included: HashSet<&'a TreePath>,
    constraining: HashSet<&'a TreePath>,
    /// By the one spelling of a name; `None` where two versions are named, by markers or by mistake.
    pins: HashMap<String, Option<Pin>>,
}

/// The one version that is allowed.
#[derive(Clone)]
struct Pin {
    version: String,
    place: Location,
}

/// The files that a file of requirements or constraints names.
fn names(file: &CompanionFile<'_>) -> Vec<TreePath> {
    let decoded = encoding::decode(file.bytes);
    let bytes = decoded.as_ref().map_or(file.bytes, |text| text.as_bytes());
    let Ok(text) = std::str::from_utf8(bytes) else { return Vec::new() };
    let named = logical_lines(text).filter_map(|logical| match read(&logical) {
        Ok(Line::Include(named) | Line::Constraint(named)) => place(file.path, &named),
        _ => None,
    });
    named.collect()
}

/// Where a file is that another names; `None` outside the target, or behind a URL.
fn place(from: &TreePath, named: &str) -> Option<TreePath> {
    let named = named.strip_prefix("file:").unwrap_or(named);
    match named.starts_with('/') {
        // The place on whichever machine it was written for; a root is such a machine.
        true => TreePath::rooted(named).ok().filter(|_| from.is_rooted()),
        false => from.sibling(named).ok().filter(|_| !named.contains("://")),
    }
}

/// Names that files have which are taken in by others, and are not read by their name alone.
fn is_usual(path: &str) -> bool {
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

/// What a file of constraints leads to beside versions.
#[derive(Default)]
pub(super) struct Taken<'a> {
    /// Files that are to be taken in.
    pub(super) included: Vec<&'a CompanionFile<'a>>,
    /// Names of files that are not here, or not text.
    pub(super) missing: Vec<String>,
}

impl<'a> Followed<'a> {
    pub(super) fn new(input: &Input<'a>) -> Followed<'a> {
        let files = input.companions.iter().map(|file| (file.path, file)).collect();
        let (included, constraining) = (HashSet::new(), HashSet::new());
        Followed { root: &input.origin.path, files, included, constraining, pins: HashMap::new() }
    }

    /// The file that is named in another, if it is here.
    pub(super) fn find(&self, from: &TreePath, named: &str) -> Option<&'a CompanionFile<'a>> {
        self.files.get(&place(from, named)?).copied()
    }

    /// Takes in the file that is named in another.
    pub(super) fn include(&mut self, from: &TreePath, named: &str) -> Include<'a> {
        match self.find(from, named) {
            None if place(from, named).as_ref() == Some(self.root) => Include::Known,
            None => Include::Missing,
            Some(file) if file.path.to_str().is_some_and(is_requirements) => Include::Known,
            Some(file) if self.included.contains(file.path) => Include::Known,
            Some(_) if self.included.len() == MOST_FILES => Include::TooMany,
            Some(file) => {
                self.included.insert(file.path);
                Include::Read(file)
            }
        }
    }

    /// Takes the versions that a file of constraints allows, and those that it names.
    pub(super) fn take(&mut self, file: &'a CompanionFile<'a>, layer: Option<model::LayerIndex>) -> Taken<'a> {
        let mut taken = Taken::default();
        let mut open = vec![file];
        while let Some(file) = open.pop() {
            if !self.constraining.insert(file.path) {
                continue;
            }
            let origin = Origin { path: file.path.clone(), layer };
            let decoded = encoding::decode(file.bytes);
            let bytes = decoded.as_ref().map_or(file.bytes, |text| text.as_bytes());
            let Ok(text) = std::str::from_utf8(bytes) else {
                taken.missing.push(file.path.to_string());
                continue;
            };
            let lines = LineIndex::new(bytes);
            for logical in logical_lines(text) {
                match read(&logical) {
                    Ok(Line::Requirement(requirement)) => self.pin(requirement, logical.start, &origin, &lines),
                    Ok(Line::Constraint(named)) => match self.find(file.path, &named) {
                        Some(other) => open.push(other),
                        None => taken.missing.push(named),
                    },
                    // pip installs what these ask for, wherever they are named.
                    Ok(Line::Include(named)) => match self.include(file.path, &named) {
                        Include::Read(other) => taken.included.push(other),
                        Include::Known => {}
                        Include::Missing | Include::TooMany => taken.missing.push(named),
                    },
                    _ => {}
                }
            }
        }
        taken
    }

    fn pin(&mut self, requirement: Requirement, start: usize, origin: &Origin, lines: &LineIndex<'_>) {
        let (Some(name), Some(version)) = (requirement.name, requirement.version) else { return };
        if self.pins.len() >= MOST || check_word(&version).is_err() {
            return;
        }
        let range = start + requirement.range.start..start + requirement.range.end;
        let pin = Pin { version, place: origin.at(lines.span(range)) };
        let known = self.pins.entry(normal(&name)).or_insert_with(|| Some(pin.clone()));
        if known.as_ref().is_some_and(|known| known.version != pin.version) {
            *known = None;
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
