//! Comments and annotations, with what of their file they may speak of. What they say is for others to read: here is known where
//! each format keeps comments, so that a `#` inside a text is none, and which piece of the file stands behind and around one.
//!
//! Only remarks that bear one of the marks asked for are kept; a file without any is not looked at twice.

mod annotation;
mod beside;
mod block;
mod code;
mod comment;
mod hcl;
mod line;
mod markup;
mod plain;
#[cfg(test)]
mod tests;

pub use beside::remarks_beside;

use std::ops::Range;

use model::{Document, Format, Node, Origin, Problem, ProblemKind, Reach, Remark, RemarkForm};

use crate::limits::Limits;
use crate::source::Source;
use block::Blocks;
use comment::Comment;
use line::Surroundings;

/// Reads every document of a file as [`parse`](crate::parse) does, and every remark that bears one of these marks.
pub fn parse_with_remarks(
    format: Format,
    origin: &Origin,
    bytes: &[u8],
    limits: &Limits,
    marks: &[&str],
) -> (Vec<Document>, Vec<Problem>, Vec<Remark>) {
    let (roots, mut problems) = crate::read(format, origin, bytes, limits);
    let source = Source::decode(origin, bytes).0;
    if roots.is_empty() || !bears(source.text, marks) {
        return (crate::documents(format, origin, bytes, roots), problems, Vec::new());
    }
    let comments = comment::comments(format, &source, &roots);
    let blocks = Blocks::of(format, &roots);
    let mut remarks = of_comments(&source, &comments, marks, &|comment, reach| {
        blocks.put(comment, &source, reach);
    });
    let documents = crate::documents(format, origin, bytes, roots);
    remarks.extend(documents.iter().flat_map(|document| annotation::remarks(document, marks)));
    problems.extend(shortened(&mut remarks, limits.remarks, origin));
    (documents, problems, remarks)
}

/// The remarks among comments; `place` adds the blocks to what a comment may speak of.
fn of_comments(
    source: &Source<'_>,
    comments: &[Comment],
    marks: &[&str],
    place: &dyn Fn(&Comment, &mut Reach),
) -> Vec<Remark> {
    let surroundings = Surroundings::of(source, comments);
    let mut remarks = Vec::new();
    for (at, comment) in comments.iter().enumerate() {
        if !bears(&source.text[comment.body.clone()], marks) {
            continue;
        }
        let mut reach = surroundings.reach(at);
        place(comment, &mut reach);
        // Of a comment of several lines each may say something of its own.
        for line in lines(source.text, comment.body.clone()) {
            if bears(&source.text[line.clone()], marks) {
                remarks.push(remark(source, line, &reach));
            }
        }
    }
    remarks
}

fn remark(source: &Source<'_>, line: Range<usize>, reach: &Reach) -> Remark {
    let location = source.at(line.clone());
    Remark { location, text: cut(&source.text[line]), form: RemarkForm::Comment, reach: reach.clone() }
}

/// The lines of a comment, without blanks and without the stars that stand in front of some.
fn lines(text: &str, body: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut at = body.start;
    text[body].split_inclusive('\n').map(move |line| {
        let end = at + line.trim_end().len();
        let content = line.trim_end().trim_start_matches(|first: char| first.is_whitespace() || first == '*');
        at += line.len();
        end - content.len()..end
    })
}

fn bears(text: &str, marks: &[&str]) -> bool {
    marks.iter().any(|mark| text.contains(mark))
}

/// A text as long as anybody need read, and one byte more if it was longer.
fn cut(text: &str) -> String {
    let mut end = text.len().min(Remark::MOST_BYTES + 1);
    while !text.is_char_boundary(end) {
        end += 1;
    }
    text[..end].to_owned()
}

/// Keeps the first remarks. What the others would have said is not followed, which makes no finding less.
fn shortened(remarks: &mut Vec<Remark>, most: usize, origin: &Origin) -> Option<Problem> {
    let more = remarks.len().checked_sub(most).filter(|more| *more > 0)?;
    remarks.truncate(most);
    let message = format!(
        "file holds {more} more than the limit of {most} comments that say something to a scanner, they were not read"
    );
    Some(Problem::warning(ProblemKind::Limit, message).at(&origin.location()))
}

/// Every node below one, itself first.
fn walk<'n>(node: &'n Node, visit: &mut dyn FnMut(&'n Node)) {
    visit(node);
    match &node.value {
        model::NodeValue::Array(items) => items.iter().for_each(|item| walk(item, visit)),
        model::NodeValue::Object(members) => members.iter().for_each(|(_, node)| walk(node, visit)),
        _ => {}
    }
}
