//! Lockfiles the real package managers made: what is read is what each lists, name by name, version by version, and, where the
//! tool says it, which packages the project itself asks for. What differs is listed in `cases.rs` and judged there.

mod case;
mod cases;
mod table;

use case::Case;
use cases::CASES;
use model::{Relationship, Scope};

#[test]
fn what_is_read_is_what_the_tools_list() {
    let faults: Vec<String> = CASES.iter().flat_map(Case::check).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Every folder has a case: a lockfile nobody reads proves nothing.
#[test]
fn every_folder_is_read() {
    let folders = std::fs::read_dir(case::made()).expect("the folder is in the repository");
    for folder in folders.map(|entry| entry.expect("an entry").path()).filter(|path| path.join("expected.txt").exists())
    {
        let name = folder.file_name().and_then(|name| name.to_str()).expect("a name");
        assert!(CASES.iter().any(|case| case.folder == name), "{name} has no case");
    }
}

/// Paste what is printed below the heading when this fails.
#[test]
fn the_documentation_has_the_table() {
    let path = testkit::workspace().join("docs/ecosystems.md");
    let text = std::fs::read_to_string(path).expect("the documentation is in the repository");
    let rows = table::rows(CASES);
    assert!(text.contains(&rows), "docs/ecosystems.md lacks the table as it is now:\n{rows}");
}

#[test]
fn what_is_not_direct_is_transitive() {
    let case = CASES.iter().find(|case| case.folder == "yarn-4").expect("a case");
    let parsed = case.read();
    assert!(parsed.packages.iter().all(|package| package.relationship != Relationship::Unknown));
    assert!(parsed.packages.iter().all(|package| package.scope != Scope::Unknown));
}
