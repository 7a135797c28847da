//! What an environment holds: `conda-lock.yml`, version 1 (conda-lock documentation, "Unified lockfile"), and lists of addresses that
//! begin with `@EXPLICIT` (conda documentation, "Building identical conda environments").

use std::collections::HashSet;

use model::{ProblemKind, Scope};

use super::{EXPLICIT, LOCK, NAMING, archive_parts};
use crate::bounds::quote;
use crate::lines::lines;
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
    // One entry a platform: the same build of a package for all of them is one package.
    let mut known = HashSet::new();
    for node in root.get("package").map_or(&[][..], Node::items) {
        let Some((name, version, range)) = list.name_and_version(node) else { continue };
        let naming = if node.text_of("manager") == Some("pip") { pypi::NAMING } else { NAMING };
        if !known.insert((naming.purl_type, name, version)) {
            continue;
        }
        let Some(at) = list.add(naming, name, Some(version), range) else { continue };
        list.packages[at].checksums = checksum::of_table(node.get("hash"));
        list.packages[at].scope = scope(node);
    }
    list.finish()
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
    for line in lines(list.text()) {
        let text = line.trimmed();
        is_list |= text == "@EXPLICIT";
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
