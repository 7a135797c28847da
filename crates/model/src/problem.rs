//! What could not be read, or not as it should be: input faults are data, not errors.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{LayerIndex, Location, TreePath};

/// One thing the scan could not see, with its place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Problem {
    /// What kind of fault it is.
    pub kind: ProblemKind,
    /// An `error` means something was not read (exit 4); the others never change the exit code.
    pub severity: ProblemSeverity,
    /// The file, when there is one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub path: Option<TreePath>,
    /// 1-based line, when known.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub line: Option<u32>,
    /// 1-based column, when known.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub column: Option<u32>,
    /// 0-based layer, when there is one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub layer: Option<LayerIndex>,
    /// What happened and what it means, in one sentence: lower case, no full stop.
    pub message: String,
}

/// How much a problem weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ProblemSeverity {
    /// Something was not read.
    Error,
    /// Everything was read, but somebody should look.
    Warning,
    /// Worth knowing.
    Note,
}

/// Kinds of faults. Scripts match on these names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ProblemKind {
    /// A file or folder could not be opened or read.
    Io,
    /// A path is not allowed: it leaves the root, or is too long.
    Path,
    /// A link leaves the root, loops, or points at nothing.
    Link,
    /// A text does not parse.
    Syntax,
    /// A text parses but does not say what its format says it must.
    Shape,
    /// A file is newer than the versions we know.
    FormatVersion,
    /// Text is not UTF-8 where it must be.
    Encoding,
    /// A file ends too early.
    Truncated,
    /// A compressed stream is damaged.
    Compression,
    /// An archive is damaged.
    Archive,
    /// A digest does not match its content.
    DigestMismatch,
    /// A size does not match its content.
    SizeMismatch,
    /// An image manifest, index or configuration is damaged or contradicts itself.
    Manifest,
    /// Something we do not read: a media type, an encryption, an entry type.
    Unsupported,
    /// A limit was hit; the message names it.
    Limit,
    /// The scan was stopped before its end.
    Cancelled,
    /// A version that cannot be ordered.
    Version,
    /// The operating system or its release is not known.
    UnknownOs,
    /// A policy failed to evaluate.
    Policy,
    /// The policy engine failed: panicked or ran out of its budget.
    Engine,
    /// An advisory record was skipped.
    Advisory,
    /// The advisory data is old, or dated in the future.
    DataAge,
    /// A suppression is expired, unused, or came from the scanned tree.
    Suppression,
    /// A fault of our own.
    Internal,
}

impl ProblemKind {
    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            ProblemKind::Io => "io",
            ProblemKind::Path => "path",
            ProblemKind::Link => "link",
            ProblemKind::Syntax => "syntax",
            ProblemKind::Shape => "shape",
            ProblemKind::FormatVersion => "format-version",
            ProblemKind::Encoding => "encoding",
            ProblemKind::Truncated => "truncated",
            ProblemKind::Compression => "compression",
            ProblemKind::Archive => "archive",
            ProblemKind::DigestMismatch => "digest-mismatch",
            ProblemKind::SizeMismatch => "size-mismatch",
            ProblemKind::Manifest => "manifest",
            ProblemKind::Unsupported => "unsupported",
            ProblemKind::Limit => "limit",
            ProblemKind::Cancelled => "cancelled",
            ProblemKind::Version => "version",
            ProblemKind::UnknownOs => "unknown-os",
            ProblemKind::Policy => "policy",
            ProblemKind::Engine => "engine",
            ProblemKind::Advisory => "advisory",
            ProblemKind::DataAge => "data-age",
            ProblemKind::Suppression => "suppression",
            ProblemKind::Internal => "internal",
        }
    }
}

impl ProblemSeverity {
    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            ProblemSeverity::Error => "error",
            ProblemSeverity::Warning => "warning",
            ProblemSeverity::Note => "note",
        }
    }
}

impl Problem {
    /// Something was not read.
    pub fn error(kind: ProblemKind, message: impl Into<String>) -> Problem {
        Problem::new(kind, ProblemSeverity::Error, message.into())
    }

    /// Everything was read, but somebody should look.
    pub fn warning(kind: ProblemKind, message: impl Into<String>) -> Problem {
        Problem::new(kind, ProblemSeverity::Warning, message.into())
    }

    /// Worth knowing.
    pub fn note(kind: ProblemKind, message: impl Into<String>) -> Problem {
        Problem::new(kind, ProblemSeverity::Note, message.into())
    }

    /// In this file.
    pub fn in_file(mut self, path: &TreePath) -> Problem {
        self.path = Some(path.clone());
        self
    }

    /// At this 1-based line.
    pub fn at_line(mut self, line: u32) -> Problem {
        self.line = Some(line);
        self
    }

    /// At this place.
    pub fn at(mut self, location: &Location) -> Problem {
        self.path = Some(location.path.clone());
        self.line = location.line();
        self.column = location.span.map(|span| span.start.column);
        self.layer = location.layer.or(self.layer);
        self
    }

    /// In this layer.
    pub fn in_layer(mut self, layer: Option<LayerIndex>) -> Problem {
        self.layer = layer;
        self
    }

    fn new(kind: ProblemKind, severity: ProblemSeverity, message: String) -> Problem {
        Problem { kind, severity, path: None, line: None, column: None, layer: None, message }
    }
}
