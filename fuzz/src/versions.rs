//! Versions: an order is an order.

use std::cmp::Ordering;

use version::{Scheme, Version};

const SCHEMES: &[Scheme] = &[Scheme::SemVer, Scheme::Go, Scheme::Pep440, Scheme::Debian, Scheme::Apk, Scheme::Rpm];

/// Takes lines for versions and compares each with its neighbours.
pub fn target(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let lines: Vec<&str> = text.lines().take(64).collect();
    for scheme in SCHEMES {
        let versions: Vec<Version> = lines.iter().filter_map(|line| Version::parse(*scheme, line).ok()).collect();
        for three in versions.windows(3) {
            check(&three[0], &three[1], &three[2]);
        }
    }
}

fn check(a: &Version, b: &Version, c: &Version) {
    let order = |left: &Version, right: &Version| left.compare(right).expect("one scheme");
    assert_eq!(order(a, a), Ordering::Equal, "{a:?}");
    assert_eq!(order(a, b), order(b, a).reverse(), "{a:?} {b:?}");
    if order(a, b) == order(b, c) {
        assert_eq!(order(a, c), order(a, b), "{a:?} {b:?} {c:?}");
    }
}
