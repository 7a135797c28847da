//! The one spelling of a name under which advisories are looked up.

use std::borrow::Cow;

use super::Family;

pub(super) fn normalise(family: Family, name: &str) -> Cow<'_, str> {
    let has_upper = || name.bytes().any(|byte| byte.is_ascii_uppercase());
    match family {
        Family::PyPi => Cow::Owned(normalise_pypi(name)),
        // Cargo treats `-` and `_` as the same crate, so nobody can publish both.
        Family::CratesIo if name.contains('_') || has_upper() => {
            Cow::Owned(name.to_ascii_lowercase().replace('_', "-"))
        }
        Family::GitHubActions | Family::NuGet | Family::Packagist | Family::Hex | Family::Pub | Family::VsCode
            if has_upper() =>
        {
            Cow::Owned(name.to_ascii_lowercase())
        }
        Family::SwiftUrl => normalise_repository(name),
        _ => Cow::Borrowed(name),
    }
}

/// PEP 503: runs of `-`, `_` and `.` are one `-`, and case does not count.
fn normalise_pypi(name: &str) -> String {
    let mut normal = String::with_capacity(name.len());
    for character in name.chars() {
        if !matches!(character, '-' | '_' | '.') {
            normal.push(character.to_ascii_lowercase());
        } else if !normal.ends_with('-') {
            normal.push('-');
        }
    }
    normal
}

/// `https://github.com/Apple/swift-nio.git` is `github.com/apple/swift-nio`: forges do not tell cases apart.
fn normalise_repository(name: &str) -> Cow<'_, str> {
    let bare = name.split_once("://").map_or(name, |(_, rest)| rest);
    let bare = bare.trim_end_matches('/');
    let bare = bare.strip_suffix(".git").unwrap_or(bare);
    if bare.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(bare.to_ascii_lowercase())
    } else {
        Cow::Borrowed(bare)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(family: Family, name: &str, expected: &str) {
        assert_eq!(normalise(family, name), expected);
        assert_eq!(normalise(family, expected), expected, "again");
    }

    #[test]
    fn one_spelling() {
        check(Family::PyPi, "Foo__Bar.baz", "foo-bar-baz");
        check(Family::CratesIo, "serde_json", "serde-json");
        check(Family::NuGet, "Newtonsoft.Json", "newtonsoft.json");
        check(Family::Packagist, "Drupal/Core", "drupal/core");
        check(Family::GitHubActions, "Actions/Checkout", "actions/checkout");
        check(Family::Npm, "JSONStream", "JSONStream");
        check(Family::Go, "github.com/Masterminds/semver", "github.com/Masterminds/semver");
        check(Family::Maven, "org.Apache:x", "org.Apache:x");
        check(Family::SwiftUrl, "https://github.com/Apple/swift-nio.git", "github.com/apple/swift-nio");
    }
}
