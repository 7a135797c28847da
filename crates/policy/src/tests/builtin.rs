//! The built-in policies as a body of real ones: they load, and without the paths that they name the engine finds the same lines.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use model::{Cancel, Document, Format, Origin, TreePath};

use super::file;
use crate::package::Package;
use crate::{Input, Options, PolicyFile, PolicySet, Trust, load};

/// Every file below `policies/`, by its path from there.
fn files(end: &str) -> Vec<(String, PathBuf)> {
    let root = testkit::workspace().join("policies");
    let mut found = Vec::new();
    let mut open = vec![root.clone()];
    while let Some(folder) = open.pop() {
        for path in std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                open.push(path);
            } else if path.to_string_lossy().ends_with(end) {
                found.push((path.strip_prefix(&root).expect("below").display().to_string(), path));
            }
        }
    }
    found.sort();
    found
}

fn policies(change: impl Fn(String) -> String) -> Option<PolicySet> {
    let rego: Vec<PolicyFile> = files(".rego")
        .into_iter()
        .map(|(name, path)| {
            let text = std::fs::read_to_string(path).expect("a policy");
            // Libraries pass paths on under the same name.
            let text = if name.starts_with("lib/") { text } else { change(text) };
            PolicyFile { name, ..file(&text, Trust::Builtin) }
        })
        .collect();
    if rego.is_empty() {
        testkit::skip("built-in policies", "there are none yet");
        return None;
    }
    let (set, errors) = load(rego, &Options::default());
    assert!(errors.is_empty(), "{}", errors.iter().map(|error| format!("{error}\n")).collect::<String>());
    Some(set)
}

fn documents(path: &Path) -> Vec<Document> {
    let name = path.file_name().expect("a name").to_string_lossy().into_owned();
    let origin = Origin::file(TreePath::new(name.as_str()).expect("a path"));
    let format = document::format_of(&origin.path).unwrap_or(Format::Dockerfile);
    let bytes = std::fs::read(path).expect("an example");
    document::parse(format, &origin, &bytes, &document::Limits::default()).0
}

/// The package of the policy that an example lies beside.
fn package_of(example: &str) -> String {
    example.rsplit_once('/').map_or("", |(folder, _)| folder).replace('/', ".").replace('-', "_")
}

/// One finding: what it says, where, and what it took to find that out.
#[derive(Clone, Debug)]
struct Found {
    message: String,
    line: Option<u32>,
    path: String,
    /// It is at a value whose change, or at an object whose lack was proved to make the difference.
    is_proved: bool,
    spent: Option<u64>,
}

/// Every finding of the rules in their own failing examples, by example and rule.
fn found(set: &PolicySet) -> BTreeMap<String, Vec<Found>> {
    let mut all: BTreeMap<String, Vec<Found>> = BTreeMap::new();
    let examples = files("").into_iter().filter(|(name, _)| name.contains("/fail") && !name.ends_with(".txt"));
    for (name, path) in examples {
        // What several documents make together has a cause in each of them, of which the policy names one.
        let is_own = |package: &&Package| package.input == Input::Document && package.name == package_of(&name);
        let own: Vec<_> = set.packages.iter().filter(is_own).collect();
        let evaluation = set.evaluate_by(&own, &documents(&path), &Cancel::new());
        assert_eq!(evaluation.problems, [], "{name}");
        for finding in evaluation.findings {
            let evidence = |name: &str| finding.evidence.get(name);
            all.entry(format!("{name} {}", finding.rule)).or_default().push(Found {
                message: finding.message.clone(),
                line: finding.locations.first().and_then(model::Location::line),
                path: evidence("path").and_then(|path| path.as_str()).unwrap_or_default().to_owned(),
                is_proved: evidence("located_by").is_some_and(|by| by == "cause" || by == "absence"),
                spent: evidence("evaluations").and_then(|number| number.as_u64()),
            });
        }
    }
    all
}

/// Whether a place is the attribute that the policy names: that very one, a piece of it, or what it stands in.
fn is_at(named: &str, found: &str) -> bool {
    let steps = |path: &str| -> Vec<String> {
        path.replace('[', ".[").split('.').filter(|step| !step.is_empty()).map(str::to_owned).collect()
    };
    let (named, found) = (steps(named), steps(found));
    found.starts_with(&named) || (named.starts_with(&found) && named.len() == found.len() + 1)
}

/// What is found of an image has no line of its own: it is shown at the file that the object around it is about, or at none.
fn is_place(example: &str, named: &str, found: &str) -> bool {
    let around = |path: &str| path.rsplit_once('.').map(|(around, _)| around.to_owned());
    is_at(named, found) || (example.starts_with("image/") && around(named) == around(found))
}

#[test]
#[allow(clippy::print_stdout)]
fn causes_are_found_where_the_policies_say_they_are() {
    // A line inside a script is beyond the search: both say where the script is.
    let Some(named) = policies(|text| text.replace("\"text\":", "\"unused\":")) else { return };
    let Some(searched) =
        policies(|text| text.replace("\"text\":", "\"unused\":").replace("\"path\":", "\"unused_path\":"))
    else {
        return;
    };
    let (named, searched) = (found(&named), found(&searched));
    let mut evaluations: Vec<u64> = searched.values().flatten().filter_map(|found| found.spent).collect();
    evaluations.sort_unstable();
    let of_search: Vec<&Found> = searched.values().flatten().filter(|found| found.spent.is_some()).collect();
    let proved = of_search.iter().filter(|found| found.is_proved).count();
    let rank = |percent: usize| evaluations[(evaluations.len() - 1) * percent / 100];
    let (mut lines, mut attributes, mut all) = (0, 0, 0);
    let mut differences = String::new();
    for (key, expected) in &named {
        // A rule that used the path itself has nothing to say without it.
        let Some(mut found) = searched.get(key).cloned() else { continue };
        for expected in expected {
            all += 1;
            let is_right = |found: &Found| found.line == expected.line || is_place(key, &expected.path, &found.path);
            // Of several with the same message each is held against its own.
            let same = || (0..found.len()).filter(|at| found[*at].message == expected.message);
            let Some(at) = same().find(|at| is_right(&found[*at])).or_else(|| same().next()) else { continue };
            let found = found.remove(at);
            lines += usize::from(found.line == expected.line);
            let is_right = is_right(&found);
            attributes += usize::from(is_right);
            if !is_right {
                differences +=
                    &format!("{key}: {} not {}, {:?}: {}\n", found.path, expected.path, found.spent, expected.message);
            }
        }
    }
    println!("{differences}{lines} of {all} on the same line, {attributes} at the attribute");
    println!("{proved} of {} at an attribute that was proved to make the difference", of_search.len());
    println!("evaluations per finding: median {}, 90 % {}, 99 % {}", rank(50), rank(90), rank(99));
    assert!(evaluations.len() * 100 > all * 90, "{} of {all} were searched", evaluations.len());
    assert!(proved * 100 >= of_search.len() * 85, "{proved} of {}", of_search.len());
    assert!(rank(50) <= 12, "median {}", rank(50));
    assert!(lines * 100 >= all * 88, "{lines} of {all} causes on the lines the policies name\n{differences}");
    assert!(attributes * 100 >= all * 95, "{attributes} of {all} causes at the attribute\n{differences}");
}
