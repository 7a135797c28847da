//! What people see beside the data: errors and remarks on standard error, colour only where it helps.

use std::io::{IsTerminal as _, Write as _};

use clap::ValueEnum;
use portcullis::report::visible;

/// When to colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorChoice {
    /// On a terminal, unless NO_COLOR is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl ColorChoice {
    /// Whether standard output gets colour.
    pub(crate) fn for_stdout(self) -> bool {
        self.decide(std::io::stdout().is_terminal())
    }

    fn decide(self, is_terminal: bool) -> bool {
        let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
        match self {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto if std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()) => false,
            ColorChoice::Auto => is_set("CLICOLOR_FORCE") || is_terminal,
        }
    }
}

/// Columns of the terminal that standard output goes to; what a file or pipe gets does not depend on one.
pub(crate) fn width() -> Option<usize> {
    terminal_size::terminal_size_of(std::io::stdout()).map(|(width, _)| usize::from(width.0))
}

/// An error: what, where, what to do next.
pub(crate) fn error(message: &str) {
    let _ = writeln!(std::io::stderr(), "error: {}", shown(message));
}

/// A remark.
pub(crate) fn note(message: &str) {
    let _ = writeln!(std::io::stderr(), "note: {}", shown(message));
}

/// Messages repeat names and keys of files, which may be made to steer a terminal; their lines stay lines.
fn shown(message: &str) -> String {
    message.split('\n').map(visible).collect::<Vec<_>>().join("\n")
}
