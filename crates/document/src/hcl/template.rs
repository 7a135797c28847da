//! Templates as text: what stands between `${` and `}` stays as it is written, and literal text that looks so is protected.

use hcl_edit::expr::{Conditional, Expression};
use hcl_edit::template::{
    Directive, Element, ForDirective, HeredocTemplate, IfDirective, StringTemplate, Strip, Template,
};

use super::expression::{text, wrapped};
use crate::source::Source;

/// The only expression of a template that holds nothing else.
pub(super) fn only<'t>(mut elements: impl Iterator<Item = &'t Element>) -> Option<&'t Expression> {
    match (elements.next(), elements.next()) {
        (Some(Element::Interpolation(inner)), None) => Some(&inner.expr),
        _ => None,
    }
}

/// A template in quotes.
pub(super) fn of_string(source: &Source<'_>, template: &StringTemplate) -> String {
    let writer = Writer { source, indent: 0, indent_inside: 0 };
    writer.joined(&template.iter().collect::<Vec<_>>(), (false, false))
}

/// A here-document.
pub(super) fn of_document(source: &Source<'_>, document: &HeredocTemplate) -> String {
    // The parser takes the indentation from the text, but not from what directives hold.
    let writer = Writer { source, indent: 0, indent_inside: document.indent().unwrap_or(0) };
    writer.joined(&document.template.iter().collect::<Vec<_>>(), (false, false))
}

/// Literal text in which nothing is to be evaluated.
pub(crate) fn escaped(text: &str) -> String {
    text.replace("${", "$${").replace("%{", "%%{")
}

/// An expression as a piece of a text.
pub(super) fn piece(source: &Source<'_>, expression: &Expression) -> String {
    match expression {
        Expression::Null(_) => "null".to_owned(),
        Expression::Bool(value) => value.value().to_string(),
        Expression::Number(_) => text(source, expression).to_owned(),
        Expression::String(text) => escaped(text),
        Expression::StringTemplate(template) => match only(template.iter()) {
            Some(inner) => piece(source, inner),
            None => of_string(source, template),
        },
        Expression::HeredocTemplate(document) => of_document(source, document),
        Expression::Conditional(conditional) => choice(source, conditional),
        other => wrapped(source, other),
    }
}

/// Writes one template.
#[derive(Clone, Copy)]
struct Writer<'a> {
    source: &'a Source<'a>,
    /// Blanks that are taken from every line of literal text but the first.
    indent: usize,
    /// The same inside directives.
    indent_inside: usize,
}

impl Writer<'_> {
    /// Elements in turn; `ends` says whether what stands around them takes the blanks beside it.
    fn joined(self, elements: &[&Element], ends: (bool, bool)) -> String {
        let mut out = String::new();
        for (at, element) in elements.iter().enumerate() {
            match element {
                Element::Literal(text) => {
                    let before = at.checked_sub(1).map_or(ends.0, |at| strips(elements[at]).1);
                    let after = elements.get(at + 1).map_or(ends.1, |element| strips(element).0);
                    let text = if before { text.trim_start() } else { text };
                    let text = if after { text.trim_end() } else { text };
                    out.push_str(&escaped(&dedented(text, self.indent)));
                }
                Element::Interpolation(inner) => out.push_str(&piece(self.source, &inner.expr)),
                Element::Directive(directive) => out.push_str(&match &**directive {
                    Directive::If(directive) => self.if_directive(directive),
                    Directive::For(directive) => self.for_directive(directive),
                }),
            }
        }
        out
    }

    /// A template between two marks, either of which may take the blanks beside it.
    fn between(self, template: &Template, before: Strip, behind: Strip) -> String {
        let inside = Writer { indent: self.indent_inside, ..self };
        inside.joined(&template.iter().collect::<Vec<_>>(), (before.strip_end(), behind.strip_start()))
    }

    fn if_directive(self, directive: &IfDirective) -> String {
        let (first, last) = (&directive.if_expr, directive.endif_expr.strip);
        let middle = directive.else_expr.as_ref();
        let otherwise = middle.map(|inner| self.between(&inner.template, inner.strip, last)).unwrap_or_default();
        let inner = self.between(&first.template, first.strip, middle.map_or(last, |inner| inner.strip));
        condition(text(self.source, &first.cond_expr), &inner, &otherwise)
    }

    fn for_directive(self, directive: &ForDirective) -> String {
        let inner = &directive.for_expr;
        let key = inner.key_var.as_ref().map(|name| format!("{}, ", name.as_str())).unwrap_or_default();
        let (name, of_what) = (inner.value_var.as_str(), text(self.source, &inner.collection_expr));
        let body = self.between(&inner.template, inner.strip, directive.endfor_expr.strip);
        format!("%{{for {key}{name} in {of_what}}}{body}%{{endfor}}")
    }
}

/// Whether `~` takes the blanks before an element, and those behind it.
fn strips(element: &Element) -> (bool, bool) {
    let of = |strip: Strip| (strip.strip_start(), strip.strip_end());
    match element {
        Element::Literal(_) => (false, false),
        Element::Interpolation(inner) => of(inner.strip),
        Element::Directive(directive) => match &**directive {
            Directive::If(inner) => (of(inner.if_expr.strip).0, of(inner.endif_expr.strip).1),
            Directive::For(inner) => (of(inner.for_expr.strip).0, of(inner.endfor_expr.strip).1),
        },
    }
}

fn dedented(text: &str, indent: usize) -> String {
    let mut lines = text.split('\n');
    let first = lines.next().unwrap_or_default().to_owned();
    lines.fold(first, |mut out, line| {
        let blanks = line.bytes().take(indent).take_while(|byte| *byte == b' ').count();
        out.push('\n');
        out.push_str(&line[blanks..]);
        out
    })
}

fn choice(source: &Source<'_>, conditional: &Conditional) -> String {
    let (yes, no) = (piece(source, &conditional.true_expr), piece(source, &conditional.false_expr));
    condition(text(source, &conditional.cond_expr), &yes, &no)
}

fn condition(asked: &str, yes: &str, no: &str) -> String {
    let otherwise = if no.is_empty() { String::new() } else { format!("%{{else}}{no}") };
    format!("%{{if {asked}}}{yes}{otherwise}%{{endif}}")
}
