//! What Dependabot updates.

use model::{DocumentKind, Format, Node, TreePath};

use super::{Teller, elements, is_in, stem};

pub(super) const TELLER: Teller = Teller {
    kind: DocumentKind::Dependabot,
    formats: &[Format::Yaml],
    is_named: is_dependabot_file,
    is_such: |root| elements(root.get("updates")).iter().any(is_update),
    may_be_such: |text| text.may_have("updates") && text.may_have("package-ecosystem"),
};

fn is_dependabot_file(path: &TreePath) -> bool {
    is_in(path, ".github") && stem(path).as_deref() == Some("dependabot")
}

fn is_update(update: &Node) -> bool {
    update.get("package-ecosystem").is_some_and(|ecosystem| ecosystem.as_str().is_some())
}
