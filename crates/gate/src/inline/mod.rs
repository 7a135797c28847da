//! Ignores beside the code: comments and annotations that say which finding is accepted, ours and those of other tools.
//!
//! `portcullis: ignore RULE, … -- REASON, until DATE` is our own form, `ignore-block` and `ignore-file` reach further. What the
//! forms of other tools name is looked up among the equivalents of our rules. See `docs/suppressions.md` for all of them.

mod apply;
mod directive;
mod foreign;
mod own;
mod rules;
#[cfg(test)]
mod tests;
mod tool;

pub use self::apply::apply_remarks;
pub use self::rules::RuleNames;

/// What a comment or the key of an annotation must hold to be read here at all.
pub const REMARK_MARKS: &[&str] = &[
    "portcullis:",
    "portcullis.dev/ignore",
    "checkov:skip=",
    "bridgecrew:skip=",
    "cortex:skip=",
    "checkov.io/skip",
    "trivy:ignore:",
    "tfsec:ignore:",
    "kics-scan ",
    "kube-linter.io/ignore-all",
    "ignore-check.kube-linter.io/",
    "hadolint ",
    "zizmor: ignore[",
];
