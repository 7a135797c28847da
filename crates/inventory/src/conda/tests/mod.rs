//! One record.

use insta::assert_snapshot;

use super::{DETECTOR, ENVIRONMENT, EXPLICIT, LOCK};
use crate::hostile::survives;
use crate::listing::{list, run, run_with};

const RECORD: &str = include_str!("../../../../../fixtures/installed/conda/openssl-1.1.1q-h7f8727e_0.json");

#[test]
fn record() {
    assert_snapshot!(list(&run(&DETECTOR, "opt/conda/conda-meta/x.json", RECORD.as_bytes())), @r"pkg:conda/openssl@1.1.1q?build=h7f8727e_0&channel=https:%2F%2Fconda.example%2Fmain%2Flinux-64&subdir=linux-64 · lines 5-7 · license OpenSSL");
}

#[test]
fn broken() {
    assert_snapshot!(list(&run(&DETECTOR, "opt/conda/conda-meta/x.json", &RECORD.as_bytes()[..RECORD.len() / 2])), @r"Error Truncated line 4: the JSON ends in the middle: what follows is missing");
    assert_snapshot!(list(&run(&DETECTOR, "opt/conda/conda-meta/x.json", b"<>")), @r"Error Syntax line 1: a value is expected here: from here on nothing is read");
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, "opt/conda/conda-meta/x.json", RECORD.as_bytes());
}

const ENVIRONMENT_FILE: &[u8] = include_bytes!("../../../../../fixtures/lockfiles/conda/environment.yml");
const LOCK_FILE: &[u8] = include_bytes!("../../../../../fixtures/lockfiles/conda/conda-lock.yml");
const EXPLICIT_FILE: &[u8] = include_bytes!("../../../../../fixtures/lockfiles/conda/conda-linux-64.lock");

#[test]
fn environment() {
    assert_snapshot!(list(&run(&ENVIRONMENT, "environment.yml", ENVIRONMENT_FILE)), @r"
    pkg:conda/python · line 5 · Direct
    pkg:conda/numpy@1.24.3 · line 6 · Direct
    pkg:conda/zlib@1.2.13?build=hd590300_5&channel=conda-forge · line 7 · Direct
    pkg:conda/libgomp@13.2.0?build=hf8544c7_5 · line 8 · Direct
    pkg:conda/openssl · line 9 · Direct
    pkg:conda/liblapack · line 10 · Direct
    pkg:conda/pandas · line 11 · Direct
    pkg:pypi/flask@2.2.5 · line 13 · Direct
    pkg:pypi/requests · line 14 · Direct
    Note Shape line 5: `python=3.11.4` asks for any version that begins with 3.11.4: which one that gives is not in this file
    Error Shape line 15: `-r more.txt` names another file: it is not read
    Error Shape line 16: `==` names no package: it is not read
    Error Shape line 17: a dependency that is no text: it is not read
    ");
    assert_snapshot!(list(&run(&ENVIRONMENT, "environment.yml", b"name: x\n")), @r"Error Shape line 1: the file has no `dependencies`: it is no environment of conda");
}

/// What conda exports of an environment has the versions that are in it, and says where it lies.
#[test]
fn exported() {
    let text =
        b"name: x\ndependencies:\n  - python=3.11.4\n  - pip:\n      - flask==2.2.5\nprefix: /opt/conda/envs/x\n";
    assert_snapshot!(list(&run(&ENVIRONMENT, "environment.yml", text)), @r"
    pkg:conda/python@3.11.4 · line 3 · Direct
    pkg:pypi/flask@2.2.5 · line 5 · Direct
    ");
}

#[test]
fn locks() {
    assert_snapshot!(list(&run(&LOCK, "conda-lock.yml", LOCK_FILE)), @r"
    pkg:conda/zlib@1.2.13 · lines 5-6 · md5:f36c115f1e · sha256:abababa · Direct · Runtime
    pkg:conda/pytest@8.0.0 · lines 21-22 · Direct · Development
    pkg:pypi/flask@2.2.5 · lines 26-27 · Direct · Runtime
    Error Shape line 31: package `half` has no version: it is not read
    ");
    assert_snapshot!(list(&run(&LOCK, "conda-lock.yml", b"version: 999\n")), @r"
    Warning FormatVersion line 1: lock version 999 is not known: it is read as version 1, and may say more
    Error Shape line 1: the file has no `package`: it is no lock of conda
    ");
    assert_snapshot!(list(&run(&EXPLICIT, "conda-linux-64.lock", EXPLICIT_FILE)), @r"
    pkg:conda/zlib@1.2.13?build=hd590300_5 · line 3 · md5:f36c115f1e
    pkg:conda/ca-certificates@2024.2.2?build=hbcca054_0 · line 4
    Error Syntax line 5: `https://conda.example/odd` is no address of a package of conda: it is not read
    ");
    assert_snapshot!(list(&run(&EXPLICIT, "conda-linux-64.lock", b"x\n")), @r"
    Error Syntax line 1: `x` is no address of a package of conda: it is not read
    Error Shape line 1: the file has no line `@EXPLICIT`: it is no list of conda
    ");
}

/// What a package is needed for in several categories, it is needed for in the first of them that counts; the environment beside
/// the lockfile says what is asked for.
#[test]
fn categories_and_what_is_asked_for() {
    let text = b"version: 1\npackage:\n- name: deep\n  version: '2'\n  manager: conda\n  category: dev\n  optional: true\n\
        - name: deep\n  version: '2'\n  manager: conda\n  category: main\n  optional: false\n\
        - name: top\n  version: '1'\n  manager: conda\n  category: main\n  optional: false\n  dependencies:\n    deep: '>=2'\n";
    assert_snapshot!(list(&run(&LOCK, "conda-lock.yml", text)), @r"
    pkg:conda/deep@2 · lines 3-4 · Runtime
    pkg:conda/top@1 · lines 13-14 · Direct · Runtime · needs deep
    ");
    let environment: &[u8] = b"dependencies:\n- top=1\n- other::deep\n";
    assert_snapshot!(list(&run_with(&LOCK, "conda-lock.yml", text, &[("environment.yml", environment)])), @r"
    pkg:conda/deep@2 · lines 3-4 · Direct · Runtime
    pkg:conda/top@1 · lines 13-14 · Direct · Runtime · needs deep
    ");
}

/// Comments to conda, which conda-lock installs.
#[test]
fn packages_of_pip_in_a_list() {
    let text = b"@EXPLICIT\n# pip zope-event @ https://f.example/zope.event-5.0-py3-none-any.whl#sha256=0123456789012345678901234567890123456789012345678901234567890123\n\
        # pip old @ https://f.example/old-1.2.tar.gz\n# pip odd\n";
    assert_snapshot!(list(&run(&EXPLICIT, "conda-linux-64.lock", text)), @r"
    pkg:pypi/zope-event@5.0 · line 2 · sha256:0123456
    pkg:pypi/old@1.2 · line 3
    Error Syntax line 4: `odd` is no package of pip at an address: it is not read
    ");
}

#[test]
fn locks_survive_anything() {
    survives(&ENVIRONMENT, "environment.yml", ENVIRONMENT_FILE);
    survives(&LOCK, "conda-lock.yml", LOCK_FILE);
    survives(&EXPLICIT, "conda-linux-64.lock", EXPLICIT_FILE);
}
