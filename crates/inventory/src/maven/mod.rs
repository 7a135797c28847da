//! Java packages a Maven project asks for: `pom.xml` (Maven, "POM Reference").
//!
//! Properties and managed versions come from the file and from its parents in the folders above. What lies in a registry is
//! not fetched: a version that only a parent or a list of versions there knows stays open, and is said to.

mod model_of;
#[cfg(test)]
mod tests;

use model::{ProblemKind, Provenance, Relationship, Scope};

use self::model_of::{Managed, Project};
use crate::bounds::quote;
use crate::gradle::NAMING;
use crate::package_list::PackageList;
use crate::xml_tree::{self, Element};
use crate::{Claim, Companion, Detector, Evidence, Input, Parsed, Pattern};

const NAME: &str = "maven-pom";

pub(crate) const DETECTOR: Detector = Detector {
    name: NAME,
    evidence: Evidence::Locked,
    claims: &[Claim::new(Pattern::Name("pom.xml")).limit(8 << 20).with(&[Companion::Above("pom.xml")])],
    parse,
};

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    let (root, fault) = xml_tree::read(list.text());
    let is_broken = fault.is_some();
    list.report(fault);
    let Some(project) = root.child("project") else {
        if !is_broken {
            list.error(ProblemKind::Shape, 0, "the file has no `project` element: it is no pom.xml");
        }
        return list.finish();
    };
    // The nearest parent last among equals: a deeper path is longer.
    let mut above: Vec<_> = input.companions.iter().collect();
    above.sort_by_key(|file| std::cmp::Reverse(file.path.as_bytes().len()));
    let parents: Vec<Element> = above
        .into_iter()
        .filter_map(|file| std::str::from_utf8(file.bytes).ok())
        .filter_map(|text| xml_tree::read(text).0.children.into_iter().find(|child| child.name == "project"))
        .collect();
    let effective = Project::new(project, &parents);
    let profiles = project.child("profiles").iter().flat_map(|profiles| profiles.all("profile")).collect::<Vec<_>>();
    let holders = std::iter::once(project).chain(profiles);
    let tables = holders.filter_map(|holder| holder.child("dependencies"));
    let dependencies: Vec<&Element> = tables.flat_map(|table| table.all("dependency")).collect();
    dependencies.iter().for_each(|dependency| add(dependency, &effective, &mut list));
    if let Some(first) = dependencies.first() {
        let message = "a pom.xml names what the project asks for: what that brings with it is not listed";
        list.note(ProblemKind::Unsupported, first.start, message);
    }
    list.finish()
}

fn add(dependency: &Element, project: &Project<'_>, list: &mut PackageList<'_>) {
    let stated = |key: &str| dependency.text_of(key).map(|text| project.interpolate(text));
    let (Some(group), Some(artifact)) = (stated("groupId"), stated("artifactId")) else {
        let message = "a dependency without a group or a name: it is not read";
        list.error(ProblemKind::Shape, dependency.start, message);
        return;
    };
    if group.contains("${") || artifact.contains("${") {
        let message = format!(
            "`{}:{}` uses a property that is not in this tree: it is not read",
            quote(&group),
            quote(&artifact)
        );
        list.error(ProblemKind::Shape, dependency.start, message);
        return;
    }
    let managed = project.managed(&group, &artifact);
    let version = stated("version").or_else(|| managed.and_then(|managed| managed.version.clone()));
    let version = version.and_then(|version| exact(&version));
    let end =
        ["groupId", "artifactId", "version"].iter().filter_map(|key| dependency.child(key)).map(|child| child.end);
    let range = dependency.start..end.max().unwrap_or(dependency.end);
    let name = format!("{group}:{artifact}");
    if version.is_none() {
        let message = format!("the version of `{}` is not in this tree: it cannot be matched", quote(&name));
        list.warning(ProblemKind::Version, dependency.start, message);
    }
    let Some(at) = list.add(NAMING, &name, version.as_deref(), range) else { return };
    let scope = stated("scope").or_else(|| managed.and_then(|managed| managed.scope.clone()));
    let package = &mut list.packages[at];
    package.relationship = Relationship::Direct;
    package.scope = match (scope.as_deref(), stated("optional").as_deref()) {
        (Some("test"), _) => Scope::Development,
        // There when it is compiled, and not part of what is made.
        (Some("provided"), _) => Scope::Build,
        (_, Some("true")) => Scope::Optional,
        _ => Scope::Runtime,
    };
    if scope.as_deref() == Some("system") {
        list.set_provenance(at, Provenance::Path);
    }
}

/// The one version that `1.0` and `[1.0]` ask for; none for a range, or when a property is left.
fn exact(version: &str) -> Option<String> {
    let inner = version.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(version).trim();
    let is_open = inner.is_empty() || inner.contains(['[', '(', ',', ']', ')']) || inner.contains("${");
    (!is_open && !matches!(inner, "LATEST" | "RELEASE")).then(|| inner.to_owned())
}

impl Managed {
    fn of(dependency: &Element, project: &Project<'_>) -> Managed {
        let stated = |key: &str| dependency.text_of(key).map(|text| project.interpolate(text));
        Managed { version: stated("version"), scope: stated("scope") }
    }
}
