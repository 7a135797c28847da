//! Dart packages that are locked by pub: `pubspec.lock` (dart.dev, "Lockfile").

#[cfg(test)]
mod tests;

use model::{ProblemKind, Provenance, Relationship, Scope};

use crate::bounds::quote;
use crate::checksum;
use crate::package_list::{Naming, PackageList};
use crate::tree::{Member, Node};
use crate::{Claim, Detector, Evidence, Input, Parsed, Pattern, yaml_tree};

const NAME: &str = "pubspec-lock";
const NAMING: Naming = Naming { purl_type: "pub", separator: None };

pub(crate) const DETECTOR: Detector =
    Detector { name: NAME, evidence: Evidence::Locked, claims: &[Claim::new(Pattern::Name("pubspec.lock"))], parse };

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    let (documents, fault) = yaml_tree::read(list.whole_text(), &list.lines);
    let is_broken = fault.is_some();
    list.report(fault);
    let packages = documents.first().and_then(|root| root.get("packages"));
    if packages.is_none() && !is_broken {
        list.error(ProblemKind::Shape, 0, "the file has no `packages`: it is no pubspec.lock");
    }
    packages.map_or(&[][..], Node::members).iter().for_each(|member| add(member, &mut list));
    list.finish()
}

fn add(member: &Member<'_>, list: &mut PackageList<'_>) {
    let node = &member.value;
    let description = node.get("description");
    let stated = |key| description.and_then(|description| description.text_of(key));
    let provenance = match node.text_of("source") {
        // Comes with the toolchain, and has no version of its own.
        Some("sdk") => return,
        Some("git") => Provenance::Git(format!(
            "{}#{}",
            stated("url").unwrap_or_default(),
            stated("resolved-ref").or(stated("ref")).unwrap_or_default()
        )),
        Some("path") => Provenance::Path,
        _ => match stated("url") {
            Some(url) if !is_public(url) => Provenance::OtherRegistry(url.to_owned()),
            _ => Provenance::Registry,
        },
    };
    let Some(version) = node.text_of("version") else {
        let message = format!("`{}` has no version: it is not read", quote(&member.key));
        list.error(ProblemKind::Shape, member.start as usize, message);
        return;
    };
    let name = stated("name").unwrap_or(&member.key);
    let Some(at) = list.add(NAMING, name, Some(version), member.range_to("version")) else { return };
    list.set_provenance(at, provenance);
    let package = &mut list.packages[at];
    package.checksums = stated("sha256").map(checksum::read).unwrap_or_default();
    (package.relationship, package.scope) = match node.text_of("dependency") {
        Some("direct main" | "direct overridden") => (Relationship::Direct, Scope::Runtime),
        Some("direct dev") => (Relationship::Direct, Scope::Development),
        Some("transitive") => (Relationship::Transitive, Scope::Unknown),
        _ => (Relationship::Unknown, Scope::Unknown),
    };
}

/// The public registry, under its old and its new name.
fn is_public(url: &str) -> bool {
    matches!(url.trim_start_matches("https://").trim_end_matches('/'), "pub.dev" | "pub.dartlang.org")
}
