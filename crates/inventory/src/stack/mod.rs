//! Haskell packages that are locked by Stack: `stack.yaml.lock` (Stack documentation, "Lock files").
//!
//! The file locks what the project adds to its snapshot; the packages of the snapshot itself are in no file of the project.

#[cfg(test)]
mod tests;

use model::{ProblemKind, Provenance, Relationship};

use crate::bounds::quote;
use crate::checksum;
use crate::package_list::{Naming, PackageList};
use crate::tree::Node;
use crate::{Claim, Detector, Evidence, Input, Parsed, Pattern, yaml_tree};

const NAME: &str = "stack-lock";
const NAMING: Naming = Naming { purl_type: "hackage", separator: None };

pub(crate) const DETECTOR: Detector =
    Detector { name: NAME, evidence: Evidence::Locked, claims: &[Claim::new(Pattern::Name("stack.yaml.lock"))], parse };

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    let (documents, fault) = yaml_tree::read(list.whole_text(), &list.lines);
    let is_broken = fault.is_some();
    list.report(fault);
    let Some(root) = documents.first() else { return list.finish() };
    if root.get("packages").is_none() && root.get("snapshots").is_none() && !is_broken {
        list.error(ProblemKind::Shape, 0, "the file has no `packages`: it is no stack.yaml.lock");
    }
    for node in root.get("packages").map_or(&[][..], Node::items) {
        match node.get("completed") {
            Some(completed) => add(completed, &mut list),
            None => {
                list.error(ProblemKind::Shape, node.start as usize, "a package that is not completed: it is not read");
            }
        }
    }
    tell_of_snapshots(root, &mut list);
    list.finish()
}

fn add(completed: &Node<'_>, list: &mut PackageList<'_>) {
    let place = completed.start as usize..completed.members().first().map_or(completed.end, |m| m.value.end) as usize;
    let at = match completed.text_of("hackage") {
        Some(text) => {
            let Some((name, version)) = split(text) else {
                let message = format!("`{}` is no package and its version: it is not read", quote(text));
                return list.error(ProblemKind::Shape, place.start, message);
            };
            list.add(NAMING, name, Some(version), place)
        }
        None => {
            let Some((name, version, _)) = list.name_and_version(completed) else { return };
            let at = list.add(NAMING, name, Some(version), completed.range_of(&["name", "version"]));
            at.inspect(|at| set_source(*at, completed, list))
        }
    };
    if let Some(at) = at {
        list.packages[at].relationship = Relationship::Direct;
    }
}

/// A repository at a commit, or an archive with its sum.
fn set_source(at: usize, completed: &Node<'_>, list: &mut PackageList<'_>) {
    let commit = completed.text_of("commit").unwrap_or_default();
    if let Some(git) = completed.text_of("git") {
        list.set_provenance(at, Provenance::Git(format!("{git}#{commit}")));
    } else if let Some(url) = completed.text_of("url") {
        list.set_provenance(at, Provenance::Url(url.to_owned()));
        list.packages[at].checksums = completed.text_of("sha256").map(checksum::read).unwrap_or_default();
    }
}

/// `acme-missiles-0.3@sha256:2ba6…,613`; the sum is of the package's description, not of its archive.
fn split(text: &str) -> Option<(&str, &str)> {
    let (name, version) = text.split('@').next()?.rsplit_once('-')?;
    let is_version = !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    (is_version && !name.is_empty()).then_some((name, version))
}

fn tell_of_snapshots(root: &Node<'_>, list: &mut PackageList<'_>) {
    for snapshot in root.get("snapshots").map_or(&[][..], Node::items) {
        let stated = snapshot.get("original").or(snapshot.get("completed"));
        let shown = stated.and_then(|node| node.text().or(node.text_of("snapshot")).or(node.text_of("url")));
        let message = format!(
            "the packages of the snapshot `{}` are in no file of the project: which of them are built is not known",
            quote(shown.unwrap_or("?"))
        );
        list.warning(ProblemKind::Unsupported, snapshot.start as usize, message);
    }
}
