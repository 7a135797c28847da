//! What the engine's parser reads otherwise than OPA's, mended in the text before anything else looks at it. Lines stay where they are.

use regorus::unstable::{Expr, Literal, Rule, Span};

use super::edit::{Edit, applied, on_one_line};
use super::module::{Module, RuleSyntax};
use super::walk::{Part, walk};
use crate::{Lint, PolicyError};

/// The text as OPA reads it: calls apart, and heads for bodies that have none. `None` when it is that already.
pub(super) fn mended(module: &Module) -> Option<String> {
    let mut edits = Vec::new();
    for rule in module.rules() {
        calls_apart(module, rule, &mut edits);
        heads(module, rule, &mut edits);
    }
    (!edits.is_empty()).then(|| applied(&module.text, edits))
}

/// A bracket on a new line begins a statement; the engine takes it for the arguments of the name above.
fn calls_apart(module: &Module, rule: &RuleSyntax, edits: &mut Vec<Edit>) {
    walk(rule.syntax(), &mut |part| {
        let Part::Expr(Expr::Call { fcn, .. }) = part else { return };
        let end = fcn.span().end as usize;
        let Some(rest) = module.text.get(end..) else { return };
        let gap = &rest[..rest.find('(').unwrap_or(0)];
        if gap.contains('\n') && gap.lines().skip(1).all(|line| line.trim().is_empty()) {
            edits.push(Edit::insert(end, ";"));
        }
    });
}

/// `p = x { a } { b }` is two rules; for the engine the second body gives `true`, and only where the first gives nothing.
fn heads(module: &Module, rule: &RuleSyntax, edits: &mut Vec<Edit>) {
    let Rule::Spec { bodies, .. } = rule.syntax() else { return };
    let Some((first, others)) = bodies.split_first() else { return };
    let start = first.span.start as usize;
    let Some(head) = module.text.get(rule.range.start..start).and_then(on_one_line) else { return };
    let word = if module.text[start..].starts_with("if") { "if " } else { "" };
    let others = others.iter().filter(|body| !body.is_else);
    edits.extend(others.map(|body| Edit::insert(body.span.start as usize, format!("{} {word}", head.trim()))));
}

/// Bodies of which a comma makes a set, which is always true: OPA refuses them.
pub(super) fn lists(module: &Module) -> Vec<PolicyError> {
    let bodies = module.rules().iter().flat_map(|rule| match rule.syntax() {
        Rule::Spec { bodies, .. } => &bodies[..],
        Rule::Default { .. } => &[],
    });
    let first = bodies.filter_map(|body| Some((&body.query, body.query.stmts.first()?)));
    let lists = first.filter_map(|(query, first)| match &first.literal {
        Literal::Expr { expr, .. } if query.span.start == first.span.start => match &**expr {
            Expr::Set { items, .. } if !items.is_empty() => Some(&first.span),
            _ => None,
        },
        _ => None,
    });
    let error = |span: &Span| {
        let message = "statements stand on lines of their own, or have `;` between them; with `,` they are a set, which is always true";
        PolicyError::at(&module.file, span.line, span.col, message).of(Lint::Syntax)
    };
    lists.map(error).collect()
}

/// `deny[x] { a } { b }`: the second body is one of a rule of the same head. Nothing when there is none.
pub(super) fn with_heads(text: &str) -> Option<String> {
    let mut edits = Vec::new();
    let (mut depth, mut start, mut head, mut closed) = (0u32, None, None, false);
    for (at, character) in (Scanner { text, at: 0 }) {
        match character {
            '{' | '[' | '(' => {
                if depth == 0 && character == '{' {
                    match (closed, &head, start) {
                        (true, Some(head), _) => edits.push(Edit::insert(at, format!("{head} "))),
                        (false, _, Some(start)) => head = Some(line(&text[start..at])),
                        _ => {}
                    }
                }
                closed = false;
                depth += 1;
            }
            '}' | ']' | ')' => {
                depth = depth.saturating_sub(1);
                closed = depth == 0 && character == '}';
            }
            character if character.is_whitespace() => {}
            _ if depth == 0 && closed => {
                // Another rule, or an `else` of this one.
                (closed, start, head) = (false, Some(at), None);
            }
            _ if depth == 0 && start.is_none() => start = Some(at),
            _ if depth == 0 && head.is_none() && text[..at].ends_with('\n') => start = Some(at),
            _ => {}
        }
    }
    (!edits.is_empty()).then(|| applied(text, edits))
}

/// A head on one line.
fn line(head: &str) -> String {
    head.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Characters that are neither in a comment nor in a string, with their places, from one place on.
pub(super) struct Scanner<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
}

impl Iterator for Scanner<'_> {
    type Item = (usize, char);

    fn next(&mut self) -> Option<(usize, char)> {
        loop {
            let rest = &self.text[self.at..];
            let character = rest.chars().next()?;
            let length = match character {
                '#' => rest.find('\n').unwrap_or(rest.len()),
                '`' => rest[1..].find('`').map_or(rest.len(), |end| end + 2),
                '"' => quoted(rest),
                _ => {
                    let at = self.at;
                    self.at += character.len_utf8();
                    return Some((at, character));
                }
            };
            // A string is part of what it stands in.
            self.at += length.max(1);
        }
    }
}

fn quoted(text: &str) -> usize {
    let mut is_escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            '"' if !is_escaped => return at + 1,
            '\n' => return at,
            _ => is_escaped = character == '\\' && !is_escaped,
        }
    }
    text.len()
}
