//! Packages of npm and of Deno's registry, where each version of the format has them.

use std::collections::HashSet;

use model::ProblemKind;

use crate::bounds::quote;
use crate::checksum;
use crate::locked::{Locked, Need};
use crate::package_list::PackageList;
use crate::tree::{Member, Node};

/// Whose packages.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Registry {
    Npm,
    Jsr,
}

/// What the workspace asks for, of either registry.
pub(super) struct Asked<'t>(Vec<(Registry, Need<'t>)>);

impl Registry {
    fn key(self) -> &'static str {
        match self {
            Registry::Npm => "npm",
            Registry::Jsr => "jsr",
        }
    }

    /// What stands behind `npm:` or `jsr:`.
    fn strip(self, specifier: &str) -> Option<&str> {
        specifier.strip_prefix(self.key())?.strip_prefix(':')
    }
}

impl<'t> Asked<'t> {
    pub(super) fn of(&self, registry: Registry) -> Vec<Need<'t>> {
        self.0.iter().filter(|(of, _)| *of == registry).map(|(_, need)| *need).collect()
    }
}

/// All packages of a registry: `packages.npm` in version 3, `npm.packages` in version 2, else `npm`.
pub(super) fn entries<'t>(root: &'t Node<'_>, registry: Registry, list: &mut PackageList<'_>) -> Vec<Locked<'t>> {
    let nested = root.get("packages").and_then(|packages| packages.get(registry.key()));
    let table = nested.or(root.get(registry.key()));
    let table = table.and_then(|table| table.get("packages")).or(table);
    let members = table.map_or(&[][..], Node::members);
    members.iter().filter_map(|member| entry(member, registry, list)).collect()
}

/// `chalk@5.4.1`; behind `_` stand the peers it was resolved with.
fn entry<'t>(member: &'t Member<'_>, registry: Registry, list: &mut PackageList<'_>) -> Option<Locked<'t>> {
    let Some((name, version)) = split(&member.key) else {
        let message = format!("`{}` is no package and its version: it is not read", quote(&member.key));
        list.error(ProblemKind::Shape, member.start as usize, message);
        return None;
    };
    let needs = ["dependencies", "optionalDependencies"].iter().filter_map(|key| member.value.get(key));
    Some(Locked {
        name,
        version: Some(version),
        range: member.range_to("integrity"),
        checksums: member.value.text_of("integrity").map(checksum::read).unwrap_or_default(),
        needs: needs.flat_map(|needs| dependencies(needs, registry)).collect(),
        ..Locked::default()
    })
}

/// A list of `name`, `name@version` or `alias@npm:name@version`; a table of those before version 4.
fn dependencies<'t>(needs: &'t Node<'_>, registry: Registry) -> Vec<Need<'t>> {
    let texts = needs.items().iter().filter_map(Node::text);
    let named = needs.members().iter().filter_map(|member| member.value.text());
    texts.chain(named).filter_map(|text| dependency(text, registry)).collect()
}

fn dependency(text: &str, registry: Registry) -> Option<Need<'_>> {
    let aliased = text.split_once("@npm:").map(|(_, real)| real);
    let other = ["npm:", "jsr:"].iter().any(|prefix| text.starts_with(prefix));
    let text = aliased.or(registry.strip(text)).or(Some(text).filter(|_| !other))?;
    let (name, version) = split(text).map_or((text, None), |(name, version)| (name, Some(version)));
    Some(Need { version, ..Need::named(name) })
}

/// Name and version; the `@` of a scope comes first and parts nothing.
pub(super) fn split(key: &str) -> Option<(&str, &str)> {
    let at = 1 + key.get(1..)?.find('@')?;
    let version = key[at + 1..].split('_').next()?;
    (!version.is_empty()).then_some((&key[..at], version))
}

/// `workspace.dependencies` with those of its members and of `package.json`, and what the code itself states, through
/// `specifiers` to what each became.
pub(super) fn asked<'t>(root: &'t Node<'_>) -> Asked<'t> {
    let specifiers = root.get("specifiers");
    let specifiers = specifiers.or_else(|| root.get("packages")?.get("specifiers"));
    let of_npm = root.get("npm").and_then(|npm| npm.get("specifiers"));
    let mut wanted: Vec<&str> = Vec::new();
    if let Some(workspace) = root.get("workspace") {
        collect(workspace, &mut wanted);
        workspace.get("members").map_or(&[][..], Node::members).iter().for_each(|m| collect(&m.value, &mut wanted));
    }
    let of_packages = needed_by_packages(root);
    let all = specifiers.or(of_npm).map_or(&[][..], Node::members).iter();
    // What neither the workspace nor a package asks for, the code does: `import "npm:chalk@5"`.
    let stated = all.filter(|member| wanted.contains(&&*member.key) || !of_packages.contains(&&*member.key));
    let resolved = stated.filter_map(|member| resolve(&member.key, member.value.text()?, of_npm.is_some()));
    Asked(resolved.collect())
}

/// Specifiers that packages of Deno's registry ask for; their version is left out where it is the only one.
fn needed_by_packages<'t>(root: &'t Node<'_>) -> HashSet<&'t str> {
    let nested = root.get("packages").and_then(|packages| packages.get("jsr"));
    let packages = nested.or(root.get("jsr")).map_or(&[][..], Node::members).iter();
    let lists = packages.filter_map(|package| package.value.get("dependencies"));
    let asked: HashSet<&str> = lists.flat_map(Node::items).filter_map(Node::text).collect();
    let specifiers = root.get("specifiers").or_else(|| root.get("packages")?.get("specifiers"));
    let keys = specifiers.map_or(&[][..], Node::members).iter().map(|member| &*member.key);
    keys.filter(|key| asked.contains(key) || without_version(key).is_some_and(|bare| asked.contains(bare))).collect()
}

/// `jsr:@std/path` of `jsr:@std/path@1`.
fn without_version(specifier: &str) -> Option<&str> {
    specifier.rsplit_once('@').map(|(bare, _)| bare).filter(|bare| !bare.ends_with([':', '/']))
}

fn collect<'t>(node: &'t Node<'_>, wanted: &mut Vec<&'t str>) {
    let of_package_json = node.get("packageJson").and_then(|package| package.get("dependencies"));
    for dependencies in [node.get("dependencies"), of_package_json].into_iter().flatten() {
        wanted.extend(dependencies.items().iter().filter_map(Node::text));
    }
}

/// `npm:chalk@5` with `5.4.1`, or with `npm:chalk@5.4.1` before version 4.
fn resolve<'t>(specifier: &'t str, became: &'t str, is_npm: bool) -> Option<(Registry, Need<'t>)> {
    let registry = [Registry::Npm, Registry::Jsr].into_iter().find(|registry| registry.strip(specifier).is_some());
    let registry = registry.or(is_npm.then_some(Registry::Npm))?;
    let bare = registry.strip(specifier).unwrap_or(specifier);
    let whole = registry.strip(became).unwrap_or(became);
    let (name, version) = match split(whole) {
        Some((name, version)) => (name, version),
        None => (split(bare).map_or(bare, |(name, _)| name), whole.split('_').next()?),
    };
    Some((registry, Need { version: Some(version), ..Need::named(name) }))
}
