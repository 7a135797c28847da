//! What somebody wrote beside the values of a file, and what of the file it may speak of.

use crate::{Location, Span};

/// A comment or an annotation. Whether it says anything of a finding, others decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Where it stands.
    pub location: Location,
    /// Its words: of a comment one line without the marks around it, of an annotation the value. A long text is cut behind
    /// [`Remark::MOST_BYTES`] bytes.
    pub text: String,
    /// What it is.
    pub form: RemarkForm,
    /// What of its file it may speak of.
    pub reach: Reach,
}

/// What a remark is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RemarkForm {
    /// A comment of the file's format.
    Comment,
    /// An annotation of a Kubernetes object, with its key.
    Annotation(String),
}

/// Pieces of a file that a remark may speak of, from small to large. A piece that there is not is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// The first and the last line, 1-based, both included: the remark's own, and where nothing else stands on it the next
    /// one that says something. Of a Dockerfile, all lines of the instruction that follows.
    pub lines: Option<(u32, u32)>,
    /// The block that begins on the remark's line and goes on behind it, or else the one that follows.
    pub block: Option<Span>,
    /// The smallest block around the remark; of an annotation the object it belongs to.
    pub around: Option<Span>,
    /// Nothing but comments stands before it in its file.
    pub is_head: bool,
}

impl Remark {
    /// The most bytes of one text that anybody need read.
    pub const MOST_BYTES: usize = 1024;

    /// True when its text was cut.
    pub fn is_cut(&self) -> bool {
        self.text.len() > Remark::MOST_BYTES
    }
}
