//! What stands below the lines of a block: what to do, how the package got here, which layer, other names.

use model::{Chains, Finding, FindingClass, Layer, Location, Target};

use super::Page;
use super::blocks::Block;
use super::layout::{cut, width, wrap};
use crate::count::{count, severities};
use crate::sentence::{split_first, without_stop};
use crate::threat::Threat;
use crate::{fix, foreign, naming};

/// Findings of one package that are named; the others are counted.
const MOST_ROWS: usize = 8;
/// Places and names in one note; the others are counted.
const MOST_NAMED: usize = 4;
/// Lines of a message, unless everything is asked for.
const MOST_LINES: usize = 6;

/// A prediction of attacks from which on a row says it; nine of ten vulnerabilities have a lower one.
const WORTH_SAYING: f64 = 0.1;

/// A label, possibly empty, and a text that is laid out.
pub(super) type Note = (&'static str, String);

/// The notes of a block. `said` is what still has to be said of the lines.
pub(super) fn of(
    page: &Page<'_>,
    target: &Target,
    chains: &Chains<'_>,
    block: &Block<'_>,
    said: &str,
    gutter: usize,
) -> Vec<Note> {
    let mut notes = Notes { page, gutter, notes: Vec::new() };
    let worst = block.worst();
    if block.findings.len() > 1 {
        notes.rows(chains, block);
    } else {
        notes.message(worst, said);
    }
    if let Some(package) = worst.package.as_ref() {
        notes.push("package", &about_package(chains, package));
    }
    notes.push("fix", &what_to_do(block));
    let via: Vec<String> = worst.via.iter().map(|link| foreign::line(&chains.label(link))).collect();
    notes.push("via", &via.join(" > "));
    for (index, layer) in layers(target, &block.places) {
        let by = layer.and_then(|layer| layer.created_by.as_deref()).map(foreign::line).unwrap_or_default();
        notes.push_cut("layer", &format!("{index} {by}"));
    }
    if let Some(by) = worst.hidden_by {
        notes.push("hidden", &format!("layer {} overwrites or deletes it; whoever has the image still has it", by.0));
    }
    if block.findings.len() == 1 {
        if let Some(score) = worst.score {
            notes.push("score", &score.to_string());
        }
        notes.push("threat", &Threat::of(worst).words());
        notes.push("also known as", &named(worst.aliases.iter().map(|alias| foreign::line(alias)), page.verbose));
    }
    let others = block.places.iter().skip(super::block::MOST_SHOWN).map(|place| naming::shown_place(target, place));
    notes.push("also in", &named(others, page.verbose));
    notes.notes
}

struct Notes<'p, 'w> {
    page: &'p Page<'w>,
    gutter: usize,
    notes: Vec<Note>,
}

impl Notes<'_, '_> {
    fn push(&mut self, name: &'static str, text: &str) {
        if !text.is_empty() {
            self.notes.push((name, wrap(text, self.columns(name)).join("\n")));
        }
    }

    fn push_cut(&mut self, name: &'static str, text: &str) {
        let columns = self.columns(name);
        let text = if self.page.verbose { wrap(text.trim(), columns).join("\n") } else { cut(text.trim(), columns) };
        self.notes.push((name, text));
    }

    /// The renderer sets `name: ` before the first line, and blanks as wide before the others.
    fn columns(&self, name: &str) -> usize {
        let label = if name.is_empty() { 0 } else { name.len() + 2 };
        self.page.width.saturating_sub(self.gutter + label)
    }

    /// What a single finding says, but for what its heading or its mark says already.
    fn message(&mut self, finding: &Finding, said: &str) {
        let (_, rest) = split_first(&finding.message);
        let rest = if is_about_fix(finding, rest) { "" } else { rest };
        let rest: Vec<String> = rest.lines().map(foreign::line).filter(|line| !line.is_empty()).collect();
        let text = [said.to_owned(), rest.join("\n")]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("\n");
        let mut lines = wrap(&text, self.columns("note"));
        if lines.len() > MOST_LINES && !self.page.verbose {
            lines.truncate(MOST_LINES);
            lines.extend(["… (-v shows all of it)".to_owned()]);
        }
        if !text.is_empty() {
            self.notes.push(("note", lines.join("\n")));
        }
    }

    /// One row a finding of the package, worst first.
    fn rows(&mut self, chains: &Chains<'_>, block: &Block<'_>) {
        let most = if self.page.verbose { block.findings.len() } else { MOST_ROWS };
        let (shown, more) = block.findings.split_at(most.min(block.findings.len()));
        let rule_width = shown.iter().map(|finding| finding.rule.as_str().len()).max().unwrap_or_default().min(24);
        let has_scores = shown.iter().any(|finding| finding.score.is_some());
        let package = block.worst().package.as_ref().map(|purl| match chains.package(purl) {
            Some(package) => package.name.as_str(),
            None => purl.name(),
        });
        let name = package.map(|package| format!(" in {package}")).unwrap_or_default();
        for finding in shown {
            let severity = format!("{:<10}", finding.severity.name());
            let score = finding.score.map(|score| score.to_string()).unwrap_or_default();
            let score = if has_scores { format!("{score:>4}  ") } else { String::new() };
            let row = format!("{score}{:<rule_width$}  {}", finding.rule.as_str(), row_words(finding, &name));
            let row = cut(row.trim_end(), self.columns("").saturating_sub(severity.len()));
            self.notes.push(("", format!("{}{row}", self.page.palette.severity(finding.severity, &severity))));
        }
        if !more.is_empty() {
            let severities = severities(more.iter().map(|finding| finding.severity));
            self.push("", &format!("and {} more: {severities} (-v shows them)", more.len()));
        }
    }
}

/// True for a sentence that only says what stands under `fix`.
fn is_about_fix(finding: &Finding, rest: &str) -> bool {
    let (only, more) = split_first(rest);
    let says_fix = finding.fixed_in.first().map_or("No fixed version", String::as_str);
    finding.class == FindingClass::Vulnerability && more.is_empty() && only.contains(says_fix)
}

/// What it is, unless everybody knows; whether it is exploited; what ends it.
fn row_words(finding: &Finding, of_package: &str) -> String {
    let title = without_stop(&finding.title);
    let title = foreign::line(title.strip_suffix(of_package).unwrap_or(title));
    // Most advisories without a weakness are called just this.
    let title = if title.eq_ignore_ascii_case("known vulnerability") { String::new() } else { title };
    let title = match Threat::of(finding) {
        Threat { exploited: Some(_), .. } => format!("[exploited] {title}"),
        Threat { predicted: Some(share), .. } if share >= WORTH_SAYING => {
            format!("[epss {:.0} %] {title}", share * 100.0)
        }
        _ => title,
    };
    let title = title.trim();
    let fixed = match finding.fixed_in.as_slice() {
        [] => "no fix known".to_owned(),
        versions => {
            format!("fixed in {}", versions.iter().map(|version| foreign::line(version)).collect::<Vec<_>>().join(", "))
        }
    };
    if title.is_empty() { fixed } else { format!("{title} ({fixed})") }
}

/// Purl, how it got here and when it is needed.
fn about_package(chains: &Chains<'_>, purl: &model::Purl) -> String {
    let mut text = foreign::line(&purl.to_string());
    let Some(package) = chains.package(purl) else { return text };
    let words = [word(&package.relationship), word(&package.scope)].into_iter().filter(|word| word != "unknown");
    let words: Vec<String> = words.collect();
    if !words.is_empty() {
        text.push_str(&format!(" ({})", words.join(", ")));
    }
    if let Some(source) = &package.source {
        text.push_str(&format!(" built from {}", foreign::line(&format!("{} {}", source.name, source.version))));
    }
    text
}

/// The word of an enumeration, as the JSON report writes it.
fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The finding's own remedy; for several findings the least upgrade that ends them.
fn what_to_do(block: &Block<'_>) -> String {
    let worst = block.worst();
    let number = block.findings.len();
    if let (1, Some(remedy)) = (number, &worst.remedy) {
        return foreign::line(remedy);
    }
    let Some(package) = &worst.package else { return String::new() };
    let without = block.findings.iter().filter(|finding| finding.fixed_in.is_empty()).count();
    match fix::of(package, &block.findings) {
        Some(fix) if fix.ends == number => format!("upgrade to {}", foreign::line(fix.version)),
        Some(fix) => format!("upgrade to {}, which ends {} of {number}", foreign::line(fix.version), fix.ends),
        None if without == number && worst.class == FindingClass::Vulnerability => "none is known yet".to_owned(),
        None => {
            let mut remedies: Vec<String> =
                block.findings.iter().filter_map(|finding| finding.remedy.as_deref().map(foreign::line)).collect();
            remedies.sort();
            remedies.dedup();
            named(remedies.into_iter(), false)
        }
    }
}

/// The layers of the places, each once, base first.
fn layers<'a>(target: &'a Target, places: &[&Location]) -> Vec<(u32, Option<&'a Layer>)> {
    let mut indexes: Vec<_> = places.iter().filter_map(|place| place.layer).collect();
    indexes.sort();
    indexes.dedup();
    indexes.into_iter().map(|index| (index.0, target.layers.iter().find(|layer| layer.index == index))).collect()
}

/// `a, b and 3 more`.
fn named(names: impl Iterator<Item = String>, all: bool) -> String {
    let mut names: Vec<String> = names.collect();
    let more = if all { 0 } else { names.len().saturating_sub(MOST_NAMED) };
    names.truncate(names.len() - more);
    let shown = names.join(", ");
    if more == 0 || width(&shown) == 0 { shown } else { format!("{shown} and {}", count(more, "other")) }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::testing;

    fn check(evidence: &[(&str, Value)], expected: &str) {
        let mut finding = testing::vulnerability("CVE-2020-1", "pkg:npm/a@1");
        "Path traversal in a".clone_into(&mut finding.title);
        finding.fixed_in = vec!["2".to_owned()];
        finding.evidence = evidence.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect();
        assert_eq!(row_words(&finding, " in a"), expected);
    }

    #[test]
    fn a_row_says_what_is_attacked() {
        let epss = |score: f64| ("epss", json!({"score": score}));
        check(&[], "Path traversal (fixed in 2)");
        check(&[epss(0.09)], "Path traversal (fixed in 2)");
        check(&[epss(0.613)], "[epss 61 %] Path traversal (fixed in 2)");
        check(&[epss(0.613), ("kev", json!([{"id": "CVE-2020-1"}]))], "[exploited] Path traversal (fixed in 2)");
    }
}
