//! `go.sum`: sums of modules. A sum of a module's files, not only of its `go.mod`, means that it was built with.
//!
//! It counts only where `go.mod` does not list the whole build, before Go 1.17. It may hold more than one version of a module;
//! the highest is built (minimal version selection), as long as nobody lowered a requirement and left the file as it was.

use std::collections::HashMap;

use model::{Family, ProblemKind, Relationship, Scope};

use super::{NAMING, SUM, is_whole};
use crate::bounds::quote;
use crate::lines::{Line, lines};
use crate::package_list::PackageList;
use crate::{Input, Parsed};

pub(super) fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, SUM.name);
    let manifest = input.companion("go.mod").and_then(|file| std::str::from_utf8(file.bytes).ok());
    if manifest.is_some_and(is_whole) {
        return list.finish();
    }
    let mut highest: HashMap<&str, (&str, Line<'_>)> = HashMap::new();
    let mut order = Vec::new();
    for line in lines(list.whole_text()).filter(|line| !line.trimmed().is_empty()) {
        let Some((path, version)) = module(line, &mut list) else { continue };
        let Some((known, at)) = highest.get_mut(path) else {
            highest.insert(path, (version, line));
            order.push(path);
            continue;
        };
        if Family::Go.compare_versions(known, version) == Some(std::cmp::Ordering::Less) {
            (*known, *at) = (version, line);
        }
    }
    for path in order {
        add(path, highest[path], manifest.unwrap_or_default(), &mut list);
    }
    list.finish()
}

/// `golang.org/x/text v0.3.0 h1:…=`; nothing of a line about a `go.mod` alone.
fn module<'t>(line: Line<'t>, list: &mut PackageList<'_>) -> Option<(&'t str, &'t str)> {
    let mut words = line.trimmed().split_whitespace();
    match (words.next(), words.next(), words.next(), words.next()) {
        (Some(_), Some(version), Some(_), None) if version.ends_with("/go.mod") => None,
        (Some(path), Some(version), Some(_), None) => Some((path, version)),
        _ => {
            let message = format!("`{}` is no module, version and sum: it is not read", quote(line.trimmed()));
            list.error(ProblemKind::Syntax, line.range().start, message);
            None
        }
    }
}

/// What `go.mod` names is in it already.
fn add(path: &str, (version, line): (&str, Line<'_>), manifest: &str, list: &mut PackageList<'_>) {
    let is_named = manifest.lines().any(|line| line.split_whitespace().any(|word| word == path));
    if is_named {
        return;
    }
    if let Some(at) = list.add(NAMING, path, Some(version), line.range()) {
        list.packages[at].relationship = Relationship::Transitive;
        list.packages[at].scope = Scope::Runtime;
    }
}
