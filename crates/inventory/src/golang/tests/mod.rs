//! Every directive, beside the real go.

use insta::assert_snapshot;

use super::{DETECTOR, SUM, VENDORED, WORKSPACE};
use crate::hostile::survives;
use crate::listing::{list, run, run_with};
use crate::real;

const MODULE: &str = include_str!("../../../../../fixtures/lockfiles/golang/go.mod");
const OLD: &str = include_str!("../../../../../fixtures/lockfiles/golang/old.mod");
const BROKEN: &str = include_str!("../../../../../fixtures/lockfiles/golang/broken.mod");

fn check(text: &str) -> String {
    list(&run(&DETECTOR, "go.mod", text.as_bytes()))
}

#[test]
fn every_directive() {
    assert_snapshot!(check(MODULE), @r"
    pkg:golang/github.com/gorilla/websocket@v1.4.0 · line 10 · Direct · Runtime
    pkg:golang/golang.org/x/text@v0.3.5 · line 13 · Direct · Runtime
    pkg:golang/golang.org/x/net@v0.7.0 · line 14 · Transitive · Runtime
    pkg:golang/golang.org/x/sys@v0.5.0 · line 15 · Transitive · Runtime
    pkg:golang/example.org/new@v1.2.0 · line 16 · line 28 · Direct · Runtime
    pkg:golang/example.org/pinned@v1.1.1 · line 17 · line 31 · Direct · Runtime
    pkg:golang/example.org/local@v0.1.0 · line 18 · line 33 · Path · Direct · Runtime
    pkg:golang/example.org/incompatible@v2.0.0%2Bincompatible · line 19 · Direct · Runtime
    pkg:golang/example.org/pseudo@v0.0.0-20211224170007-df43bca6b6ff · line 20 · Direct · Runtime
    pkg:golang/stray.example/upper/UpperCase@v1.0.0 · line 21 · Direct · Runtime
    pkg:golang/stdlib@1.21.5 · line 6 · Inferred · Runtime
    ");
}

#[test]
fn before_modules_were_listed_whole() {
    assert_snapshot!(check(OLD), @r"
    pkg:golang/golang.org/x/text@v0.3.5 · line 5 · Direct · Runtime
    pkg:golang/stdlib@1.16 · line 3 · Inferred · Runtime
    Warning Unsupported line 3: a go.mod of go 1.16 need not list modules that others require: some of what is built is not here
    ");
    assert_snapshot!(check("require example.org/a v1.0.0"), @r"
    pkg:golang/example.org/a@v1.0.0 · line 1 · Direct · Runtime
    Warning Truncated line 1: the file does not end in a line break, as its tool writes it: it may be cut short
    Warning Unsupported line 1: a go.mod of no go version need not list modules that others require: some of what is built is not here
    ");
}

#[test]
fn a_broken_line_hides_no_other() {
    assert_snapshot!(check(BROKEN), @r"
    pkg:golang/example.org/good@v1.0.0 · line 9 · Direct · Runtime
    pkg:golang/example.org/last@v1.0.0 · line 11 · Direct · Runtime
    pkg:golang/stdlib@1.22.1 · line 3 · Inferred · Runtime
    Error Syntax line 5: `require golang.org/x/text` needs a module and its version: it is not read
    Error Syntax line 6: `requires golang.org/x/net v0.7.0` is no directive: it is not read
    Error Syntax line 7: `replace example.org/a v1.0.0` has no `=>`: it is not read
    Error Syntax line 10: `example.org/three v1.0.0 words` needs a module and its version: it is not read
    Error Truncated line 11: the block of `require` is not closed: the file is cut short
    ");
}

#[test]
fn empty() {
    assert_eq!(check(""), "");
    assert_eq!(check("require(\r\n)\r\n"), "");
}

#[test]
fn agrees_with_go() {
    let Some(folder) = real::made_by("go") else { return };
    let parsed = run(&DETECTOR, "go.mod", &real::read(&folder, "go.mod"));
    assert_eq!(real::told(&parsed, is_required), real::flagged(&folder));
}

fn is_required(package: &model::Package) -> bool {
    package.state == model::PackageState::Installed
}

/// An old `go.mod` and its `go.sum` together are what `go list -m all` lists. What of it is only needed for tests of the
/// dependencies, neither file says.
#[test]
fn agrees_with_go_on_an_old_module() {
    let Some(folder) = real::made_by("go-old") else { return };
    let (manifest, sums) = (real::read(&folder, "go.mod"), real::read(&folder, "go.sum"));
    let mut parsed = run_with(&DETECTOR, "go.mod", &manifest, &[("go.sum", &sums)]);
    parsed.packages.extend(run_with(&SUM, "go.sum", &sums, &[("go.mod", &manifest)]).packages);
    let all = String::from_utf8(real::read(&folder, "all.txt")).expect("text");
    assert_eq!(real::listed(&parsed, is_required), all.lines().collect::<Vec<_>>());
    let (told, built) = (real::told(&parsed, is_required), real::flagged(&folder));
    assert!(built.iter().all(|line| told.contains(line)), "{told:?} and {built:?}");
    let for_tests: Vec<&str> = told.iter().filter(|line| !built.contains(line)).map(String::as_str).collect();
    assert_eq!(
        for_tests,
        [
            "github.com/davecgh/go-spew v1.1.1 transitive",
            "github.com/pmezard/go-difflib v1.0.0 transitive",
            "github.com/stretchr/testify v1.2.2 transitive"
        ]
    );
}

#[test]
fn agrees_with_go_on_vendored_code() {
    let Some(folder) = real::made_by("go-vendor") else { return };
    let manifest = real::read(&folder, "go.mod");
    let of_manifest = run_with(&DETECTOR, "go.mod", &manifest, &[("go.sum", &real::read(&folder, "go.sum"))]);
    assert_eq!(real::told(&of_manifest, is_required), real::flagged(&folder));
    let modules = real::read(&folder, "vendor/modules.txt");
    let vendored = run_with(&VENDORED, "vendor/modules.txt", &modules, &[("go.mod", &manifest)]);
    assert_eq!(real::told(&vendored, |_| true), real::flagged(&folder));
}

/// Who asks is in the `go.mod` of each part: the list of the workspace says only what is built.
#[test]
fn agrees_with_go_on_a_workspace() {
    let Some(folder) = real::made_by("go-work") else { return };
    let vendored = run(&VENDORED, "vendor/modules.txt", &real::read(&folder, "vendor/modules.txt"));
    assert_eq!(real::told(&vendored, |_| true), real::expected(&folder));
    let replaced = run(&WORKSPACE, "go.work", &real::read(&folder, "go.work"));
    let replaced: Vec<String> =
        replaced.packages.iter().filter(|package| is_required(package)).map(model::Package::label).collect();
    assert_eq!(replaced, ["rsc.io/sampler v1.3.1"]);
    let mut parts = run(&DETECTOR, "one/go.mod", &real::read(&folder, "one/go.mod"));
    parts.packages.extend(run(&DETECTOR, "two/go.mod", &real::read(&folder, "two/go.mod")).packages);
    let expected = real::flagged(&folder)
        .iter()
        .map(|line| line.replace("rsc.io/sampler v1.3.1", "rsc.io/sampler v1.3.0"))
        .collect::<Vec<_>>();
    assert_eq!(real::told(&parts, is_required), expected, "but for what the workspace replaces");
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, "go.mod", MODULE.as_bytes());
    survives(&DETECTOR, "go.mod", BROKEN.as_bytes());
}

const OLD_SUM: &[u8] = include_bytes!("../../../../../fixtures/lockfiles/golang/go.sum");
const WORK: &[u8] = include_bytes!("../../../../../fixtures/lockfiles/golang/go.work");
const MODULES: &[u8] = include_bytes!("../../../../../fixtures/lockfiles/golang/vendor/modules.txt");

#[test]
fn sums_fill_in_what_an_old_file_leaves_out() {
    let with = |manifest: &str| list(&run_with(&SUM, "x/go.sum", OLD_SUM, &[("x/go.mod", manifest.as_bytes())]));
    assert_snapshot!(with(OLD), @r"pkg:golang/github.com/stretchr/testify@v1.10.0 · line 3 · Transitive · Runtime");
    assert_eq!(with(MODULE), "");
    let old = run_with(&DETECTOR, "x/go.mod", OLD.as_bytes(), &[("x/go.sum", OLD_SUM)]);
    assert!(old.problems.is_empty(), "{:?}", old.problems);
}

#[test]
fn workspace() {
    assert_snapshot!(list(&run(&WORKSPACE, "go.work", WORK)), @r"
    pkg:golang/example.org/new@v1.2.0 · line 11 · Runtime
    pkg:golang/example.org/local · line 12 · Path · Runtime
    pkg:golang/stdlib@1.22.4 · line 3 · Inferred · Runtime
    Note Unsupported line 11: the workspace replaces `example.org/old`: what a go.mod says of it is not what is built
    Note Unsupported line 12: the workspace replaces `example.org/local`: what a go.mod says of it is not what is built
    ");
}

#[test]
fn vendored() {
    assert_snapshot!(list(&run(&VENDORED, "vendor/modules.txt", MODULES)), @r"
    pkg:golang/github.com/gorilla/mux@v1.8.1 · line 1 · Runtime
    pkg:golang/example.org/new@v1.2.0 · line 4 · Runtime
    pkg:golang/example.org/local@v0.0.0 · line 7 · Path · Runtime
    ");
}

#[test]
fn survive_anything() {
    survives(&SUM, "go.sum", OLD_SUM);
    survives(&WORKSPACE, "go.work", WORK);
    survives(&VENDORED, "vendor/modules.txt", MODULES);
}
