//! YAML: events of `saphyr-parser` into a flat table of items, the table into a tree of nodes.
//!
//! Scalars mean what they mean to Kubernetes (see [`scalar`]). An alias stands where it is written; what is inside it stands
//! where the anchor is, for that is the text to change. The same holds for what a merge key brings.

mod flow;
mod items;
mod range;
mod resolve;
mod scalar;

use std::borrow::Cow;
use std::ops::Range;

use model::{Node, Problem, ProblemKind};
use saphyr_parser::{Event, Parser, ScanError, StrInput};

use crate::kind;
use crate::limits::Limits;
use crate::source::Source;
use items::{Fault, Items};

/// The most bytes that are read again because of brackets that close too far left.
const MOST_REREAD: usize = 32 << 20;

/// Reads all documents of a stream. One that is broken is a problem, and reading goes on at the next `---`.
pub(crate) fn parse(source: &Source<'_>, limits: &Limits) -> (Vec<Node>, Vec<Problem>) {
    let mut text = Cow::Borrowed(whole_documents(source));
    let mut left = MOST_REREAD;
    loop {
        let outcome = read(source, &text, limits);
        if outcome.gaps.is_empty() || text.len() > left {
            return (outcome.roots, outcome.problems);
        }
        left -= text.len();
        text = Cow::Owned(flow::blanked(&text, &outcome.gaps));
    }
}

fn read(source: &Source<'_>, text: &str, limits: &Limits) -> Outcome {
    let counted = source.with_text(text);
    let outcome = Outcome::default();
    let has_braces = text.contains("{{");
    let mut reader =
        Reader { source, counted: &counted, text, limits, has_braces, nodes_left: limits.nodes, seen: 0, outcome };
    let mut piece = Some(Piece { start: source.start, scalars: text[..source.start].chars().count() });
    while let Some(at) = piece {
        piece = reader.read_piece(at);
    }
    reader.outcome
}

/// What one reading gave.
#[derive(Default)]
struct Outcome {
    roots: Vec<Node>,
    problems: Vec<Problem>,
    /// What must be blank for the parser to go on where it stopped.
    gaps: Vec<Range<usize>>,
}

struct Reader<'a> {
    source: &'a Source<'a>,
    /// The text the parser sees, to count its scalars.
    counted: &'a Source<'a>,
    text: &'a str,
    limits: &'a Limits,
    /// It may be a template.
    has_braces: bool,
    nodes_left: usize,
    seen: usize,
    outcome: Outcome,
}

/// What is left of the text, given to a parser of its own.
#[derive(Clone, Copy)]
struct Piece {
    start: usize,
    /// Scalars before it: the parser counts them from its start.
    scalars: usize,
}

impl Reader<'_> {
    /// Reads until the end or a fault; after a fault gives the place to go on.
    fn read_piece(&mut self, piece: Piece) -> Option<Piece> {
        let mut parser = Parser::new_from_str(&self.text[piece.start..]);
        loop {
            match parser.next_event() {
                None | Some(Ok((Event::StreamEnd, _))) => return None,
                Some(Ok((Event::DocumentStart(_), span))) => {
                    let start = self.offset(piece, span.start.index());
                    if let Err(fault) = self.read_document(&mut parser, piece) {
                        return self.recover(piece, start, &fault);
                    }
                }
                Some(Ok(_)) => {}
                Some(Err(error)) => {
                    let fault = self.syntax(piece, &error);
                    return self.recover(piece, fault.offset, &fault);
                }
            }
        }
    }

    fn read_document(&mut self, parser: &mut Parser<'_, StrInput<'_>>, piece: Piece) -> Result<(), Fault> {
        let mut items = Items::new(self.limits.depth);
        let mut last = piece.start;
        while let Some(event) = parser.next_event() {
            let (event, span) = event.map_err(|error| self.stopped(piece, &error, last))?;
            let range = self.offset(piece, span.start.index())..self.offset(piece, span.end.index());
            if matches!(event, Event::DocumentEnd | Event::StreamEnd) {
                break;
            }
            self.nodes_left = self.nodes_left.checked_sub(1).ok_or_else(|| {
                Fault::last(range.start, format!("file holds more than the limit of {} values", self.limits.nodes))
            })?;
            last = range.end;
            items.take(event, range, self.source)?;
        }
        self.finish(&items)
    }

    fn finish(&mut self, items: &Items) -> Result<(), Fault> {
        if self.seen == self.limits.documents {
            let message = format!("file holds more than the limit of {} documents", self.limits.documents);
            return Err(Fault::last(items.start(), message));
        }
        self.seen += 1;
        let (root, problems) = resolve::resolve(items, self.source, self.limits)?;
        self.outcome.problems.extend(problems);
        let placeholder = root.as_ref().filter(|_| self.has_braces).and_then(kind::placeholder);
        self.outcome.problems.extend(placeholder.map(|offset| self.source.unfilled(offset)));
        self.outcome.roots.extend(root);
        Ok(())
    }

    /// Writes the fault down and finds the next document.
    fn recover(&mut self, piece: Piece, document_start: usize, fault: &Fault) -> Option<Piece> {
        let text = self.text;
        let least = document_start.max(piece.start);
        let next = next_document(text, before_marker(text, fault.offset, least).max(least));
        let whole = &text[document_start.min(text.len())..next.unwrap_or(text.len())];
        let problem = self.problem(whole, fault, next.is_some());
        self.outcome.problems.push(problem);
        let start = next.filter(|_| !fault.is_last)?;
        Some(Piece { start, scalars: piece.scalars + text[piece.start..start].chars().count() })
    }

    fn problem(&self, document: &str, fault: &Fault, goes_on: bool) -> Problem {
        let is_limit = fault.kind == ProblemKind::Limit;
        if !is_limit && document.contains("{{") {
            return self.source.template_problem(fault.offset);
        }
        let lost = match (fault.is_last, goes_on) {
            (true, _) => "the rest was not read",
            (false, true) => "this document was not read",
            (false, false) => "the document was not read",
        };
        self.source.error(fault.kind, fault.offset, format!("{}, {lost}", fault.message))
    }

    /// A syntax error in a document, which may be one that can be helped.
    fn stopped(&mut self, piece: Piece, error: &ScanError, last: usize) -> Fault {
        let fault = self.syntax(piece, error);
        if flow::stands_too_far_left(error) {
            self.outcome.gaps.extend(flow::gap(self.text, last, fault.offset));
        }
        fault
    }

    fn syntax(&self, piece: Piece, error: &ScanError) -> Fault {
        let offset = self.offset(piece, error.marker().index());
        Fault::new(ProblemKind::Syntax, offset, format!("no valid YAML: {}", error.info()))
    }

    fn offset(&self, piece: Piece, scalar: usize) -> usize {
        self.counted.offset_of_scalar(piece.scalars + scalar)
    }
}

/// The text; of one that is cut because its rest is not UTF-8, the documents that surely ended before.
fn whole_documents<'a>(source: &Source<'a>) -> &'a str {
    if !source.is_cut() {
        return source.text;
    }
    let end = source.text.rfind("\n---").map_or(source.start, |at| at + 1);
    &source.text[..end]
}

/// The fault's place; of one found only at the `---` behind its document, the line break before.
fn before_marker(text: &str, fault: usize, least: usize) -> usize {
    let line = text[..fault].rfind('\n').map_or(0, |at| at + 1);
    if line > least && text[line..].starts_with("---") { line - 1 } else { fault }
}

/// The start of the next line `---` after an offset.
fn next_document(text: &str, after: usize) -> Option<usize> {
    let mut from = after;
    while let Some(found) = text.get(from..)?.find("\n---") {
        let start = from + found + 1;
        if text[start + 3..].chars().next().is_none_or(char::is_whitespace) {
            return Some(start);
        }
        from = start;
    }
    None
}
