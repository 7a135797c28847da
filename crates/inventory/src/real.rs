//! Tests only: lockfiles that the real package managers of this machine made, with what they themselves list.

use std::path::PathBuf;

/// The folder `tests/components/lockfiles.sh` made for a tool, or a skip.
pub(crate) fn made_by(tool: &str) -> Option<PathBuf> {
    let folder = testkit::workspace().join(".cache/lockfiles").join(tool);
    if !folder.exists() {
        testkit::skip(&format!("the lockfile of the real {tool}"), "run `cargo xtask test` once, it makes them");
        return None;
    }
    Some(folder)
}

/// A file of it.
pub(crate) fn read(folder: &std::path::Path, file: &str) -> Vec<u8> {
    std::fs::read(folder.join(file)).expect("a file the script made")
}

/// What the tool lists: `name version` lines, sorted.
pub(crate) fn expected(folder: &std::path::Path) -> Vec<String> {
    sorted(flagged(folder).iter().map(|line| without_flag(line)))
}

/// The same with `direct` or `transitive` behind, where the tool says it.
pub(crate) fn flagged(folder: &std::path::Path) -> Vec<String> {
    let text = String::from_utf8(read(folder, "expected.txt")).expect("text");
    sorted(text.lines().map(str::to_owned))
}

/// What we list of that kind.
pub(crate) fn listed(parsed: &crate::Parsed, keep: impl Fn(&model::Package) -> bool) -> Vec<String> {
    sorted(told(parsed, keep).iter().map(|line| without_flag(line)))
}

/// The same with `direct`, `transitive` or nothing behind.
pub(crate) fn told(parsed: &crate::Parsed, keep: impl Fn(&model::Package) -> bool) -> Vec<String> {
    assert!(parsed.problems.is_empty(), "{:?}", parsed.problems);
    let shown = |package: &model::Package| {
        let flag = match package.relationship {
            model::Relationship::Direct => " direct",
            model::Relationship::Transitive => " transitive",
            model::Relationship::Unknown => "",
        };
        format!("{} {}{flag}", package.name, package.version.as_deref().unwrap_or("-"))
    };
    sorted(parsed.packages.iter().filter(|package| keep(package)).map(shown))
}

fn without_flag(line: &str) -> String {
    line.trim_end_matches(" direct").trim_end_matches(" transitive").to_owned()
}

fn sorted(lines: impl Iterator<Item = String>) -> Vec<String> {
    let mut lines: Vec<String> = lines.collect();
    lines.sort();
    lines.dedup();
    lines
}
