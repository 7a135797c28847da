//! Every way of writing a requirement, beside the real pip.

use insta::assert_snapshot;

use super::{DETECTOR, is_requirements};
use crate::hostile::survives;
use crate::listing::{list, run, run_with};
use crate::real;

const REQUIREMENTS: &str = include_str!("../../../../../fixtures/lockfiles/pypi/requirements.txt");
const COMPILED: &str = include_str!("../../../../../fixtures/lockfiles/pypi/compiled.txt");
const BROKEN: &str = include_str!("../../../../../fixtures/lockfiles/pypi/broken.txt");

fn check(text: &str) -> String {
    list(&run(&DETECTOR, "requirements.txt", text.as_bytes()))
}

#[test]
fn every_way() {
    assert_snapshot!(check(REQUIREMENTS), @r#"
    pkg:pypi/django@3.2.0 · line 9
    pkg:pypi/jinja2@2.11.2 · line 10
    pkg:pypi/requests@2.31.0 · line 11 · sha256:0000000 · sha256:1111111
    pkg:pypi/torch@2.0.1%2Bcu118 · line 14
    pkg:pypi/pyyaml@5.3 · line 15
    pkg:pypi/epoch@1%212.0 · line 16
    pkg:pypi/urllib3 · line 17
    pkg:pypi/numpy · line 18
    pkg:pypi/flask · line 19
    pkg:pypi/local@1.2 · line 20 · Path
    pkg:pypi/archive?download_url=https:%2F%2Ffiles.example%2Farchive.zip · line 21 · Url("https://files.example/archive.zip")
    pkg:pypi/forked?vcs_url=git%2Bhttps:%2F%2Fgit.example%2Fforked.git%40v1 · line 22 · Git("git+https://git.example/forked.git@v1")
    pkg:pypi/edited?vcs_url=git%2Bssh:%2F%2Fgit%40git.example%2Fedited.git · line 24 · Git("git+ssh://git@git.example/edited.git")
    pkg:pypi/wheel-name@4.5.6?download_url=https:%2F%2Ffiles.example%2Fwheel_name-4.5.6-cp311-cp311-manylinux1_x86_64.whl · line 25 · Url("https://files.example/wheel_name-4.5.6-cp311-cp311-manylinux1_x86_64.whl")
    Warning Unsupported line 4: `requirements-dev.txt` is not here: the packages it asks for are not listed
    Warning Unsupported line 5: `base.in` is not here: the packages it asks for are not listed
    Warning Unsupported line 6: `https://files.example/more.txt` is not in this tree: the packages it asks for are not read
    Note Unsupported line 7: `constraints.txt` constrains versions, and is not here: it is not followed
    Warning Unsupported line 23: `-e ./tools` is a place without a name: which package it holds is not known
    Warning Unsupported line 26: `./vendor/unknown` is a place without a name: which package it holds is not known
    "#);
}

#[test]
fn what_it_names_is_followed() {
    let companions: &[(&str, &[u8])] = &[
        ("x/base.txt", b"-r requirements.txt\n-r dev.txt\nurllib3\nsix==1.16.0\n"),
        ("x/constraints.txt", b"Flask==2.0.1\nURLLIB3==1.26.18\ndjango==1\ntwice==1\ntwice==2; python_version > '3'\n"),
    ];
    let text =
        b"-r base.txt\n-r gone.txt\n-c constraints.txt\n-c gone.txt\nflask>=2\ndjango==3.2\ntwice\n-r base.txt\n";
    let parsed = run_with(&DETECTOR, "x/requirements.txt", text, companions);
    assert_snapshot!(list(&parsed), @r"
    pkg:pypi/flask@2.0.1 · line 5 · line 1
    pkg:pypi/django@3.2 · line 6
    pkg:pypi/twice · line 7
    pkg:pypi/urllib3@1.26.18 · line 3 · line 2
    pkg:pypi/six@1.16.0 · line 4
    Warning Unsupported line 2: `gone.txt` is not here: the packages it asks for are not listed
    Note Unsupported line 4: `gone.txt` constrains versions, and is not here: it is not followed
    Warning Unsupported line 2: `dev.txt` is not here: the packages it asks for are not listed
    ");
    let places: Vec<String> = parsed.packages.iter().map(|package| package.locations[0].path.to_string()).collect();
    assert_eq!(places.last().map(String::as_str), Some("/x/base.txt"));
}

/// What constraints name is followed too, and what is not there is said where the first of them is named.
#[test]
fn constraints_name_others() {
    let companions: &[(&str, &[u8])] = &[
        ("x/pins/all", b"a==1\n-c more\n-c gone\n-r ../extra/own\n-c all\n"),
        ("x/pins/more", b"b==2\n"),
        ("x/extra/own", b"c==3\n-r ../requirements.txt\n"),
    ];
    let parsed = run_with(&DETECTOR, "x/requirements.txt", b"a\nb\n-c pins/all\n-r /x/extra/own\n", companions);
    assert_snapshot!(list(&parsed), @r"
    pkg:pypi/a@1 · line 1 · line 1
    pkg:pypi/b@2 · line 2 · line 1
    pkg:pypi/c@3 · line 1
    Note Unsupported line 3: `gone` constrains versions, and is not here: it is not followed
    ");
}

#[test]
fn compiled_with_annotations() {
    assert_snapshot!(check(COMPILED), @r#"
    pkg:pypi/click@8.1.7?repository_url=https:%2F%2Fpypi.example%2Fsimple · line 6 · OtherRegistry("https://pypi.example/simple") · Transitive
    pkg:pypi/flask@2.2.5?repository_url=https:%2F%2Fpypi.example%2Fsimple · line 8 · OtherRegistry("https://pypi.example/simple") · Direct · needs click itsdangerous jinja2 werkzeug
    pkg:pypi/itsdangerous@2.1.2?repository_url=https:%2F%2Fpypi.example%2Fsimple · line 10 · OtherRegistry("https://pypi.example/simple") · Transitive
    pkg:pypi/markupsafe@2.1.3?repository_url=https:%2F%2Fpypi.example%2Fsimple · line 11 · sha256:0000000 · OtherRegistry("https://pypi.example/simple") · Transitive
    pkg:pypi/jinja2@3.1.2?repository_url=https:%2F%2Fpypi.example%2Fsimple · line 16 · OtherRegistry("https://pypi.example/simple") · Transitive · needs markupsafe
    pkg:pypi/werkzeug@2.2.3?repository_url=https:%2F%2Fpypi.example%2Fsimple · line 18 · OtherRegistry("https://pypi.example/simple") · Direct · needs markupsafe
    "#);
}

#[test]
fn a_broken_line_hides_no_other() {
    assert_snapshot!(check(BROKEN), @r"
    pkg:pypi/first@1.0 · line 1
    pkg:pypi/last@1.0 · line 8
    Error Syntax line 2: `template==2.0%if x%}` asks for something that is no version: it is not read
    Error Syntax line 3: `{{ name }}==1.0` does not begin with the name of a package: it is not read
    Error Syntax line 4: `single='1.0'` has something after its name that is no version: it is not read
    Error Syntax line 5: `extras[a==1.0` has extras without a closing bracket: it is not read
    Error Syntax line 6: `two words` has something after its name that is no version: it is not read
    Error Syntax line 7: `-1` is no option of pip: it is not read
    ");
}

#[test]
fn line_breaks_and_encodings() {
    let expected = "pkg:pypi/a@1 · line 1\npkg:pypi/b@2 · line 3\n";
    assert_eq!(check("a==1\r\n\r\nb==2\r\n"), expected);
    assert_eq!(check("\u{FEFF}a==1\n\nb==2"), expected);
    for little in [true, false] {
        let units = "\u{FEFF}a==1\n\nb==2".encode_utf16();
        let bytes: Vec<u8> =
            units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect();
        assert_eq!(list(&run(&DETECTOR, "requirements.txt", &bytes)), expected);
    }
}

#[test]
fn names_of_files() {
    for path in [
        "requirements.txt",
        "a/requirements-dev.txt",
        "dev-requirements.txt",
        "requirements/base.txt",
        "x/requirements.pip",
    ] {
        assert!(is_requirements(path), "{path}");
    }
    for path in ["notes.txt", "requirements.md", "requirements/readme.md", "requirements.in", "xrequirements/base.txt"]
    {
        assert!(!is_requirements(path), "{path}");
    }
}

#[test]
fn agrees_with_pip() {
    let Some(folder) = real::made_by("pip") else { return };
    let parsed = run(&DETECTOR, "requirements.txt", &real::read(&folder, "requirements.txt"));
    assert_eq!(real::listed(&parsed, |_| true), real::expected(&folder));
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, "requirements.txt", REQUIREMENTS.as_bytes());
    survives(&DETECTOR, "requirements.txt", COMPILED.as_bytes());
    let utf16: Vec<u8> = "\u{FEFF}a==1\nb==2\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    survives(&DETECTOR, "requirements.txt", &utf16);
}
