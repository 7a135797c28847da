//! The policies that come with the program, as the policy room takes them.

use std::collections::BTreeSet;

use model::DocumentKind;
use policies::Module;
use policy::{PolicyFile, Precompiled, Trust};

pub use policies::{CATALOGUES, Catalogue, Control, PROFILES};

/// Every built-in module, library modules among them, in a fixed order.
pub fn files() -> Vec<PolicyFile> {
    policies::MODULES.iter().map(file).collect()
}

/// The rules as a scan asks them, compiled before delivery: what answers soonest whether they have something to say of a document.
/// `data` is what they see as `data`, an object. `None` only of a build that was not made whole.
pub fn compiled(data: &serde_json::Value) -> Option<Precompiled> {
    Precompiled::open(policies::COMPILED, policies::STAMP, data)
}

/// The modules whose rules are in one of these profiles, and every library module.
pub fn files_of(profiles: &[String]) -> Vec<PolicyFile> {
    modules_of(profiles).into_iter().map(file).collect()
}

/// The module of one rule and the library modules it needs; `None` if no rule has this id.
pub fn files_of_rule(id: &str) -> Option<Vec<PolicyFile>> {
    let is_rule = |module: &&Module| module.path.strip_suffix("/rule.rego") == Some(id);
    let mut needed = vec![policies::MODULES.iter().find(is_rule)?];
    let mut at = 0;
    while let Some(module) = needed.get(at) {
        let libraries = policies::MODULES.iter().filter(|library| mentions(module.text, library.path));
        let new: Vec<&Module> = libraries.filter(|library| !needed.contains(library)).collect();
        needed.extend(new);
        at += 1;
    }
    Some(needed.into_iter().map(file).collect())
}

/// Whether a text refers to a library, or speaks of it.
fn mentions(text: &str, library: &str) -> bool {
    let name = library.strip_prefix("lib/").and_then(|name| name.strip_suffix(".rego"));
    name.is_some_and(|name| text.contains(&format!("data.lib.{name}")))
}

/// Modules by their paths.
pub(crate) fn files_named(is_asked: impl Fn(&str) -> bool) -> Vec<PolicyFile> {
    policies::MODULES.iter().filter(|module| is_asked(module.path)).map(file).collect()
}

/// The same as [`files_of`], not copied. No profile asks for nothing.
pub(crate) fn modules_of(profiles: &[String]) -> Vec<&'static Module> {
    if profiles.is_empty() {
        return Vec::new();
    }
    let is_asked = |module: &&Module| {
        is_library(module.path) || module.profiles.iter().any(|profile| profiles.iter().any(|asked| asked == profile))
    };
    policies::MODULES.iter().filter(is_asked).collect()
}

/// The kinds of documents that rules of these profiles judge: each lies in the folder of its domain.
pub(crate) fn kinds_of(profiles: &[String]) -> BTreeSet<DocumentKind> {
    let modules = modules_of(profiles);
    let domains: BTreeSet<&str> = modules.iter().filter_map(|module| module.path.split('/').next()).collect();
    DocumentKind::ALL.into_iter().filter(|kind| domains.contains(kind.domain())).collect()
}

/// The id of every built-in rule, and what other tools call it; compiles nothing.
pub fn rule_names() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    let id = |module: &'static Module| module.path.rsplit_once('/').map(|(folder, _)| (folder, module.equivalents));
    policies::MODULES.iter().filter(|module| !is_library(module.path)).filter_map(id)
}

/// Of the built-in files every one that is no library holds one rule, in the folder of the kind it judges.
pub(crate) fn is_library(path: &str) -> bool {
    path.starts_with("lib/")
}

fn file(module: &Module) -> PolicyFile {
    PolicyFile { name: module.path.to_owned(), text: module.text.to_owned(), trust: Trust::Builtin }
}
