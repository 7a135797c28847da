//! `Directory.Packages.props`: one version of each package for all projects below (learn.microsoft.com, "Central Package Management").

use std::collections::HashMap;

use model::{ProblemKind, Relationship};

use super::{CENTRAL, NAMING};
use crate::bounds::quote;
use crate::package_list::PackageList;
use crate::xml_tree::{self, Element};
use crate::{Input, Parsed};

/// Elements that give a package its version; the last is of NuGet's older SDK for the same.
const ELEMENTS: [&str; 3] = ["PackageVersion", "GlobalPackageReference", "PackageReference"];

pub(super) fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, CENTRAL.name);
    let (document, fault) = xml_tree::read(list.text());
    let project = document.child("Project");
    if fault.is_none() && project.is_none() {
        list.error(ProblemKind::Shape, 0, "the file has no `Project` element: no version of it is read");
    }
    list.report(fault);
    let Some(project) = project else { return list.finish() };
    let properties = properties(project);
    for element in project.all("ItemGroup").flat_map(|group| &group.children) {
        if ELEMENTS.contains(&element.name.as_str()) {
            add(element, &properties, &mut list);
        }
    }
    list.finish()
}

fn properties(project: &Element) -> HashMap<&str, &str> {
    let all = project.all("PropertyGroup").flat_map(|group| &group.children);
    all.map(|property| (property.name.as_str(), property.text.as_str())).collect()
}

/// Adds what an element names: one package, or several with `;` between them (MSBuild, "Items").
fn add(element: &Element, properties: &HashMap<&str, &str>, list: &mut PackageList<'_>) {
    let names = element.attribute("Include").or_else(|| element.attribute("Update")).unwrap_or_default();
    let stated = element.attribute("Version").or_else(|| element.text_of("Version")).unwrap_or_default();
    let version = filled_in(stated.trim(), properties);
    if version.contains("$(") {
        let message = format!("the version of `{}` is a property of another file: it cannot be matched", quote(names));
        list.warning(ProblemKind::Shape, element.start, message);
    }
    for name in names.split(';').map(str::trim) {
        if name.is_empty() || name.contains("$(") {
            let message = format!("a version for `{}`, which names no package: it is not read", quote(name));
            list.error(ProblemKind::Shape, element.start, message);
        } else if let Some(at) = list.add(NAMING, name, pinned(&version), element.start..element.end) {
            list.packages[at].relationship = Relationship::Direct;
        }
    }
}

/// Each `$(Name)` by the property of that name in this file; twice, for properties are made of others now and then.
fn filled_in(text: &str, properties: &HashMap<&str, &str>) -> String {
    filled_once(&filled_once(text, properties), properties)
}

fn filled_once(text: &str, properties: &HashMap<&str, &str>) -> String {
    const LONGEST: usize = 512;
    let (mut filled, mut rest) = (String::new(), text);
    while let Some((before, name, after)) =
        rest.split_once("$(").and_then(|(before, rest)| rest.split_once(')').map(|(name, after)| (before, name, after)))
    {
        let Some(value) = properties.get(name).filter(|value| filled.len() + value.len() <= LONGEST) else { break };
        filled.push_str(before);
        filled.push_str(value);
        rest = after;
    }
    filled + rest
}

/// The version that `1.2` and `[1.2]` ask for; a range or `1.*` pins nothing.
fn pinned(version: &str) -> Option<&str> {
    let exact = version.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(version).trim();
    Some(exact).filter(|version| !version.is_empty() && !version.contains(['[', ']', '(', ')', ',', '*', '$']))
}
