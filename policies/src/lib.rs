//! The built-in policies: rules as data.
//!
//! Every rule lies in `<domain>/<rule>/` beside its examples; what rules share lies in `lib/`. README.md says how one is written.

#[cfg(test)]
mod tests;

/// A Rego module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Module {
    /// Where it lies: `kubernetes/privileged-container/rule.rego`, `lib/kubernetes.rego`.
    pub path: &'static str,
    /// Its source.
    pub text: &'static str,
}

/// Every module, sorted by path.
pub static MODULES: &[Module] = include!(concat!(env!("OUT_DIR"), "/modules.rs"));
