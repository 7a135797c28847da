//! Lists of libraries that a rule goes through: what has none of their items, the rule has nothing to say of.

use std::collections::BTreeSet;

use regorus::unstable::{Literal, LiteralStmt, Rule};

use super::module::RuleSyntax;
use super::reference::{Reference, Step};

/// The lists below `data.lib` of which a body of a set needs an item, `data.lib.kubernetes.containers`: it says `some … in` them at
/// its outermost, and not under other circumstances (`with`).
pub(crate) fn lists(rule: &RuleSyntax) -> BTreeSet<String> {
    match rule.syntax() {
        Rule::Spec { bodies, .. } => match &bodies[..] {
            [body] if !body.is_else => body.query.stmts.iter().filter_map(list).collect(),
            _ => BTreeSet::new(),
        },
        Rule::Default { .. } => BTreeSet::new(),
    }
}

fn list(statement: &LiteralStmt) -> Option<String> {
    let Literal::SomeIn { collection, .. } = &statement.literal else { return None };
    let reference = Reference::of(collection).filter(|_| statement.with_mods.is_empty())?;
    let is_plain = |name: &String| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let steps: Option<Vec<String>> = reference
        .steps
        .into_iter()
        .map(|step| match step {
            Step::Key(name) => Some(name).filter(is_plain),
            Step::Any => None,
        })
        .collect();
    let steps = steps?;
    let is_of_library = reference.base.text() == "data" && steps.len() > 2 && steps[0] == "lib";
    is_of_library.then(|| format!("data.{}", steps.join(".")))
}
