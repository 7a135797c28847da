//! Charts that are locked by Helm: `Chart.lock` of Helm 3 and `requirements.lock` of Helm 2 (Helm documentation, "Charts").

#[cfg(test)]
mod tests;

use std::ops::Range;

use model::{LineIndex, ProblemKind, Provenance, Relationship, Scope};

use crate::package_list::{Naming, PackageList};
use crate::tree::Node;
use crate::{Claim, Companion, Detector, Evidence, Input, Parsed, Pattern, yaml_tree};

const NAME: &str = "chart-lock";
/// No type of charts is registered; `helm` is among those the specification proposes, and what others write.
const NAMING: Naming = Naming { purl_type: "helm", separator: None };

pub(crate) const DETECTOR: Detector = Detector {
    name: NAME,
    evidence: Evidence::Locked,
    claims: &[
        Claim::new(Pattern::Name("Chart.lock")).with(&[Companion::Sibling("Chart.yaml")]),
        Claim::new(Pattern::Name("requirements.lock")).with(&[Companion::Sibling("requirements.yaml")]),
    ],
    parse,
};

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    // Rye locks Python packages in a file of this name; it begins with comments and is a list of requirements.
    let (documents, fault) = yaml_tree::read(list.whole_text(), &list.lines);
    let is_broken = fault.is_some();
    list.report(fault);
    let root = documents.first();
    let dependencies = root.and_then(|root| root.get("dependencies"));
    if dependencies.is_none() && root.is_none_or(|root| root.get("digest").is_none()) && !is_broken {
        list.error(ProblemKind::Shape, 0, "the file has no `dependencies`: it locks no charts");
    }
    let optional = optional(input);
    for chart in dependencies.map_or(&[][..], Node::items) {
        add(chart, &optional, &mut list);
    }
    list.finish()
}

/// Names of the charts that the manifest wants only under a condition or a tag.
fn optional(input: &Input<'_>) -> Vec<String> {
    let manifest = input.companion("Chart.yaml").or(input.companion("requirements.yaml"));
    let text = manifest.and_then(|file| std::str::from_utf8(file.bytes).ok()).unwrap_or_default();
    let (documents, _) = yaml_tree::read(text, &LineIndex::new(text.as_bytes()));
    let charts = documents.first().and_then(|root| root.get("dependencies")).map_or(&[][..], Node::items);
    let is_optional = |chart: &&Node<'_>| chart.get("condition").is_some() || chart.get("tags").is_some();
    let names = charts.iter().filter(is_optional).filter_map(|chart| chart.text_of("name"));
    // The same chart may be wanted twice, under two names: once without a condition is always.
    let always = |name: &str| charts.iter().any(|chart| chart.text_of("name") == Some(name) && !is_optional(&chart));
    names.filter(|name| !always(name)).map(str::to_owned).collect()
}

/// The file has what the chart itself asks for, and nothing of what those charts ask for in turn.
fn add(chart: &Node<'_>, optional: &[String], list: &mut PackageList<'_>) {
    let Some((name, version, range)) = list.name_and_version(chart) else { return };
    let Some(at) = list.add(NAMING, name, Some(version), whole(chart, range)) else { return };
    let provenance = match chart.text_of("repository").unwrap_or_default() {
        // A chart without a repository lies in the folder `charts`.
        repository if repository.is_empty() || repository.starts_with("file:") => Provenance::Path,
        // There is no public registry that a bare name is looked up in.
        repository => Provenance::OtherRegistry(repository.to_owned()),
    };
    list.set_provenance(at, provenance);
    let package = &mut list.packages[at];
    package.relationship = Relationship::Direct;
    package.scope = if optional.iter().any(|other| other == name) { Scope::Optional } else { Scope::Runtime };
}

/// Members are sorted by some writers, so the version may come first.
fn whole(chart: &Node<'_>, range: Range<usize>) -> Range<usize> {
    let first = ["name", "version"].iter().filter_map(|key| chart.member(key)).map(|member| member.start as usize);
    first.min().unwrap_or(range.start)..range.end
}
