//! R packages that are installed: `DESCRIPTION` in a folder of a library (Writing R Extensions, "The DESCRIPTION file").

#[cfg(test)]
mod tests;

use model::{License, ProblemKind, Provenance};

use crate::lines::{Line, lines};
use crate::package_list::{Naming, PackageList};
use crate::{Claim, Detector, Evidence, Input, Parsed, Pattern};

const NAME: &str = "r-installed";
const NAMING: Naming = Naming { purl_type: "cran", separator: None };

/// Folders that R installs packages in.
const LIBRARIES: [&str; 2] = ["library", "site-library"];

pub(crate) const DETECTOR: Detector = Detector {
    name: NAME,
    evidence: Evidence::Installed,
    claims: &[Claim::new(Pattern::PathMatches(is_description)).limit(1 << 20)],
    parse,
};

/// `usr/lib/R/library/tools/DESCRIPTION`.
fn is_description(path: &str) -> bool {
    // Asked of every file: what most lack comes first.
    let Some(folder) = path.strip_suffix("/DESCRIPTION") else { return false };
    let mut pieces = folder.rsplit('/');
    pieces.next().is_some() && pieces.next().is_some_and(|folder| LIBRARIES.contains(&folder))
}

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    let fields = fields(list.text());
    let field = |name: &str| fields.iter().find(|(line, _)| line.text.split(':').next() == Some(name));
    let stated = |name: &str| field(name).map(|(_, value)| value.as_str()).filter(|value| !value.is_empty());
    let (Some(name), Some(version)) = (stated("Package"), stated("Version")) else {
        // What R never built is the source of a package, not one that is installed.
        if stated("Built").is_some() {
            let message = "the description of a package has no `Package` or no `Version`: it is not read";
            list.error(ProblemKind::Shape, 0, message);
        }
        return list.finish();
    };
    let ends = ["Package", "Version"].iter().filter_map(|name| field(name)).map(|(line, _)| line.range());
    let range =
        ends.clone().map(|range| range.start).min().unwrap_or(0)..ends.map(|range| range.end).max().unwrap_or(0);
    let Some(at) = list.add(NAMING, name, Some(version), range) else { return list.finish() };
    list.set_provenance(at, provenance(&stated));
    let package = &mut list.packages[at];
    package.license = stated("License").and_then(License::stated);
    let needs = ["Depends", "Imports", "LinkingTo"].iter().filter_map(|name| stated(name));
    let names = needs.flat_map(|needs| needs.split(',')).filter_map(|need| need.trim().split([' ', '(', '\n']).next());
    package.dependencies = names.filter(|name| !name.is_empty() && *name != "R").map(str::to_owned).collect();
    list.finish()
}

/// Fields with their values; a line that is indented goes on with the one before.
fn fields(text: &str) -> Vec<(Line<'_>, String)> {
    let mut fields: Vec<(Line<'_>, String)> = Vec::new();
    for line in lines(text) {
        match (line.indent(), line.text.split_once(':')) {
            (0, Some((_, value))) => fields.push((line, value.trim().to_owned())),
            (1.., _) => {
                if let Some((_, value)) = fields.last_mut() {
                    *value = format!("{value} {}", line.trimmed()).trim().to_owned();
                }
            }
            _ => {}
        }
    }
    fields
}

/// R's own packages, and those of its public archive under whatever mirror; a repository has fields of its own.
fn provenance<'t>(stated: &impl Fn(&str) -> Option<&'t str>) -> Provenance {
    let kind = stated("RemoteType").filter(|kind| !matches!(*kind, "standard" | "cran"));
    if let Some(kind) = kind {
        let commit = stated("RemoteSha").unwrap_or_default();
        let place = match stated("RemoteUrl") {
            Some(url) => url.to_owned(),
            None => {
                [stated("RemoteUsername"), stated("RemoteRepo")].into_iter().flatten().collect::<Vec<_>>().join("/")
            }
        };
        return if kind == "local" { Provenance::Path } else { Provenance::Git(format!("{place}#{commit}")) };
    }
    match stated("Repository") {
        None | Some("CRAN" | "RSPM") => Provenance::Registry,
        Some(other) => Provenance::OtherRegistry(other.to_owned()),
    }
}
