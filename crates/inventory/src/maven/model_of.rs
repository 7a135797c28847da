//! The effective model of a project, as far as this tree has it: properties and managed versions, its own before its parents'.

use std::collections::HashMap;

use crate::xml_tree::Element;

/// Properties refer to properties; nobody's refer deeper.
const MAX_DEPTH: usize = 16;
/// An interpolated text is a name or a version.
const MAX_TEXT: usize = 4096;

/// A project with the profiles that are asked for, and its parents.
pub(super) struct Project<'e> {
    project: &'e Element,
    /// What is nearer first: the profiles, the project, its parents.
    chain: Vec<&'e Element>,
    properties: HashMap<String, String>,
    managed: HashMap<(String, String), Managed>,
}

/// A part of a project that counts when it is asked for.
pub(super) struct Profile<'e> {
    pub(super) element: &'e Element,
    /// It is asked for where nobody says anything.
    pub(super) is_active: bool,
}

/// What `dependencyManagement` says of a package.
pub(super) struct Managed {
    pub(super) version: Option<String>,
    pub(super) scope: Option<String>,
}

impl<'e> Profile<'e> {
    /// The profiles of a project.
    pub(super) fn all(project: &'e Element) -> Vec<Profile<'e>> {
        let profiles = project.child("profiles").into_iter().flat_map(|profiles| profiles.all("profile"));
        let is_active = |profile: &Element| {
            let activation = profile.child("activation");
            activation.and_then(|activation| activation.text_of("activeByDefault")) == Some("true")
        };
        profiles.map(|element| Profile { element, is_active: is_active(element) }).collect()
    }
}

impl<'e> Project<'e> {
    /// `available` are projects at hand, nearest first; those that are parents count.
    pub(super) fn new(project: &'e Element, profiles: &[&'e Element], available: &'e [Element]) -> Project<'e> {
        let mut chain = vec![project];
        let mut last = project;
        while let Some(parent) =
            last.child("parent").and_then(|parent| available.iter().find(|other| is_named(other, parent)))
        {
            // A file that names itself its parent would go on for ever.
            if chain.iter().any(|known| std::ptr::eq(*known, parent)) {
                break;
            }
            chain.push(parent);
            last = parent;
        }
        chain.splice(0..0, profiles.iter().copied());
        let mut effective = Project { project, chain, properties: HashMap::new(), managed: HashMap::new() };
        effective.read_properties();
        effective.read_managed();
        effective
    }

    /// The text with its properties filled in; one that is not known stays as it is written.
    pub(super) fn interpolate(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for _ in 0..MAX_DEPTH {
            let Some(start) = text.find("${") else { break };
            let Some(length) = text[start..].find('}') else { break };
            let Some(value) = self.properties.get(&text[start + 2..start + length]) else { break };
            text.replace_range(start..=start + length, value);
            if text.len() > MAX_TEXT {
                break;
            }
        }
        text
    }

    pub(super) fn managed(&self, group: &str, artifact: &str) -> Option<&Managed> {
        self.managed.get(&(group.to_owned(), artifact.to_owned()))
    }

    fn read_properties(&mut self) {
        for element in &self.chain {
            for property in element.child("properties").map_or(&[][..], |properties| &properties.children) {
                self.properties.entry(property.name.clone()).or_insert_with(|| property.text.clone());
            }
        }
        let project = self.project;
        let parent = project.child("parent");
        for key in ["groupId", "artifactId", "version"] {
            let of_parent = parent.and_then(|parent| parent.text_of(key));
            // Group and version are the parent's where the project has none of its own.
            let own = project.text_of(key).or(of_parent.filter(|_| key != "artifactId"));
            for (name, value) in [(format!("project.{key}"), own), (format!("project.parent.{key}"), of_parent)] {
                let Some(value) = value else { continue };
                self.properties.entry(name.replacen("project.", "pom.", 1)).or_insert_with(|| value.to_owned());
                self.properties.entry(name).or_insert_with(|| value.to_owned());
            }
        }
    }

    fn read_managed(&mut self) {
        for element in self.chain.clone() {
            let table = element.child("dependencyManagement").and_then(|management| management.child("dependencies"));
            for dependency in table.iter().flat_map(|table| table.all("dependency")) {
                let stated = |key| dependency.text_of(key).map(|text| self.interpolate(text)).unwrap_or_default();
                let managed = Managed::of(dependency, self);
                self.managed.entry((stated("groupId"), stated("artifactId"))).or_insert(managed);
            }
        }
    }
}

/// Whether `project` is what `reference` names; a project's own group may be its parent's.
fn is_named(project: &Element, reference: &Element) -> bool {
    let group = project.text_of("groupId").or_else(|| project.child("parent")?.text_of("groupId"));
    project.text_of("artifactId") == reference.text_of("artifactId") && group == reference.text_of("groupId")
}
