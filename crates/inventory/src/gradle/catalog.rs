//! Version catalogs: `libs.versions.toml` and other `*.versions.toml` in a folder `gradle` (Gradle user manual, "Version Catalogs").

use model::{ProblemKind, Relationship, Scope};

use super::NAMING;
use crate::bounds::quote;
use crate::package_list::PackageList;
use crate::tree::{Member, Node};
use crate::{Claim, Detector, Evidence, Input, Parsed, Pattern, toml_tree};

const NAME: &str = "gradle-catalog";

/// It says what projects may ask for, and every version that is asked for by name.
pub(crate) const DETECTOR: Detector = Detector {
    name: NAME,
    evidence: Evidence::Locked,
    claims: &[Claim::new(Pattern::Suffix(".versions.toml"))],
    parse,
};

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    let (root, faults) = toml_tree::read(list.text());
    list.report(faults);
    for member in root.get("libraries").map_or(&[][..], Node::members) {
        match library(&member.value) {
            Some((name, inline)) => add(&name, inline, member, Scope::Unknown, &root, &mut list),
            None => fault(member, "is no module of a group and a name", &mut list),
        }
    }
    // A plugin is found by a module that is named after it.
    for member in root.get("plugins").map_or(&[][..], Node::members) {
        let (id, inline) = match member.value.text() {
            Some(text) => text.split_once(':').map_or((text, None), |(id, version)| (id, Some(version))),
            None => (member.value.text_of("id").unwrap_or_default(), None),
        };
        if id.is_empty() {
            fault(member, "names no plugin", &mut list);
        } else {
            add(&format!("{id}:{id}.gradle.plugin"), inline, member, Scope::Build, &root, &mut list);
        }
    }
    list.finish()
}

/// `group:name` of the three ways to write it, and the version that stands with it in the short one.
fn library<'t>(node: &'t Node<'_>) -> Option<(String, Option<&'t str>)> {
    if let Some(text) = node.text() {
        let (group, rest) = text.split_once(':')?;
        let (name, version) = rest.split_once(':').map_or((rest, None), |(name, version)| (name, Some(version)));
        return is_module(group, name).then(|| (format!("{group}:{name}"), version));
    }
    if let Some(module) = node.text_of("module") {
        let (group, name) = module.split_once(':')?;
        return is_module(group, name).then(|| (module.to_owned(), None));
    }
    let (group, name) = (node.text_of("group")?, node.text_of("name")?);
    is_module(group, name).then(|| (format!("{group}:{name}"), None))
}

fn is_module(group: &str, name: &str) -> bool {
    !group.is_empty() && !name.is_empty() && !group.contains(':') && !name.contains(':')
}

fn add(
    name: &str,
    inline: Option<&str>,
    member: &Member<'_>,
    scope: Scope,
    root: &Node<'_>,
    list: &mut PackageList<'_>,
) {
    let stated = member.value.get("version");
    let version = inline.or_else(|| version(stated?, root));
    let is_dangling = stated.and_then(|node| node.text_of("ref")).is_some_and(|key| named(key, root).is_none());
    if is_dangling {
        let message = format!("the version `{}` asks for is not among the versions: it cannot be matched", quote(name));
        list.warning(ProblemKind::Shape, member.start as usize, message);
    }
    let pinned = version.filter(|version| is_pinned(version));
    let Some(at) = list.add(NAMING, name, pinned, member.range()) else { return };
    list.packages[at].relationship = Relationship::Direct;
    list.packages[at].scope = scope;
}

/// A text, a reference into the table of versions, or a rich version, of which the strictest word that pins one counts.
fn version<'t>(node: &'t Node<'_>, root: &'t Node<'_>) -> Option<&'t str> {
    let node = node.text_of("ref").and_then(|key| named(key, root)).unwrap_or(node);
    node.text().or_else(|| {
        let mut words = ["strictly", "require", "prefer"].iter().filter_map(|word| node.text_of(word));
        words.find(|version| is_pinned(version))
    })
}

fn named<'t>(key: &str, root: &'t Node<'_>) -> Option<&'t Node<'t>> {
    root.get("versions")?.get(key)
}

/// Ranges and `1.+` pin nothing.
fn is_pinned(version: &str) -> bool {
    !version.is_empty() && !version.contains(['[', ']', '(', ')', ',', '+']) && !version.starts_with("latest.")
}

fn fault(member: &Member<'_>, what: &str, list: &mut PackageList<'_>) {
    let message = format!("`{}` {what}: it is not read", quote(&member.key));
    list.error(ProblemKind::Shape, member.start as usize, message);
}
