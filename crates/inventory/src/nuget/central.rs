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

fn add(element: &Element, properties: &HashMap<&str, &str>, list: &mut PackageList<'_>) {
    let name = element.attribute("Include").or_else(|| element.attribute("Update")).unwrap_or_default().trim();
    let stated = element.attribute("Version").or_else(|| element.text_of("Version")).unwrap_or_default();
    let version = filled_in(stated.trim(), properties);
    if name.is_empty() || name.contains("$(") {
        let message = format!("a version for `{}`, which names no package: it is not read", quote(name));
        list.error(ProblemKind::Shape, element.start, message);
        return;
    }
    if version.contains("$(") {
        let message = format!("the version of `{}` is a property of another file: it cannot be matched", quote(name));
        list.warning(ProblemKind::Shape, element.start, message);
    }
    let pinned = Some(version.as_str()).filter(|version| is_pinned(version));
    if let Some(at) = list.add(NAMING, name, pinned, element.start..element.end) {
        list.packages[at].relationship = Relationship::Direct;
    }
}

/// `$(Name)` by the property of that name in this file; once, as properties of properties are nobody's habit here.
fn filled_in(text: &str, properties: &HashMap<&str, &str>) -> String {
    let inner = text.strip_prefix("$(").and_then(|rest| rest.strip_suffix(')'));
    inner.and_then(|name| properties.get(name)).copied().unwrap_or(text).to_owned()
}

/// A range or `1.*` pins nothing; `[1.2]` does, but nobody prints it so.
fn is_pinned(version: &str) -> bool {
    !version.is_empty() && !version.contains(['[', ']', '(', ')', ',', '*', '$'])
}
