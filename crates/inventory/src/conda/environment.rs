//! What an environment is asked to hold: `environment.yml` (conda documentation, "Creating an environment file manually").

use model::{ProblemKind, Relationship};

use super::{ENVIRONMENT, NAMING};
use crate::bounds::quote;
use crate::package_list::PackageList;
use crate::pypi;
use crate::tree::Node;
use crate::{Input, Parsed, yaml_tree};

/// Names an environment usually has.
pub(super) const NAMES: [&str; 2] = ["environment.yml", "environment.yaml"];

/// Signs that may stand before a version.
const SIGNS: [char; 6] = ['=', '<', '>', '!', '~', ' '];

pub(super) fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, ENVIRONMENT.name);
    let text = list.text();
    let (documents, fault) = yaml_tree::read(text, &list.lines);
    let is_broken = fault.is_some();
    list.report(fault);
    let dependencies = documents.first().and_then(|root| root.get("dependencies"));
    if dependencies.is_none() && !is_broken {
        list.error(ProblemKind::Shape, 0, "the file has no `dependencies`: it is no environment of conda");
    }
    // Conda writes where an environment lies into what it exports of it: those versions are what is there.
    let is_export = documents.first().is_some_and(|root| root.get("prefix").is_some());
    for node in dependencies.map_or(&[][..], Node::items) {
        match (node.text(), node.get("pip")) {
            (Some(text), _) => add(text, node, is_export, &mut list),
            (None, Some(pip)) if pip.text().is_none() => {
                pip.items().iter().for_each(|node| add_of_pip(node, &mut list));
            }
            (None, Some(pip)) => fault_of(pip, "`pip` is no list", &mut list),
            (None, None) => fault_of(node, "a dependency that is no text", &mut list),
        }
    }
    for package in &mut list.packages {
        package.relationship = Relationship::Direct;
    }
    list.finish()
}

/// What the environment beside a lockfile asks for, by the type of package.
pub(super) fn asked_beside(input: &Input<'_>) -> Vec<(String, String)> {
    let files = NAMES.iter().filter_map(|name| input.companion(name));
    let parsed = files.map(|file| parse(&Input { origin: input.origin, bytes: file.bytes, companions: &[] }));
    let packages = parsed.flat_map(|parsed| parsed.packages);
    packages.map(|package| (package.purl_type().to_string(), package.name)).collect()
}

/// `channel::name=1.2=build`, `name ==1.2`, `name>=1.2`.
fn add(text: &str, node: &Node<'_>, is_export: bool, list: &mut PackageList<'_>) {
    let (channel, rest) = text.split_once("::").map_or((None, text), |(channel, rest)| (Some(channel), rest));
    let rest = rest.split(['#', '[']).next().unwrap_or_default().trim();
    let end = rest.find(SIGNS).unwrap_or(rest.len());
    let (name, constraint) = rest.split_at(end);
    if name.is_empty() {
        fault_of(node, &format!("`{}` names no package", quote(text)), list);
        return;
    }
    let (version, build) = match pinned(constraint) {
        (Some(start), None) if is_prefix(constraint) && !is_export => {
            let message = format!(
                "`{}` asks for any version that begins with {}: which one that gives is not in this file",
                quote(text),
                quote(start)
            );
            list.note(ProblemKind::Shape, node.start as usize, message);
            (None, None)
        }
        pinned => pinned,
    };
    let qualifiers = [("build", build.unwrap_or_default()), ("channel", channel.unwrap_or_default())];
    list.add_qualified(NAMING, name, version, &qualifiers, node.start as usize..node.end as usize);
}

/// Version and build of `=1.2=build`, `==1.2` and ` 1.2 build`; a range pins nothing, and neither does `1.2.*`.
fn pinned(constraint: &str) -> (Option<&str>, Option<&str>) {
    let constraint = constraint.trim();
    if constraint.starts_with(['<', '>', '!', '~']) || constraint.contains([',', '|', '*', '<', '>']) {
        return (None, None);
    }
    let mut words = constraint.split(['=', ' ']).filter(|word| !word.is_empty());
    (words.next(), words.next())
}

/// `=1.2` of conda is what `=1.2.*` is of others, unless a build follows (conda documentation, "Package match specifications").
fn is_prefix(constraint: &str) -> bool {
    let constraint = constraint.trim();
    constraint.starts_with('=') && !constraint.starts_with("==")
}

/// `name==1.2` of pip; its other requirements pin nothing.
fn add_of_pip(node: &Node<'_>, list: &mut PackageList<'_>) {
    let Some(text) = node.text() else {
        fault_of(node, "a requirement of pip that is no text", list);
        return;
    };
    let text = text.split(['#', ';']).next().unwrap_or_default().trim();
    // Of pip's options, those that name another file ask for more than stands here.
    if text.starts_with('-') {
        if ["-r", "-c", "--requirement", "--constraint"].iter().any(|option| text.starts_with(option)) {
            fault_of(node, &format!("`{}` names another file", quote(text)), list);
        }
        return;
    }
    let (name, version) = match text.split_once("==") {
        Some((name, version)) if !version.contains([',', '*']) => (name, Some(version.trim_start_matches('=').trim())),
        _ => (text.split(['<', '>', '=', '!', '~', ' ', '@']).next().unwrap_or_default(), None),
    };
    let name = name.split('[').next().unwrap_or_default().trim();
    list.add(pypi::NAMING, name, version, node.start as usize..node.end as usize);
}

fn fault_of(node: &Node<'_>, what: &str, list: &mut PackageList<'_>) {
    list.error(ProblemKind::Shape, node.start as usize, format!("{what}: it is not read"));
}
