//! Conftest's and OPA's conventions through the program: the same arguments, held against what those programs said of the same files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::command::{NOW, portcullis_in};

/// Results that differ, by case and the line of Conftest's record or ours; who is right is in the words.
const JUDGED: &[(&str, &str, &str)] = &[
    (
        "formats",
        "input/Dockerfile\t",
        "an instruction also says what stood there and on which lines, and here-documents are read",
    ),
    ("formats", "input/app.ini\t", "what stands before the first section is kept, as `DEFAULT`"),
];

fn cases() -> Vec<PathBuf> {
    let root = testkit::workspace().join("fixtures/conventions");
    let mut folders: Vec<PathBuf> = std::fs::read_dir(root).unwrap().flatten().map(|entry| entry.path()).collect();
    folders.retain(|path| path.join("arguments").exists());
    folders.sort();
    folders
}

/// One line a result, as the chore writes what Conftest said.
fn ours(folder: &Path) -> BTreeSet<String> {
    let arguments = std::fs::read_to_string(folder.join("arguments")).unwrap();
    let lines = arguments.lines().filter(|line| !line.starts_with("conftest:"));
    let words = lines.flat_map(|line| line.strip_prefix("portcullis:").unwrap_or(line).split_whitespace());
    let common =
        ["scan", "--no-builtin-policies", "--scanners", "policy", "--fail-on", "none", "--now", NOW, "-f", "json"];
    let arguments: Vec<&str> = common.into_iter().chain(words).collect();
    let run = portcullis_in(folder, &arguments, b"");
    assert_eq!(run.code, 0, "{}: {}{}", folder.display(), run.stdout, run.stderr);
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    let is_combined = arguments.contains(&"--combine");
    let targets = report["targets"].as_array().unwrap().iter();
    let findings = targets.flat_map(|target| target["findings"].as_array().unwrap());
    findings.map(|finding| line(finding, is_combined)).collect()
}

fn line(finding: &Value, is_combined: bool) -> String {
    let (namespace, name) = finding["rule"].as_str().unwrap().rsplit_once('/').unwrap();
    let file = if is_combined { "Combined" } else { finding["locations"][0]["path"].as_str().unwrap_or_default() };
    // Named from the folder above, whichever way it was reached.
    let file = if is_combined || file.starts_with("input/") { file.to_owned() } else { format!("input/{file}") };
    if finding["status"] == "suppressed" {
        let excepted = name.split_once('_').map_or("", |(_, rest)| rest);
        return format!("exception\t{file}\t{namespace}\t{excepted}\t{{}}");
    }
    let kind = if name == "warn" || name.starts_with("warn_") { "warning" } else { "failure" };
    let details = finding["evidence"].get("details").map_or("{}".to_owned(), canonical);
    format!("{kind}\t{file}\t{namespace}\t{}\t{details}", finding["message"].as_str().unwrap().replace('\n', "\\n"))
}

/// Keys sorted, no blanks; what Conftest takes out of a result before it shows the rest is left out here too.
fn canonical(details: &Value) -> String {
    fn sorted(value: &Value) -> Value {
        match value {
            Value::Object(members) => {
                let members: BTreeMap<&String, Value> =
                    members.iter().map(|(name, value)| (name, sorted(value))).collect();
                members.into_iter().map(|(name, value)| (name.clone(), value)).collect()
            }
            Value::Array(items) => items.iter().map(sorted).collect(),
            other => other.clone(),
        }
    }
    let mut details = details.clone();
    if let Some(members) = details.as_object_mut() {
        members.remove("_loc");
    }
    sorted(&details).to_string()
}

#[test]
fn conftest_finds_the_same() {
    let mut faults = Vec::new();
    let mut compared = 0;
    for folder in cases() {
        let case = folder.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(folder.join("conftest.txt"));
        let text = text.unwrap_or_else(|_| panic!("{case}: Conftest was not asked: run `cargo xtask oracle policy`"));
        let theirs: BTreeSet<String> = text.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect();
        let ours = ours(&folder);
        compared += theirs.len();
        let is_judged = |line: &&String| !JUDGED.iter().any(|(of, part, _)| *of == case && line.contains(part));
        faults.extend(theirs.difference(&ours).filter(is_judged).map(|line| format!("{case}: only Conftest: {line}")));
        faults.extend(ours.difference(&theirs).filter(is_judged).map(|line| format!("{case}: only ours: {line}")));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(compared > 40, "only {compared} results");
}

#[test]
fn what_is_found_in_all_sources_stands_in_its_own_file() {
    let folder = testkit::workspace().join("fixtures/conventions/combine-sources");
    let common = ["scan", "b", "./ports.json", "a", "--combine", "--policy", "policy", "--no-builtin-policies"];
    let run = portcullis_in(&folder, &[&common[..], &["--now", NOW, "-f", "json"]].concat(), b"");
    let report: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{}", run.stderr));
    let place = |message: &str| {
        let targets = report["targets"].as_array().unwrap().iter();
        let found = targets.flat_map(|target| {
            let findings = target["findings"].as_array().unwrap().iter();
            let findings = findings.filter(|finding| finding["message"] == message);
            findings.map(|finding| (target["name"].clone(), finding["locations"].clone(), finding["evidence"].clone()))
        });
        let [(target, locations, evidence)] = &found.collect::<Vec<_>>()[..] else { panic!("{message}: {report}") };
        let lines = locations.as_array().unwrap().iter();
        let lines: Vec<String> = lines.map(|at| format!("{}:{}", at["path"].as_str().unwrap(), at["line"])).collect();
        (target.as_str().unwrap().to_owned(), lines, evidence["elsewhere"].clone())
    };
    let at = |target: &str, lines: &[&str], elsewhere: Value| {
        (target.to_owned(), lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>(), elsewhere)
    };
    assert_eq!(place("shop of b/same.yaml selects nothing"), at("b", &["same.yaml:11"], Value::Null));
    assert_eq!(place("port 443 is taken twice"), at("./ports.json", &["ports.json:1"], Value::Null));
    let elsewhere = serde_json::json!(["b/tls.yaml:2"]);
    assert_eq!(place("something is open to all"), at("./ports.json", &["ports.json:1"], elsewhere));
    assert_eq!(place("5: b/tls.yaml").0, "b");
}

#[test]
fn opa_says_the_same_of_every_test_rule() {
    let root = testkit::workspace();
    let text = std::fs::read_to_string(root.join("crates/policy/oracle/opa-tests.txt"));
    let text = text.expect("OPA was not asked: run `cargo xtask oracle policy`");
    let mut suites: BTreeMap<&str, BTreeSet<(&str, &str)>> = BTreeMap::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let [suite, test, outcome] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        suites.entry(suite).or_default().insert((test, outcome));
    }
    for (suite, theirs) in &suites {
        let folder = root.join(suite);
        let libraries = if suite.starts_with("policies/") { vec!["../lib"] } else { Vec::new() };
        let run = portcullis_in(
            &folder,
            &[&["policy", "test", "."], &libraries[..], &["--run", r"_test\.", "-f", "json"]].concat(),
            b"",
        );
        let report: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{suite}: {}", run.stderr));
        let cases = report["cases"].as_array().unwrap().iter().filter(|case| case["case"] == "");
        let ours: BTreeSet<(&str, &str)> =
            cases.map(|case| (case["test"].as_str().unwrap(), case["outcome"].as_str().unwrap())).collect();
        assert_eq!(&ours, theirs, "{suite}");
    }
    assert!(suites.len() > 1, "{suites:?}");
}

/// Lines of which the two say something else, by file; who is right is in the words.
const JUDGED_LINES: &[(&str, &[u64], &str)] = &[
    (
        "policies/lib/kubernetes.rego",
        &[25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36],
        "a table that only the head of a rule on one line asks for, whose body fails: the engine tells lines, not pieces of them",
    ),
    (
        "policies/lib/kubernetes.rego",
        &[66],
        "a `some start in` alone on its line that nothing came to: OPA lists it neither as reached nor as left",
    ),
];

/// The lines that tests reach, and those they do not, are OPA's; but for lines that only OPA's index of rules passes over.
#[test]
fn opa_finds_the_same_lines_reached() {
    let root = testkit::workspace();
    let text = std::fs::read_to_string(root.join("crates/policy/oracle/opa-coverage.txt"));
    let text = text.expect("OPA was not asked: run `cargo xtask oracle policy`");
    let numbers = |text: &str| text.split_whitespace().map(|row| row.parse().unwrap()).collect::<BTreeSet<u64>>();
    let mut reports: BTreeMap<&str, Value> = BTreeMap::new();
    let mut faults = Vec::new();
    let mut compared = 0;
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let [suite, file, reached, left, passed_over] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        let report = reports.entry(suite).or_insert_with(|| coverage_of(root, suite));
        let of_file = &report["files"][file];
        let rows = |part: &str| -> BTreeSet<u64> {
            let runs = of_file[part].as_array().into_iter().flatten();
            runs.flat_map(|run| run["start"]["row"].as_u64().unwrap()..=run["end"]["row"].as_u64().unwrap()).collect()
        };
        let passed_over = numbers(passed_over);
        let judged = JUDGED_LINES.iter().filter(|(of, _, _)| *of == file).flat_map(|(_, rows, _)| rows.iter().copied());
        // Of an `else` only the statements count, for the engine does not say where the value came from.
        let text = std::fs::read_to_string(root.join(file)).unwrap();
        let lines = text.lines().zip(1..);
        let otherwise = lines.filter(|(line, _)| line.trim().starts_with("} else")).map(|(_, row)| row);
        let aside: BTreeSet<u64> = judged.chain(passed_over).chain(otherwise).collect();
        for (part, theirs) in [("covered", numbers(reached)), ("not_covered", numbers(left))] {
            let ours = rows(part);
            compared += ours.len();
            let differ = ours.symmetric_difference(&theirs).filter(|row| !aside.contains(row));
            faults.extend(differ.map(|row| {
                format!("{file}:{row}: {part} of only {}", if ours.contains(row) { "ours" } else { "OPA" })
            }));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(compared > 50, "only {compared} lines");
}

fn coverage_of(root: &Path, suite: &str) -> Value {
    let libraries = if suite.starts_with("policies/") { vec!["policies/lib"] } else { Vec::new() };
    let arguments = [&["policy", "test", suite], &libraries[..], &["--run", r"_test\.", "--coverage", "-f", "json"]];
    let run = portcullis_in(root, &arguments.concat(), b"");
    let report: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{suite}: {}", run.stderr));
    report["coverage"].clone()
}
