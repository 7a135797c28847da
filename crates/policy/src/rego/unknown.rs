//! References to data that nothing gives: they are undefined, and what depends on them finds nothing.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::about;
use super::depends::meets;
use super::module::Module;
use super::reference::Reference;
use super::walk::{Part, walk};
use crate::{Lint, PolicyError};

/// What others put into data: Gatekeeper's templates find the other objects there.
const GIVEN: &[&str] = &["inventory"];

/// Every reference of these modules that leads neither to a package nor into the data, once a file and path.
pub(crate) fn unknown_references(modules: &[&Module], data: &Json) -> Vec<PolicyError> {
    let mut found = Vec::new();
    for module in modules {
        let mut said: BTreeSet<Vec<String>> = BTreeSet::new();
        for rule in module.rules() {
            walk(rule.syntax(), &mut |part| {
                let Part::Expr(expr) = part else { return };
                let Some(reference) = Reference::of(expr) else { return };
                let span = reference.base;
                let imported = module.imports.iter().find(|(alias, _)| alias == span.text());
                let mut path: Vec<String> =
                    imported.map_or_else(|| vec![span.text().to_owned()], |(_, path)| path.clone());
                path.extend(reference.known());
                if path[0] == "data" && !is_known(&path[1..], modules, data) && said.insert(path.clone()) {
                    let message = format!(
                        "nothing gives `{}`: no policy that is loaded, and no data; what asks for it is undefined",
                        path.join(".")
                    );
                    found.push(PolicyError::at(&module.file, span.line, span.col, message).of(Lint::UnknownReference));
                }
            });
        }
    }
    found
}

fn is_known(path: &[String], modules: &[&Module], data: &Json) -> bool {
    let Some(first) = path.first() else { return true };
    let of_package = |module: &&Module| {
        let rest = path.get(module.package.len()..).and_then(<[String]>::first);
        let has_rule = |name: &String| module.rules().iter().any(|rule| rule.name.first() == Some(name));
        meets(path, &module.package) && rest.is_none_or(has_rule)
    };
    GIVEN.contains(&first.as_str()) || about::gives(path) || modules.iter().any(of_package) || in_data(path, data)
}

/// As far as the data is an object; what lies in lists depends on the document.
fn in_data(path: &[String], mut data: &Json) -> bool {
    for part in path {
        match data {
            Json::Object(members) => match members.get(part) {
                Some(next) => data = next,
                None => return false,
            },
            _ => return true,
        }
    }
    true
}
