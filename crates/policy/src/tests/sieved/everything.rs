//! The policies of the conventions, and every built-in rule as if it were a user's, about their own documents and changes of these.

use std::path::{Path, PathBuf};

use model::{Document, Origin, TreePath};

use super::{Pair, mutate, with_value};
use crate::{Namespaces, Options, PolicyFile, Trust};

/// All files below a folder, sorted.
fn below(root: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for path in std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            if path.is_dir() { open.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

fn is_rego(path: &Path) -> bool {
    path.extension().is_some_and(|end| end == "rego")
}

fn policies(files: &[PathBuf]) -> Vec<PolicyFile> {
    let file = |path: &PathBuf| PolicyFile {
        name: path.display().to_string(),
        text: std::fs::read_to_string(path).expect("a policy"),
        trust: Trust::User,
    };
    files.iter().filter(|path| is_rego(path)).map(file).collect()
}

fn documents(path: &Path) -> Vec<Document> {
    let name = path.file_name().expect("a name").to_string_lossy().into_owned();
    let origin = Origin::file(TreePath::new(name.as_str()).expect("a path"));
    let Some(format) = document::format_of(&origin.path) else { return Vec::new() };
    let bytes = std::fs::read(path).expect("an example");
    document::parse(format, &origin, &bytes, &document::Limits::default()).0
}

/// Asks the policies in some folders about documents of these, each with so many changes; gives how often a rule was passed over, and the names
/// of folders whose policies do not load by themselves.
fn check(folders: impl Iterator<Item = PathBuf>, libraries: &[PathBuf], changes: usize) -> (usize, Vec<String>) {
    let options = Options { namespaces: Namespaces::All, ..Options::default() };
    let mut passed = 0;
    let mut left_out = Vec::new();
    for folder in folders {
        let files = below(&folder);
        let own: Vec<PathBuf> = files.iter().filter(|path| is_rego(path)).chain(libraries).cloned().collect();
        // Some need data, or what reads configuration.
        let Some(pair) = Pair::load(&policies(&own), &options) else {
            left_out.push(folder.file_name().expect("a name").to_string_lossy().into_owned());
            continue;
        };
        for document in files.iter().flat_map(|path| documents(path)) {
            let of = folder.display().to_string();
            pair.check(&of, &document);
            passed += pair.check_passed_over(&of, &document);
            for value in mutate::some(&document.root.to_json(), changes) {
                passed += pair.check_passed_over(&of, &with_value(&document, &value));
            }
        }
    }
    (passed, left_out)
}

fn folders(root: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(testkit::workspace().join(root)).expect("the folder is there");
    let mut found: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    found.sort();
    found
}

/// A part of the built-in rules, each with all libraries: of so many parts the one of this number.
fn of_builtin_rules(number: usize, parts: usize) -> (usize, Vec<String>) {
    let libraries: Vec<PathBuf> =
        below(&testkit::workspace().join("policies/lib")).into_iter().filter(|path| is_rego(path)).collect();
    let domains = folders("policies").into_iter().filter(|path| !path.ends_with("lib") && !path.ends_with("src"));
    let rules = domains.flat_map(|domain| folders(&domain.display().to_string()));
    check(rules.skip(number).step_by(parts), &libraries, usize::MAX)
}

#[test]
fn the_conventions() {
    let (passed, left_out) = check(folders("fixtures/conventions").into_iter(), &[], 20);
    assert!(passed > 0, "nothing was passed over");
    assert_eq!(left_out, ["parse-config"], "only this one needs what reads configuration");
}

/// All of them take hours of a busy machine without optimisation; each part takes minutes.
macro_rules! part_of_all_built_in_rules {
    ($($name:ident $number:literal),* $(,)?) => {
        const PARTS: usize = [$($number),*].len();
        $(
            #[test]
            #[ignore = "minutes: every change of the examples of some rules"]
            fn $name() {
                let (passed, left_out) = of_builtin_rules($number, PARTS);
                assert!(passed > 0, "nothing was passed over");
                assert_eq!(left_out, [""; 0]);
            }
        )*
    };
}

part_of_all_built_in_rules! {
    all_built_in_rules_part_0 0, all_built_in_rules_part_1 1, all_built_in_rules_part_2 2, all_built_in_rules_part_3 3,
    all_built_in_rules_part_4 4, all_built_in_rules_part_5 5, all_built_in_rules_part_6 6, all_built_in_rules_part_7 7,
    all_built_in_rules_part_8 8, all_built_in_rules_part_9 9, all_built_in_rules_part_10 10, all_built_in_rules_part_11 11,
    all_built_in_rules_part_12 12, all_built_in_rules_part_13 13, all_built_in_rules_part_14 14, all_built_in_rules_part_15 15,
}
