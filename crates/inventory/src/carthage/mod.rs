//! Frameworks that are locked by Carthage: `Cartfile.resolved` (Carthage, "Artifacts").

#[cfg(test)]
mod tests;

use std::ops::Range;

use model::{ProblemKind, Provenance, Relationship, Scope};

use crate::bounds::quote;
use crate::lines::{Line, lines};
use crate::package_list::{Naming, PackageList};
use crate::{Claim, Companion, Detector, Evidence, Input, Parsed, Pattern};

const NAME: &str = "cartfile-resolved";
/// There is no type of Carthage's own. What it builds from a repository is the package that Swift's package manager builds
/// from there, and advisories name both by the repository.
const REPOSITORY: Naming = Naming { purl_type: "swift", separator: Some('/') };
/// What is no repository of a host, and so has no namespace.
const OTHER: Naming = Naming { purl_type: "generic", separator: None };

pub(crate) const DETECTOR: Detector = Detector {
    name: NAME,
    evidence: Evidence::Locked,
    claims: &[Claim::new(Pattern::Name("Cartfile.resolved"))
        .with(&[Companion::Sibling("Cartfile"), Companion::Sibling("Cartfile.private")])],
    parse,
};

/// What the project asks for itself, and what for.
const MANIFESTS: [(&str, Scope); 2] = [("Cartfile", Scope::Runtime), ("Cartfile.private", Scope::Development)];

/// `github "owner/repository" "1.0"`: what kind of place, which, and which version of it.
struct Entry<'t> {
    kind: &'t str,
    place: &'t str,
    version: Option<&'t str>,
    range: Range<usize>,
}

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    let asked = asked(input);
    for line in lines(list.whole_text()) {
        let text = line.trimmed();
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        match entry(line).and_then(|entry| Some((entry.version?, entry))) {
            Some((version, entry)) => add(&entry, version, &asked, &mut list),
            None => {
                let message = format!("`{}` is no line of a Cartfile.resolved: it is not read", quote(text));
                list.error(ProblemKind::Syntax, line.range().start, message);
            }
        }
    }
    list.finish()
}

/// Places the manifests ask for; `None` when there is no manifest.
fn asked<'a>(input: &Input<'a>) -> Option<Vec<(&'a str, Scope)>> {
    let manifests = MANIFESTS.iter().filter_map(|(name, scope)| {
        let bytes = input.companions.iter().find(|file| file.path.file_name() == name.as_bytes())?.bytes;
        Some((std::str::from_utf8(bytes).ok()?, *scope))
    });
    let mut asked = None;
    for (text, scope) in manifests {
        let places = lines(text).filter_map(entry).map(|entry| (entry.place, scope));
        asked.get_or_insert_with(Vec::new).extend(places);
    }
    asked
}

fn entry(line: Line<'_>) -> Option<Entry<'_>> {
    let (kind, rest) = line.trimmed().split_once(char::is_whitespace)?;
    if !matches!(kind, "github" | "git" | "binary") {
        return None;
    }
    let mut quoted = rest.trim_start().strip_prefix('"')?.splitn(2, '"');
    let place = quoted.next().filter(|place| !place.is_empty())?;
    let behind = quoted.next()?.trim_start();
    let version = behind.strip_prefix('"').and_then(|rest| rest.split_once('"')).map(|(version, _)| version);
    Some(Entry { kind, place, version: version.filter(|version| !version.is_empty()), range: line.range() })
}

fn add(entry: &Entry<'_>, tag: &str, asked: &Option<Vec<(&str, Scope)>>, list: &mut PackageList<'_>) {
    let name = name(entry);
    let naming = if entry.kind != "binary" && name.contains('/') { REPOSITORY } else { OTHER };
    // Something that is no tag has no version that advisories could speak of.
    let is_commit = tag.len() == 40 && tag.bytes().all(|byte| byte.is_ascii_hexdigit());
    let Some(at) = list.add(naming, &name, Some(tag).filter(|_| !is_commit), entry.range.clone()) else { return };
    match entry.kind {
        // The address is of a list of versions, which says where each is.
        "binary" => list.set_provenance(at, Provenance::OtherRegistry(entry.place.to_owned())),
        _ if naming.purl_type == OTHER.purl_type => list.set_provenance(at, Provenance::Path),
        _ if is_commit => list.set_provenance(at, Provenance::Git(format!("https://{name}#{tag}"))),
        _ => {}
    }
    let Some(asked) = asked else { return };
    let scope = asked.iter().find(|(place, _)| *place == entry.place).map(|(_, scope)| *scope);
    let package = &mut list.packages[at];
    package.relationship = if scope.is_some() { Relationship::Direct } else { Relationship::Transitive };
    package.scope = scope.unwrap_or_default();
}

/// `github.com/owner/repository`, or the last part of a place that is on no host.
fn name(entry: &Entry<'_>) -> String {
    let place = entry.place.trim_end_matches('/').trim_end_matches(".git");
    let last = || place.rsplit('/').next().unwrap_or(place).trim_end_matches(".json").to_owned();
    match (entry.kind, place.split_once("://")) {
        ("binary", _) | (_, Some(("file", _))) => last(),
        (_, Some((_, place))) => place.split_once('@').map_or(place, |(_, place)| place).to_owned(),
        ("github", None) => format!("github.com/{place}"),
        // `git@host:owner/repository`, as ssh writes it; anything else is a folder.
        (_, None) => match place.split_once('@').and_then(|(_, place)| place.split_once(':')) {
            Some((host, path)) => format!("{host}/{path}"),
            None => last(),
        },
    }
}
