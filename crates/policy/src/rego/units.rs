//! What counts for the coverage of tests, as OPA counts it: the head of every rule and every statement, each with all lines it stands on.
//! A statement is reached when it was asked, a head when its rule gave something.

use std::collections::BTreeSet;

use regorus::unstable::{Expr, Literal, Rule, RuleHead};

use super::module::{Module, RuleSyntax, whole};
use super::program::FileLines;
use super::reference::Reference;
use super::walk::{Part, walk};

/// Lines of one module that were reached, and that were not, by what the engine came to; `asked` are the names that were mentioned
/// on lines it came to, of any module.
pub(crate) fn counted(module: &Module, engine: &FileLines, asked: &BTreeSet<String>) -> FileLines {
    let mut counted = FileLines { file: module.file.clone(), ..FileLines::default() };
    for rule in module.rules() {
        let statements = statements(module, rule);
        let is_reached = |rows: &(u32, u32)| (rows.0..=rows.1).any(|row| engine.covered.contains(&row));
        let head = head(module, rule);
        let is_head_reached = match (worth(rule.syntax()), statements.iter().filter(|(_, outer)| *outer).next_back()) {
            // The engine works out what needs no body before anybody asks.
            (_, None) => rule.name.iter().any(|name| asked.contains(name) || name.starts_with("test_")),
            (Worth::Told, _) => is_reached(&head),
            (Worth::Nothing, Some((last, _))) => is_reached(last),
        };
        let units = statements.iter().map(|(rows, _)| (*rows, is_reached(rows))).chain([(head, is_head_reached)]);
        for ((first, last), is_reached) in units {
            let lines = if is_reached { &mut counted.covered } else { &mut counted.not_covered };
            lines.extend(first..=last);
        }
    }
    counted
}

/// Every name on a line that the engine came to.
pub(crate) fn names_on(module: &Module, engine: &FileLines) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for rule in module.rules() {
        walk(rule.syntax(), &mut |part| {
            let Part::Expr(expr) = part else { return };
            let reference = match expr {
                Expr::Call { fcn, .. } => Reference::of(fcn),
                other => Reference::of(other),
            };
            if let Some(reference) = reference.filter(|found| engine.covered.contains(&found.base.line)) {
                names.extend([reference.base.text().to_owned()]);
                names.extend(reference.known());
            }
        });
    }
    names
}

enum Worth {
    /// The head has something to work out, and the engine says when it did.
    Told,
    Nothing,
}

fn worth(rule: &Rule) -> Worth {
    let has_value = match rule {
        Rule::Default { .. } => true,
        Rule::Spec { head, .. } => match head {
            RuleHead::Compr { refr, assign, .. } => assign.is_some() || matches!(&**refr, Expr::RefBrack { .. }),
            RuleHead::Func { assign, .. } => assign.is_some(),
            RuleHead::Set { .. } => true,
        },
    };
    if has_value { Worth::Told } else { Worth::Nothing }
}

/// The lines of the head: all lines of a rule without a body.
fn head(module: &Module, rule: &RuleSyntax) -> (u32, u32) {
    let has_body = match rule.syntax() {
        Rule::Default { .. } => false,
        Rule::Spec { bodies, .. } => bodies.iter().any(|body| !body.query.stmts.is_empty()),
    };
    let value = match rule.syntax() {
        Rule::Spec { head: RuleHead::Compr { assign, .. } | RuleHead::Func { assign, .. }, .. } => {
            assign.as_ref().map(|assign| rows(module, whole(&module.text, assign.value.span())).1)
        }
        Rule::Spec { head: RuleHead::Set { key, .. }, .. } => {
            key.as_ref().map(|key| rows(module, whole(&module.text, key.span())).1)
        }
        Rule::Default { .. } => None,
    };
    if has_body { (rule.lines.0, value.unwrap_or(rule.lines.0)) } else { rule.lines }
}

/// The lines of every statement, and whether it is one of the rule's own body and not of a query inside.
fn statements(module: &Module, rule: &RuleSyntax) -> Vec<((u32, u32), bool)> {
    let mut found = Vec::new();
    let mut own = BTreeSet::new();
    if let Rule::Spec { bodies, .. } = rule.syntax() {
        own.extend(bodies.iter().flat_map(|body| &body.query.stmts).map(|statement| statement.span.start));
    }
    walk(rule.syntax(), &mut |part| {
        if let Part::Statement(statement) = part
            && !matches!(statement.literal, Literal::SomeVars { .. })
        {
            let range = whole(&module.text, &statement.span);
            found.push((rows(module, range), own.contains(&statement.span.start)));
        }
    });
    found
}

fn rows(module: &Module, range: std::ops::Range<usize>) -> (u32, u32) {
    let breaks = |text: Option<&str>| text.map_or(0, |text| text.matches('\n').count() as u32);
    let first = 1 + breaks(module.text.get(..range.start));
    (first, first + breaks(module.text.get(range).map(str::trim_end)))
}
