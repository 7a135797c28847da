//! What an environment holds: `conda-lock.yml`, version 1 (conda-lock documentation, "Unified lockfile"), and lists of addresses that
//! begin with `@EXPLICIT` (conda documentation, "Building identical conda environments").

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use model::{Family, ProblemKind, Scope};

use super::{EXPLICIT, LOCK, NAMING, archive_parts, environment};
use crate::bounds::quote;
use crate::lines::{Line, lines};
use crate::locked::{Locked, Need, list_all, relate_unneeded};
use crate::package_list::PackageList;
use crate::tree::Node;
use crate::{Input, Parsed, checksum, pypi, yaml_tree};

pub(super) fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, LOCK.name);
    let text = list.whole_text();
    let (documents, fault) = yaml_tree::read(text, &list.lines);
    let is_broken = fault.is_some();
    list.report(fault);
    let Some(root) = documents.first() else { return list.finish() };
    list.check_version(root.get("version"), &["1"]);
    if root.get("package").is_none() && !is_broken {
        list.error(ProblemKind::Shape, 0, "the file has no `package`: it is no lock of conda");
    }
    let (mut of_conda, mut of_pip): (Vec<Locked<'_>>, Vec<Locked<'_>>) = (Vec::new(), Vec::new());
    let mut known: HashMap<(bool, &str, &str), usize> = HashMap::new();
    for node in root.get("package").map_or(&[][..], Node::items) {
        let Some(entry) = entry(node, &mut list) else { continue };
        let is_pip = node.text_of("manager") == Some("pip");
        let entries = if is_pip { &mut of_pip } else { &mut of_conda };
        // One entry a platform and a category: the same version of a package is one package, for all it is needed for.
        match known.entry((is_pip, entry.name, entry.version.unwrap_or_default())) {
            Entry::Occupied(at) => merge(&mut entries[*at.get()], entry),
            Entry::Vacant(slot) => {
                slot.insert(entries.len());
                entries.push(entry);
            }
        }
    }
    let asked = environment::asked_beside(input);
    for (entries, naming, family) in [(&of_conda, NAMING, None), (&of_pip, pypi::NAMING, Some(Family::PyPi))] {
        let of_kind = asked.iter().filter(|(kind, _)| *kind == naming.purl_type);
        let needs: Vec<Need<'_>> = of_kind.map(|(_, name)| Need::named(name)).collect();
        list_all(entries, &needs, naming, family, &mut list);
    }
    let all: Vec<Locked<'_>> = of_conda.into_iter().chain(of_pip).collect();
    relate_unneeded(&all, &mut list);
    list.finish()
}

fn entry<'t>(node: &'t Node<'_>, list: &mut PackageList<'_>) -> Option<Locked<'t>> {
    let (name, version, range) = list.name_and_version(node)?;
    let needs = node.get("dependencies").map_or(&[][..], Node::members).iter();
    Some(Locked {
        name,
        version: Some(version),
        range,
        scope: scope(node),
        checksums: checksum::of_table(node.get("hash")),
        needs: needs.map(|member| Need::named(&member.key)).collect(),
        ..Locked::default()
    })
}

/// The first of these that one of the entries has.
fn merge<'t>(known: &mut Locked<'t>, entry: Locked<'t>) {
    const STRONGEST_FIRST: [Scope; 4] = [Scope::Runtime, Scope::Unknown, Scope::Optional, Scope::Development];
    let stated = [known.scope, entry.scope];
    known.scope = STRONGEST_FIRST.into_iter().find(|scope| stated.contains(scope)).unwrap_or_default();
    known.needs.extend(entry.needs);
}

fn scope(node: &Node<'_>) -> Scope {
    match (node.text_of("category"), node.is_set("optional")) {
        (Some("dev"), _) => Scope::Development,
        (_, true) => Scope::Optional,
        (Some("main"), _) => Scope::Runtime,
        _ => Scope::Unknown,
    }
}

/// `https://…/linux-64/zlib-1.2.13-hd590300_5.conda#md5`.
pub(super) fn parse_explicit(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, EXPLICIT.name);
    let mut is_list = false;
    for line in lines(list.whole_text()) {
        let text = line.trimmed();
        is_list |= text == "@EXPLICIT";
        if let Some(requirement) = text.strip_prefix("# pip ") {
            add_of_pip(requirement, line, &mut list);
            continue;
        }
        if text.is_empty() || text.starts_with('#') || text == "@EXPLICIT" {
            continue;
        }
        let (address, sum) = text.split_once('#').unwrap_or((text, ""));
        let Some((name, version, build)) = archive_parts(address) else {
            let message = format!("`{}` is no address of a package of conda: it is not read", quote(text));
            list.error(ProblemKind::Syntax, line.range().start, message);
            continue;
        };
        if let Some(at) = list.add_qualified(NAMING, name, Some(version), &[("build", build)], line.range()) {
            list.packages[at].checksums = checksum::read(sum);
        }
    }
    if !is_list {
        list.error(ProblemKind::Shape, 0, "the file has no line `@EXPLICIT`: it is no list of conda");
    }
    list.finish()
}

/// `name @ https://…/name-1.0-py3-none-any.whl#sha256=…`: a comment to conda, what conda-lock installs with pip.
fn add_of_pip(text: &str, line: Line<'_>, list: &mut PackageList<'_>) {
    let version = text.split_once(" @ ").and_then(|(name, address)| Some((name, archive_version(address)?)));
    let Some((name, version)) = version else {
        let message = format!("`{}` is no package of pip at an address: it is not read", quote(text));
        list.error(ProblemKind::Syntax, line.range().start, message);
        return;
    };
    let sum = text.rsplit_once("#sha256=").map(|(_, sum)| checksum::read(&format!("sha256:{sum}")));
    if let Some(at) = list.add(pypi::NAMING, name.trim(), Some(version), line.range()) {
        list.packages[at].checksums = sum.unwrap_or_default();
    }
}

/// The second part of the name of a wheel, the last of that of a source archive.
fn archive_version(address: &str) -> Option<&str> {
    let archive = address.split('#').next()?.rsplit('/').next()?;
    match archive.strip_suffix(".whl") {
        Some(stem) => stem.split('-').nth(1),
        None => [".tar.gz", ".zip", ".tar.bz2"].iter().find_map(|end| archive.strip_suffix(end))?.rsplit('-').next(),
    }
}
