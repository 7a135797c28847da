//! Inputs that are locked by Nix: `flake.lock`, versions 5 to 7 (Nix manual, "Lock files").

#[cfg(test)]
mod tests;

use std::collections::HashSet;

use model::{ProblemKind, Provenance, Relationship};

use crate::bounds::quote;
use crate::package_list::{Naming, PackageList};
use crate::tree::{Member, Node};
use crate::{Claim, Detector, Evidence, Input, Parsed, Pattern, json};

const NAME: &str = "flake-lock";
/// Forges that have a type of their own; all others are `generic`, told by where they are from.
const FORGES: [&str; 3] = ["github", "gitlab", "bitbucket"];

pub(crate) const DETECTOR: Detector =
    Detector { name: NAME, evidence: Evidence::Locked, claims: &[Claim::new(Pattern::Name("flake.lock"))], parse };

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    let (root, fault) = json::read(list.text());
    let is_broken = fault.is_some();
    list.report(fault);
    let Some(nodes) = root.get("nodes") else {
        if !is_broken {
            list.error(ProblemKind::Shape, root.start as usize, "the file has no `nodes`: it is no flake.lock");
        }
        return list.finish();
    };
    list.check_version(root.get("version"), &["5", "6", "7"]);
    let start = root.text_of("root").unwrap_or("root");
    let direct: HashSet<&str> = nodes.get(start).map(inputs).unwrap_or_default().into_iter().collect();
    for member in nodes.members().iter().filter(|member| member.key != start) {
        add(member, direct.contains(&*member.key), &mut list);
    }
    list.finish()
}

/// Names of the nodes a node asks for; a list follows the input of another instead.
fn inputs<'t>(node: &'t Node<'_>) -> Vec<&'t str> {
    node.get("inputs").map_or(&[][..], Node::members).iter().filter_map(|member| member.value.text()).collect()
}

fn add(member: &Member<'_>, is_direct: bool, list: &mut PackageList<'_>) {
    let Some(locked) = member.value.get("locked") else {
        let message = format!("`{}` is not locked: it is not read", quote(&member.key));
        list.error(ProblemKind::Shape, member.start as usize, message);
        return;
    };
    let kind = locked.text_of("type").unwrap_or_default();
    let owner = locked.text_of("owner");
    let repository = locked.text_of("repo").or(Some(&*member.key)).filter(|repository| !repository.is_empty());
    let forge = FORGES.into_iter().find(|forge| *forge == kind && owner.is_some());
    let name = match (owner, repository) {
        (Some(owner), Some(repository)) => format!("{owner}/{repository}"),
        (_, repository) => repository.unwrap_or("?").to_owned(),
    };
    let naming = Naming { purl_type: forge.unwrap_or("generic"), separator: Some('/') };
    let version = locked.text_of("rev").or_else(|| locked.text_of("narHash"));
    let Some(at) = list.add(naming, &name, version, locked.range_of(&["owner", "repo", "rev", "url", "path"])) else {
        return;
    };
    list.set_provenance(at, provenance(kind, forge, &name, locked));
    let relationship = if is_direct { Relationship::Direct } else { Relationship::Transitive };
    list.packages[at].relationship = relationship;
    list.packages[at].dependencies = inputs(&member.value).into_iter().map(str::to_owned).collect();
}

fn provenance(kind: &str, forge: Option<&str>, name: &str, locked: &Node<'_>) -> Provenance {
    let address = locked.text_of("url").map(str::to_owned);
    match (kind, forge) {
        ("path", _) => Provenance::Path,
        ("tarball" | "file", _) => Provenance::Url(address.unwrap_or_else(|| name.to_owned())),
        (_, Some(forge)) => Provenance::Git(format!("{forge}:{name}")),
        _ => Provenance::Git(address.unwrap_or_else(|| name.to_owned())),
    }
}
