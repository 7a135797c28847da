//! semver.org, item 11, by splitting strings.

use std::cmp::Ordering;

use super::numbers;

pub(super) fn compare(left: &str, right: &str) -> Option<Ordering> {
    Some(compare_parts(&parts(left), &parts(right)))
}

/// Toolchain names are rewritten as the Go vulnerability database writes them.
pub(super) fn compare_go(left: &str, right: &str) -> Option<Ordering> {
    compare(&module_form(left), &module_form(right))
}

fn module_form(text: &str) -> String {
    let bare = text.trim_start_matches("go");
    for kind in ["rc", "beta"] {
        let parts = bare.split_once(kind).filter(|(release, _)| !release.ends_with(['-', '.']));
        if let Some((release, number)) = parts.filter(|(_, number)| !number.is_empty()) {
            return format!("{release}.0-{kind}.{number}");
        }
    }
    let minor = bare.strip_prefix("1.").and_then(|minor| minor.parse::<u32>().ok());
    match minor {
        Some(minor) if bare != text && minor >= 21 => format!("1.{minor}.0-0"),
        _ => bare.to_owned(),
    }
}

fn parts(text: &str) -> (Vec<String>, Vec<String>) {
    let text = text.trim_start_matches('v');
    let text = text.split('+').next().unwrap_or_default();
    let (release, pre) = text.split_once('-').unwrap_or((text, ""));
    let mut release: Vec<String> = release.split('.').take(3).map(str::to_owned).collect();
    release.resize(3, "0".to_owned());
    (release, pre.split('.').filter(|part| !part.is_empty()).map(str::to_owned).collect())
}

fn compare_parts(left: &(Vec<String>, Vec<String>), right: &(Vec<String>, Vec<String>)) -> Ordering {
    for (left, right) in left.0.iter().zip(&right.0) {
        match numbers(left, right) {
            Ordering::Equal => {}
            decided => return decided,
        }
    }
    match (left.1.is_empty(), right.1.is_empty()) {
        (true, _) | (_, true) => left.1.is_empty().cmp(&right.1.is_empty()),
        _ => identifiers(&left.1, &right.1),
    }
}

fn identifiers(left: &[String], right: &[String]) -> Ordering {
    let is_numeric = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    for (left, right) in left.iter().zip(right) {
        let order = match (is_numeric(left), is_numeric(right)) {
            (true, true) => numbers(left, right),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            (false, false) => left.cmp(right),
        };
        if order.is_ne() {
            return order;
        }
    }
    left.len().cmp(&right.len())
}
