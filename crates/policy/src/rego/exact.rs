//! `{"kind": kind} = x`: for OPA an object fits a pattern only if it has these keys and no others, for the engine if it has them. So the
//! whole gets a name, and its keys are asked for, on the same line: `__whole_0 = x; object.keys(__whole_0) == {"kind"}; …`.

use std::collections::BTreeSet;
use std::ops::Range;

use regorus::unstable::{AssignOp, Expr, Literal, LiteralStmt, Query, Rule, RuleHead, Span};

use super::bodies::Scanner;
use super::edit::{Edit, applied, on_one_line};
use super::module::{Module, RuleSyntax, whole};
use super::walk::{Part, walk_expr, walk_statements};

/// The text with every object among the parameters of functions named; nothing where there is none.
pub(super) fn parameters(module: &Module) -> Option<String> {
    let mut naming = Naming::new(module, "given");
    module.rules().iter().for_each(|rule| naming.function(rule));
    naming.text()
}

/// The same of every statement that takes objects apart.
pub(super) fn statements(module: &Module) -> Option<String> {
    let mut naming = Naming::new(module, "whole");
    for rule in module.rules() {
        walk_statements(rule.syntax(), &mut |statement, is_bare| naming.statement(statement, is_bare));
    }
    naming.text()
}

struct Naming<'m> {
    module: &'m Module,
    edits: Vec<Edit>,
    /// What names have in them.
    word: &'static str,
    names: usize,
}

impl<'m> Naming<'m> {
    fn new(module: &'m Module, word: &'static str) -> Naming<'m> {
        Naming { module, edits: Vec::new(), word, names: 0 }
    }

    fn text(self) -> Option<String> {
        (!self.edits.is_empty()).then(|| applied(&self.module.text, self.edits))
    }

    fn function(&mut self, rule: &RuleSyntax) {
        let Rule::Spec { head: RuleHead::Func { args, .. }, bodies, .. } = rule.syntax() else { return };
        let patterns: Vec<&Expr> = args.iter().flat_map(|argument| objects(argument)).collect();
        let plain = args.iter().filter_map(|argument| match &**argument {
            Expr::Var { span, .. } => Some(name_of(self.module, span)),
            _ => None,
        });
        let Some((edits, checks)) = self.named(&patterns, Some(plain.collect())) else { return };
        self.edits.extend(edits);
        let checks = checks.join("; ");
        let word = if self.module.is_v0 { "" } else { "if " };
        if bodies.is_empty() {
            self.edits.push(Edit::insert(rule.range.end, format!(" {word}{{ {checks} }}")));
        }
        for body in bodies {
            match ends(&self.module.text, &body.query) {
                Some((range, true)) => {
                    self.edits.push(Edit::insert(range.start, format!("{{ {checks}; ")));
                    self.edits.push(Edit::insert(range.end, " }"));
                }
                Some((range, false)) => self.edits.push(Edit::insert(range.start, format!("{checks}; "))),
                None => {
                    let end = whole(&self.module.text, &body.span).end;
                    self.edits.push(Edit::insert(end, format!(" {word}{{ {checks} }}")));
                }
            }
        }
    }

    fn statement(&mut self, statement: &LiteralStmt, is_bare: bool) {
        let mut patterns = Vec::new();
        match &statement.literal {
            Literal::SomeIn { key, value, collection, .. } => {
                patterns.extend(key.iter().flat_map(|key| objects(key)));
                patterns.extend(objects(value));
                patterns.extend(looked_up(collection));
            }
            Literal::Expr { expr, .. } => {
                patterns.extend(assigned(expr));
                patterns.extend(looked_up(expr));
            }
            _ => return,
        }
        let makes_anew = match &statement.literal {
            Literal::Expr { expr, .. } => matches!(&**expr, Expr::AssignExpr { op: AssignOp::ColEq, .. }),
            _ => true,
        };
        let Some((edits, checks)) = self.named(&patterns, makes_anew.then(BTreeSet::new)) else { return };
        let text = &self.module.text[..];
        let end = whole(text, &statement.span).end;
        let with = statement.with_mods.first().and_then(|first| on_one_line(text.get(first.span.start as usize..end)?));
        let with = with.map_or(String::new(), |with| format!(" {with}"));
        let mut behind: String = checks.iter().map(|check| format!("; {check}{with}")).collect();
        if is_bare {
            self.edits.push(Edit::insert(whole(text, &statement.span).start, "{ "));
            behind += " }";
        }
        self.edits.extend(edits);
        self.edits.push(Edit::insert(end, behind));
    }

    /// Names in the place of objects, and what is asked of each; nothing if there is none, or one cannot be written so. Variables that
    /// the pattern makes anew are not those of the same name around it.
    fn named(&mut self, patterns: &[&Expr], mut anew: Option<BTreeSet<&'m str>>) -> Option<(Vec<Edit>, Vec<String>)> {
        let (mut edits, mut checks) = (Vec::new(), Vec::new());
        for pattern in patterns {
            let range = range(&self.module.text, pattern)?;
            let breaks = self.module.text[range.clone()].matches('\n').count();
            let name = self.check(pattern, &mut anew, &mut checks)?;
            edits.push(Edit { range, text: format!("{name}{}", "\n".repeat(breaks)) });
        }
        (!edits.is_empty()).then_some((edits, checks))
    }

    /// Gives an object a name, asks for its keys, then for the value of each. `anew` has the names that have a value already.
    fn check(
        &mut self,
        pattern: &Expr,
        anew: &mut Option<BTreeSet<&'m str>>,
        checks: &mut Vec<String>,
    ) -> Option<String> {
        let Expr::Object { fields, .. } = pattern else { return None };
        let name = format!("__{}_{}", self.word, self.names);
        self.names += 1;
        let key = |key: &Expr| self.module.text.get(whole(&self.module.text, key.span()));
        let keys: Vec<&str> = fields.iter().map(|(_, of, _)| key(of)).collect::<Option<_>>()?;
        checks.push(format!("is_object({name})"));
        let written = if keys.is_empty() { "set()".to_owned() } else { format!("{{{}}}", keys.join(", ")) };
        checks.push(format!("object.keys({name}) == {written}"));
        for ((_, _, value), key) in fields.iter().zip(keys) {
            if matches!(&**value, Expr::Var { span, .. } if span.text() == "_") {
                continue;
            }
            let (text, inner) = self.value(value, anew, checks)?;
            let is_new = anew.as_mut().is_some_and(|known| match &**value {
                Expr::Var { span, .. } => known.insert(name_of(self.module, span)),
                _ => false,
            });
            let sign = if is_new { ":=" } else { "=" };
            checks.insert(inner, format!("{text} {sign} {name}[{key}]"));
        }
        Some(name)
    }

    /// A value with names for the objects in it, and where what is asked of these begins.
    fn value(
        &mut self,
        value: &Expr,
        anew: &mut Option<BTreeSet<&'m str>>,
        checks: &mut Vec<String>,
    ) -> Option<(String, usize)> {
        let (text, at) = (&self.module.text[..], checks.len());
        if matches!(value, Expr::Object { .. }) && has_variable(value) {
            return Some((self.check(value, anew, checks)?, at));
        }
        let start = whole(text, value.span()).start;
        let mut inner = Vec::new();
        for object in outermost(value) {
            let place = range(text, object)?;
            let name = self.check(object, anew, checks)?;
            inner.push(Edit { range: place.start - start..place.end - start, text: name });
        }
        let range = if matches!(value, Expr::Object { .. }) { range(text, value)? } else { whole(text, value.span()) };
        Some((on_one_line(&applied(text.get(range)?, inner))?, at))
    }
}

/// The name of a variable, as long as its module is there.
fn name_of<'m>(module: &'m Module, span: &Span) -> &'m str {
    module.text.get(span.start as usize..span.end as usize).unwrap_or_default()
}

/// Objects with variables that an assignment or `=` takes apart. Where both sides are made of such, what they have is seen where they
/// stand.
fn assigned(expr: &Expr) -> Vec<&Expr> {
    let Expr::AssignExpr { op, lhs, rhs, .. } = expr else { return Vec::new() };
    let (left, right) = (outermost(lhs), outermost(rhs));
    let is_value = |expr: &Expr| matches!(expr, Expr::RefDot { .. } | Expr::RefBrack { .. } | Expr::Call { .. });
    match op {
        AssignOp::ColEq => left,
        AssignOp::Eq if right.is_empty() => left,
        // `x = {"a": y}` gives `x` a value; what comes from elsewhere is taken apart.
        AssignOp::Eq if left.is_empty() && is_value(lhs) => right,
        AssignOp::Eq => Vec::new(),
    }
}

/// Objects with variables that are looked up in sets: `names[{"kind": kind}]`.
fn looked_up(expr: &Expr) -> Vec<&Expr> {
    let mut found = Vec::new();
    let mut open = vec![expr];
    while let Some(expr) = open.pop() {
        match expr {
            Expr::RefBrack { refr, index, .. } => {
                found.extend(outermost(index));
                open.push(refr);
            }
            Expr::RefDot { refr, .. } => open.push(refr),
            Expr::AssignExpr { lhs, rhs, .. } | Expr::BoolExpr { lhs, rhs, .. } => open.extend([&**lhs, &**rhs]),
            _ => {}
        }
    }
    found
}

/// Objects with variables in them, in lists too, where one without does not equal what is looked at either; not those inside of others.
fn outermost(expr: &Expr) -> Vec<&Expr> {
    if has_variable(expr) { objects(expr) } else { Vec::new() }
}

/// The same with those that have no variables.
fn objects(expr: &Expr) -> Vec<&Expr> {
    match expr {
        Expr::Object { .. } => vec![expr],
        Expr::Array { items, .. } => items.iter().flat_map(|item| objects(item)).collect(),
        _ => Vec::new(),
    }
}

fn has_variable(expr: &Expr) -> bool {
    let mut has = false;
    walk_expr(expr, &mut |part| has |= matches!(part, Part::Expr(Expr::Var { .. })));
    has
}

/// Where an object stands: the engine's span is that of one of its members.
fn range(text: &str, object: &Expr) -> Option<Range<usize>> {
    let Expr::Object { fields, .. } = object else { return None };
    let start = match fields.first() {
        Some((_, key, _)) => text.get(..whole(text, key.span()).start)?.trim_end().len().checked_sub(1)?,
        None => object.span().start as usize,
    };
    if !text[start..].starts_with('{') {
        return None;
    }
    let mut depth = 0_i32;
    for (at, character) in (Scanner { text, at: start }) {
        depth += match character {
            '{' | '[' | '(' => 1,
            '}' | ']' | ')' => -1,
            _ => 0,
        };
        if depth == 0 {
            return Some(start..at + 1);
        }
    }
    None
}

/// From the first statement of a body to its last, and whether no braces are around; nothing of one without.
fn ends(text: &str, body: &Query) -> Option<(Range<usize>, bool)> {
    let (first, last) = (body.stmts.first()?, body.stmts.last()?);
    let range = whole(text, &first.span).start..whole(text, &last.span).end;
    Some((range, body.span.start == first.span.start))
}
