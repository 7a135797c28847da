//! What a reader may choose; never what is in the report.

/// What a reader may choose. Formats take what concerns them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Colours; only for a terminal.
    pub color: bool,
    /// Columns of the terminal; longer source lines are cut with an ellipsis.
    pub width: usize,
    /// Show every note and every skipped file, not only their number.
    pub verbose: bool,
    /// Text: list the packages, as a tree for every manifest.
    pub list: bool,
    /// Write suppressed findings too, in formats whose readers would take them for open ones.
    pub include_suppressed: bool,
    /// SARIF: what tells this analysis from others of the same commit. Without one it is made from the targets.
    pub category: Option<String>,
}

impl Default for Options {
    fn default() -> Options {
        Options { color: false, width: 120, verbose: false, list: false, include_suppressed: false, category: None }
    }
}
