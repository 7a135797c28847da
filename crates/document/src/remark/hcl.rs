//! Comments of HCL: texts hold expressions, which may hold texts and comments again, and here-documents need no quotes.

use super::code::{to_line_end, to_mark};
use super::comment::Comment;
use crate::source::Source;

/// What stands around a place.
enum Around {
    /// An expression inside a text, with the braces that are open in it.
    Code(usize),
    /// A text in quotes.
    Text,
}

/// Every comment.
pub(super) fn comments(source: &Source<'_>) -> Vec<Comment> {
    let mut reader =
        Reader { text: source.text, at: source.start, around: vec![Around::Code(0)], comments: Vec::new() };
    while reader.at < reader.text.len() {
        reader.step();
    }
    reader.comments
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    around: Vec<Around>,
    comments: Vec<Comment>,
}

impl Reader<'_> {
    fn step(&mut self) {
        let rest = &self.text[self.at..];
        let first = rest.chars().next().unwrap_or_default();
        let outermost = self.around.len() == 1;
        match self.around.last_mut() {
            Some(Around::Text) => self.step_in_text(rest, first),
            _ if rest.starts_with('#') => self.take(to_line_end(rest, self.at, 1)),
            _ if rest.starts_with("//") => self.take(to_line_end(rest, self.at, 2)),
            _ if rest.starts_with("/*") => self.take(to_mark(rest, self.at, "/*", "*/")),
            _ if rest.starts_with("<<") => self.at += here_document(rest).unwrap_or(2),
            Some(Around::Code(open)) => {
                self.at += first.len_utf8();
                match first {
                    '"' => self.around.push(Around::Text),
                    '{' => *open += 1,
                    '}' if *open > 0 => *open -= 1,
                    '}' if !outermost => drop(self.around.pop()),
                    _ => {}
                }
            }
            None => self.around.push(Around::Code(0)),
        }
    }

    fn step_in_text(&mut self, rest: &str, first: char) {
        if ["$${", "%%{"].iter().any(|escaped| rest.starts_with(escaped)) {
            self.at += 3;
        } else if ["${", "%{"].iter().any(|open| rest.starts_with(open)) {
            self.at += 2;
            self.around.push(Around::Code(0));
        } else {
            let next = if first == '\\' { rest.chars().nth(1).map_or(0, char::len_utf8) } else { 0 };
            self.at += first.len_utf8() + next;
            // A text ends with its line, closed or not.
            if matches!(first, '"' | '\n') {
                self.around.pop();
            }
        }
    }

    fn take(&mut self, comment: Comment) {
        self.at = comment.range.end.max(self.at + 1);
        self.comments.push(comment);
    }
}

/// The length of `<<EOF` and all its lines.
fn here_document(rest: &str) -> Option<usize> {
    let behind = rest.strip_prefix("<<")?;
    let behind = behind.strip_prefix('-').unwrap_or(behind);
    let (name, _) = behind.split_once('\n')?;
    let length = rest.len() - behind.len() + name.len() + 1;
    let name = name.trim_end();
    let is_name = |character: char| character.is_alphanumeric() || matches!(character, '_' | '-');
    if name.is_empty() || !name.chars().all(is_name) {
        return None;
    }
    let mut at = length;
    for line in rest[length..].split_inclusive('\n') {
        at += line.len();
        if line.trim() == name {
            break;
        }
    }
    Some(at)
}
