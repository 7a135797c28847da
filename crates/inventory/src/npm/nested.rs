//! Version 1: packages in packages, as their folders are.

use model::{ProblemKind, Provenance};

use super::entry::{ASKS, Entry, Scopes, Stated, Traits, wants};
use super::{Lock, source};
use crate::bounds::quote;
use crate::package_list::PackageList;
use crate::tree::{Member, Node};

pub(super) fn read<'t>(packages: &'t Node<'_>, manifest: Option<&'t Node<'_>>, list: &mut PackageList<'_>) -> Lock<'t> {
    let wanted = manifest.map(|node| wants(node, &ASKS).into()).unwrap_or_default();
    let mut lock = Lock { wanted, ..Lock::default() };
    read_folder(packages, &[], &mut lock, list);
    lock
}

/// The reader of JSON bounds how deep this can go.
fn read_folder<'t>(packages: &'t Node<'_>, chain: &[usize], lock: &mut Lock<'t>, list: &mut PackageList<'_>) {
    for member in packages.members() {
        if !member.value.is_map() {
            let message = format!("`{}` is no object: it is not read", quote(&member.key));
            list.error(ProblemKind::Shape, member.start as usize, message);
            continue;
        }
        let inner = member.value.get("dependencies").filter(|node| node.is_map());
        let chain = match inner {
            Some(_) => [&[lock.scopes.open()], chain].concat(),
            None => chain.to_vec(),
        };
        let own = chain.get(usize::from(inner.is_some())).copied().unwrap_or(Scopes::TOP);
        lock.scopes.enter(own, &member.key, lock.entries.len());
        lock.entries.push(entry(member, chain.clone(), list));
        if let Some(inner) = inner {
            read_folder(inner, &chain, lock, list);
        }
    }
}

fn entry<'t>(member: &'t Member<'_>, chain: Vec<usize>, list: &mut PackageList<'_>) -> Entry<'t> {
    let node = &member.value;
    let stated = node.text_of("version");
    let (name, version, provenance) = match stated {
        Some(stated) => source::of_version(&member.key, stated, node.text_of("resolved")),
        None => (&*member.key, None, Provenance::Registry),
    };
    if stated.is_none() {
        let message = format!("`{}` has no version: it cannot be matched", quote(&member.key));
        list.warning(ProblemKind::Shape, member.start as usize, message);
    }
    let is_workspace = stated.is_some_and(is_folder);
    let of_list = Stated { name, version, provenance, range: member.range_to("version") };
    Entry {
        listed: if is_workspace { None } else { of_list.add(Traits::of(node), list) },
        is_workspace,
        wants: wants(node, &["requires"]),
        chain: chain.into(),
    }
}

/// `file:` with anything but an archive is a folder of this project.
fn is_folder(version: &str) -> bool {
    version.starts_with("file:") && ![".tgz", ".tar.gz", ".tar"].iter().any(|ending| version.ends_with(ending))
}
