//! For people: the lines that must change, what to do, what was looked at, the verdict.
//!
//! What fails the gate is shown whole. The rest is shown worst first up to a number, then in a line each, then counted:
//! nothing is left out without saying how much.

mod block;
mod blocks;
mod brief;
mod groups;
mod layout;
mod notes;
mod packages;
mod palette;
mod problems;
mod set_aside;
mod source;
mod summary;
#[cfg(test)]
mod tests;

use std::io;

use model::{Chains, Report, Target};

use self::blocks::Block;
use self::layout::{cut, wrap};
use self::palette::Palette;
use crate::{Options, foreign, naming};

/// Blocks of one target that are shown whole although they do not fail the gate.
const MOST_WHOLE: usize = 12;
/// The narrowest terminal that lines are laid out for.
const NARROWEST: usize = 40;

/// What every part of the page needs.
struct Page<'a> {
    palette: Palette,
    width: usize,
    verbose: bool,
    report: &'a Report,
    out: &'a mut dyn io::Write,
}

/// Writes the findings of every target, then the summary and the verdict: what matters most is last, above the prompt.
pub(crate) fn write(report: &Report, options: &Options, out: &mut dyn io::Write) -> io::Result<()> {
    let width = options.width.max(NARROWEST);
    let mut page = Page { palette: Palette { color: options.color }, width, verbose: options.verbose, report, out };
    if options.list {
        for target in &report.targets {
            packages::write(&mut page, target)?;
        }
    }
    for target in &report.targets {
        write_target(&mut page, target)?;
    }
    summary::write(&mut page)
}

fn write_target(page: &mut Page<'_>, target: &Target) -> io::Result<()> {
    if page.report.targets.len() > 1 && !(target.findings.is_empty() && target.problems.is_empty()) {
        let heading =
            format!("{} ({})", foreign::line(naming::without_prefix(&target.name)), naming::description(target));
        page.heading(&cut(&heading, page.width))?;
    }
    let chains = Chains::new(&target.packages);
    for group in groups::of(target, blocks::of(target)) {
        if let Some(heading) = &group.heading {
            page.heading(heading)?;
        }
        write_blocks(page, target, &chains, group.blocks)?;
    }
    set_aside::write(page, target)?;
    problems::write(page, target)
}

fn write_blocks(page: &mut Page<'_>, target: &Target, chains: &Chains<'_>, blocks: Vec<Block<'_>>) -> io::Result<()> {
    let (gating, others): (Vec<_>, Vec<_>) = blocks.into_iter().partition(|block| block.gate());
    let whole = if page.verbose { others.len() } else { others.len().min(MOST_WHOLE) };
    for block in gating.iter().chain(&others[..whole]) {
        block::write(page, target, chains, block)?;
    }
    brief::write(page, target, chains, &others[whole..])
}

impl Page<'_> {
    fn line(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "{}", text.trim_end())
    }

    fn blank(&mut self) -> io::Result<()> {
        writeln!(self.out)
    }

    fn heading(&mut self, text: &str) -> io::Result<()> {
        let painted = self.palette.strong(text);
        self.line(&painted)?;
        self.blank()
    }

    /// A text under a label of a fixed width; further lines are indented as far.
    fn labelled(&mut self, label: &str, label_width: usize, text: &str) -> io::Result<()> {
        self.painted(label, label_width, text, str::to_owned)
    }

    /// The same, each line painted once it is known where lines break.
    fn painted(
        &mut self,
        label: &str,
        label_width: usize,
        text: &str,
        paint: impl Fn(&str) -> String,
    ) -> io::Result<()> {
        let indent = label_width + 1;
        for (at, line) in wrap(text, self.width.saturating_sub(indent)).iter().enumerate() {
            let start = if at == 0 { format!("{label:<label_width$}") } else { " ".repeat(label_width) };
            self.line(&format!("{start} {}", paint(line)))?;
        }
        Ok(())
    }
}
