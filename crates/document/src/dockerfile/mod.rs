//! Dockerfiles: an array of instructions in the shape that users of Conftest know.
//!
//! `parse-dockerfile` says what is an instruction and what is not. It knows a here-document only where it is the first word
//! of a RUN, and would read the lines of any other as instructions: so where instructions start and end is found here, by the
//! rules of BuildKit, and here-documents are blanked before the parser sees the text. Both must agree on every start.
//!
//! `Value` holds what BuildKit's parser, and so Conftest, gives: of RUN, CMD, ENTRYPOINT and SHELL one string, or the strings
//! of the exec form; of ENV and LABEL name, value and `=` in turn (nothing for `=` in the old form without it); of HEALTHCHECK
//! `CMD` or `NONE` and the command; of FROM, COPY, ADD, ARG, EXPOSE and VOLUME the words; else all the rest as one string.
//! Quotes of words stay. `Cmd` is in lower case, `SubCmd` (of ONBUILD) as written. Two things are more than Conftest gives: the
//! flags of what stands behind ONBUILD, and of an instruction with here-documents a member `Heredocs`, their contents. Comments,
//! which newer releases of Conftest give as instructions of a `Cmd` `comment`, are left out.

mod heredoc;
mod instruction;
mod joined;
mod lines;
mod masked;
mod recognised;
mod words;

use std::collections::BTreeSet;

use model::{Node, NodeValue, Problem, ProblemKind};

use crate::limits::Limits;
use crate::source::Source;
use lines::Line;

/// Broken instructions that are stepped over, each with a problem, before a file is given up.
const MOST_FAULTS: usize = 20;

/// Reads all instructions. A broken one is left out and is a problem.
pub(crate) fn parse(source: &Source<'_>, limits: &Limits) -> (Vec<Node>, Vec<Problem>) {
    let escape = lines::escape(&source.text[source.start..]);
    let mut lines = lines::split(source.text, source.start, escape);
    let mut problems = Vec::new();
    let mut end = source.text.len();
    if let Some(line) = lines.get(limits.documents) {
        end = line.range.start;
        let message =
            format!("file holds more than the limit of {} instructions, the rest was not read", limits.documents);
        problems.push(source.error(ProblemKind::Limit, end, message));
        lines.truncate(limits.documents);
    }
    problems.extend(unclosed(source, &lines));
    if !lines.iter().any(is_from) {
        problems.push(without_stage(source));
        return (Vec::new(), problems);
    }
    let (good, faults) = recognise(source, &lines, end);
    problems.extend(faults);
    (root(source, &lines, &good, escape).into_iter().collect(), problems)
}

/// Every comment and where it stands.
pub(crate) fn comments(source: &Source<'_>) -> Vec<std::ops::Range<usize>> {
    lines::comments(source.text, source.start, lines::escape(&source.text[source.start..]))
}

fn root(source: &Source<'_>, lines: &[Line], good: &BTreeSet<usize>, escape: char) -> Option<Node> {
    let mut stages: usize = 0;
    let mut nodes = Vec::new();
    for line in lines.iter().filter(|line| good.contains(&line.range.start)) {
        stages += usize::from(is_from(line));
        nodes.push(instruction::node(line, stages.saturating_sub(1), source, escape));
    }
    let span = nodes.iter().map(|node| node.span).reduce(model::Span::join)?;
    Some(Node { value: NodeValue::Array(nodes), span })
}

fn is_from(line: &Line) -> bool {
    line.joined.text().split(char::is_whitespace).next().is_some_and(|word| word.eq_ignore_ascii_case("from"))
}

fn without_stage(source: &Source<'_>) -> Problem {
    if recognised::is_template(source.text) {
        return source.template_problem(source.start);
    }
    source.error(
        ProblemKind::Shape,
        source.start,
        "Dockerfile has no FROM, nothing can be built from it and it was not read",
    )
}

fn unclosed<'a>(source: &'a Source<'_>, lines: &'a [Line]) -> impl Iterator<Item = Problem> + 'a {
    let documents = lines.iter().flat_map(|line| line.documents.iter().map(move |document| (line, document)));
    documents.filter(|(_, document)| !document.is_closed).map(|(line, document)| {
        let message =
            format!("here-document `{}` has no end, all after it was taken for its text", document.start.name);
        source.error(ProblemKind::Truncated, line.range.start, message)
    })
}

/// Which instructions before `end` the parser takes, and a problem for each it does not.
fn recognise(source: &Source<'_>, lines: &[Line], end: usize) -> (BTreeSet<usize>, Vec<Problem>) {
    let mut text = masked::without_here_documents(source, lines);
    text.truncate(end);
    let mut problems = Vec::new();
    let mut broken = BTreeSet::new();
    loop {
        let fault = match recognised::starts(&text[source.start..], source.start) {
            Ok(good) => {
                problems.extend(disagreements(source, lines, &good, &broken));
                return (good, problems);
            }
            Err(fault) => fault,
        };
        let offset = fault.line_start(&text);
        let line = lines.iter().rfind(|line| line.range.start <= offset && !broken.contains(&line.range.start));
        let Some(line) = line.filter(|_| broken.len() < MOST_FAULTS && fault.line > 0) else {
            problems.push(fault.problem(source, offset, "the rest was not read"));
            return (fault.good, problems);
        };
        problems.push(fault.problem(source, line.range.start, "this instruction was not read"));
        broken.insert(line.range.start);
        masked::blank(&mut text, line.range.clone());
    }
}

/// Where the parser and we do not see the same instructions, one of us is wrong, and nobody may call that read.
fn disagreements(
    source: &Source<'_>,
    lines: &[Line],
    good: &BTreeSet<usize>,
    broken: &BTreeSet<usize>,
) -> Option<Problem> {
    let ours: BTreeSet<usize> = lines.iter().map(|line| line.range.start).collect();
    let theirs: BTreeSet<usize> = good.union(broken).copied().collect();
    let offset = *ours.symmetric_difference(&theirs).next()?;
    let message = "it is not clear where an instruction starts here, part of the file was not read";
    Some(source.error(ProblemKind::Syntax, offset, message))
}
