//! `vcpkg/status`: paragraphs of fields, one a package, and one more for each of its features.

use model::ProblemKind;

use super::{INSTALLED, NAMING, with_port};
use crate::bounds::quote;
use crate::lines::{Line, lines};
use crate::package_list::PackageList;
use crate::{Input, Parsed};

pub(super) fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, INSTALLED.name);
    let mut paragraph: Vec<Line<'_>> = Vec::new();
    for line in lines(list.whole_text()) {
        if line.trimmed().is_empty() {
            add(&std::mem::take(&mut paragraph), &mut list);
        } else {
            paragraph.push(line);
        }
    }
    add(&paragraph, &mut list);
    list.finish()
}

/// A later paragraph of the same package replaces an earlier one; here only removals are, as nobody installs twice.
fn add<'t>(paragraph: &[Line<'t>], list: &mut PackageList<'_>) {
    let field = |name: &str| {
        let value = |line: &Line<'t>| line.text.strip_prefix(name)?.strip_prefix(':').map(str::trim);
        paragraph.iter().find_map(value)
    };
    let Some(first) = paragraph.first() else { return };
    let (Some(name), Some(status)) = (field("Package"), field("Status")) else {
        let message =
            format!("`{}` begins a paragraph without `Package` or `Status`: it is not read", quote(first.trimmed()));
        list.error(ProblemKind::Shape, first.range().start, message);
        return;
    };
    if field("Feature").is_some() || !status.ends_with(" installed") || status.ends_with("not-installed") {
        return;
    }
    let version = field("Version").map(|version| with_port(version, field("Port-Version").unwrap_or_default()));
    if version.is_none() {
        let message = format!("package `{}` has no version: it is not read", quote(name));
        list.error(ProblemKind::Shape, first.range().start, message);
        return;
    }
    let triplet = field("Architecture").map(|triplet| ("triplet", triplet));
    let qualifiers: Vec<(&str, &str)> = triplet.into_iter().collect();
    let end = paragraph.iter().find(|line| line.text.starts_with("Version:")).unwrap_or(first).range().end;
    if let Some(at) = list.add_qualified(NAMING, name, version.as_deref(), &qualifiers, first.range().start..end) {
        let needs = field("Depends").unwrap_or_default().split(',');
        let needs =
            needs.filter_map(|need| need.trim().split(['[', ':', ' ', '(']).next()).filter(|need| !need.is_empty());
        list.packages[at].dependencies = needs.map(str::to_owned).collect();
    }
}
