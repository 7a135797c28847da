//! Swift packages that are locked: `Package.resolved`, versions 1 to 3 (Swift Package Manager, `PinsStorage`).

#[cfg(test)]
mod tests;

use model::{Family, ProblemKind, Provenance};

use crate::bounds::quote;
use crate::locked::{Locked, list_all};
use crate::package_list::{Naming, PackageList};
use crate::tree::Node;
use crate::{Claim, Detector, Evidence, Input, Parsed, Pattern, json};

const NAME: &str = "swift-resolved";
/// A package is named by the place of its repository, and advisories name it so.
const NAMING: Naming = Naming { purl_type: "swift", separator: Some('/') };

pub(crate) const DETECTOR: Detector = Detector {
    name: NAME,
    evidence: Evidence::Locked,
    claims: &[Claim::new(Pattern::Name("Package.resolved"))],
    parse,
};

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    let (root, fault) = json::read(list.text());
    let is_broken = fault.is_some();
    list.report(fault);
    let version = root.get("version").and_then(Node::word).unwrap_or_default();
    if !is_broken && !matches!(version, "1" | "2" | "3") {
        let message = format!("version {} of `Package.resolved` is not known: it is read as version 3", quote(version));
        list.warning(ProblemKind::FormatVersion, root.start as usize, message);
    }
    let pins = root.get("pins").or_else(|| root.get("object")?.get("pins"));
    if pins.is_none() && !is_broken {
        list.error(ProblemKind::Shape, root.start as usize, "the file has no `pins`: it is no Package.resolved");
    }
    let pins = pins.map_or(&[][..], Node::items);
    let names: Vec<String> = pins.iter().map(name).collect();
    let entries: Vec<Locked<'_>> =
        pins.iter().zip(&names).filter_map(|(pin, name)| entry(pin, name, &mut list)).collect();
    list_all(&entries, &[], NAMING, Family::SwiftUrl, &mut list);
    list.finish()
}

/// The place of its repository; of a package of a registry, which has none, its scope and its name.
fn name(pin: &Node<'_>) -> String {
    match (is_of_registry(pin), pin.text_of("identity")) {
        (true, Some(identity)) => identity.replacen('.', "/", 1),
        _ => place(pin.text_of("location").or(pin.text_of("repositoryURL")).unwrap_or_default()),
    }
}

/// Swift Evolution 0292, "Package Registry Service".
fn is_of_registry(pin: &Node<'_>) -> bool {
    pin.text_of("kind") == Some("registry")
}

fn entry<'t>(pin: &'t Node<'_>, name: &'t str, list: &mut PackageList<'_>) -> Option<Locked<'t>> {
    let named = match is_of_registry(pin) {
        true => pin.member("identity"),
        false => pin.member("location").or(pin.member("repositoryURL")),
    };
    let Some((member, address)) = named.and_then(|member| Some((member, member.value.text()?))) else {
        list.error(ProblemKind::Shape, pin.start as usize, "a pin without a location: it is not read");
        return None;
    };
    let state = pin.get("state");
    let stated = |key| state.and_then(|state| state.get(key));
    let is_local = pin.text_of("kind") == Some("localSourceControl");
    let version = stated("version").and_then(Node::text);
    // A branch or a commit has no version that advisories could speak of.
    let provenance = match (is_local, version, stated("revision").and_then(Node::text)) {
        (true, ..) => Provenance::Path,
        (false, Some(_), _) => Provenance::Registry,
        (false, None, revision) => Provenance::Git(format!("{address}#{}", revision.unwrap_or_default())),
    };
    let end = stated("version").map_or(member.value.end, |version| version.end.max(member.value.end));
    let start = member.start.min(pin.start) as usize;
    Some(Locked { name, version, range: start..end as usize, provenance, ..Locked::default() })
}

/// `github.com/apple/swift-nio` of its address, also of `git@github.com:apple/swift-nio.git`.
fn place(address: &str) -> String {
    let (is_url, place) = address.split_once("://").map_or((false, address), |(_, place)| (true, place));
    let place = place.split_once('@').map_or(place, |(_, place)| place);
    let place = place.trim_end_matches('/').trim_end_matches(".git");
    match place.split_once(':') {
        Some((host, path)) if !is_url && !host.contains('/') => format!("{host}/{}", path.trim_start_matches('/')),
        _ => place.to_owned(),
    }
}
