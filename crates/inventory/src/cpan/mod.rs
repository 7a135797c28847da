//! Perl distributions that are locked by Carton: `cpanfile.snapshot` (Carton, `Carton::Snapshot`).

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use model::ProblemKind;

use crate::bounds::quote;
use crate::graph::{Graph, Request};
use crate::lines::{Line, lines};
use crate::package_list::{Naming, PackageList};
use crate::{Claim, Detector, Evidence, Input, Parsed, Pattern};

const NAME: &str = "carton-snapshot";
/// The namespace is who uploaded it (purl-spec, `cpan`).
const NAMING: Naming = Naming { purl_type: "cpan", separator: Some('/') };

pub(crate) const DETECTOR: Detector = Detector {
    name: NAME,
    evidence: Evidence::Locked,
    claims: &[Claim::new(Pattern::Name("cpanfile.snapshot"))],
    parse,
};

/// One distribution of the snapshot.
struct Distribution<'t> {
    /// `Capture-Tiny-0.48`.
    line: Line<'t>,
    path: Option<Line<'t>>,
    provides: Vec<&'t str>,
    requires: Vec<&'t str>,
}

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    let text = list.whole_text();
    if !text.starts_with("# carton snapshot format: version 1.") {
        let message = "the file does not begin as a snapshot of version 1: it is read as one, and may say more";
        list.warning(ProblemKind::FormatVersion, 0, message);
    }
    let distributions = distributions(text, &mut list);
    let places: Vec<Option<usize>> = distributions.iter().map(|one| add(one, &mut list)).collect();
    relate(&distributions, &places, &mut list);
    list.finish()
}

fn distributions<'t>(text: &'t str, list: &mut PackageList<'_>) -> Vec<Distribution<'t>> {
    let mut found: Vec<Distribution<'t>> = Vec::new();
    let mut section = "";
    for line in lines(text) {
        let word = line.trimmed();
        match (line.indent(), found.last_mut()) {
            _ if word.is_empty() || word.starts_with('#') || word == "DISTRIBUTIONS" => {}
            (2, _) => {
                section = "";
                found.push(Distribution { line, path: None, provides: Vec::new(), requires: Vec::new() });
            }
            (4, Some(one)) if word.starts_with("pathname:") => one.path = Some(line),
            (4, Some(_)) if word.ends_with(':') => section = word,
            (6, Some(one)) if section == "provides:" => one.provides.extend(word.split(' ').next()),
            (6, Some(one)) if section == "requirements:" => one.requires.extend(word.split(' ').next()),
            _ => {
                let message = format!("`{}` has no place there: it is not read", quote(word));
                list.error(ProblemKind::Syntax, line.range().start, message);
            }
        }
    }
    found
}

/// `D/DA/DAGOLDEN/Capture-Tiny-0.48.tar.gz` says who uploaded it; the line before it what it is.
fn add(one: &Distribution<'_>, list: &mut PackageList<'_>) -> Option<usize> {
    let Some((name, version)) = split(one.line.trimmed()) else {
        let message = format!("`{}` is no distribution and its version: it is not read", quote(one.line.trimmed()));
        list.error(ProblemKind::Shape, one.line.range().start, message);
        return None;
    };
    let uploader = one.path.and_then(|line| line.trimmed().rsplit('/').nth(1));
    let uploader = uploader.filter(|id| id.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()));
    let whole = uploader.map_or_else(|| name.to_owned(), |id| format!("{id}/{name}"));
    let end = one.path.unwrap_or(one.line).range().end;
    let at = list.add(NAMING, &whole, Some(version), one.line.range().start..end)?;
    name.clone_into(&mut list.packages[at].name);
    Some(at)
}

/// The version begins at the last hyphen before a digit, or before `v` and a digit.
fn split(text: &str) -> Option<(&str, &str)> {
    let is_version = |rest: &str| rest.trim_start_matches('v').starts_with(|digit: char| digit.is_ascii_digit());
    let at = text.rmatch_indices('-').map(|(at, _)| at).find(|at| is_version(&text[at + 1..]))?;
    (at > 0).then(|| (&text[..at], &text[at + 1..]))
}

/// Modules tell which distribution needs which; what none needs the project asks for. `perl` is no distribution.
fn relate(distributions: &[Distribution<'_>], places: &[Option<usize>], list: &mut PackageList<'_>) {
    let mut provider: HashMap<&str, usize> = HashMap::new();
    for (one, place) in distributions.iter().zip(places) {
        provider.extend(one.provides.iter().filter_map(|module| Some((*module, (*place)?))));
    }
    let mut graph = Graph::new(list.packages.len());
    let mut needed = vec![false; list.packages.len()];
    for (one, place) in distributions.iter().zip(places) {
        for to in one.requires.iter().filter_map(|module| provider.get(module)) {
            if let Some(from) = place.filter(|from| from != to) {
                graph.add(from, *to);
                needed[*to] = true;
            }
        }
    }
    let roots = needed.iter().enumerate().filter(|(_, needed)| !**needed).map(|(at, _)| at);
    let requests: Vec<Request> = roots.map(|package| Request { package, scope: model::Scope::Unknown }).collect();
    graph.relate(&mut list.packages, &requests);
    graph.name_dependencies(&mut list.packages, &mut list.faults);
}
