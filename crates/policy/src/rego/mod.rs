//! The engine's quarantine: regorus and its syntax tree are seen by the modules below, and by nobody else.

mod bodies;
mod builtins;
mod check;
mod declaration;
mod depends;
mod edit;
mod extension;
mod fault;
mod head;
mod lists;
mod machine;
mod migrate;
mod module;
mod negation;
mod nesting;
mod order;
mod parse;
mod program;
mod reference;
mod safety;
mod value;
mod variables;
mod walk;

pub(crate) use check::check;
pub(crate) use depends::needed;
pub(crate) use extension::{claims_signed_with, fits_schema, yaml_of_text};
pub(crate) use fault::Fault;
pub(crate) use lists::lists;
pub(crate) use machine::Machine;
pub use migrate::migrate;
pub(crate) use module::{Module, RuleKind, RuleSyntax};
pub(crate) use parse::parse;
pub(crate) use program::{FileLines, Program};
pub(crate) use reference::{Mentions, Step, Way};
pub(crate) use value::{Value, at, json, of_documents, of_node, together, with, with_elements};
