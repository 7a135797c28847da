//! What a restore or a build wrote: `project.assets.json` and `*.deps.json` share their libraries and targets.

use std::collections::HashMap;

use model::{Family, ProblemKind, Provenance, Scope};

use super::{ASSETS, DEPS, NAMING};
use crate::bounds::quote;
use crate::locked::{Locked, Need, list_all};
use crate::package_list::PackageList;
use crate::tree::{Member, Node};
use crate::{Input, Parsed, json};

pub(super) fn parse_deps(input: &Input<'_>) -> Parsed {
    read_deps(input, DEPS.name)
}

/// The same of a list inside another file.
pub(crate) fn read_deps(input: &Input<'_>, found_by: &'static str) -> Parsed {
    parse(input, found_by, Scope::Runtime)
}

pub(super) fn parse_assets(input: &Input<'_>) -> Parsed {
    parse(input, ASSETS.name, Scope::Unknown)
}

fn parse(input: &Input<'_>, name: &'static str, scope: Scope) -> Parsed {
    let mut list = PackageList::new(input, name);
    let (root, fault) = json::read(list.text());
    if fault.is_none() && root.get("libraries").is_none() {
        let message = "the file has no `libraries`: which packages it is about is not known";
        list.error(ProblemKind::Shape, root.start as usize, message);
    }
    list.report(fault);
    let mut needs = needs(&root);
    let libraries = root.get("libraries").map_or(&[][..], Node::members);
    let entries: Vec<Locked<'_>> = libraries
        .iter()
        .filter_map(|member| {
            let entry = entry(member, scope, &mut list)?;
            Some(Locked { needs: needs.remove(&*member.key).unwrap_or_default(), ..entry })
        })
        .collect();
    list_all(&entries, &asked(&root), NAMING, Family::NuGet, &mut list);
    list.finish()
}

/// `Name/1.2.3`: who needs what, in whichever target.
fn needs<'t>(root: &'t Node<'_>) -> HashMap<&'t str, Vec<Need<'t>>> {
    let mut needs: HashMap<&str, Vec<Need<'_>>> = HashMap::new();
    let targets = root.get("targets").map_or(&[][..], Node::members);
    for member in targets.iter().flat_map(|target| target.value.members()) {
        let wanted = member.value.get("dependencies").map_or(&[][..], Node::members);
        let wanted = wanted.iter().map(|member| Need { version: member.value.text(), ..Need::named(&member.key) });
        needs.entry(&member.key).or_default().extend(wanted);
    }
    needs
}

/// `Name >= 1.2.3`, what the project file asks for; only a restore writes it.
fn asked<'t>(root: &'t Node<'_>) -> Vec<Need<'t>> {
    let groups = root.get("projectFileDependencyGroups").map_or(&[][..], Node::members);
    let asked = groups.iter().flat_map(|group| group.value.items()).filter_map(Node::text);
    asked.filter_map(|text| text.split_whitespace().next()).map(Need::named).collect()
}

fn entry<'t>(member: &'t Member<'_>, scope: Scope, list: &mut PackageList<'_>) -> Option<Locked<'t>> {
    let Some((name, version)) =
        member.key.split_once('/').filter(|(name, version)| !name.is_empty() && !version.is_empty())
    else {
        let message = format!("library `{}` is no name and version: it is not read", quote(&member.key));
        list.error(ProblemKind::Shape, member.start as usize, message);
        return None;
    };
    let kind = member.value.text_of("type").unwrap_or_default();
    // A self-contained application has its runtime as a package of its own kind.
    let name = name.strip_prefix("runtimepack.").filter(|_| kind == "runtimepack").unwrap_or(name);
    let start = member.start as usize;
    Some(Locked {
        name,
        version: Some(version),
        range: start..start + member.key.len() + 2,
        provenance: if matches!(kind, "reference" | "project") { Provenance::Path } else { Provenance::Registry },
        scope,
        is_project: kind == "project",
        ..Locked::default()
    })
}
