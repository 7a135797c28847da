//! What each scheme refuses or notes, and orders that no table has.

use portcullis_version::{Scheme, Version};

/// Each version is strictly below the next.
fn check_ascending(scheme: Scheme, versions: &[&str]) {
    let read = |text| Version::parse(scheme, text).unwrap_or_else(|fault| panic!("{fault}"));
    for (at, left) in versions.iter().enumerate() {
        for right in &versions[at + 1..] {
            let order = read(left).compare(&read(right));
            assert_eq!(order, Some(std::cmp::Ordering::Less), "{scheme:?}: {left} and {right}");
        }
    }
}

fn check_equal(scheme: Scheme, left: &str, right: &str) {
    assert_eq!(portcullis_version::compare(scheme, left, right), Ok(std::cmp::Ordering::Equal), "{left} and {right}");
}

/// The reason of a refusal.
fn check_refused(scheme: Scheme, text: &str, reason: &str) {
    let fault = Version::parse(scheme, text).err().map(|fault| fault.reason);
    assert_eq!(fault, Some(reason), "{scheme:?}: {text}");
}

/// The note on a version that is read although it is irregular.
fn check_noted(scheme: Scheme, text: &str, note: Option<&str>) {
    let version = Version::parse(scheme, text).unwrap_or_else(|fault| panic!("{fault}"));
    assert_eq!(version.irregularity(), note, "{scheme:?}: {text}");
}

#[test]
fn semver() {
    check_ascending(Scheme::SemVer, &["1.0.0-0", "1.0.0-a", "1.0.0-a.0", "1.0.0-a-b", "1.0.0", "1.0.1-0"]);
    check_equal(Scheme::SemVer, "1.2.3-beta", "1.2.3beta");
    check_noted(Scheme::SemVer, "1.2.3-rc.1+build.5", None);
    check_noted(Scheme::SemVer, "v1.2.3", Some("it has a leading `v`"));
    check_noted(Scheme::SemVer, "1.2", Some("it has fewer than three numbers"));
    check_noted(Scheme::SemVer, "1.2.3.4", Some("it has more than three numbers"));
    check_noted(Scheme::SemVer, "1.02.3", Some("a number has a leading zero"));
    check_refused(Scheme::SemVer, "latest", "it does not begin with a number");
    check_refused(Scheme::SemVer, "^1.2.3", "it does not begin with a number");
    check_refused(Scheme::SemVer, "1.x", "a dot is not followed by a number");
    check_refused(Scheme::SemVer, "1.2.3-", "its pre-release has an empty identifier");
    check_refused(Scheme::SemVer, "1.2.3 - 2.0.0", "it holds a character that has no place there");
    check_refused(Scheme::SemVer, "", "it is empty");
    check_refused(Scheme::SemVer, "1.0\n", "it holds a control character");
    check_refused(Scheme::SemVer, &"1".repeat(2000), "it is longer than 1024 bytes");
}

#[test]
fn go() {
    check_ascending(
        Scheme::Go,
        &[
            "v0.0.0-20190101000000-aaaaaaaaaaaa",
            "v0.0.0-20200101000000-000000000000",
            "v0.0.0",
            "v1.2.3",
            "v1.2.4-0.20210101000000-abcdefabcdef",
            "v1.2.4",
            "v2.0.0+incompatible",
        ],
    );
    check_ascending(Scheme::Go, &["go1.20rc1", "go1.20", "go1.21", "1.21rc2", "1.21rc10", "go1.21.0", "1.21.1"]);
    check_equal(Scheme::Go, "v2.0.0+incompatible", "2.0.0");
    check_equal(Scheme::Go, "1.21rc2", "1.21.0-rc.2");
    check_equal(Scheme::Go, "go1.20", "1.20.0");
    check_equal(Scheme::Go, "go1.22.3 X:boringcrypto", "go1.22.3-vendor");
    check_noted(Scheme::Go, "v1.2.3", None);
    check_refused(Scheme::Go, "(devel)", "a development build has no version");
    check_refused(Scheme::Go, "v1.2.3rc1", "its pre-release has no hyphen");
    check_refused(Scheme::Go, "go1.x", "a toolchain version lacks a number");
}

#[test]
fn pep440() {
    check_ascending(
        Scheme::Pep440,
        &[
            "0.1-bulbasaur",
            "1.0.dev1",
            "1.0a1.dev1",
            "1.0a1",
            "1.0a1.post1",
            "1.0b1",
            "1.0rc1",
            "1.0",
            "1.0+abc",
            "1.0+5",
            "1.0.post1.dev1",
            "1.0.post1",
            "1.1.dev1",
            "1!0.1",
        ],
    );
    for (left, right) in [
        ("1.0", "v1.0.0"),
        ("1.0-alpha.1", "1.0A1"),
        ("1.0c1", "1.0-RC_1"),
        ("1.0-1", "1.0.post1"),
        ("1.0-r4", "1.0rev4"),
        ("1.0.post", "1.0.post0"),
        ("1.0+ubuntu-1", "1.0+UBUNTU.1"),
        (" 1.0 ", "1.0"),
        ("1.0DEV", "1.0.dev0"),
        ("1.0a.", "1.0a0"),
    ] {
        check_equal(Scheme::Pep440, left, right);
    }
    check_noted(Scheme::Pep440, "1.0-foo", Some("it is not PEP 440 and comes before everything that is"));
    check_refused(
        Scheme::Pep440,
        "garbage",
        "it is not PEP 440, and holds neither a number nor a word that was ever ordered",
    );
    check_refused(Scheme::Pep440, "==1.0", "it holds a character that PEP 440 does not know");
}

#[test]
fn debian() {
    check_ascending(Scheme::Debian, &["1.0~~", "1.0~~a", "1.0~", "1.0", "1.0-1~bpo1", "1.0-1", "1.0a", "1.0+b", "1:0"]);
    check_equal(Scheme::Debian, "1.0", "0:1.0-0");
    check_equal(Scheme::Debian, "1.", "1.0");
    check_refused(Scheme::Debian, "garbage", "its upstream version does not begin with a digit");
    check_refused(Scheme::Debian, "a:1.0", "its epoch is no number");
    check_refused(Scheme::Debian, "1.0-", "its revision is empty");
    check_refused(Scheme::Debian, "1_0", "it holds a character other than letters, digits and `. + - ~ :`");
    check_refused(Scheme::Debian, "9999999999:1", "its epoch is larger than dpkg reads");
}

#[test]
fn apk() {
    check_ascending(
        Scheme::Apk,
        &["1_alpha", "1_rc", "1_rc1", "1-1", "1", "1-r0", "1-r1", "1~0a", "1_cvs", "1_p", "1_p1", "1a", "1.0", "1.1"],
    );
    check_noted(Scheme::Apk, "1.2.3a_rc1~0af3-r4", None);
    check_noted(Scheme::Apk, "1.2_foo", Some("apk reads only its beginning"));
    check_noted(Scheme::Apk, "1..2", Some("a number is missing"));
    check_refused(Scheme::Apk, "110.73/r0", "it holds a character that no apk version holds");
}

#[test]
fn rpm() {
    check_ascending(Scheme::Rpm, &["1.0~rc1-1", "1.0-1", "1.0^git1-1", "1.0.a-1", "1.0.1-1", "1:0.1-1"]);
    check_noted(Scheme::Rpm, "2:1.0-1.el9", None);
    check_noted(Scheme::Rpm, "a:1", Some("what stands before its colon is no epoch"));
    check_refused(Scheme::Rpm, "1.0 2", "it holds white space");
}

#[test]
fn nuget() {
    check_equal(Scheme::NuGet, "1.0.0-BETA.1+x", "1.0-beta.1");
    check_refused(Scheme::NuGet, "1.2.3.4.5", "it has more than four numbers");
    check_refused(Scheme::NuGet, "[1.0,2.0)", "it does not begin with a number");
}

#[test]
fn packagist() {
    check_ascending(
        Scheme::Packagist,
        &["dev-main", "1.0-dev", "1.0-alpha", "1.0-Beta2", "1.0RC1", "1.0", "1.0.1", "1.0-p1", "1.9", "1.x-dev"],
    );
    check_equal(Scheme::Packagist, "V1.0-stable", "1.0");
    check_noted(Scheme::Packagist, "dev-feature/x", Some("a branch has no place among releases"));
    check_noted(Scheme::Packagist, "1.2.#", Some("its `#` stands for any number"));
    check_refused(Scheme::Packagist, "main", "it is neither a number nor a branch");
    check_refused(Scheme::Packagist, "^1.0", "it is neither a number nor a branch");
    check_refused(Scheme::Packagist, "1.0 || 2.0", "it holds a character that no single version holds");
}

#[test]
fn rubygems() {
    check_ascending(Scheme::RubyGems, &["1.a", "1.0.1.a", "1.0.1", "1.0.1.0.1", "1.1.b.0.a", "1.1.b", "1.1.b.0.1"]);
    check_equal(Scheme::RubyGems, "1.0.0.a", "1.a.0");
    check_equal(Scheme::RubyGems, "1.0-rc1", "1.pre.rc.1");
    check_refused(
        Scheme::RubyGems,
        "1.2.3-x86_64-linux",
        "a part of it is empty or holds a character that is no letter or digit",
    );
    check_refused(Scheme::RubyGems, "master", "it does not begin with a number");
}

#[test]
fn maven() {
    check_ascending(
        Scheme::Maven,
        &["1-alpha", "1-alpha2", "1-beta", "1-m1", "1-rc", "1-SNAPSHOT", "1", "1-sp", "1-foo", "1-1", "1.0.1", "1.1"],
    );
    check_equal(Scheme::Maven, "1.0.0.Final", "1");
    check_equal(Scheme::Maven, "1-rc1", "1-cr-1");
    // An underscore is part of a word, and no known one.
    check_ascending(Scheme::Maven, &["1_", "1_1", "1_2", "1_rc1"]);
    check_ascending(Scheme::Maven, &["1-rc1", "1", "1_rc1", "1.1"]);
    check_refused(Scheme::Maven, "[1.0,2.0)", "it holds a character that no single version holds");
    check_refused(Scheme::Maven, "${project.version}", "it holds a character that no single version holds");
}

#[test]
fn dart_and_julia() {
    check_ascending(Scheme::Pub, &["1.0.0-a", "1.0.0-a+b", "1.0.0", "1.0.0+1", "1.0.0+a"]);
    check_ascending(Scheme::Julia, &["1.2-", "1.2-0", "1.2rc1", "1.2", "1.2+", "1.2+0", "1.2+1"]);
    check_refused(Scheme::Julia, "1.2.3.4", "it has more than three numbers");
}

#[test]
fn bitnami_and_conan() {
    check_ascending(Scheme::Bitnami, &["1.2.3-rc.1", "1.2.3", "1.2.3-1", "1.2.3-10", "1.2.4"]);
    check_equal(Scheme::Bitnami, "1.2.3", "1.2.3-0");
    check_ascending(Scheme::Conan, &["1.1.1", "1.1.1a", "1.1.1w", "1.1.2-pre", "1.1.2", "1.1.2+1", "cci.20210101"]);
    check_equal(Scheme::Conan, "1", "1.0.0");
    check_refused(Scheme::Conan, "[>=1.0]", "it holds a character that no Conan version holds");
}

#[test]
fn cran_and_hackage() {
    check_equal(Scheme::Cran, "1.0-1", "1.0.1");
    check_refused(Scheme::Cran, "1.0rc", "it is not numbers between dots and hyphens");
    check_ascending(Scheme::Hackage, &["1", "1.0", "1.0.0"]);
    check_refused(Scheme::Hackage, "1.0-r1", "it is not numbers between dots");
}

#[test]
fn actions() {
    check_ascending(Scheme::Actions, &["1", "v1.2.3-rc.1", "1.2.3", "v1.2.4", "46.0.1"]);
    check_equal(Scheme::Actions, "v4.1.2", "4.1.2");
    check_refused(Scheme::Actions, "v4", "it is a tag that is moved from release to release");
    check_refused(Scheme::Actions, "main", "it is a branch or a tag without a number");
    check_refused(Scheme::Actions, "0e5e40a3ffae0c1fa1db4dc2c5ebf2e8e7e9a8b1", "it is a commit");
}

#[test]
fn lenient() {
    let ascending = [
        "1.0~beta",
        "1.0~1",
        "1.0-dev",
        "1.0a1",
        "1.0-alpha2",
        "1.0b1",
        "1.0-M3",
        "1.0-preview",
        "1.0-rc1",
        "1.0",
        "1.0a",
        "1.0k",
        "1.0.1",
        "1.10",
        "2",
    ];
    check_ascending(Scheme::Lenient, &ascending);
    check_equal(Scheme::Lenient, "v1.0.0", "1");
    check_equal(Scheme::Lenient, "1.0.0-RC1", "1-rc.1");
    let note = "its ecosystem documents no ordering; numbers and words are compared one by one";
    check_noted(Scheme::Lenient, "1.2.3", Some(note));
    check_refused(Scheme::Lenient, "main", "it holds no number");
    check_refused(Scheme::Lenient, "1.0 beta", "it holds a character that has no place in a version");
    check_refused(Scheme::Lenient, "0e5e40a3ffae0c1fa1db4dc2c5ebf2e8e7e9a8b1", "it is a commit");
}
