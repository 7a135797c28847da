//! One block: the heading, the lines that must change, and what to do about them.

use std::io;

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};
use model::{Chains, FindingClass, Location, Target};

use super::blocks::Block;
use super::layout::{width, wrap};
use super::source::{self, Source};
use super::{Page, notes, palette};
use crate::link::link;
use crate::sentence::{split_first, without_stop};
use crate::{foreign, naming};

/// Places whose lines are shown; the others are named.
pub(super) const MOST_SHOWN: usize = 3;
/// Blanks before the lines of a block that has no source lines.
const MARGIN: usize = 2;
/// The longest words that stand beside the mark.
const LONGEST_LABEL: usize = 72;

pub(super) fn write(page: &mut Page<'_>, target: &Target, chains: &Chains<'_>, block: &Block<'_>) -> io::Result<()> {
    let renderer = if page.palette.color { Renderer::styled() } else { Renderer::plain() };
    let (heading, label) = words(page, chains, block);
    let mut title = palette::level(block.severity()).primary_title(indented(page, block, &heading));
    if let [finding] = block.findings.as_slice() {
        title = title.id(finding.rule.as_str());
        let page_of_rule =
            page.report.rules.get(&finding.rule).and_then(|rule| rule.links.iter().find_map(|address| link(address)));
        if let Some(address) = page_of_rule {
            title = title.id_url(address);
        }
    }
    let mut group = Group::with_title(title);
    let mut is_labelled = false;
    for (at, place) in block.places.iter().take(MOST_SHOWN).enumerate() {
        // A secret is not repeated in a log.
        let source = source::of(place).filter(|_| block.worst().class != FindingClass::Secret);
        let fits = |source: &Source| label_fits(page, source, &label);
        let label = (at == 0 && source.as_ref().is_some_and(fits)).then_some(label.as_str());
        is_labelled |= label.is_some();
        group = group.element(element(target, place, source, label));
    }
    let said = if is_labelled { "" } else { label.as_str() };
    let gutter = gutter(block);
    for (name, text) in notes::of(page, target, chains, block, said, gutter) {
        let level = if name.is_empty() { Level::NOTE.no_name() } else { Level::NOTE.with_name(name) };
        group = group.element(level.message(text));
    }
    let shown = renderer.term_width(page.width).render(&[group]);
    // Without line numbers the renderer leaves no margin.
    let has_lines = block.places.iter().any(|place| place.span.is_some());
    let margin = " ".repeat(if has_lines { 0 } else { MARGIN });
    for (at, line) in shown.lines().enumerate() {
        // The bar that would stand between lines and notes joins nothing where no place is known.
        if at == 1 && block.places.is_empty() {
            continue;
        }
        if at == 0 { page.line(line)? } else { page.line(&format!("{margin}{line}"))? }
    }
    page.blank()
}

/// The heading, and what is said of the marked lines.
fn words(page: &Page<'_>, chains: &Chains<'_>, block: &Block<'_>) -> (String, String) {
    let worst = block.worst();
    let package = worst.package.as_ref().map(|purl| foreign::line(&chains.label(purl)));
    if let (Some(package), [_, _, ..]) = (&package, block.findings.as_slice()) {
        let severities = crate::count::severities(block.findings.iter().map(|finding| finding.severity));
        return (format!("{package} has {} ({severities})", block.noun()), String::new());
    }
    let (first, _) = split_first(&worst.message);
    let said = foreign::line(without_stop(first));
    let ruled = page.report.rules.get(&worst.rule).map(|rule| rule.title.as_str()).unwrap_or_default();
    let title = [worst.title.as_str(), ruled].into_iter().map(str::trim).find(|title| !title.is_empty());
    let title = title.map(|title| foreign::line(without_stop(title)));
    match (package, title) {
        (Some(package), Some(title)) if title.contains(package.split(' ').next().unwrap_or_default()) => {
            (title, String::new())
        }
        (Some(package), Some(title)) => (format!("{package}: {title}"), String::new()),
        (None, Some(title)) if title != said => (title, said),
        _ if said.is_empty() => (worst.rule.to_string(), String::new()),
        _ => (said, String::new()),
    }
}

/// The renderer indents further lines of a title as far as its level and id go.
fn indented(page: &Page<'_>, block: &Block<'_>, heading: &str) -> String {
    let id = if block.findings.len() == 1 { block.worst().rule.as_str().len() + 2 } else { 0 };
    wrap(heading, page.width.saturating_sub(block.severity().name().len() + id + 2)).join("\n")
}

fn label_fits(page: &Page<'_>, source: &Source, label: &str) -> bool {
    let before = source.text[..source.marked.end].rsplit('\n').next().unwrap_or_default();
    let tabs = before.matches('\t').count() * 3;
    let columns = 10 + width(before) + tabs + width(label);
    !label.is_empty() && width(label) <= LONGEST_LABEL && columns <= page.width
}

fn element<'a>(target: &Target, place: &Location, source: Option<Source>, label: Option<&'a str>) -> Element<'a> {
    let path = naming::shown_path(target, &place.path);
    match (source, place.span) {
        (Some(source), _) => {
            let mark = AnnotationKind::Primary.span(source.marked).label(label);
            Snippet::source(source.text).line_start(source.line).path(path).annotation(mark).into()
        }
        (None, Some(span)) => {
            Origin::path(path).line(span.start.line as usize).char_column(span.start.column as usize).into()
        }
        (None, None) => Origin::path(path).into(),
    }
}

/// The columns before the text of a note: the widest line number and ` = `.
fn gutter(block: &Block<'_>) -> usize {
    let last_line = |place: &&Location| place.span.map_or(0, |span| span.end.line.saturating_add(1));
    let widest = block.places.iter().take(MOST_SHOWN).map(last_line).max().unwrap_or_default();
    let margin = if widest == 0 { MARGIN } else { 0 };
    widest.to_string().len() + 3 + margin
}
