//! The policies that come with the program, as the policy room takes them.

use policy::{PolicyFile, Trust};

/// Every built-in module, library modules among them, in a fixed order.
pub fn files() -> Vec<PolicyFile> {
    policies::MODULES
        .iter()
        .map(|module| PolicyFile { name: module.path.to_owned(), text: module.text.to_owned(), trust: Trust::Builtin })
        .collect()
}
