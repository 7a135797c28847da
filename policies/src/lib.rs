//! The built-in policies: rules as data.
//!
//! Every rule lies in `<domain>/<rule>/` beside its examples; what rules share lies in `lib/`. README.md says how one is written.

mod controls;
#[cfg(test)]
mod tests;

pub use controls::{CATALOGUES, Catalogue, Control};

/// Every profile: a named selection of the rules.
pub const PROFILES: &[&str] =
    &["recommended", "strict", "pss-baseline", "pss-restricted", "cis-kubernetes", "cis-docker", "nsa-cisa"];

/// A Rego module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Module {
    /// Where it lies: `kubernetes/privileged-container/rule.rego`, `lib/kubernetes.rego`.
    pub path: &'static str,
    /// Its source.
    pub text: &'static str,
    /// The profiles its rule is in; none for a library.
    pub profiles: &'static [&'static str],
    /// What other tools call its rule, as in `hadolint:DL3008`; none for a library.
    pub equivalents: &'static [&'static str],
}

/// Every module, sorted by path.
pub static MODULES: &[Module] = include!(concat!(env!("OUT_DIR"), "/modules.rs"));
