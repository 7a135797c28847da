//! `vendor/modules.txt`: the modules whose code lies in the folder (Go modules reference, "Vendoring").

use std::collections::HashMap;

use model::{Provenance, Relationship, Scope};

use super::{NAMING, VENDORED};
use crate::lines::{Line, lines};
use crate::package_list::PackageList;
use crate::{Input, Parsed};

/// Lines with one `#` name a module, those with two say something of it, the others name its packages.
pub(super) fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, VENDORED.name);
    let required = required(input);
    let mut module: Option<(Line<'_>, bool)> = None;
    for line in lines(list.whole_text()) {
        if line.text.starts_with("# ") {
            module.take().into_iter().for_each(|module| add(module, &required, &mut list));
            module = Some((line, false));
        } else if let Some((_, has_code)) = module.as_mut().filter(|_| !line.text.starts_with('#')) {
            *has_code |= !line.trimmed().is_empty();
        }
    }
    module.into_iter().for_each(|module| add(module, &required, &mut list));
    list.finish()
}

/// What the `go.mod` beside the folder requires, and whether itself. The list marks every module of it, and a workspace has several.
fn required<'a>(input: &Input<'a>) -> HashMap<&'a str, Relationship> {
    let manifest = input.origin.path.parent().and_then(|folder| folder.sibling("go.mod").ok());
    let file = input.companions.iter().find(|file| Some(file.path) == manifest.as_ref());
    let text = file.and_then(|file| std::str::from_utf8(file.bytes).ok()).unwrap_or_default();
    let mut is_block = false;
    let mut found = HashMap::new();
    for line in text.lines().map(str::trim) {
        let one = line.strip_prefix("require ").filter(|rest| !rest.trim_start().starts_with('('));
        if let Some(path) = one.or(Some(line).filter(|_| is_block)).and_then(|line| line.split_whitespace().next()) {
            let is_indirect = line.split_once("//").is_some_and(|(_, comment)| comment.trim() == "indirect");
            found.insert(path, if is_indirect { Relationship::Transitive } else { Relationship::Direct });
        }
        is_block = line != ")" && (is_block || line.starts_with("require") && line.ends_with('('));
    }
    found
}

/// `# path version`, `# path version => path version`, `# path => ./folder`. A module none of whose packages are listed is
/// required, and nothing of it is built.
fn add((line, has_code): (Line<'_>, bool), required: &HashMap<&str, Relationship>, list: &mut PackageList<'_>) {
    let (old, new) = match line.text[2..].split_once(" => ") {
        Some((old, new)) => (old, Some(new)),
        None => (&line.text[2..], None),
    };
    if !has_code {
        return;
    }
    let split = |text| -> (&str, Option<&str>) {
        let text: &str = text;
        text.trim().split_once(' ').map_or((text.trim(), None), |(path, version)| (path, Some(version.trim())))
    };
    let is_folder = new.is_some_and(|new| split(new).1.is_none());
    let (path, version) = split(new.filter(|_| !is_folder).unwrap_or(old));
    let Some(at) = list.add(NAMING, path, version, line.range()) else { return };
    list.packages[at].scope = Scope::Runtime;
    list.packages[at].relationship = required.get(split(old).0).copied().unwrap_or_default();
    if is_folder {
        list.set_provenance(at, Provenance::Path);
    }
}
