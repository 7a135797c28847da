//! Where the comments of a file are, by its format.

use std::ops::Range;

use model::{Format, Node};

use super::{code, hcl, markup, plain};
use crate::dockerfile;
use crate::source::Source;

/// One comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Comment {
    /// With its marks, without the line break behind it.
    pub(super) range: Range<usize>,
    /// Without its marks.
    pub(super) body: Range<usize>,
}

impl Comment {
    /// From a mark to the end of a line.
    pub(super) fn line(range: Range<usize>, mark: usize) -> Comment {
        Comment { body: range.start + mark..range.end, range }
    }
}

/// Every comment of a file, in its order. JSON and CSV have none.
pub(super) fn comments(format: Format, source: &Source<'_>, roots: &[Node]) -> Vec<Comment> {
    match format {
        Format::Yaml => plain::comments(source, roots, &plain::HASH),
        Format::Ini => plain::comments(source, roots, &plain::HASH_OR_SEMICOLON),
        Format::Dotenv => plain::comments(source, roots, &plain::HASH),
        Format::Properties => plain::comments(source, roots, &plain::HASH_OR_BANG),
        Format::Spdx | Format::Codeowners => plain::comments(source, roots, &plain::LINE_OF_HASH),
        // The lines of these files, comments too, are all values.
        Format::Ignore => plain::comments(source, &[], &plain::LINE_OF_HASH),
        Format::Dockerfile => dockerfile::comments(source).into_iter().map(|range| Comment::line(range, 1)).collect(),
        Format::Jsonc => code::comments(source, &code::JSONC),
        Format::Toml => code::comments(source, &code::TOML),
        Format::Textproto => code::comments(source, &code::TEXTPROTO),
        Format::Edn => code::comments(source, &code::EDN),
        Format::Nginx => code::comments(source, &code::NGINX),
        Format::Hcl => hcl::comments(source),
        Format::Xml => markup::comments(source),
        _ => Vec::new(),
    }
}
