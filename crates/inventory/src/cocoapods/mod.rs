//! Pods that are locked by CocoaPods: `Podfile.lock` (CocoaPods, `Lockfile`).

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use model::{ProblemKind, Provenance};

use crate::bounds::quote;
use crate::locked::{Locked, Need, list_all};
use crate::package_list::{Naming, PackageList};
use crate::tree::Node;
use crate::{Claim, Detector, Evidence, Input, Parsed, Pattern, yaml_tree};

const NAME: &str = "podfile-lock";
const NAMING: Naming = Naming { purl_type: "cocoapods", separator: None };

pub(crate) const DETECTOR: Detector =
    Detector { name: NAME, evidence: Evidence::Locked, claims: &[Claim::new(Pattern::Name("Podfile.lock"))], parse };

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    let (documents, fault) = yaml_tree::read(list.whole_text(), &list.lines);
    let is_broken = fault.is_some();
    list.report(fault);
    let root = documents.first();
    let pods = root.and_then(|root| root.get("PODS"));
    if root.is_none_or(|root| root.get("COCOAPODS").is_none() && pods.is_none()) && !is_broken {
        list.error(ProblemKind::Shape, 0, "the file has neither `PODS` nor `COCOAPODS`: it is no Podfile.lock");
    }
    let section = |name| root.and_then(|root| root.get(name));
    // What was asked for, and what that was when it was fetched.
    let external = [section("CHECKOUT OPTIONS"), section("EXTERNAL SOURCES")];
    let mut entries: Vec<Locked<'_>> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for item in pods.map_or(&[][..], Node::items) {
        let Some(entry) = entry(item, external, &mut list) else { continue };
        // The parts of a pod are built from the same sources.
        match known.get(entry.name) {
            Some(at) => entries[*at].needs.extend(entry.needs),
            None => {
                known.insert(entry.name, entries.len());
                entries.push(entry);
            }
        }
    }
    let asked = root.and_then(|root| root.get("DEPENDENCIES")).map_or(&[][..], Node::items);
    let asked: Vec<Need<'_>> = asked.iter().filter_map(Node::text).map(|text| Need::named(pod(text))).collect();
    list_all(&entries, &asked, NAMING, None, &mut list);
    list.finish()
}

/// `Name/Part (1.0)`, or a map from that to what it needs.
fn entry<'t>(item: &'t Node<'_>, external: [Option<&Node<'_>>; 2], list: &mut PackageList<'_>) -> Option<Locked<'t>> {
    let (text, start, needs) = match (item.text(), item.members()) {
        (Some(text), _) => (text, item.start, &[][..]),
        (None, [member]) => (&*member.key, member.start, member.value.items()),
        _ => ("", item.start, &[][..]),
    };
    let start = start as usize;
    let version = text.split_once(" (").and_then(|(_, rest)| rest.strip_suffix(')'));
    let Some(version) = version.filter(|version| !version.is_empty() && !version.contains(' ')) else {
        let message = format!("`{}` is no pod and its version: it is not read", quote(text));
        list.error(ProblemKind::Shape, start, message);
        return None;
    };
    let name = pod(text);
    let place = external.into_iter().flatten().find_map(|external| external.get(name));
    let provenance = place.map_or(Provenance::Registry, |place| match (place.text_of(":git"), commit(place)) {
        (Some(git), Some(commit)) => Provenance::Git(format!("{git}#{commit}")),
        (Some(git), None) => Provenance::Git(git.to_owned()),
        (None, _) => Provenance::Path,
    });
    let needs = needs.iter().filter_map(Node::text).map(|text| Need::named(pod(text))).collect();
    Some(Locked {
        name,
        version: Some(version),
        range: start..start + text.len(),
        provenance,
        needs,
        ..Locked::default()
    })
}

/// The commit a pod was fetched at, which stands there as a number where it has no letters.
fn commit<'t>(place: &'t Node<'_>) -> Option<&'t str> {
    place.get(":commit").and_then(Node::word)
}

/// `Name` of `Name/Part (~> 1.0)`.
fn pod(text: &str) -> &str {
    text.split([' ', '/']).next().unwrap_or(text)
}
