//! WordPress, its plugins and themes, by the headers of their files (WordPress developer resources, "Header Requirements").

#[cfg(test)]
mod tests;

use model::ProblemKind;

use crate::lines::{Line, lines};
use crate::package_list::{Naming, PackageList};
use crate::{Claim, Detector, Evidence, Input, Parsed, Pattern};

/// No types are registered for these; the last two are what others write.
const CORE: Naming = Naming { purl_type: "generic", separator: None };
const PLUGIN: Naming = Naming { purl_type: "wordpress-plugin", separator: None };
const THEME: Naming = Naming { purl_type: "wordpress-theme", separator: None };

/// Headers count in the first 8 KiB, as WordPress itself reads them.
const HEAD: usize = 8 << 10;

pub(crate) const DETECTOR: Detector = Detector {
    name: "wordpress",
    evidence: Evidence::Installed,
    claims: &[
        Claim::new(Pattern::Suffix("wp-includes/version.php")).limit(1 << 20),
        Claim::new(Pattern::PathMatches(is_plugin)).limit(4 << 20),
        Claim::new(Pattern::PathMatches(is_theme)).limit(4 << 20),
    ],
    parse,
};

/// `wp-content/plugins/NAME/any.php`, or a plugin of one file.
fn is_plugin(path: &str) -> bool {
    path.ends_with(".php") && below(path, "plugins").is_some_and(|rest| rest.matches('/').count() <= 1)
}

fn is_theme(path: &str) -> bool {
    path.ends_with("/style.css") && below(path, "themes").is_some_and(|rest| rest.matches('/').count() == 1)
}

fn below<'p>(path: &'p str, folder: &str) -> Option<&'p str> {
    let (_, rest) = path.rsplit_once("wp-content/")?;
    rest.strip_prefix(folder)?.strip_prefix('/')
}

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, DETECTOR.name);
    let path = input.origin.path.to_string();
    // Headers are ASCII, what follows may be anything.
    let head = &input.bytes[..input.bytes.len().min(HEAD)];
    let text = head.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    if path.ends_with("version.php") && path.contains("wp-includes/") {
        core(text, &mut list);
    } else if let Some(rest) = below(&path, "plugins") {
        headed(text, "Plugin Name", slug(rest), PLUGIN, &mut list);
    } else if let Some(rest) = below(&path, "themes") {
        headed(text, "Theme Name", slug(rest), THEME, &mut list);
    }
    list.finish()
}

/// The name by which the registry knows it: its folder, or its only file.
fn slug(rest: &str) -> &str {
    rest.split_once('/').map_or(rest.trim_end_matches(".php"), |(folder, _)| folder)
}

/// `$wp_version = '6.4.3';`
fn core(text: &str, list: &mut PackageList<'_>) {
    let stated = lines(text).find_map(|line| Some((line, line.trimmed().strip_prefix("$wp_version")?)));
    let version = stated.and_then(|(line, rest)| {
        let quoted = rest.trim_start().strip_prefix('=')?.trim().trim_end_matches(';');
        Some((line, quoted.trim_matches(['\'', '"'])))
    });
    match version.filter(|(_, version)| !version.is_empty()) {
        Some((line, version)) => drop(list.add(CORE, "wordpress", Some(version), line.range())),
        None => list.error(ProblemKind::Shape, 0, "WordPress without `$wp_version`: its version is not known"),
    }
}

/// Other files of a plugin have no such header.
fn headed(text: &str, title: &str, slug: &str, naming: Naming, list: &mut PackageList<'_>) {
    let Some(first) = header(text, title) else { return };
    match header(text, "Version") {
        Some((line, version)) => {
            let range = first.0.range().start.min(line.range().start)..first.0.range().end.max(line.range().end);
            list.add(naming, slug, Some(version), range);
        }
        None => {
            let message = format!("`{}` states no version: it cannot be matched", crate::bounds::quote(slug));
            list.warning(ProblemKind::Shape, first.0.range().start, message);
        }
    }
}

/// ` * Version: 5.3.1`, with any signs of a comment before it.
fn header<'t>(text: &'t str, name: &str) -> Option<(Line<'t>, &'t str)> {
    lines(text).find_map(|line| {
        let bare = line.trimmed().trim_start_matches(['/', '*', '#', '@', ' ', '\t']);
        let value = bare.strip_prefix(name)?.trim_start().strip_prefix(':')?.trim();
        let value = value.trim_end_matches("*/").trim_end_matches("?>").trim();
        (!value.is_empty()).then_some((line, value))
    })
}
