//! `packages.lock.json`: packages by target framework.

use std::collections::HashMap;

use model::{Family, ProblemKind, Provenance};

use super::{LOCK, NAMING};
use crate::bounds::quote;
use crate::locked::{Locked, Need, list_all};
use crate::package_list::PackageList;
use crate::tree::{Member, Node};
use crate::{Input, Parsed, json};

pub(super) fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, LOCK.name);
    let (root, fault) = json::read(list.text());
    if fault.is_none() && root.get("dependencies").is_none() {
        let message = "the file has no `dependencies`: it is no packages.lock.json";
        list.error(ProblemKind::Shape, root.start as usize, message);
    }
    list.report(fault);
    list.check_version(root.get("version"), &["1", "2"]);
    let mut entries: Vec<Locked<'_>> = Vec::new();
    let mut asked = Vec::new();
    let mut known: HashMap<(String, Option<&str>), usize> = HashMap::new();
    for framework in root.get("dependencies").map_or(&[][..], Node::members) {
        for member in framework.value.members() {
            let Some(entry) = entry(member, &mut list) else { continue };
            if member.value.text_of("type") == Some("Direct") {
                asked.push(Need { version: entry.version, ..Need::named(entry.name) });
            }
            // The same package for another framework is the same package.
            match known.get(&(entry.name.to_lowercase(), entry.version)) {
                Some(at) => entries[*at].needs.extend(entry.needs),
                None => {
                    known.insert((entry.name.to_lowercase(), entry.version), entries.len());
                    entries.push(entry);
                }
            }
        }
    }
    list_all(&entries, &asked, NAMING, Family::NuGet, &mut list);
    list.finish()
}

fn entry<'t>(member: &'t Member<'_>, list: &mut PackageList<'_>) -> Option<Locked<'t>> {
    let node = &member.value;
    let is_project = node.text_of("type") == Some("Project");
    let version = node.text_of("resolved");
    if version.is_none() && !is_project {
        let message = format!("`{}` has no resolved version: it is not read", quote(&member.key));
        list.error(ProblemKind::Shape, member.start as usize, message);
        return None;
    }
    let needs = node.get("dependencies").map_or(&[][..], Node::members);
    Some(Locked {
        name: &member.key,
        version,
        range: member.range_to("resolved"),
        provenance: if is_project { Provenance::Path } else { Provenance::Registry },
        needs: needs.iter().map(|member| Need::named(&member.key)).collect(),
        is_project,
        ..Locked::default()
    })
}
