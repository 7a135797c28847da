//! Programs that real toolchains built, with `go version -m` as second judge.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::forge::compressed;
use crate::Parsed;
use crate::executable::{CARGO_AUDITABLE, GO_BUILD_INFO};
use crate::listing::{list, run};

const JSON: &str = include_str!("../../../../../fixtures/installed/executable/auditable.json");

/// A folder that goes away with the test.
pub(super) struct Scratch(PathBuf);

impl Scratch {
    pub(super) fn new(name: &str) -> Scratch {
        let path = std::env::temp_dir().join(format!("portcullis-inventory-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder can be made");
        Scratch(path)
    }

    pub(super) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder can be made");
        std::fs::write(&path, content).expect("a file can be written");
        path
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The output of a command; `None` when there is no such command.
pub(super) fn output(command: &mut Command) -> Option<String> {
    let output = command.output().ok()?;
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {errors}");
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

pub(super) fn has(command: &str) -> bool {
    let found = Command::new(command).arg(if command == "go" { "version" } else { "--version" }).output().is_ok();
    if !found {
        testkit::skip(&format!("programs made by `{command}`"), "it is not installed");
    }
    found
}

/// Modules as `name version`, in order.
fn modules(parsed: &Parsed) -> Vec<String> {
    let packages = parsed.packages.iter();
    packages.map(|package| format!("{} {}", package.name, package.version.as_deref().unwrap_or("-"))).collect()
}

/// The same of what `go version -m` prints; the toolchain's version stands last.
fn expected(program: &Path) -> Vec<String> {
    let text = output(Command::new("go").args(["version", "-m"]).arg(program)).expect("go is there");
    let (first, rest) = text.split_once('\n').expect("several lines");
    let mut modules: Vec<String> = Vec::new();
    for line in rest.lines() {
        let columns: Vec<&str> = line.trim_start_matches('\t').split('\t').collect();
        let version = columns.get(2).copied().filter(|version| !matches!(*version, "" | "(devel)"));
        match columns[0] {
            "mod" | "dep" => modules.push(format!("{} {}", columns[1], version.unwrap_or("-"))),
            // A folder stands for the module, a module takes its place.
            "=>" if version.is_some() => {
                *modules.last_mut().expect("after a module") = format!("{} {}", columns[1], version.unwrap_or("-"));
            }
            _ => {}
        }
    }
    let toolchain = first.rsplit_once(": go").expect("a version").1.split(' ').next().expect("a word");
    modules.push(format!("stdlib {toolchain}"));
    modules
}

fn check(program: &Path) -> Vec<String> {
    let parsed = run(&GO_BUILD_INFO, "usr/bin/app", &std::fs::read(program).expect("a program"));
    assert!(parsed.problems.is_empty(), "{}", list(&parsed));
    let modules = modules(&parsed);
    assert_eq!(modules, expected(program), "{}", program.display());
    modules
}

#[test]
fn the_tools_of_go() {
    if !has("go") {
        return;
    }
    let root = output(Command::new("go").args(["env", "GOROOT"])).expect("go is there");
    let folder = Path::new(root.trim()).join("bin");
    for entry in std::fs::read_dir(folder).expect("the folder of the tools") {
        check(&entry.expect("an entry").path());
    }
}

/// A program with dependencies, each kind of replacement, and nothing fetched: modules come from `vendor/`.
fn source(name: &str) -> Scratch {
    let scratch = Scratch::new(name);
    scratch.write(
        "go.mod",
        "module example.com/app\ngo 1.20\nrequire (\n\texample.com/dep v1.2.3\n\texample.com/old v1.0.0\n\texample.com/local v0.1.0\n)\n\
         replace example.com/old => example.com/new v1.1.0\nreplace example.com/local => ./local\n",
    );
    scratch.write("local/go.mod", "module example.com/local\ngo 1.20\n");
    scratch.write(
        "vendor/modules.txt",
        "# example.com/dep v1.2.3\n## explicit; go 1.20\nexample.com/dep\n\
         # example.com/local v0.1.0 => ./local\n## explicit; go 1.20\nexample.com/local\n\
         # example.com/old v1.0.0 => example.com/new v1.1.0\n## explicit; go 1.20\nexample.com/old\n\
         # example.com/local => ./local\n# example.com/old => example.com/new v1.1.0\n",
    );
    for module in ["dep", "old", "local"] {
        scratch.write(&format!("vendor/example.com/{module}/x.go"), format!("package {module}\n"));
    }
    scratch.write(
        "main.go",
        "package main\nimport (\n_ \"example.com/dep\"\n_ \"example.com/old\"\n_ \"example.com/local\"\n)\nfunc main() {}\n",
    );
    scratch
}

fn build(scratch: &Scratch, system: &str, flags: &[&str]) -> PathBuf {
    let program = scratch.0.join(format!("app-{system}-{}", flags.len()));
    let mut command = Command::new("go");
    command.args(["build", "-mod=vendor", "-o"]).arg(&program).args(flags).current_dir(&scratch.0);
    command.env("GOOS", system).env("GOARCH", "amd64").env("CGO_ENABLED", "0").env("GOTOOLCHAIN", "local");
    output(command.env("GOPROXY", "off").env("GOWORK", "off").env("GOFLAGS", "-buildvcs=false")).expect("go is there");
    program
}

#[test]
fn programs_for_three_systems() {
    if !has("go") {
        return;
    }
    let scratch = source("systems");
    for system in ["linux", "windows", "darwin"] {
        let modules = check(&build(&scratch, system, &[]));
        let first =
            ["example.com/app -", "example.com/dep v1.2.3", "example.com/local v0.1.0", "example.com/new v1.1.0"];
        assert_eq!(modules[..4], first, "{system}");
        check(&build(&scratch, system, &["-ldflags=-s -w", "-trimpath"]));
    }
}

#[test]
fn stripped_of_everything() {
    if !has("go") || !has("strip") || !has("objcopy") {
        return;
    }
    let scratch = source("stripped");
    let program = build(&scratch, "linux", &[]);
    let expected = check(&program);
    output(Command::new("strip").args(["--strip-all"]).arg(&program));
    assert_eq!(modules(&run(&GO_BUILD_INFO, "app", &std::fs::read(&program).expect("a program"))), expected);
    // A section by another name, and then no section headers at all.
    output(Command::new("objcopy").args(["--rename-section", ".go.buildinfo=.other"]).arg(&program));
    let mut bytes = std::fs::read(&program).expect("a program");
    assert_eq!(modules(&run(&GO_BUILD_INFO, "app", &bytes)), expected);
    bytes[0x28..0x30].fill(0);
    bytes[0x3c..0x40].fill(0);
    assert_eq!(modules(&run(&GO_BUILD_INFO, "app", &bytes)), expected);
}

/// What cargo-auditable does in its linker step, done by `objcopy` to programs for two systems.
#[test]
fn a_section_added_by_objcopy() {
    if !has("go") || !has("objcopy") {
        return;
    }
    let scratch = source("objcopy");
    let section = scratch.write("section", compressed(JSON.as_bytes()));
    for system in ["linux", "windows"] {
        let program = build(&scratch, system, &[]);
        output(Command::new("objcopy").arg(format!("--add-section=.dep-v0={}", section.display())).arg(&program));
        let bytes = std::fs::read(&program).expect("a program");
        let parsed = run(&CARGO_AUDITABLE, "usr/bin/app", &bytes);
        assert!(parsed.problems.is_empty(), "{system}: {}", list(&parsed));
        assert_eq!(parsed.packages.len(), 6, "{system}: {}", list(&parsed));
        assert_eq!(run(&GO_BUILD_INFO, "usr/bin/app", &bytes).packages.len(), 5, "{system}");
    }
}

/// Whatever is installed here runs, so nothing of it is damaged; and Go finds the programs of Go that we find.
#[test]
fn programs_of_this_machine() {
    let folder = Path::new("/usr/bin");
    if !folder.is_dir() || !has("go") {
        return testkit::skip("programs of this machine", "it has no /usr/bin or no go");
    }
    let known = output(Command::new("go").arg("version").arg(folder)).expect("go is there");
    let known: Vec<&str> = known.lines().filter_map(|line| line.split_once(": go")).map(|(path, _)| path).collect();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        // Links to programs elsewhere are not for the folder's listing.
        let Some(bytes) = std::fs::read(&path).ok().filter(|_| !path.is_symlink()) else { continue };
        let found = run(&GO_BUILD_INFO, "usr/bin/app", &bytes);
        let list_of_crates = run(&CARGO_AUDITABLE, "usr/bin/app", &bytes);
        assert!(
            found.problems.is_empty() && list_of_crates.problems.is_empty(),
            "{}: {}",
            path.display(),
            list(&found)
        );
        let is_known = known.iter().any(|known| Path::new(known) == path);
        assert_eq!(!found.packages.is_empty(), is_known, "{}", path.display());
        if is_known {
            assert_eq!(modules(&found), expected(&path), "{}", path.display());
        }
    }
}
