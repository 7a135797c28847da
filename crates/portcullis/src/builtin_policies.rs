//! The policies that come with the program, as the policy room takes them.

use std::collections::BTreeSet;

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

/// Of the built-in files every one that is no library holds one rule, in the folder of the kind it judges.
pub(crate) fn is_library(path: &str) -> bool {
    path.starts_with("lib/")
}

/// The files of one domain, and the libraries they refer to, directly or through others.
pub(crate) fn of_domain<'f>(files: &'f [PolicyFile], domain: &str) -> BTreeSet<&'f str> {
    let is_of_domain = |file: &&PolicyFile| file.name.split('/').next() == Some(domain);
    let mut open: Vec<&PolicyFile> = files.iter().filter(is_of_domain).collect();
    let mut wanted: BTreeSet<&str> = open.iter().map(|file| file.name.as_str()).collect();
    while let Some(file) = open.pop() {
        let is_mentioned = |library: &&PolicyFile| {
            let name = library.name.strip_prefix("lib/").and_then(|name| name.strip_suffix(".rego"));
            name.is_some_and(|name| file.text.contains(&format!("data.lib.{name}.")))
        };
        for library in files.iter().filter(is_mentioned) {
            if wanted.insert(&library.name) {
                open.push(library);
            }
        }
    }
    wanted
}

fn file(module: &Module) -> PolicyFile {
    PolicyFile { name: module.path.to_owned(), text: module.text.to_owned(), trust: Trust::Builtin }
}
