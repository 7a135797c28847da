//! The engine's quarantine: regorus and its syntax tree are seen by the modules below, and by nobody else.

mod builtins;
mod depends;
mod fault;
mod module;
mod nesting;
mod parse;
mod program;
mod reference;
mod value;
mod walk;

pub(crate) use builtins::{check_calls, functions};
pub(crate) use depends::{check_circles, needed};
pub(crate) use fault::Fault;
pub(crate) use module::{Module, RuleKind, RuleSyntax};
pub(crate) use parse::parse;
pub(crate) use program::Program;
pub(crate) use reference::{Mentions, Step, Way};
pub(crate) use value::{Value, at, json, of_documents, of_node, with, with_elements};
