//! Terraform: HCL with its blocks, and its plans.

use model::Node;

use super::Look;

/// Blocks that only Terraform has.
const ITS_OWN: &[&str] = &["resource", "provider", "module", "moved", "import", "removed", "check", "output"];
/// Blocks that others have too: Packer, for one, has variables.
const SHARED: &[&str] = &["terraform", "data", "variable", "locals"];
/// Blocks of others.
const OF_OTHERS: &[&str] = &["packer", "source", "build", "job", "remote_state", "include", "dependency"];

/// Whether a file of HCL is Terraform's.
pub(super) fn is_module(root: &Node) -> bool {
    let is_block = |name: &&str| root.get(name).is_some_and(|node| node.as_array().is_some() || node.is_object());
    let has = |names: &[&str]| names.iter().any(is_block);
    has(ITS_OWN) || (has(SHARED) && !has(OF_OTHERS))
}

/// Whether it is what `terraform show -json` writes of a plan.
pub(super) fn is_plan(root: &Node) -> bool {
    let has = |name: &str| root.get(name).is_some();
    has("terraform_version") && has("format_version") && (has("planned_values") || has("resource_changes"))
}

/// False when the text cannot hold a plan.
pub(super) fn may_be_plan(look: &Look<'_>) -> bool {
    look.may_have_words(&["terraform_version"])
}
