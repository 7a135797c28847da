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

/// Every line that is found, and the messages, by example and rule.
fn lines(set: &PolicySet, evaluations: &mut Vec<u64>) -> BTreeMap<String, (Vec<u32>, String)> {
    let mut found: BTreeMap<String, (Vec<u32>, String)> = BTreeMap::new();
    let examples = files("").into_iter().filter(|(name, _)| name.contains("/fail") && !name.ends_with(".txt"));
    for (name, path) in examples {
        // What several documents make together has a cause in each of them, of which the policy names one.
        let is_own = |package: &&Package| package.input == Input::Document && package.name == package_of(&name);
        let own: Vec<_> = set.packages.iter().filter(is_own).collect();
        let evaluation = set.evaluate_by(&own, &documents(&path), &Cancel::new());
        assert_eq!(evaluation.problems, [], "{name}");
        for finding in evaluation.findings {
            let spent = finding.evidence.get("evaluations").and_then(|number| number.as_u64());
            evaluations.extend(spent);
            let (lines, messages) = found.entry(format!("{name} {}", finding.rule)).or_default();
            lines.extend(finding.locations.iter().filter_map(|location| location.line()));
            *messages += &format!("\n    {} {:?} {spent:?}", finding.message, finding.evidence.get("path"));
        }
    }
    found
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
    let start = std::time::Instant::now();
    let mut evaluations = Vec::new();
    let named = lines(&named, &mut evaluations);
    let between = start.elapsed();
    let searched = lines(&searched, &mut evaluations);
    evaluations.sort_unstable();
    let rank = |percent: usize| evaluations[(evaluations.len() - 1) * percent / 100];
    let (mut same, mut all) = (0, 0);
    let mut differences = String::new();
    for (key, (expected, _)) in &named {
        let (found, messages) = searched.get(key).cloned().unwrap_or_default();
        let missed: Vec<&u32> = expected.iter().filter(|line| !found.contains(line)).collect();
        all += expected.len();
        same += expected.len() - missed.len();
        if !missed.is_empty() {
            differences += &format!("{key}: {missed:?} not in {found:?}{messages}\n");
        }
    }
    println!(
        "{differences}{same} of {all} on the same line; {between:?} named, {:?} searched",
        start.elapsed() - between
    );
    println!("evaluations per finding: median {}, 90 % {}, 99 % {}", rank(50), rank(90), rank(99));
    assert!(same * 100 >= all * 85, "{same} of {all} causes on the lines the policies name\n{differences}");
}
