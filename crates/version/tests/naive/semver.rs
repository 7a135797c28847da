//! semver.org, item 11, by splitting strings; and its kin, which count more numbers, ignore case or look at the build.

use std::cmp::Ordering;

use super::numbers;

/// Numbers, pre-release identifiers, build identifiers.
struct Parts {
    numbers: Vec<String>,
    pre_release: Vec<String>,
    build: Option<Vec<String>>,
}

pub(super) fn compare(left: &str, right: &str) -> Option<Ordering> {
    Some(without_build(&parts(left, 3), &parts(right, 3)))
}

/// Toolchain names are rewritten as the Go vulnerability database writes them.
pub(super) fn compare_go(left: &str, right: &str) -> Option<Ordering> {
    compare(&module_form(left), &module_form(right))
}

pub(super) fn compare_nuget(left: &str, right: &str) -> Option<Ordering> {
    Some(without_build(&parts(&left.to_lowercase(), 4), &parts(&right.to_lowercase(), 4)))
}

pub(super) fn compare_with_build(left: &str, right: &str) -> Option<Ordering> {
    let (left, right) = (parts(left, 3), parts(right, 3));
    let builds = match (&left.build, &right.build) {
        (Some(left), Some(right)) => identifiers(left, right),
        (left, right) => left.is_some().cmp(&right.is_some()),
    };
    Some(without_build(&left, &right).then(builds))
}

pub(super) fn compare_bitnami(left: &str, right: &str) -> Option<Ordering> {
    let split = |text: &str| {
        let mut parts = parts(text, 3);
        let is_revision = matches!(&parts.pre_release[..], [only] if only.bytes().all(|byte| byte.is_ascii_digit()));
        let revision = if is_revision { parts.pre_release.remove(0) } else { "0".to_owned() };
        (parts, revision)
    };
    let (left, right) = (split(left), split(right));
    Some(without_build(&left.0, &right.0).then_with(|| numbers(&left.1, &right.1)))
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

fn parts(text: &str, count: usize) -> Parts {
    let (text, build) = text.split_once('+').map_or((text, None), |(text, build)| (text, Some(build)));
    let (release, pre_release) = text.split_once('-').unwrap_or((text, ""));
    let mut numbers: Vec<String> = release.trim_start_matches('v').split('.').take(count).map(str::to_owned).collect();
    numbers.resize(count, "0".to_owned());
    let list = |text: &str| text.split('.').filter(|part| !part.is_empty()).map(str::to_owned).collect();
    Parts { numbers, pre_release: list(pre_release), build: build.map(list) }
}

fn without_build(left: &Parts, right: &Parts) -> Ordering {
    let mut pairs = left.numbers.iter().zip(&right.numbers);
    let by_number = pairs.find_map(|(left, right)| Some(numbers(left, right)).filter(|order| order.is_ne()));
    by_number.unwrap_or_else(|| match (left.pre_release.is_empty(), right.pre_release.is_empty()) {
        (false, false) => identifiers(&left.pre_release, &right.pre_release),
        (left, right) => left.cmp(&right),
    })
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
