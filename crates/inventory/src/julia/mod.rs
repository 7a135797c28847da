//! Julia packages that are locked: `Manifest.toml`, formats 1 and 2 (Pkg documentation, "Project.toml and Manifest.toml").

#[cfg(test)]
mod tests;

use model::{ProblemKind, Provenance};

use crate::bounds::quote;
use crate::locked::{Locked, Need, list_all};
use crate::package_list::{Naming, PackageList};
use crate::tree::{Data, Member, Node};
use crate::{Claim, Companion, Detector, Evidence, Input, Parsed, Pattern, toml_tree};

const NAME: &str = "julia-manifest";
const NAMING: Naming = Naming { purl_type: "julia", separator: None };

pub(crate) const DETECTOR: Detector = Detector {
    name: NAME,
    evidence: Evidence::Locked,
    claims: &[Claim::new(Pattern::Name("Manifest.toml")).with(&[Companion::Sibling("Project.toml")])],
    parse,
};

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    let (root, faults) = toml_tree::read(list.whole_text());
    list.report(faults);
    if let Some(format) = root.get("manifest_format").filter(|format| !format.word().unwrap_or("?").starts_with("2.")) {
        let message =
            format!("manifest format {} is not known: it is read as 2.0", quote(format.word().unwrap_or("?")));
        list.warning(ProblemKind::FormatVersion, format.start as usize, message);
    }
    let tables = root.get("deps").filter(|_| root.get("manifest_format").is_some()).unwrap_or(&root);
    let tables = tables.members().iter().filter(|member| matches!(member.value.data, Data::List(_)));
    let found = tables.flat_map(|member| member.value.items().iter().map(move |node| (member, node)));
    let entries: Vec<Locked<'_>> = found.filter_map(|(member, node)| entry(member, node)).collect();
    let manifest = input.companion("Project.toml").and_then(|file| std::str::from_utf8(file.bytes).ok());
    let manifest = manifest.map(|text| toml_tree::read(text).0);
    let asked = manifest.as_ref().and_then(|root| root.get("deps")).map_or(&[][..], Node::members);
    let asked: Vec<Need<'_>> = asked.iter().map(|member| Need::named(&member.key)).collect();
    list_all(&entries, &asked, NAMING, None, &mut list);
    list.finish()
}

/// Packages without a version and a place come with Julia, and are as old as it is.
fn entry<'t>(member: &'t Member<'_>, node: &'t Node<'_>) -> Option<Locked<'t>> {
    let version = node.member("version");
    let provenance = match (node.text_of("repo-url"), node.text_of("path")) {
        (Some(url), _) => Provenance::Git(format!("{url}#{}", node.text_of("repo-rev").unwrap_or_default())),
        (None, Some(_)) => Provenance::Path,
        (None, None) => Provenance::Registry,
    };
    let place = version.or(node.member("path")).or(node.member("repo-url")).or(node.member("git-tree-sha1"))?;
    let needs = node.get("deps").map_or(Vec::new(), |deps| match &deps.data {
        Data::List(items) => items.iter().filter_map(Node::text).map(Need::named).collect(),
        _ => deps.members().iter().map(|member| Need::named(&member.key)).collect(),
    });
    let version = version.and_then(|version| version.value.text()).filter(|version| !version.is_empty());
    // Two packages may have one name; only the identity tells them apart.
    let qualifiers = node.text_of("uuid").map(|identity| ("uuid", identity)).into_iter().collect();
    Some(Locked {
        name: &member.key,
        version,
        range: place.range(),
        provenance,
        needs,
        qualifiers,
        ..Locked::default()
    })
}
