//! Other spellings of the same version: equal under each scheme's normalisation, with equal keys.

use portcullis_version::{Scheme, Version};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

use crate::generate;

/// Versions of each scheme that are respelt.
const VERSIONS: usize = 3000;

#[test]
fn spellings_of_one_version_are_equal() {
    for scheme in Scheme::ALL {
        let mut runner = TestRunner::deterministic();
        let version = generate::version(*scheme);
        let mut judged = 0;
        for _ in 0..VERSIONS {
            let text = version.new_tree(&mut runner).expect("a version").current();
            let Ok(read) = Version::parse(*scheme, &text) else { continue };
            for respelt in respellings(*scheme, &text) {
                let other = Version::parse(*scheme, &respelt).unwrap_or_else(|fault| panic!("{text}: {fault}"));
                assert_eq!(read.compare(&other), Some(std::cmp::Ordering::Equal), "{scheme:?}: {text} and {respelt}");
                assert_eq!(read.key(), other.key(), "{scheme:?}: {text} and {respelt}");
                judged += 1;
            }
        }
        let has_one_spelling = matches!(scheme, Scheme::Apk | Scheme::Pub);
        assert!(has_one_spelling || judged > 200, "{scheme:?}: {judged}");
    }
}

/// What the scheme's own rules say is the same version.
fn respellings(scheme: Scheme, text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let has = |c: char| text.contains(c);
    let is_release = text.chars().all(|c| c.is_ascii_digit() || c == '.') && !text.contains("..");
    let mut same = Vec::new();
    match scheme {
        Scheme::SemVer => {
            same.extend((!has('+')).then(|| format!("{text}+build.5")));
            same.push(format!("v{}", text.trim_start_matches('v')));
        }
        Scheme::Go => same.extend((!is_toolchain(text)).then(|| format!("v{}", text.trim_start_matches('v')))),
        Scheme::Pep440 => {
            same.push(text.to_uppercase());
            same.push(format!(" {text} "));
            same.extend(is_release.then(|| format!("{text}.0")));
            same.extend(is_release.then(|| format!("0!{text}")));
        }
        Scheme::Debian => {
            same.extend((!has(':')).then(|| format!("0:{text}")));
            same.extend((!has('-')).then(|| format!("{text}-0")));
            same.extend((!has(':')).then(|| format!("0{text}")));
        }
        Scheme::Actions => same.extend((!has('+')).then(|| format!("{text}+build"))),
        Scheme::Rpm => same.extend((!has(':')).then(|| format!("0:{text}"))),
        Scheme::NuGet => {
            same.push(text.to_uppercase());
            same.extend((!has('+')).then(|| format!("{text}+build")));
            same.extend((is_release && text.matches('.').count() < 3).then(|| format!("{text}.0")));
        }
        Scheme::Packagist => {
            same.push(lower.to_uppercase());
            same.push(format!("v{}", lower.trim_start_matches('v')));
        }
        Scheme::RubyGems => same.extend(is_release.then(|| format!("{text}.0.0"))),
        Scheme::Maven => {
            same.push(text.to_uppercase());
            same.extend(is_release.then(|| format!("{text}.0")));
            same.extend(is_release.then(|| format!("{text}-ga")));
            same.extend(is_release.then(|| format!("{text}.Final")));
        }
        Scheme::Cran => same.push(text.replace('-', ".")),
        Scheme::Hackage => same.push(format!("0{text}")),
        Scheme::Julia => same.push(format!("v{}", text.trim_start_matches('v'))),
        Scheme::Bitnami => same.extend((is_release && text.matches('.').count() == 2).then(|| format!("{text}-0"))),
        Scheme::Conan => same.extend(is_release.then(|| format!("{text}.0"))),
        Scheme::Lenient => {
            same.push(text.to_uppercase());
            same.extend(is_release.then(|| format!("v{text}.0")));
        }
        _ => {}
    }
    same
}

/// `go1.21.0` and `1.20rc10`: releases of Go itself are not written with a `v`.
fn is_toolchain(text: &str) -> bool {
    let core = text.trim_start_matches('v').split(['-', '+']).next().unwrap_or_default();
    core.contains(|c: char| c.is_ascii_alphabetic())
}
