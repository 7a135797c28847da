//! Where something is: a path, a piece of it, and the layer that wrote it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{LayerIndex, Position, Span, TreePath};

/// Where the evidence of a package or the cause of a finding is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(from = "Wire", into = "Wire")]
#[schemars(with = "Wire")]
pub struct Location {
    /// The file.
    pub path: TreePath,
    /// The piece of the file; `None` for a file that has no lines.
    pub span: Option<Span>,
    /// The layer that last wrote the file.
    pub layer: Option<LayerIndex>,
    /// The lines around the span, for people; `None` when they were not kept.
    pub snippet: Option<Snippet>,
}

/// A few source lines, kept so that a report can show them without the file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Snippet {
    /// 1-based number of the first line.
    pub line: u32,
    /// The lines, joined by `\n`.
    pub text: String,
}

impl Location {
    /// A whole file.
    pub fn file(path: TreePath) -> Location {
        Location { path, span: None, layer: None, snippet: None }
    }

    /// A piece of a file.
    pub fn at(path: TreePath, span: Span) -> Location {
        Location { path, span: Some(span), layer: None, snippet: None }
    }

    /// The first line, when known.
    pub fn line(&self) -> Option<u32> {
        self.span.map(|span| span.start.line)
    }
}

/// The JSON shape: `line` repeats `start.line` for readers that want no more.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Location")]
struct Wire {
    path: TreePath,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    start: Option<Position>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    end: Option<Position>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    layer: Option<LayerIndex>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    snippet: Option<Snippet>,
}

impl From<Wire> for Location {
    fn from(wire: Wire) -> Location {
        let start = wire.start.or_else(|| wire.line.map(|line| Position { line, column: 1, offset: 0 }));
        let span = start.map(|start| Span { start, end: wire.end.unwrap_or(start) });
        Location { path: wire.path, span, layer: wire.layer, snippet: wire.snippet }
    }
}

impl From<Location> for Wire {
    fn from(location: Location) -> Wire {
        Wire {
            line: location.line(),
            start: location.span.map(|span| span.start),
            end: location.span.map(|span| span.end),
            path: location.path,
            layer: location.layer,
            snippet: location.snippet,
        }
    }
}
