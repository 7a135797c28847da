//! Comments of files that are read for their packages and are no documents: lockfiles, lists of requirements.

use model::{Format, Origin, Reach, Remark, TreePath};

use super::code::{self, Syntax};
use super::comment::{self, Comment};
use super::{bears, of_comments};
use crate::source::Source;

/// The remarks of a file that bear one of these marks, as far as its name tells where its comments are. Blocks are not known here.
pub fn remarks_beside(origin: &Origin, bytes: &[u8], most: usize, marks: &[&str]) -> Vec<Remark> {
    let source = Source::decode(origin, bytes).0;
    if !bears(source.text, marks) {
        return Vec::new();
    }
    let no_blocks = |_: &Comment, _: &mut Reach| {};
    let mut remarks = of_comments(&source, &comments(&source, &origin.path), marks, &no_blocks);
    remarks.truncate(most);
    remarks
}

fn comments(source: &Source<'_>, path: &TreePath) -> Vec<Comment> {
    match syntax(path) {
        Some(syntax) => code::comments(source, syntax),
        None if path.file_name().ends_with(b".xml") => comment::comments(Format::Xml, source, &[]),
        None => Vec::new(),
    }
}

fn syntax(path: &TreePath) -> Option<&'static Syntax> {
    let name = String::from_utf8_lossy(path.file_name()).to_ascii_lowercase();
    match name.as_str() {
        "cargo.lock" | "poetry.lock" | "uv.lock" | "pdm.lock" => Some(&code::TOML),
        "go.mod" => Some(&code::GO_MODULE),
        "yarn.lock" | "gradle.lockfile" => Some(&code::LIST),
        name if name.ends_with(".toml") => Some(&code::TOML),
        name if name.ends_with(".txt") => Some(&code::LIST),
        _ => None,
    }
}
