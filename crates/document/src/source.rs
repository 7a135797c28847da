//! One text and what is needed to say where things are in it.

use std::ops::Range;

use model::{LineIndex, Location, Origin, Problem, ProblemKind, Span};

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The text of a file. Offsets are those of the bytes of the file, a byte order mark included.
pub(crate) struct Source<'a> {
    /// All that is text. A byte order mark is part of it, and `start` is behind it.
    pub(crate) text: &'a str,
    /// Where the content starts.
    pub(crate) start: usize,
    lines: LineIndex<'a>,
    origin: &'a Origin,
    is_ascii: bool,
    is_cut: bool,
}

impl<'a> Source<'a> {
    /// The bytes up to the first that is not UTF-8, and the problem that it is not.
    pub(crate) fn decode(origin: &'a Origin, bytes: &'a [u8]) -> (Source<'a>, Option<Problem>) {
        let (text, bad) = match std::str::from_utf8(bytes) {
            Ok(text) => (text, None),
            Err(error) => {
                let (valid, _) = bytes.split_at(error.valid_up_to());
                (std::str::from_utf8(valid).unwrap_or_default(), Some(error.valid_up_to()))
            }
        };
        let start = if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
        let is_ascii = text.is_ascii();
        let source = Source { text, start, lines: LineIndex::new(bytes), origin, is_ascii, is_cut: bad.is_some() };
        let fault = bad.map(|offset| {
            let what = if is_utf16(bytes) { "is UTF-16" } else { "is not UTF-8 from here on" };
            source.error(ProblemKind::Encoding, offset, format!("text {what}, the rest was not read"))
        });
        (source, fault)
    }

    /// True when the text was cut because the rest is not UTF-8: its end is not the end of the file.
    pub(crate) fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// Another text of the same origin.
    pub(crate) fn with_text<'t>(&'t self, text: &'t str) -> Source<'t> {
        let lines = LineIndex::new(text.as_bytes());
        Source { text, start: self.start, lines, origin: self.origin, is_ascii: text.is_ascii(), is_cut: self.is_cut }
    }

    /// The lines without their ends, each with its place; of a text that was cut, those that are whole.
    pub(crate) fn lines(&self) -> impl Iterator<Item = Range<usize>> {
        let end = if self.is_cut { self.text.rfind('\n').map_or(self.start, |at| at + 1) } else { self.text.len() };
        let mut at = self.start;
        self.text[self.start..end.max(self.start)].split_inclusive('\n').map(move |line| {
            let start = at;
            at += line.len();
            let line = line.strip_suffix('\n').map_or(line, |line| line.strip_suffix('\r').unwrap_or(line));
            start..start + line.len()
        })
    }

    pub(crate) fn span(&self, range: Range<usize>) -> Span {
        self.lines.span(range)
    }

    /// A piece of the file as a place.
    pub(crate) fn at(&self, range: Range<usize>) -> Location {
        self.origin.at(self.span(range))
    }

    /// The offset of the scalar with this 0-based number, counted from the start of the file.
    pub(crate) fn offset_of_scalar(&self, number: usize) -> usize {
        if self.is_ascii { number.min(self.text.len()) } else { self.lines.offset_of_scalar(number) }
    }

    /// Something from here on was not read.
    pub(crate) fn error(&self, kind: ProblemKind, offset: usize, message: impl Into<String>) -> Problem {
        self.locate(Problem::error(kind, message), offset)
    }

    /// All was read, but somebody should look here.
    pub(crate) fn warning(&self, kind: ProblemKind, offset: usize, message: impl Into<String>) -> Problem {
        self.locate(Problem::warning(kind, message), offset)
    }

    /// A text that tools fill in first.
    pub(crate) fn template_problem(&self, offset: usize) -> Problem {
        let message =
            "text looks like a template (`{{`): it must be rendered before it can be judged, and was not read";
        self.error(ProblemKind::Syntax, offset, message)
    }

    /// A value that a tool fills in first, in quotes so that the text is read all the same.
    pub(crate) fn unfilled(&self, offset: usize) -> Problem {
        let message =
            "text looks like a template (`{{`): what Helm puts there is not known, and was not judged; render it first";
        self.warning(ProblemKind::Syntax, offset, message)
    }

    /// One name twice. Kubernetes' own readers take the last value; an attacker counts on readers that disagree.
    pub(crate) fn duplicate_key(&self, name: &str, first: Span, last: Span) -> Problem {
        let message = format!(
            "key `{}` is given twice, first in line {}: the last one counts here, other readers may take the first",
            shortened(name),
            first.start.line
        );
        self.warning(ProblemKind::Shape, last.start.offset as usize, message)
    }

    /// A merge key behind a key of its own. YAML says that the key wins; Kubernetes' readers take what comes last.
    pub(crate) fn overruled_key(&self, name: &str, given: Span, merge: usize) -> Problem {
        let message = format!(
            "merge key brings another value for key `{}` of line {}: as for Kubernetes the later one counts, other readers \
             take the key's own",
            shortened(name),
            given.start.line
        );
        self.warning(ProblemKind::Shape, merge, message)
    }

    /// The whole file was not read.
    pub(crate) fn file_problem(&self, kind: ProblemKind, message: &str) -> Problem {
        Problem::error(kind, message).at(&self.origin.location())
    }

    fn locate(&self, problem: Problem, offset: usize) -> Problem {
        problem.at(&self.origin.at(self.lines.span(offset..offset)))
    }
}

/// A name short enough for a message.
fn shortened(name: &str) -> String {
    const MOST: usize = 60;
    if name.chars().count() <= MOST { name.to_owned() } else { name.chars().take(MOST).chain(['…']).collect() }
}

fn is_utf16(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff])
}
