//! Python packages as pip is asked for them: `requirements.txt` and its kin (pip documentation, "Requirements File Format").
//!
//! Included files are followed wherever they lie in the target; one that is named like a requirements file is read by its own name.

mod encoding;
mod follow;
mod line;
pub(crate) mod pyproject;
mod requirement;
pub(crate) mod source;
#[cfg(test)]
mod tests;
mod via;

use model::{Origin, ProblemKind, Provenance};

use self::follow::{Followed, Include};
use self::line::{Line, Logical, logical_lines};
use self::requirement::Requirement;
use self::source::is_public;
use self::via::Origins;
use crate::bounds::quote;
use crate::checksum;
use crate::package_list::{Naming, PackageList};
use crate::{Claim, Detector, Evidence, Input, Parsed, Pattern};

const NAME: &str = "requirements";
pub(crate) const NAMING: Naming = Naming { purl_type: "pypi", separator: None };

pub(crate) const DETECTOR: Detector = Detector {
    name: NAME,
    evidence: Evidence::Locked,
    claims: &[Claim::new(Pattern::PathMatches(is_requirements)).with(follow::NAMED)],
    parse,
};

/// `requirements.txt`, `requirements-dev.txt`, `dev-requirements.txt`, `requirements/dev.txt`.
fn is_requirements(path: &str) -> bool {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let in_folder = folder == "requirements" || folder.ends_with("/requirements");
    let is_text = name.strip_suffix(".txt").or_else(|| name.strip_suffix(".pip"));
    is_text.is_some_and(|stem| in_folder || stem.contains("requirements"))
}

fn parse(input: &Input<'_>) -> Parsed {
    let mut followed = Followed::new(input);
    let mut parsed = read_file(input, &mut followed);
    followed.constrain(&mut parsed.packages);
    parsed
}

fn read_file(input: &Input<'_>, followed: &mut Followed<'_>) -> Parsed {
    match encoding::decode(input.bytes) {
        Some(decoded) => read(&Input { bytes: decoded.as_bytes(), ..*input }, followed),
        None => read(input, followed),
    }
}

fn read(input: &Input<'_>, followed: &mut Followed<'_>) -> Parsed {
    let mut included = Vec::new();
    let mut list = PackageList::new(input, NAME);
    let text = list.text();
    let mut origins = Origins::default();
    let mut index = None;
    for logical in logical_lines(text) {
        match line::read(&logical) {
            Ok(Line::Requirement(requirement)) => {
                let at = add(&logical, requirement, &mut list);
                origins.enter(at, &logical);
            }
            Ok(Line::Include(file)) => match followed.include(&input.origin.path, &file) {
                Include::Read(other) => included.push(other),
                Include::Known => {}
                Include::Missing => tell_include(&logical, &file, &mut list),
                Include::TooMany => {
                    let message = format!("`{}` is one file too many to be followed: it is not read", quote(&file));
                    list.error(ProblemKind::Limit, logical.start, message);
                }
            },
            Ok(Line::Constraint(file)) => match followed.find(&input.origin.path, &file) {
                Some(other) => {
                    let taken = followed.take(other, input.origin.layer);
                    included.extend(taken.included);
                    taken.missing.iter().for_each(|name| tell_constraint(&logical, name, &mut list));
                }
                None => tell_constraint(&logical, &file, &mut list),
            },
            Ok(Line::Index(url)) => index = Some(url),
            Ok(Line::Nothing) => origins.comment(&logical),
            Err(fault) => {
                let shown = quote(logical.text.trim());
                list.error(ProblemKind::Syntax, logical.start, format!("`{shown}` {fault}: it is not read"));
            }
        }
    }
    if let Some(index) = index.filter(|index| !is_public(index)) {
        let from_index = |at: &usize| list.packages[*at].provenance.is_registry();
        let places: Vec<usize> = (0..list.packages.len()).filter(from_index).collect();
        places.into_iter().for_each(|at| list.set_provenance(at, Provenance::OtherRegistry(index.clone())));
    }
    origins.write(&mut list);
    let mut parsed = list.finish();
    for file in included {
        let origin = Origin { path: file.path.clone(), layer: input.origin.layer };
        let other = read_file(&Input { origin: &origin, bytes: file.bytes, companions: input.companions }, followed);
        parsed.packages.extend(other.packages);
        parsed.problems.extend(other.problems);
    }
    parsed
}

fn add(logical: &Logical<'_>, requirement: Requirement, list: &mut PackageList<'_>) -> Option<usize> {
    let Some(name) = &requirement.name else {
        let message =
            format!("`{}` is a place without a name: which package it holds is not known", quote(logical.text.trim()));
        list.warning(ProblemKind::Unsupported, logical.start, message);
        return None;
    };
    let range = logical.start + requirement.range.start..logical.start + requirement.range.end;
    let at = list.add(NAMING, name, requirement.version.as_deref(), range)?;
    list.set_provenance(at, requirement.provenance);
    let words = logical.text.split_whitespace();
    let sums = words.filter_map(|word| word.strip_prefix("--hash=")).take(checksum::MOST);
    list.packages[at].checksums = sums.flat_map(checksum::read).collect();
    Some(at)
}

fn tell_constraint(logical: &Logical<'_>, file: &str, list: &mut PackageList<'_>) {
    let message = format!("`{}` constrains versions, and is not here: it is not followed", quote(file));
    list.note(ProblemKind::Unsupported, logical.start, message);
}

fn tell_include(logical: &Logical<'_>, file: &str, list: &mut PackageList<'_>) {
    let message = match file.contains("://") {
        true => format!("`{}` is not in this tree: the packages it asks for are not read", quote(file)),
        false => format!("`{}` is not here: the packages it asks for are not listed", quote(file)),
    };
    list.warning(ProblemKind::Unsupported, logical.start, message);
}
