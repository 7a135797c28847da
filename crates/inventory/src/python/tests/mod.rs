//! Metadata of both kinds, beside what Python itself finds on this machine.

use std::process::Command;

use insta::assert_snapshot;

use super::{DETECTOR, VENDORED, is_metadata};
use crate::hostile::survives;
use crate::listing::{list, run, run_with};

const METADATA: &[u8] = include_bytes!("../../../../../fixtures/installed/python/METADATA");
const PKG_INFO: &[u8] = include_bytes!("../../../../../fixtures/installed/python/PKG-INFO");

fn check(bytes: &[u8]) -> String {
    list(&run(&DETECTOR, "usr/lib/python3/site-packages/x.dist-info/METADATA", bytes))
}

#[test]
fn both_kinds() {
    assert_snapshot!(check(METADATA), @r"pkg:pypi/flask@2.2.5 · lines 2-3 · license BSD-3-Clause");
    assert_snapshot!(check(PKG_INFO), @r"pkg:pypi/distlib@0.3.1 · lines 2-3");
}

#[test]
fn broken() {
    assert_snapshot!(check(b"Name: a\n"), @r"Error Shape line 1: the metadata of a package has no version: it is not read");
    assert_snapshot!(check(b""), @r"Error Shape line 1: the metadata of a package has no name: it is not read");
    assert_snapshot!(check(b"Name: a\nVersion: 1\n\n\xff"), @r"pkg:pypi/a@1 · lines 1-2");
}

#[test]
fn names_of_files() {
    for path in ["a/x-1.dist-info/METADATA", "a/x.egg-info/PKG-INFO", "a/x.egg/EGG-INFO/PKG-INFO", "a/x-1.egg-info"] {
        assert!(is_metadata(path), "{path}");
    }
    assert!(!is_metadata("a/METADATA") && !is_metadata("a/x.dist-info/RECORD"));
}

#[test]
fn agrees_with_python() {
    const SCRIPT: &str = "import importlib.metadata as m\n\
        for d in m.distributions():\n  f = getattr(d, '_path', None)\n  print(d.metadata['Name'], d.version, f, sep='\\t')";
    let Ok(output) = Command::new("python3").args(["-c", SCRIPT]).output() else {
        return testkit::skip("the packages of this machine's Python", "python3 is not installed");
    };
    let mut compared = 0;
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let [name, version, path] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let folder = std::path::Path::new(path);
        let files = [folder.join("METADATA"), folder.join("PKG-INFO"), folder.to_owned()];
        let Some(bytes) = files.iter().find_map(|file| std::fs::read(file).ok()) else { continue };
        let found = run(&DETECTOR, "x.dist-info/METADATA", &bytes).packages;
        let found: Vec<_> = found.iter().map(|package| (package.name.as_str(), package.version.as_deref())).collect();
        assert_eq!(found, [(name, Some(version))], "{path}");
        compared += 1;
    }
    assert!(compared > 0, "this machine's Python has no package");
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, "x.dist-info/METADATA", METADATA);
}

#[test]
fn where_it_came_from() {
    let metadata: &[u8] = b"Name: tool\nVersion: 1.0\n";
    let path = "usr/lib/python3/dist-packages/tool-1.0.dist-info/METADATA";
    let check = |source: &str| {
        let beside = path.replace("METADATA", "direct_url.json");
        list(&run_with(&DETECTOR, path, metadata, &[(&beside, source.as_bytes())]))
    };
    assert_snapshot!(check(r#"{"url": "file:///src/tool", "dir_info": {"editable": true}}"#), @r"pkg:pypi/tool@1.0 · lines 1-2 · Path");
    assert_snapshot!(check(r#"{"url": "https://git.example/tool", "vcs_info": {"vcs": "git", "commit_id": "0a1b"}}"#), @r#"pkg:pypi/tool@1.0?vcs_url=git%2Bhttps:%2F%2Fgit.example%2Ftool%230a1b · lines 1-2 · Git("https://git.example/tool#0a1b")"#);
    assert_snapshot!(check(r#"{"url": "https://files.example/tool-1.0.zip", "archive_info": {}}"#), @r#"pkg:pypi/tool@1.0?download_url=https:%2F%2Ffiles.example%2Ftool-1.0.zip · lines 1-2 · Url("https://files.example/tool-1.0.zip")"#);
    assert_snapshot!(check("nothing"), @r"pkg:pypi/tool@1.0 · lines 1-2");
}

#[test]
fn vendored() {
    let text = b"CacheControl==0.14.1\nrequests==2.32.3\n    idna==3.10\n    urllib3[x]==1.26.20 ; python_version > '3'\n# words\nhalf\n";
    assert_snapshot!(list(&run(&VENDORED, "lib/pip/_vendor/vendor.txt", text)), @r"
    pkg:pypi/cachecontrol@0.14.1 · line 1 · Transitive
    pkg:pypi/requests@2.32.3 · line 2 · Transitive
    pkg:pypi/idna@3.10 · line 3 · Transitive
    pkg:pypi/urllib3@1.26.20 · line 4 · Transitive
    Error Syntax line 6: `half` is no package and its version: it is not read
    ");
    survives(&VENDORED, "lib/pip/_vendor/vendor.txt", text);
}

/// pip's own folder, read by pip's Python: every line of its list is one of ours.
#[test]
fn vendored_by_pip() {
    const JUDGE: &str = "import pip._vendor as v, os; p = os.path.join(os.path.dirname(v.__file__), 'vendor.txt'); print(p)\nfor line in open(p):\n    line = line.split('#')[0].strip()\n    if line: print(line.replace('==', ' '))";
    let Ok(output) = Command::new("python3").args(["-c", JUDGE]).output() else {
        return testkit::skip("pip", "python3 is not installed");
    };
    let said = String::from_utf8(output.stdout).expect("text");
    let mut lines = said.lines();
    let Some(path) = lines.next() else {
        return testkit::skip("pip", "python3 has no pip with a list of what it vendors");
    };
    let found = run(&VENDORED, "lib/pip/_vendor/vendor.txt", &std::fs::read(path).expect("python found it"));
    let shown =
        found.packages.iter().map(|package| format!("{} {}", package.name, package.version.as_deref().unwrap_or("-")));
    assert_eq!(shown.collect::<Vec<_>>(), lines.collect::<Vec<_>>());
    assert!(found.packages.len() > 5 && found.problems.is_empty(), "{:?}", found.problems);
}
