//! What one remark says.

use jiff::civil::Date;
use model::{Location, Remark, RemarkForm};

use super::tool::Tool;
use super::{foreign, own};

/// One directive: which rules, where, why and for how long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Directive {
    pub(super) tool: Tool,
    pub(super) rules: Rules,
    pub(super) reach: Reaching,
    pub(super) reason: Option<String>,
    pub(super) expires: Option<Date>,
}

/// What a directive names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Rules {
    /// Every policy.
    All,
    /// These, as written; never empty.
    Named(Vec<String>),
}

/// Which piece of the file a directive speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reaching {
    /// Its line or the next.
    Lines,
    /// The block that follows, or that begins on its line.
    Block,
    /// The block around it.
    Around,
    /// A finding that has the remark among its own lines, or stands on the line the remark speaks of.
    Within,
    /// The file; it must stand before everything else there.
    File,
}

/// A directive, or why a remark that looks like one is none.
pub(super) type Read = Result<Directive, String>;

/// All directives of a remark; none for one that only speaks of such things.
pub(super) fn read(remark: &Remark) -> Vec<Read> {
    let text = remark.text.trim();
    let found = match &remark.form {
        RemarkForm::Annotation(key) => {
            own::annotation(key, text).or_else(|| foreign::annotation(key, text)).into_iter().collect()
        }
        RemarkForm::Comment => match own::comment(text) {
            Some(read) => vec![read],
            None => foreign::comment(text),
        },
    };
    if remark.is_cut() && !found.is_empty() {
        return vec![Err(format!("is longer than {} bytes and was not followed", Remark::MOST_BYTES))];
    }
    found
}

impl Directive {
    pub(super) fn new(tool: Tool, rules: Rules, reach: Reaching) -> Directive {
        Directive { tool, rules, reach, reason: None, expires: None }
    }

    /// Some words are a reason, none are none.
    pub(super) fn because(mut self, reason: &str) -> Directive {
        self.reason = Some(reason.trim().to_owned()).filter(|reason| !reason.is_empty());
        self
    }

    /// Whether it speaks of a place in the remark's file.
    pub(super) fn covers(&self, remark: &Remark, place: &Location) -> bool {
        if self.reach == Reaching::File {
            return true;
        }
        let Some(span) = place.span else { return false };
        let reach = &remark.reach;
        let on_lines = reach.lines.is_some_and(|(first, last)| (first..=last).contains(&span.start.line));
        let block = || reach.block.map_or(on_lines, |block| block.contains(&span) || on_lines);
        match self.reach {
            Reaching::Lines => on_lines,
            Reaching::Block => block(),
            Reaching::Around => reach.around.map_or_else(block, |around| around.contains(&span)),
            Reaching::Within => {
                let own = remark.location.span.map(|own| own.start.line);
                on_lines || own.is_some_and(|line| (span.start.line..=span.end.line).contains(&line))
            }
            Reaching::File => true,
        }
    }

    /// What it names, for messages.
    pub(super) fn shown(&self) -> String {
        match &self.rules {
            Rules::All => format!("all rules of {}", self.tool.name()),
            Rules::Named(names) => names.join(", "),
        }
    }
}
