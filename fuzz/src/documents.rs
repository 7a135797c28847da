//! What every document reader promises.

use document::{Limits, may_be_kind, parse};
use model::{Format, Node, NodeValue, Origin, ProblemSeverity, Span, TreePath};

/// Places lie in the text and between characters, depth has its limit, problems are located, and nothing is silence.
pub(crate) fn check(format: Format, data: &[u8]) {
    let origin = Origin::file(TreePath::new("file").expect("a valid path"));
    let limits = Limits::default();
    let (documents, problems) = parse(format, &origin, data, &limits);
    for document in &documents {
        check_node(data, &document.root, 0, &limits);
        assert!(may_be_kind(format, &origin.path, data, document.kind), "the quick look would have passed it over");
    }
    assert!(problems.iter().all(|problem| problem.path.is_some()), "a problem without a place: {problems:?}");
    let is_error = problems.iter().any(|problem| problem.severity == ProblemSeverity::Error);
    let is_text = data.iter().any(|byte| byte.is_ascii_alphanumeric());
    let must_speak = format == Format::Json && is_text;
    assert!(!must_speak || is_error || !documents.is_empty(), "silence about a text");
}

fn check_node(data: &[u8], node: &Node, depth: usize, limits: &Limits) {
    assert!(depth <= limits.depth + 2, "deeper than the limit");
    check_span(data, node.span);
    match &node.value {
        NodeValue::Array(items) => items.iter().for_each(|item| check_node(data, item, depth + 1, limits)),
        NodeValue::Object(members) => members.iter().for_each(|(key, node)| {
            check_span(data, key.span);
            check_node(data, node, depth + 1, limits);
        }),
        _ => {}
    }
}

fn check_span(data: &[u8], span: Span) {
    let (start, end) = (span.start.offset as usize, span.end.offset as usize);
    let slice = data.get(start..end).expect("a place outside of the file");
    assert!(std::str::from_utf8(slice).is_ok(), "a place in the middle of a character");
}
