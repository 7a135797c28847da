//! A parsed policy file.

use std::ops::Range;
use std::sync::Arc;

use regorus::unstable as syntax;
use regorus::unstable::{Expr, Ref, RuleHead};

use super::edit::{Edit, applied};
use super::guard::Guards;
use super::imports;
use super::reference::{Reference, Step};
use crate::Trust;

/// A parsed policy file.
pub(crate) struct Module {
    /// What messages call it.
    pub(crate) file: String,
    /// As it was written.
    pub(crate) text: Arc<str>,
    /// What to change in the text so that the engine reads it as OPA does; lines stay where they are.
    pub(super) edits: Vec<Edit>,
    /// What of the text is put into calls that look first.
    pub(super) guards: Guards,
    pub(crate) trust: Trust,
    pub(crate) is_v0: bool,
    /// A negation of something undefined is true.
    pub(super) negates_undefined: bool,
    /// `["kubernetes", "privileged_container"]`.
    pub(crate) package: Vec<String>,
    /// What an import is called here and the path it stands for, with `data` or `input` in front.
    pub(crate) imports: Vec<(String, Vec<String>)>,
    syntax: Ref<syntax::Module>,
    rules: Vec<RuleSyntax>,
}

/// One rule as it stands in the file: of a partial set, one of its bodies.
pub(crate) struct RuleSyntax {
    /// The path below the package; parts that are not known are left out with all after them.
    pub(crate) name: Vec<String>,
    pub(crate) kind: RuleKind,
    /// 1-based, first and last.
    pub(crate) lines: (u32, u32),
    pub(crate) column: u32,
    /// Bytes of the text.
    pub(crate) range: Range<usize>,
    syntax: Ref<syntax::Rule>,
}

/// Kinds of rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RuleKind {
    /// One value, or a part of an object.
    Value,
    /// An element of a set.
    Element,
    Function,
    Default,
}

impl Module {
    pub(super) fn new(file: &str, text: &str, trust: Trust, is_v0: bool, syntax: syntax::Module) -> Module {
        let package = Reference::of(&syntax.package.refr).map_or_else(Vec::new, |reference| {
            std::iter::once(reference.base.text().to_owned()).chain(reference.known()).collect()
        });
        let paths = syntax.imports.iter().filter_map(import).collect();
        let rules = syntax.policy.iter().map(|rule| RuleSyntax::new(rule, text)).collect();
        Module {
            file: file.to_owned(),
            text: text.into(),
            edits: Vec::new(),
            guards: Guards::default(),
            trust,
            is_v0,
            negates_undefined: imports::negates_undefined(&syntax),
            package,
            imports: paths,
            syntax: Ref::new(syntax),
            rules,
        }
    }

    /// The text for the engine, without some pieces.
    pub(crate) fn code(&self, without: &[Range<usize>]) -> String {
        let is_kept = |edit: &&Edit| !without.iter().any(|range| range.contains(&edit.range.start));
        let mut edits: Vec<Edit> = self.edits.iter().filter(is_kept).cloned().collect();
        edits.extend(without.iter().map(|range| Edit::blank(&self.text, range.clone())));
        applied(&self.text, edits)
    }

    /// A piece of the text as the engine is to read it somewhere else.
    pub(super) fn piece(&self, range: Range<usize>) -> Option<String> {
        self.guards.piece(&self.text, range)
    }

    pub(crate) fn rules(&self) -> &[RuleSyntax] {
        &self.rules
    }

    /// `kubernetes.privileged_container`.
    pub(crate) fn package_name(&self) -> String {
        self.package.join(".")
    }

    /// What the engine calls a rule of it: `data.main.deny`.
    pub(crate) fn rule_path(&self, name: &str) -> String {
        let package: String = self.package.iter().map(|part| step(part)).collect();
        format!("data{package}{}", step(name))
    }

    /// Where the package stands, without imports.
    pub(super) fn package_range(&self) -> Range<usize> {
        let span = &self.syntax.package.span;
        span.start as usize..span.end as usize
    }

    /// 1-based line of the package.
    pub(crate) fn package_line(&self) -> u32 {
        self.syntax.package.span.line
    }
}

impl RuleSyntax {
    fn new(rule: &Ref<syntax::Rule>, text: &str) -> RuleSyntax {
        let (head, kind) = match &**rule {
            syntax::Rule::Default { refr, .. } => (refr, RuleKind::Default),
            syntax::Rule::Spec { head: RuleHead::Compr { refr, .. }, .. } => (refr, RuleKind::Value),
            syntax::Rule::Spec { head: RuleHead::Set { refr, .. }, .. } => (refr, RuleKind::Element),
            syntax::Rule::Spec { head: RuleHead::Func { refr, .. }, .. } => (refr, RuleKind::Function),
        };
        let span = rule.span();
        let range = whole(text, span);
        let written = text.get(range.clone()).unwrap_or_default().trim_end();
        let last = span.line + written.matches('\n').count() as u32;
        RuleSyntax {
            name: name_of(head),
            kind,
            lines: (span.line, last),
            column: span.col,
            range: range.start..range.start + written.len(),
            syntax: rule.clone(),
        }
    }

    pub(crate) fn syntax(&self) -> &syntax::Rule {
        &self.syntax
    }
}

/// One step of a path; what is no plain name stands in brackets.
fn step(part: &str) -> String {
    let is_plain = part.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && part.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    if is_plain { format!(".{part}") } else { format!("[{part:?}]") }
}

/// The range of a span. The engine leaves the quotes of a string out of its span, and so out of the span of what begins or ends
/// with one.
pub(super) fn whole(text: &str, span: &syntax::Span) -> Range<usize> {
    let (start, end) = (span.start as usize, span.end as usize);
    let is_quote = |place: usize| matches!(text.as_bytes().get(place), Some(b'"' | b'`'));
    let start = if start > 0 && is_quote(start - 1) { start - 1 } else { start };
    start..if is_quote(end) { end + 1 } else { end }
}

fn name_of(head: &Expr) -> Vec<String> {
    let Some(reference) = Reference::of(head) else { return Vec::new() };
    std::iter::once(reference.base.text().to_owned()).chain(reference.known()).collect()
}

fn import(import: &syntax::Import) -> Option<(String, Vec<String>)> {
    let reference = Reference::of(&import.refr)?;
    let mut path = vec![reference.base.text().to_owned()];
    path.extend(reference.steps.into_iter().filter_map(|step| match step {
        Step::Key(key) => Some(key),
        Step::Any => None,
    }));
    let alias = import.r#as.as_ref().map_or_else(|| path.last().cloned(), |name| Some(name.text().to_owned()))?;
    matches!(path[0].as_str(), "data" | "input").then_some((alias, path))
}
