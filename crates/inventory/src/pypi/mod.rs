//! Python packages as pip is asked for them: `requirements.txt` and its kin (pip documentation, "Requirements File Format").
//!
//! Included files are not followed: one that is named like a requirements file is found by the walk itself.

mod encoding;
mod line;
pub(crate) mod pyproject;
mod requirement;
pub(crate) mod source;
#[cfg(test)]
mod tests;
mod via;

use model::{ProblemKind, Provenance};

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
    claims: &[Claim::new(Pattern::PathMatches(is_requirements))],
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
    match encoding::decode(input.bytes) {
        Some(decoded) => read(&Input { bytes: decoded.as_bytes(), ..*input }),
        None => read(input),
    }
}

fn read(input: &Input<'_>) -> Parsed {
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
            Ok(Line::Include(file)) => tell_include(&logical, &file, &mut list),
            Ok(Line::Constraint(file)) => {
                let message = format!("`{}` only constrains versions: it is not followed", quote(&file));
                list.note(ProblemKind::Unsupported, logical.start, message);
            }
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
    list.finish()
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

fn tell_include(logical: &Logical<'_>, file: &str, list: &mut PackageList<'_>) {
    if file.contains("://") {
        let message = format!("`{}` is not in this tree: the packages it asks for are not read", quote(file));
        list.warning(ProblemKind::Unsupported, logical.start, message);
    } else if !is_requirements(file) {
        let message = format!(
            "`{}` is not followed, and not read by its name either: the packages it asks for are not listed",
            quote(file)
        );
        list.warning(ProblemKind::Unsupported, logical.start, message);
    }
}
