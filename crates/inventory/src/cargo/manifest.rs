//! What the manifests of the members say their dependencies are for.

use std::collections::HashMap;

use model::Scope;

use crate::tree::Node;
use crate::{Input, toml_tree};

/// Tables of dependencies, with the scope of what is in them.
const TABLES: [(&str, Scope); 5] = [
    ("dependencies", Scope::Runtime),
    ("build-dependencies", Scope::Build),
    ("build_dependencies", Scope::Build),
    ("dev-dependencies", Scope::Development),
    ("dev_dependencies", Scope::Development),
];

/// The manifests beside the lock and below it. A fault in one is for `cargo` to tell: here its scopes stay unknown.
pub(super) struct Manifests {
    /// From the member's name to its dependencies.
    members: HashMap<String, HashMap<String, Scope>>,
    /// The package of the manifest beside the lock.
    nearest: Option<String>,
}

impl Manifests {
    pub(super) fn read(input: &Input<'_>) -> Manifests {
        let mut manifests = Manifests { members: HashMap::new(), nearest: None };
        let folder = input.origin.path.parent();
        let texts: Vec<(bool, &str)> = input
            .companions
            .iter()
            .filter_map(|file| Some((file.path.parent() == folder, std::str::from_utf8(file.bytes).ok()?)))
            .collect();
        let renames = texts.iter().find(|(is_nearest, _)| *is_nearest).map(|(_, text)| workspace_renames(text));
        for (is_nearest, text) in texts {
            let (root, _) = toml_tree::read(text);
            let Some(name) = root.get("package").and_then(|package| package.text_of("name")) else { continue };
            if is_nearest {
                manifests.nearest = Some(name.to_owned());
            }
            let member = manifests.members.entry(name.to_owned()).or_default();
            read_tables(&root, renames.as_ref(), member);
            for target in root.get("target").map_or(&[][..], Node::members) {
                read_tables(&target.value, renames.as_ref(), member);
            }
        }
        manifests
    }

    /// What `member` needs `dependency` for.
    pub(super) fn scope(&self, member: &str, dependency: &str) -> Scope {
        let scope = self.members.get(member).and_then(|dependencies| dependencies.get(dependency));
        scope.copied().unwrap_or_default()
    }

    pub(super) fn is_named_by_the_nearest(&self, name: &str) -> bool {
        self.nearest.as_deref() == Some(name)
    }
}

/// From the key of an inherited dependency to the package it means.
fn workspace_renames(text: &str) -> HashMap<String, String> {
    let (root, _) = toml_tree::read(text);
    let inherited = root.get("workspace").and_then(|workspace| workspace.get("dependencies"));
    let members = inherited.map_or(&[][..], Node::members).iter();
    members.filter_map(|member| Some((member.key.to_string(), member.value.text_of("package")?.to_owned()))).collect()
}

fn read_tables(node: &Node<'_>, renames: Option<&HashMap<String, String>>, into: &mut HashMap<String, Scope>) {
    for (table, scope) in TABLES {
        for dependency in node.get(table).map_or(&[][..], Node::members) {
            let inherited = dependency.value.is_set("workspace");
            let renamed = renames.filter(|_| inherited).and_then(|renames| renames.get(&*dependency.key));
            let name = dependency.value.text_of("package").or(renamed.map(String::as_str)).unwrap_or(&dependency.key);
            let is_optional = scope == Scope::Runtime && dependency.value.is_set("optional");
            let scope = if is_optional { Scope::Optional } else { scope };
            let known = into.entry(name.to_owned()).or_insert(scope);
            *known = stronger(*known, scope);
        }
    }
}

/// The stronger of two needs for one package.
fn stronger(left: Scope, right: Scope) -> Scope {
    const STRONGEST_FIRST: [Scope; 4] = [Scope::Runtime, Scope::Optional, Scope::Build, Scope::Development];
    STRONGEST_FIRST.into_iter().find(|scope| [left, right].contains(scope)).unwrap_or_default()
}
