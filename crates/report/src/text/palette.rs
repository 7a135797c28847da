//! Colours, for a terminal that has them.

use annotate_snippets::Level;
use annotate_snippets::renderer::{AnsiColor, Effects, Style};
use model::{Outcome, ProblemSeverity, Severity};

/// Paints when colours are wanted.
#[derive(Clone, Copy)]
pub(super) struct Palette {
    pub(super) color: bool,
}

impl Palette {
    pub(super) fn severity(self, severity: Severity, text: &str) -> String {
        let style = match severity {
            Severity::Critical | Severity::High => AnsiColor::BrightRed.on_default().effects(Effects::BOLD),
            Severity::Medium | Severity::Unknown => AnsiColor::Yellow.on_default(),
            Severity::Low | Severity::Negligible => AnsiColor::BrightBlue.on_default(),
        };
        self.paint(style, text)
    }

    pub(super) fn problem(self, severity: ProblemSeverity, text: &str) -> String {
        let style = match severity {
            ProblemSeverity::Error => AnsiColor::BrightRed.on_default().effects(Effects::BOLD),
            ProblemSeverity::Warning => AnsiColor::Yellow.on_default(),
            ProblemSeverity::Note => AnsiColor::BrightGreen.on_default(),
        };
        self.paint(style, text)
    }

    pub(super) fn outcome(self, outcome: Outcome, text: &str) -> String {
        let color = match outcome {
            Outcome::Pass => AnsiColor::BrightGreen,
            Outcome::Fail | Outcome::Misconfigured => AnsiColor::BrightRed,
            Outcome::Incomplete | Outcome::Nothing | Outcome::Stale => AnsiColor::Yellow,
        };
        self.paint(color.on_default().effects(Effects::BOLD), text)
    }

    pub(super) fn strong(self, text: &str) -> String {
        self.paint(Style::new().effects(Effects::BOLD), text)
    }

    pub(super) fn faint(self, text: &str) -> String {
        self.paint(Style::new().effects(Effects::DIMMED), text)
    }

    fn paint(self, style: Style, text: &str) -> String {
        if self.color { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }
}

/// The level whose colours a severity has, under the severity's own name.
pub(super) fn level(severity: Severity) -> Level<'static> {
    let level = match severity {
        Severity::Critical | Severity::High => Level::ERROR,
        Severity::Medium | Severity::Unknown => Level::WARNING,
        Severity::Low | Severity::Negligible => Level::INFO,
    };
    level.with_name(severity.name())
}
