//! What is read of each kind of package, beside `cargo-lock` and the real cargo.

use std::str::FromStr;

use insta::assert_snapshot;

use super::DETECTOR;
use crate::hostile::survives;
use crate::listing::{list, run, run_with};
use crate::real;

const V1: &str = include_str!("../../../../../fixtures/lockfiles/cargo/v1.lock");
const V4: &str = include_str!("../../../../../fixtures/lockfiles/cargo/v4.lock");
const BROKEN: &str = include_str!("../../../../../fixtures/lockfiles/cargo/broken.lock");
const MANIFEST: &[u8] = include_bytes!("../../../../../fixtures/lockfiles/cargo/Cargo.toml");
const MEMBER: &[u8] = include_bytes!("../../../../../fixtures/lockfiles/cargo/member/Cargo.toml");

fn check(lock: &str) -> String {
    list(&run(&DETECTOR, "app/Cargo.lock", lock.as_bytes()))
}

#[test]
fn a_workspace_with_its_manifests() {
    let companions = [("app/Cargo.toml", MANIFEST), ("app/member/Cargo.toml", MEMBER)];
    assert_snapshot!(list(&run_with(&DETECTOR, "app/Cargo.lock", V4.as_bytes(), &companions)), @r#"
    pkg:cargo/app@0.1.0 · lines 6-7 · Root · Path · needs cc forked inner private rand@0.8.5 serde tempfile winapi
    pkg:cargo/cc@1.0.83 · lines 20-21 · sha256:0000000 · Direct · Build · needs libc
    pkg:cargo/forked@0.9.0?vcs_url=git%2Bhttps:%2F%2Fgit.example%2Fforked%3Fbranch%3Dfix%230123456789abcdef0123456789abcdef01234567 · lines 29-30 · Git("https://git.example/forked?branch=fix#0123456789abcdef0123456789abcdef01234567") · Direct · Runtime
    pkg:cargo/inner@0.3.0 · lines 34-35 · Path · Direct · Runtime · needs rand@0.7.3 tempfile
    pkg:cargo/libc@0.2.151 · lines 42-43 · sha256:0000000 · Transitive · Runtime
    pkg:cargo/orphan@1.0.0 · lines 48-49 · sha256:0000000
    pkg:cargo/private@2.0.0?repository_url=https:%2F%2Fregistry.example%2Findex%2F · lines 54-55 · sha256:0000000 · OtherRegistry("https://registry.example/index/") · Direct · Runtime
    pkg:cargo/rand@0.7.3 · lines 60-61 · sha256:0000000 · Direct · Runtime · needs libc
    pkg:cargo/rand@0.8.5 · lines 69-70 · sha256:0000000 · Direct · Runtime · needs libc
    pkg:cargo/serde@1.0.193 · lines 78-79 · sha256:0000000 · Direct · Optional
    pkg:cargo/tempfile@3.8.1 · lines 84-85 · sha256:0000000 · Direct · Development · needs fastrand
    pkg:cargo/fastrand@2.0.1 · lines 93-94 · sha256:0000000 · Transitive · Development
    pkg:cargo/winapi@0.3.9 · lines 99-100 · sha256:0000000 · Direct · Runtime
    "#);
}

#[test]
fn without_manifests_nobody_knows_what_for() {
    assert_snapshot!(check(V4), @r#"
    pkg:cargo/app@0.1.0 · lines 6-7 · Root · Path · needs cc forked inner private rand@0.8.5 serde tempfile winapi
    pkg:cargo/cc@1.0.83 · lines 20-21 · sha256:0000000 · Direct · needs libc
    pkg:cargo/forked@0.9.0?vcs_url=git%2Bhttps:%2F%2Fgit.example%2Fforked%3Fbranch%3Dfix%230123456789abcdef0123456789abcdef01234567 · lines 29-30 · Git("https://git.example/forked?branch=fix#0123456789abcdef0123456789abcdef01234567") · Direct
    pkg:cargo/inner@0.3.0 · lines 34-35 · Path · Direct · needs rand@0.7.3 tempfile
    pkg:cargo/libc@0.2.151 · lines 42-43 · sha256:0000000 · Transitive
    pkg:cargo/orphan@1.0.0 · lines 48-49 · sha256:0000000
    pkg:cargo/private@2.0.0?repository_url=https:%2F%2Fregistry.example%2Findex%2F · lines 54-55 · sha256:0000000 · OtherRegistry("https://registry.example/index/") · Direct
    pkg:cargo/rand@0.7.3 · lines 60-61 · sha256:0000000 · Direct · needs libc
    pkg:cargo/rand@0.8.5 · lines 69-70 · sha256:0000000 · Direct · needs libc
    pkg:cargo/serde@1.0.193 · lines 78-79 · sha256:0000000 · Direct
    pkg:cargo/tempfile@3.8.1 · lines 84-85 · sha256:0000000 · Direct · needs fastrand
    pkg:cargo/fastrand@2.0.1 · lines 93-94 · sha256:0000000 · Transitive
    pkg:cargo/winapi@0.3.9 · lines 99-100 · sha256:0000000 · Direct
    "#);
}

#[test]
fn the_first_version() {
    assert_snapshot!(check(V1), @r#"
    pkg:cargo/app@0.1.0 · lines 2-3 · Root · Path · needs memchr@1.0.2 memchr@2.0.0
    pkg:cargo/libc@0.2.54 · lines 10-11 · Transitive
    pkg:cargo/memchr@1.0.2 · lines 15-16 · Direct · needs libc
    pkg:cargo/memchr@2.0.0?vcs_url=git%2Bhttps:%2F%2Fgit.example%2Fmemchr%230123456789abcdef0123456789abcdef01234567 · lines 23-24 · Git("https://git.example/memchr#0123456789abcdef0123456789abcdef01234567") · Direct
    "#);
}

#[test]
fn a_broken_package_hides_no_other() {
    assert_snapshot!(check(BROKEN), @r#"
    pkg:cargo/first@1.0.0 · lines 4-5
    pkg:cargo/odd-version@one · lines 23-24
    pkg:cargo/odd-source@1.0.0?repository_url=somewhere · lines 28-29 · OtherRegistry("somewhere")
    pkg:cargo/last@1.0.0 · lines 33-34
    Error Syntax line 20: wrong TOML, string values must be quoted, expected literal string: what this line says may be missing
    Error Syntax line 38: wrong TOML, invalid basic string, expected `"`: what this line says may be missing
    Warning FormatVersion line 1: version 9 of `Cargo.lock` is not known: it is read as version 4, and may say more
    Error Shape line 11: a package without a name: it is not read
    Error Shape line 15: package `without-version` has no version: it is not read
    Error Shape line 19: package `without-value` has no version: it is not read
    Warning Version line 23: version `one` of `odd-version` is none that cargo knows: unexpected character 'o' while parsing major version number
    Warning Shape line 28: source `somewhere` of `odd-source` is none that cargo writes: public advisories may not fit it
    Error Shape line 38: package `cut` has no version: it is not read
    Warning Shape line 4: `first` depends on `missing`, which is not in the lockfile: it was edited by hand or cut
    "#);
}

#[test]
fn empty() {
    assert_eq!(check(""), "");
    assert_eq!(check("\u{FEFF}version = 4\r\n"), "");
}

/// The crate reads whole files only, so it is the second opinion on good ones.
#[test]
fn agrees_with_the_crate() {
    let mut texts = vec![V1.replace("[root]", "[[package]]"), V4.to_owned()];
    texts.extend(std::fs::read_to_string(testkit::workspace().join("Cargo.lock")));
    for folder in testkit::shared("samples/lockfiles/rust/cargo").into_iter().chain(real::made_by("cargo")) {
        let files = std::fs::read_dir(folder).expect("a folder").flatten();
        let locks = files.filter(|file| file.path().extension().is_some_and(|ending| ending == "lock"));
        texts.extend(locks.filter_map(|file| std::fs::read_to_string(file.path()).ok()));
    }
    let mut compared = 0;
    for text in &texts {
        let Ok(crates) = cargo_lock::Lockfile::from_str(text) else { continue };
        let found = run(&DETECTOR, "Cargo.lock", text.as_bytes()).packages;
        let theirs: Vec<String> = crates
            .packages
            .iter()
            .map(|package| {
                let needs = package.dependencies.iter().map(|needed| needed.name.as_str().to_owned());
                format!("{} {} {:?}", package.name, package.version, needs.collect::<Vec<_>>())
            })
            .collect();
        let ours: Vec<String> = found
            .iter()
            .map(|package| {
                let needs = package.dependencies.iter().map(|needed| needed.split('@').next().unwrap_or_default());
                format!(
                    "{} {} {:?}",
                    package.name,
                    package.version.as_deref().unwrap_or("-"),
                    needs.collect::<Vec<_>>()
                )
            })
            .collect();
        assert_eq!(ours, theirs);
        compared += ours.len();
    }
    assert!(compared > 300, "{compared} packages compared");
}

/// Two members, a folder that is none, a repository, and two versions of one name, in both newer forms.
#[test]
fn agrees_with_cargo_on_a_workspace() {
    for form in ["cargo-v3", "cargo-v4"] {
        let Some(folder) = real::made_by(form) else { return };
        let names = ["Cargo.toml", "one/Cargo.toml", "two/Cargo.toml", "inner/Cargo.toml"];
        let texts = names.map(|name| real::read(&folder, name));
        let companions: Vec<(&str, &[u8])> = names.into_iter().zip(texts.iter().map(Vec::as_slice)).collect();
        let parsed = run_with(&DETECTOR, "Cargo.lock", &real::read(&folder, "Cargo.lock"), &companions);
        // The folder that is no member lies in the tree with its manifest: what that asks for is asked for here.
        let expected = real::flagged(&folder).into_iter();
        let expected: Vec<String> = expected.map(|line| line.replace("1.3.2 transitive", "1.3.2 direct")).collect();
        assert_eq!(real::told(&parsed, |_| true), expected, "{form}");
    }
}

#[test]
fn agrees_with_cargo() {
    let Some(folder) = real::made_by("cargo") else { return };
    let (lock, manifest) = (real::read(&folder, "Cargo.lock"), real::read(&folder, "Cargo.toml"));
    let inner = real::read(&folder, "inner/Cargo.toml");
    let companions = [("Cargo.toml", &manifest[..]), ("inner/Cargo.toml", &inner[..])];
    let parsed = run_with(&DETECTOR, "Cargo.lock", &lock, &companions);
    let told = real::told(&parsed, |_| true);
    let flagged = real::flagged(&folder);
    let unlike: Vec<&String> = flagged.iter().filter(|line| !told.contains(line)).collect();
    assert!(unlike.is_empty(), "{unlike:?} and {told:?}");
    // `cargo metadata` leaves out what only an optional dependency brings, unless all features are asked for; the
    // lockfile has it, and so have we, marked.
    let expected = real::expected(&folder);
    let more = real::listed(&parsed, |package| package.scope == model::Scope::Optional);
    let mut all: Vec<String> = expected.iter().chain(&more).cloned().collect();
    all.sort();
    all.dedup();
    assert_eq!(real::listed(&parsed, |_| true), all);
    let scopes: Vec<String> = parsed
        .packages
        .iter()
        .filter(|package| package.relationship == model::Relationship::Direct)
        .map(|package| format!("{} {:?}", package.name, package.scope))
        .collect();
    assert_eq!(
        scopes,
        ["cc Build", "inner Runtime", "itoa Runtime", "regex Optional", "serde_json Runtime", "tempfile Development"]
    );
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, "Cargo.lock", V4.as_bytes());
    survives(&DETECTOR, "Cargo.lock", BROKEN.as_bytes());
}

/// Files that are small for what they make a careless reader do.
#[test]
fn large_and_hostile() {
    let many: String = (0..20_000).map(|at| format!("[[package]]\nname = \"a\"\nversion = \"1.0.{at}\"\n")).collect();
    let needs: String = (0..20_000).map(|at| format!(" \"a 1.0.{at}\",\n")).collect();
    let lock = format!("{many}[[package]]\nname = \"b\"\nversion = \"1.0.0\"\ndependencies = [\n{needs}]\n");
    let parsed = run(&DETECTOR, "Cargo.lock", lock.as_bytes());
    assert_eq!((parsed.packages.len(), parsed.problems.len()), (20_001, 101));
    assert_eq!(parsed.packages[20_000].dependencies.len(), 64);
}
