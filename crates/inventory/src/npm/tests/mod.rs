//! One project in three generations of the file, beside the real npm.

use insta::assert_snapshot;
use model::Relationship;

use super::DETECTOR;
use crate::hostile::survives;
use crate::listing::{list, run, run_with};
use crate::real;

const V1: &str = include_str!("../../../../../fixtures/lockfiles/npm/v1.json");
const V2: &str = include_str!("../../../../../fixtures/lockfiles/npm/v2.json");
const V3: &str = include_str!("../../../../../fixtures/lockfiles/npm/v3.json");
const BROKEN: &str = include_str!("../../../../../fixtures/lockfiles/npm/broken.json");
const MANIFEST: &[u8] = include_bytes!("../../../../../fixtures/lockfiles/npm/package.json");

fn check(lock: &str) -> String {
    list(&run(&DETECTOR, "package-lock.json", lock.as_bytes()))
}

#[test]
fn version_three() {
    assert_snapshot!(check(V3), @r#"
    pkg:npm/debug@4.3.4 · lines 21-22 · license MIT · Transitive · Runtime · needs ms@2.1.2
    pkg:npm/express@4.18.2 · lines 30-31 · license MIT · Direct · Runtime · needs debug@2.6.9 lodash@4.17.21
    pkg:npm/debug@2.6.9 · lines 36-37 · Transitive · Runtime · needs ms@2.0.0
    pkg:npm/ms@2.0.0 · lines 41-42 · Transitive · Runtime
    pkg:npm/forked@0.9.0?vcs_url=git%2Bssh:%2F%2Fgit%40git.example%2Fforked.git%230123456789abcdef0123456789abcdef01234567 · lines 45-46 · Git("git+ssh://git@git.example/forked.git#0123456789abcdef0123456789abcdef01234567") · Direct · Runtime · needs archive
    pkg:npm/archive@5.0.0?download_url=https:%2F%2Ffiles.example%2Farchive.tgz · lines 50-51 · Url("https://files.example/archive.tgz") · Transitive · Runtime
    pkg:npm/fsevents@2.3.3 · lines 54-55 · Direct · Optional
    pkg:npm/lodash@4.17.21 · lines 60-61 · Direct · Runtime
    pkg:npm/lodash@3.10.1 · lines 64-66 · license MIT OR BSD-2-Clause · Direct · Runtime
    pkg:npm/mocha@10.2.0 · lines 70-71 · Direct · Development · needs debug@4.3.4 fsevents
    pkg:npm/ms@2.1.2 · lines 76-77 · Transitive · Optional
    pkg:npm/private@1.0.0?repository_url=https:%2F%2Fnpm.example%2Frepository · lines 81-82 · OtherRegistry("https://npm.example/repository") · Direct · Runtime
    pkg:npm/react@18.2.0 · lines 85-86 · Direct · Runtime
    pkg:npm/debug@3.2.7 · lines 100-101 · Direct · Development · needs ms@2.1.2
    "#);
}

#[test]
fn version_two_says_the_same_twice() {
    assert_eq!(check(V2), check(V3));
}

#[test]
fn version_one_with_its_manifest() {
    assert_snapshot!(list(&run_with(&DETECTOR, "package-lock.json", V1.as_bytes(), &[("package.json", MANIFEST)])), @r#"
    pkg:npm/archive?download_url=https:%2F%2Ffiles.example%2Farchive.tgz · lines 11-12 · Url("https://files.example/archive.tgz") · Transitive · Runtime
    pkg:npm/debug@4.3.4 · lines 15-16 · Transitive · Development · needs ms@2.1.2
    pkg:npm/express@4.18.2 · lines 21-22 · Direct · Runtime · needs debug@2.6.9 lodash@4.17.21
    pkg:npm/debug@2.6.9 · lines 26-27 · Transitive · Runtime · needs ms@2.0.0
    pkg:npm/ms@2.0.0 · lines 31-32 · Transitive · Runtime
    pkg:npm/forked?vcs_url=git%2Bssh:%2F%2Fgit%40git.example%2Fforked.git%230123456789abcdef0123456789abcdef01234567 · lines 37-38 · Git("git+ssh://git@git.example/forked.git#0123456789abcdef0123456789abcdef01234567") · Direct · Runtime · needs archive
    pkg:npm/fsevents@2.3.3 · lines 42-43 · Direct · Optional
    pkg:npm/lodash@4.17.21 · lines 47-48 · Direct · Runtime
    pkg:npm/lodash@3.10.1 · lines 51-52 · Direct · Runtime
    pkg:npm/mocha@10.2.0 · lines 55-56 · Direct · Development · needs debug@4.3.4
    pkg:npm/ms@2.1.2 · lines 61-62 · Transitive · Development
    pkg:npm/private@1.0.0?repository_url=https:%2F%2Fnpm.example%2Frepository · lines 66-67 · OtherRegistry("https://npm.example/repository") · Direct · Runtime
    "#);
}

#[test]
fn version_one_alone_does_not_say_what_is_direct() {
    let parsed = run(&DETECTOR, "npm-shrinkwrap.json", V1.as_bytes());
    let told = parsed.packages.iter().filter(|package| package.relationship != Relationship::Unknown);
    let told: Vec<&str> = told.map(|package| package.name.as_str()).collect();
    // A folder of the project asks for it.
    assert_eq!(told, ["lodash"]);
    assert_eq!(parsed.problems, []);
}

#[test]
fn a_broken_entry_hides_no_other() {
    assert_snapshot!(check(BROKEN), @r"
    pkg:npm/first@1.0.0 · lines 5-6 · Runtime
    pkg:npm/without-version · line 9 · Runtime
    pkg:npm/cut · line 16 · Runtime
    Error Syntax line 17: a text is not closed on its line: from here on nothing is read
    Warning FormatVersion line 3: lockfile version 4 is not known: it is read as version 3, and may say more
    Error Shape line 8: `node_modules/no-object` is no object: it is not read
    Warning Shape line 9: `without-version` has no version: it cannot be matched
    Warning Shape line 16: `cut` has no version: it cannot be matched
    Warning Shape line 12: `node_modules/nowhere` links to a folder the lockfile does not have
    ");
}

#[test]
fn what_is_no_lockfile() {
    assert_snapshot!(["", "[]", "{}", "{\"lockfileVersion\": 3, \"packages\": {}}"].map(check).join("--\n"), @r"
    Error Truncated line 1: the JSON ends in the middle: what follows is missing
    Error Shape line 1: the lockfile is no object: nothing of it is read
    --
    Error Shape line 1: the lockfile is no object: nothing of it is read
    --
    Error Shape line 1: the lockfile has no packages in any place that is known: nothing of it is read
    --
    ");
}

/// npm lists an alias under its own name; the script that makes the list names the package behind it.
#[test]
fn agrees_with_npm() {
    for generation in ["npm-v1", "npm-v2", "npm-v3"] {
        let Some(folder) = real::made_by(generation) else { return };
        let (lock, manifest) = (real::read(&folder, "package-lock.json"), real::read(&folder, "package.json"));
        let parsed = run_with(&DETECTOR, "package-lock.json", &lock, &[("package.json", &manifest)]);
        let from_registry = |package: &model::Package| package.provenance.is_registry();
        assert_eq!(real::told(&parsed, from_registry), real::flagged(&folder), "{generation}");
        let direct = parsed.packages.iter().filter(|package| package.relationship == Relationship::Direct);
        let mut direct: Vec<String> = direct.map(|package| format!("{} {:?}", package.name, package.scope)).collect();
        direct.sort();
        assert_eq!(
            direct,
            ["debug Runtime", "express Runtime", "fsevents Optional", "ms Runtime", "semver Development"],
            "{generation}"
        );
        assert!(
            parsed
                .packages
                .iter()
                .all(|package| package.relationship != Relationship::Unknown
                    || package.state == model::PackageState::Root)
        );
    }
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, "package-lock.json", V3.as_bytes());
    survives(&DETECTOR, "package-lock.json", V1.as_bytes());
}
