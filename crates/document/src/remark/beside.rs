//! Comments of files that are read for their packages and are no documents: lockfiles, lists of requirements.

use model::{Format, Origin, Reach, Remark, TreePath};

use super::code::{self, Syntax};
use super::comment::{self, Comment};
use super::{bears, of_comments};
use crate::source::Source;

/// The remarks of a file that bear one of these marks, as far as its name tells where its comments are. Blocks are not known here.
pub fn remarks_beside(origin: &Origin, bytes: &[u8], most: usize, marks: &[&str]) -> Vec<Remark> {
    // Most lockfiles are JSON and have no comments: they are not searched.
    let Some(commenting) = Commenting::of(&origin.path) else { return Vec::new() };
    let source = Source::decode(origin, bytes).0;
    if !bears(source.text, marks) {
        return Vec::new();
    }
    let no_blocks = |_: &Comment, _: &mut Reach| {};
    let mut remarks = of_comments(&source, &commenting.comments(&source), marks, &no_blocks);
    remarks.truncate(most);
    remarks
}

/// How a file writes comments.
enum Commenting {
    Code(&'static Syntax),
    Xml,
}

impl Commenting {
    /// By the name of a file; `None` if it has none, or nothing is known of them.
    fn of(path: &TreePath) -> Option<Commenting> {
        let name = String::from_utf8_lossy(path.file_name()).to_ascii_lowercase();
        match name.as_str() {
            "cargo.lock" | "poetry.lock" | "uv.lock" | "pdm.lock" => Some(Commenting::Code(&code::TOML)),
            "go.mod" => Some(Commenting::Code(&code::GO_MODULE)),
            "yarn.lock" | "gradle.lockfile" => Some(Commenting::Code(&code::LIST)),
            name if name.ends_with(".toml") => Some(Commenting::Code(&code::TOML)),
            name if name.ends_with(".txt") => Some(Commenting::Code(&code::LIST)),
            _ => path.file_name().ends_with(b".xml").then_some(Commenting::Xml),
        }
    }

    fn comments(&self, source: &Source<'_>) -> Vec<Comment> {
        match self {
            Commenting::Code(syntax) => code::comments(source, syntax),
            Commenting::Xml => comment::comments(Format::Xml, source, &[]),
        }
    }
}
