//! Packages that are locked by Pixi: `pixi.lock`, versions 4 to 7 (rattler, "rattler_lock"). Packages of conda and of PyPI.

mod manifest;
#[cfg(test)]
mod tests;

use model::{Family, ProblemKind, Provenance};

use crate::checksum;
use crate::locked::{Locked, Need, list_all, relate_unneeded};
use crate::package_list::PackageList;
use crate::tree::Node;
use crate::{Claim, Companion, Detector, Evidence, Input, Parsed, Pattern, conda, pypi, yaml_tree};

const NAME: &str = "pixi-lock";

/// Versions of the format that are known here.
const KNOWN: [&str; 4] = ["4", "5", "6", "7"];

pub(crate) const DETECTOR: Detector = Detector {
    name: NAME,
    evidence: Evidence::Locked,
    claims: &[Claim::new(Pattern::Name("pixi.lock"))
        .with(&[Companion::Sibling("pixi.toml"), Companion::Sibling("pyproject.toml")])],
    parse,
};

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    let (documents, fault) = yaml_tree::read(list.whole_text(), &list.lines);
    let is_broken = fault.is_some();
    list.report(fault);
    let Some(root) = documents.first() else { return list.finish() };
    list.check_version(root.get("version"), &KNOWN);
    if root.get("packages").is_none() && !is_broken {
        list.error(ProblemKind::Shape, 0, "the file has no `packages`: it is no pixi.lock");
    }
    let nodes = root.get("packages").map_or(&[][..], Node::items);
    let (mut of_conda, mut of_pypi): (Vec<Locked<'_>>, Vec<Locked<'_>>) = (Vec::new(), Vec::new());
    for node in nodes {
        // Before version 6 the kind is a member of its own.
        let kind = node.text_of("kind").or_else(|| node.members().first().map(|member| &*member.key));
        match kind {
            Some("conda") => of_conda.extend(conda_package(node, &mut list)),
            Some("pypi") => of_pypi.extend(pypi_package(node, &mut list)),
            _ => list.error(
                ProblemKind::Shape,
                node.start as usize,
                "a package of a kind that is not known: it is not read",
            ),
        }
    }
    merge(&mut of_conda);
    let asked = manifest::beside(input);
    list_all(&of_conda, &needs(&asked.of_conda), conda::NAMING, None, &mut list);
    list_all(&of_pypi, &needs(&asked.of_pypi), pypi::NAMING, Family::PyPi, &mut list);
    let all: Vec<Locked<'_>> = of_conda.into_iter().chain(of_pypi).collect();
    relate_unneeded(&all, &mut list);
    list.finish()
}

fn needs(names: &[String]) -> Vec<Need<'_>> {
    names.iter().map(|name| Need::named(name)).collect()
}

/// The address says name, version and build where the entry does not.
fn conda_package<'t>(node: &'t Node<'_>, list: &mut PackageList<'_>) -> Option<Locked<'t>> {
    let address = node.text_of("conda").or_else(|| node.text_of("url"));
    let parts = address.and_then(conda::archive_parts);
    let name = node.text_of("name").or(parts.map(|(name, ..)| name));
    let version = node.get("version").and_then(Node::word).or(parts.map(|(_, version, _)| version));
    let (Some(name), Some(version)) = (name, version) else {
        list.error(ProblemKind::Shape, node.start as usize, "a package without a name or a version: it is not read");
        return None;
    };
    let build = node.text_of("build").or(parts.map(|(.., build)| build));
    let needs = node.get("depends").map_or(&[][..], Node::items).iter().filter_map(Node::text);
    Some(Locked {
        name,
        version: Some(version),
        range: node.range_of(&["kind", "conda", "name", "version", "url"]),
        license: node.text_of("license").and_then(model::License::stated),
        checksums: sums(node),
        needs: needs.filter_map(|need| need.split(' ').next()).map(Need::named).collect(),
        qualifiers: build.map(|build| ("build", build)).into_iter().collect(),
        ..Locked::default()
    })
}

fn pypi_package<'t>(node: &'t Node<'_>, list: &mut PackageList<'_>) -> Option<Locked<'t>> {
    let address = node.text_of("pypi").or_else(|| node.text_of("url")).or_else(|| node.text_of("path"));
    let Some(name) = node.text_of("name") else {
        list.error(ProblemKind::Shape, node.start as usize, "a package without a name: it is not read");
        return None;
    };
    let needs = node.get("requires_dist").map_or(&[][..], Node::items).iter().filter_map(Node::text);
    Some(Locked {
        name,
        version: node.get("version").and_then(Node::word),
        range: node.range_of(&["kind", "pypi", "name", "version"]),
        provenance: provenance(address.unwrap_or_default()),
        checksums: sums(node),
        needs: needs.filter_map(requirement_name).map(Need::named).collect(),
        ..Locked::default()
    })
}

/// An archive at an address is what an index led to; a folder is the project's own, a repository is named with `git+`.
fn provenance(address: &str) -> Provenance {
    if address.starts_with("git+") {
        Provenance::Git(address.to_owned())
    } else if address.is_empty() || address.starts_with("http://") || address.starts_with("https://") {
        Provenance::Registry
    } else {
        Provenance::Path
    }
}

/// Name of `requests[socks]>=2.0 ; extra == 'x'`; what only an extra asks for need not be there.
fn requirement_name(text: &str) -> Option<&str> {
    let is_extra = text.split_once(';').is_some_and(|(_, marker)| marker.contains("extra"));
    let end = text.find(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '-' | '_' | '.'));
    Some(&text[..end.unwrap_or(text.len())]).filter(|name| !name.is_empty() && !is_extra)
}

fn sums(node: &Node<'_>) -> Vec<model::Checksum> {
    ["sha256", "md5"].iter().filter_map(|key| node.text_of(key)).flat_map(checksum::read).collect()
}

/// One entry a platform: the same version of a package for all of them is one package.
fn merge(entries: &mut Vec<Locked<'_>>) {
    let mut known = std::collections::HashSet::new();
    entries.retain(|entry| known.insert((entry.name, entry.version)));
}
