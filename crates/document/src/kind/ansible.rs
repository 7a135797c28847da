//! Playbooks and tasks of Ansible: lists, where all else that is told is a mapping.

use model::{Node, TreePath};

use super::{is_mapping, members};

/// What a play has beside `hosts`.
const OF_A_PLAY: &[&str] = &["tasks", "roles", "pre_tasks", "post_tasks", "handlers", "vars", "become", "gather_facts"];
/// Folders of a role that hold tasks.
const OF_TASKS: &[&[u8]] = &[b"tasks", b"handlers"];

/// Whether a list is a playbook, or by where it lies the tasks of a role.
pub(super) fn is_ansible(path: &TreePath, root: &Node) -> bool {
    let Some(items) = root.as_array().filter(|items| !items.is_empty()) else { return false };
    items.iter().all(is_play) || (is_of_a_role(path) && items.iter().all(is_mapping))
}

/// False when no text of this look is a playbook.
pub(super) fn may_be(text: &super::Glance<'_>, path: &TreePath) -> bool {
    is_of_a_role(path) || text.may_have_any(&["hosts", "import_playbook", "ansible.builtin.import_playbook"])
}

fn is_play(item: &Node) -> bool {
    let has = |name: &str| item.get(name).is_some();
    let imports = || members(item).any(|(name, _)| name.ends_with("import_playbook"));
    (has("hosts") && OF_A_PLAY.iter().any(|name| has(name))) || imports()
}

/// `roles/web/tasks/main.yml`.
fn is_of_a_role(path: &TreePath) -> bool {
    let parts: Vec<&[u8]> = path.as_bytes().split(|byte| *byte == b'/').collect();
    parts.windows(4).any(|four| four[0] == b"roles" && OF_TASKS.contains(&four[2]))
}
