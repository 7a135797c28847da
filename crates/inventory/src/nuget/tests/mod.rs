//! Each of the four files.

use insta::assert_snapshot;

use super::{ASSETS, CENTRAL, CONFIG, DEPS, LOCK};
use crate::hostile::survives;
use crate::listing::{list, run};

const LOCK_FILE: &str = include_str!("../../../../../fixtures/lockfiles/nuget/packages.lock.json");
const CONFIG_FILE: &str = include_str!("../../../../../fixtures/lockfiles/nuget/packages.config");
const DEPS_FILE: &str = include_str!("../../../../../fixtures/lockfiles/nuget/shop.deps.json");
const ASSETS_FILE: &str = include_str!("../../../../../fixtures/lockfiles/nuget/project.assets.json");

#[test]
fn lock() {
    assert_snapshot!(list(&run(&LOCK, "packages.lock.json", LOCK_FILE.as_bytes())), @r"
    pkg:nuget/Newtonsoft.Json@13.0.1 · lines 5-8 · Direct
    pkg:nuget/Serilog@2.10.0 · lines 11-13 · Direct · needs Newtonsoft.Json@13.0.1
    pkg:nuget/Newtonsoft.Json@13.0.3 · line 23 · Direct
    Error Shape line 20: `Unresolved` has no resolved version: it is not read
    ");
}

#[test]
fn config() {
    assert_snapshot!(list(&run(&CONFIG, "packages.config", CONFIG_FILE.as_bytes())), @r"
    pkg:nuget/Newtonsoft.Json@8.0.3 · line 3 · Runtime
    pkg:nuget/Microsoft.Net.Compilers@1.0.0 · line 4 · Development
    Error Shape line 5: package `WithoutVersion` has no name or no version: it is not read
    ");
}

#[test]
fn deps() {
    assert_snapshot!(list(&run(&DEPS, "shop.deps.json", DEPS_FILE.as_bytes())), @r"
    pkg:nuget/Microsoft.NETCore.App.Runtime.linux-x64@8.0.1 · line 12 · Runtime
    pkg:nuget/Serilog@2.10.0 · line 13 · Direct · Runtime · needs Newtonsoft.Json
    pkg:nuget/Newtonsoft.Json@13.0.1 · line 14 · Transitive · Runtime
    Error Shape line 15: library `nonsense` is no name and version: it is not read
    ");
}

#[test]
fn assets() {
    assert_snapshot!(list(&run(&ASSETS, "obj/project.assets.json", ASSETS_FILE.as_bytes())), @r"
    pkg:nuget/Newtonsoft.Json@13.0.1 · line 10 · Transitive
    pkg:nuget/Serilog@2.10.0 · line 11 · Direct · needs Newtonsoft.Json
    ");
}

#[test]
fn broken() {
    assert_snapshot!(list(&run(&LOCK, "packages.lock.json", &LOCK_FILE.as_bytes()[..LOCK_FILE.len() / 2])), @r"
    pkg:nuget/Newtonsoft.Json@13.0.1 · lines 5-8 · Direct
    pkg:nuget/Serilog@2.10.0 · lines 11-13 · needs Newtonsoft.Json
    Error Truncated line 15: the JSON ends in the middle: what follows is missing
    ");
    assert_snapshot!(list(&run(&LOCK, "packages.lock.json", b"<>")), @r"Error Syntax line 1: a value is expected here: from here on nothing is read");
    assert_snapshot!(list(&run(&CONFIG, "packages.config", &CONFIG_FILE.as_bytes()[..CONFIG_FILE.len() / 2])), @r"
    pkg:nuget/Newtonsoft.Json@8.0.3 · line 3 · Runtime
    Error Syntax line 4: wrong XML, syntax error: tag not closed: `>` not found before end of input: from here on nothing is read
    ");
    assert_snapshot!(list(&run(&CONFIG, "packages.config", b"<>")), @r"Error Truncated line 1: the XML ends in the middle: what follows is missing");
    assert_snapshot!(list(&run(&DEPS, "shop.deps.json", &DEPS_FILE.as_bytes()[..DEPS_FILE.len() / 2])), @r"
    pkg:nuget/Shop@1.0.0 · line 11 · Runtime
    Error Truncated line 11: the JSON ends in the middle: what follows is missing
    ");
    assert_snapshot!(list(&run(&DEPS, "shop.deps.json", b"<>")), @r"Error Syntax line 1: a value is expected here: from here on nothing is read");
    assert_snapshot!(list(&run(&ASSETS, "obj/project.assets.json", &ASSETS_FILE.as_bytes()[..ASSETS_FILE.len() / 2])), @r"Error Truncated line 10: the JSON ends in the middle: what follows is missing");
    assert_snapshot!(list(&run(&ASSETS, "obj/project.assets.json", b"<>")), @r"Error Syntax line 1: a value is expected here: from here on nothing is read");
}

#[test]
fn survives_anything() {
    survives(&LOCK, "packages.lock.json", LOCK_FILE.as_bytes());
    survives(&CONFIG, "packages.config", CONFIG_FILE.as_bytes());
    survives(&DEPS, "shop.deps.json", DEPS_FILE.as_bytes());
    survives(&ASSETS, "obj/project.assets.json", ASSETS_FILE.as_bytes());
}

const CENTRAL_FILE: &[u8] = include_bytes!("../../../../../fixtures/lockfiles/nuget/Directory.Packages.props");

#[test]
fn central() {
    assert_snapshot!(list(&run(&CENTRAL, "Directory.Packages.props", CENTRAL_FILE)), @r"
    pkg:nuget/Newtonsoft.Json@12.0.3 · line 8 · Direct
    pkg:nuget/Serilog@2.12.0 · line 9 · Direct
    pkg:nuget/Elsewhere · line 10 · Direct
    pkg:nuget/Ranged · line 11 · Direct
    pkg:nuget/Analyzers@1.1.1 · line 12 · Direct
    pkg:nuget/Nested@3.2.1 · line 13 · Direct
    pkg:nuget/First@4.5.6 · line 15 · Direct
    pkg:nuget/Second@4.5.6 · line 15 · Direct
    pkg:nuget/Prefixed@2.7.0 · line 16 · Direct
    Warning Shape line 10: the version of `Elsewhere` is a property of another file: it cannot be matched
    Error Shape line 14: a version for ``, which names no package: it is not read
    ");
    assert_snapshot!(list(&run(&CENTRAL, "Directory.Packages.props", b"<x/>")), @r"Error Shape line 1: the file has no `Project` element: no version of it is read");
    survives(&CENTRAL, "Directory.Packages.props", CENTRAL_FILE);
}
