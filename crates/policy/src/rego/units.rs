//! What counts for the coverage of tests, as OPA counts it: the head of every rule and every statement, each with all lines it stands on.
//! A statement is reached when it was asked, a head when its rule gave something.

use std::collections::BTreeSet;

use regorus::unstable::{Expr, Literal, Rule, RuleHead};

use super::module::{Module, RuleSyntax, whole};
use super::program::FileLines;
use super::reference::Reference;
use super::walk::{Part, walk};

/// Lines of one module that were reached, and that were not, by what the engine came to. Rules that nobody asked are not reached: the engine
/// looks at some before anybody does.
pub(crate) fn counted(module: &Module, engine: &FileLines, asked: &Asked) -> FileLines {
    let mut counted = FileLines { file: module.file.clone(), ..FileLines::default() };
    for rule in module.rules() {
        let statements = statements(module, rule);
        let is_asked = asked.has(module, rule);
        let is_reached = |rows: &(u32, u32)| is_asked && (rows.0..=rows.1).any(|row| engine.covered.contains(&row));
        let head = head(module, rule);
        let last = statements.iter().rfind(|(_, is_own)| *is_own);
        let is_head_reached = match (has_value(rule.syntax()), last) {
            // The engine works out what needs no body before anybody asks.
            (_, None) => is_asked,
            (true, _) => is_reached(&head),
            (false, Some((last, _))) => is_reached(last),
        };
        let units = statements.iter().map(|(rows, _)| (*rows, is_reached(rows))).chain([(head, is_head_reached)]);
        for ((first, last), is_reached) in units {
            let lines = if is_reached { &mut counted.covered } else { &mut counted.not_covered };
            lines.extend(first..=last);
        }
    }
    counted
}

/// Names of the rules that were asked, by tests and by rules that were.
#[derive(Default)]
pub(crate) struct Asked(BTreeSet<String>);

impl Asked {
    /// Every test, and these.
    pub(crate) fn new(names: impl IntoIterator<Item = String>) -> Asked {
        Asked(names.into_iter().collect())
    }

    /// Takes the names on lines that the engine came to in rules that were asked. Whether there were new ones.
    pub(crate) fn take(&mut self, module: &Module, engine: &FileLines) -> bool {
        let before = self.0.len();
        for rule in module.rules() {
            if !self.has(module, rule) {
                continue;
            }
            walk(rule.syntax(), &mut |part| {
                let Part::Expr(expr) = part else { return };
                let reference = match expr {
                    Expr::Call { fcn, .. } => Reference::of(fcn),
                    other => Reference::of(other),
                };
                if let Some(reference) = reference.filter(|found| engine.covered.contains(&found.base.line)) {
                    self.mention(module, &reference);
                }
            });
        }
        self.0.len() > before
    }

    fn mention(&mut self, module: &Module, reference: &Reference) {
        let base = reference.base.text();
        let known = reference.known();
        let imported = module.imports.iter().find(|(alias, _)| alias == base).map(|(_, path)| path.clone());
        let path = [imported.unwrap_or_else(|| vec![base.to_owned()]), known].concat();
        // A whole package by its path, or a rule by its name.
        self.0.insert(path.join("."));
        self.0.extend(path);
    }

    fn has(&self, module: &Module, rule: &RuleSyntax) -> bool {
        let is_known = |name: &String| self.0.contains(name) || name.starts_with("test_");
        rule.name.iter().any(is_known) || self.0.contains(&format!("data.{}", module.package_name()))
    }
}

/// Whether the head has something to work out: the engine then says when it did.
fn has_value(rule: &Rule) -> bool {
    match rule {
        Rule::Default { .. } => true,
        Rule::Spec { head, .. } => match head {
            RuleHead::Compr { refr, assign, .. } => assign.is_some() || matches!(&**refr, Expr::RefBrack { .. }),
            RuleHead::Func { assign, .. } => assign.is_some(),
            RuleHead::Set { .. } => true,
        },
    }
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
