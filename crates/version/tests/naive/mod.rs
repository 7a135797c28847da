//! Slow comparers written straight from each specification, without keys: a second opinion for the fast ones.

mod apk;
mod debian;
mod lenient;
mod lists;
mod maven;
mod packagist;
mod pep440;
mod rpm;
mod rubygems;
mod semver;

use std::cmp::Ordering;

use portcullis_version::Scheme;

/// Compares, or declines what this comparer does not cover.
pub(crate) fn compare(scheme: Scheme, left: &str, right: &str) -> Option<Ordering> {
    match scheme {
        Scheme::SemVer => semver::compare(left, right),
        Scheme::Actions => semver::compare(left.trim_start_matches('v'), right.trim_start_matches('v')),
        Scheme::Go => semver::compare_go(left, right),
        Scheme::Pep440 => pep440::compare(left, right),
        Scheme::Debian => debian::compare(left, right),
        Scheme::Apk => apk::compare(left, right),
        Scheme::Rpm => rpm::compare(left, right),
        Scheme::NuGet => semver::compare_nuget(left, right),
        Scheme::Pub | Scheme::Julia => semver::compare_with_build(left, right),
        Scheme::Bitnami => semver::compare_bitnami(left, right),
        Scheme::Packagist => packagist::compare(left, right),
        Scheme::RubyGems => rubygems::compare(left, right),
        Scheme::Maven => maven::compare(left, right),
        Scheme::Cran | Scheme::Hackage => lists::compare(left, right),
        Scheme::Conan => lists::compare_conan(left, right),
        Scheme::Lenient => lenient::compare(left, right),
        other => panic!("no naive comparer for {other:?}"),
    }
}

/// Numbers of any length by value.
fn numbers(left: &str, right: &str) -> Ordering {
    let (left, right) = (left.trim_start_matches('0'), right.trim_start_matches('0'));
    left.len().cmp(&right.len()).then_with(|| left.cmp(right))
}

/// A text cut where digits and other characters meet; nothing of an empty one.
fn runs(text: &str) -> Vec<String> {
    let mut runs: Vec<String> = Vec::new();
    for character in text.chars() {
        match runs
            .last_mut()
            .filter(|run| run.ends_with(|last: char| last.is_ascii_digit()) == character.is_ascii_digit())
        {
            Some(run) => run.push(character),
            None => runs.push(character.to_string()),
        }
    }
    runs
}
