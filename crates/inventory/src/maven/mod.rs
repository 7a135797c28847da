//! Java packages a Maven project asks for: `pom.xml` (Maven, "POM Reference").
//!
//! Properties and managed versions come from the file, its profiles and its parents: those in the folders above, and where it says they are. What lies in a registry is
//! not fetched: a version that only a parent or a list of versions there knows stays open, and is said to.

mod model_of;
#[cfg(test)]
mod tests;

use model::{ProblemKind, Provenance, Relationship, Scope, TreePath};

use self::model_of::{Managed, Profile, Project};
use crate::bounds::quote;
use crate::gradle::NAMING;
use crate::package_list::PackageList;
use crate::xml_tree::{self, Element};
use crate::{Claim, Companion, CompanionFile, Detector, Evidence, Input, Parsed, Pattern};

const NAME: &str = "maven-pom";

pub(crate) const DETECTOR: Detector = Detector {
    name: NAME,
    evidence: Evidence::Locked,
    claims: &[Claim::new(Pattern::Name("pom.xml"))
        .limit(8 << 20)
        .with(&[Companion::Above("pom.xml"), Companion::Named(parent)])],
    parse,
};

/// The parent, where the file says in which place it lies: `../parent`, `../parent/pom.xml`.
fn parent(file: &CompanionFile<'_>) -> Vec<TreePath> {
    let Ok(text) = std::str::from_utf8(file.bytes) else { return Vec::new() };
    // Few say it, and the file is read as XML once more for those alone.
    if !text.contains("<relativePath>") {
        return Vec::new();
    }
    let (root, _) = xml_tree::read(text);
    let named = root.child("project").and_then(|project| project.child("parent")?.text_of("relativePath"));
    let place = |named: &str| if named.ends_with(".xml") { named.to_owned() } else { format!("{named}/pom.xml") };
    named.and_then(|named| file.path.sibling(place(named)).ok()).into_iter().collect()
}

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
    let profiles = Profile::all(project);
    let active: Vec<&Element> =
        profiles.iter().filter(|profile| profile.is_active).map(|profile| profile.element).collect();
    let mut first = None;
    let mut add_all = |holder: &Element, project: &Project<'_>, is_active| {
        for dependency in holder.child("dependencies").iter().flat_map(|table| table.all("dependency")) {
            first.get_or_insert(dependency.start);
            add(dependency, project, is_active, &mut list);
        }
    };
    add_all(project, &Project::new(project, &active, &parents), true);
    for profile in &profiles {
        add_all(profile.element, &Project::new(project, &[profile.element], &parents), profile.is_active);
    }
    if let Some(first) = first {
        let message = "a pom.xml names what the project asks for: what that brings with it is not listed";
        list.note(ProblemKind::Unsupported, first, message);
    }
    list.finish()
}

fn add(dependency: &Element, project: &Project<'_>, is_active: bool, list: &mut PackageList<'_>) {
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
        // Only who asks for the profile gets it.
        _ if !is_active => Scope::Optional,
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
