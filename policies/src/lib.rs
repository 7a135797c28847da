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

/// All rules compiled (`cargo xtask embed-policies`), as the crate `portcullis-policy` reads them; of no use with other texts
/// than those of [`STAMP`].
pub static COMPILED: &[u8] = include_bytes!("../compiled.bin");

/// Rules whose texts are asked, because the machine of the engine does not give what they give; `uncompiled.txt` says why.
pub fn uncompiled() -> Vec<&'static str> {
    let lines = include_str!("../uncompiled.txt").lines();
    lines.filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
}

/// Tells these texts from others.
pub const STAMP: &str = env!("PORTCULLIS_POLICIES_STAMP");

/// A Rego module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Module {
    /// Where it lies: `kubernetes/privileged-container/rule.rego`, `lib/kubernetes.rego`.
    pub path: &'static str,
    /// Its source.
    pub text: &'static str,
    /// SHA-256 of its source.
    pub sum: [u8; 32],
    /// The profiles its rule is in; none for a library.
    pub profiles: &'static [&'static str],
    /// What other tools call its rule, as in `hadolint:DL3008`; none for a library.
    pub equivalents: &'static [&'static str],
}

/// Every module, sorted by path.
pub static MODULES: &[Module] = include!(concat!(env!("OUT_DIR"), "/modules.rs"));
