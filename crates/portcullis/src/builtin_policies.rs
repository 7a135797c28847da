//! The policies that come with the program, as the policy room takes them.

use policies::Module;
use policy::{PolicyFile, Trust};

pub use policies::{CATALOGUES, Catalogue, Control, PROFILES};

/// Every built-in module, library modules among them, in a fixed order.
pub fn files() -> Vec<PolicyFile> {
    policies::MODULES.iter().map(file).collect()
}

/// The modules whose rules are in one of these profiles, and every library module.
pub fn files_of(profiles: &[String]) -> Vec<PolicyFile> {
    let is_asked = |module: &&Module| {
        is_library(module.path) || module.profiles.iter().any(|profile| profiles.iter().any(|asked| asked == profile))
    };
    policies::MODULES.iter().filter(is_asked).map(file).collect()
}

/// The id of every built-in rule, and what other tools call it; compiles nothing.
pub(crate) fn rule_names() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
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
