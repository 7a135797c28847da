//! OPA's test runner on every test rule of this repository; what it says lies in `crates/policy/oracle/opa-tests.txt`, and which lines
//! the tests reach, where none of them ends in an error, in `opa-coverage.txt`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde::Deserialize;

use super::tools::Tools;
use super::{Said, conftest, record};
use crate::setup::workspace;

#[derive(Deserialize)]
struct Outcome {
    package: String,
    name: String,
    #[serde(default)]
    fail: bool,
    #[serde(default)]
    skip: bool,
    error: Option<serde_json::Value>,
}

#[derive(Deserialize)]
struct Coverage {
    files: BTreeMap<String, File>,
}

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    covered: Vec<Range>,
    #[serde(default)]
    not_covered: Vec<Range>,
}

#[derive(Deserialize)]
struct Range {
    start: Row,
    end: Row,
    /// Why it was not reached, if OPA would have without its index.
    #[serde(default)]
    kinds: Vec<String>,
}

#[derive(Deserialize)]
struct Row {
    row: u32,
}

/// Runs OPA's tests, folder by folder.
pub(super) fn ask(tools: &Tools) -> anyhow::Result<Said> {
    let mut lines = BTreeSet::new();
    let mut reached = BTreeSet::new();
    for (name, paths) in suites()? {
        reached.extend(coverage(tools, &name, &paths)?);
        let mut command = tools.opa();
        // Examples are no data.
        let output = command.args(["test", "--format", "json", "--ignore", "*.yaml"]).args(&paths).output()?;
        let outcomes: Vec<Outcome> = serde_json::from_slice(&output.stdout)
            .with_context(|| format!("{name}: opa said {}", String::from_utf8_lossy(&output.stderr)))?;
        for outcome in outcomes {
            let package = outcome.package.trim_start_matches("data.");
            let how = match &outcome {
                Outcome { error: Some(_), .. } => "error",
                Outcome { skip: true, .. } => "skip",
                Outcome { fail: true, .. } => "fail",
                _ => "pass",
            };
            lines.insert(format!("{name}\t{package}.{}\t{how}", outcome.name));
        }
    }
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let head = format!("# {}: suite, test, outcome\n", tools.opa_version);
    std::fs::write(record::folder().join("opa-tests.txt"), head + &text)?;
    let head = format!(
        "# {}: suite, file, lines that tests reach, lines that they do not, lines that its index passes over\n",
        tools.opa_version
    );
    let text: String = reached.iter().map(|line| format!("{line}\n")).collect();
    std::fs::write(record::folder().join("opa-coverage.txt"), head + &text)?;
    Ok(Said {
        summary: format!(
            "{} tests and the coverage of {} files recorded; tests/conventions.rs compares",
            lines.len(),
            reached.len()
        ),
        differences: Vec::new(),
    })
}

/// A line for each file that tests reach; none where a test ends in an error, of which OPA gives no coverage.
fn coverage(tools: &Tools, name: &str, paths: &[PathBuf]) -> anyhow::Result<Vec<String>> {
    let mut command = tools.opa();
    let output = command.args(["test", "--coverage", "--format", "json", "--ignore", "*.yaml"]).args(paths).output()?;
    let Ok(coverage) = serde_json::from_slice::<Coverage>(&output.stdout) else { return Ok(Vec::new()) };
    let root = workspace().canonicalize()?;
    let files = coverage.files.iter().filter(|(_, file)| !file.covered.is_empty());
    let line = |(path, file): (&String, &File)| {
        let path = Path::new(path);
        let path = path.strip_prefix(&root).unwrap_or(path).display();
        let covered = rows(file.covered.iter());
        let passed_over = rows(file.not_covered.iter().filter(|range| !range.kinds.is_empty()));
        let not_covered = rows(file.not_covered.iter());
        let left: BTreeSet<u32> = not_covered.difference(&covered).copied().collect();
        format!("{name}\t{path}\t{}\t{}\t{}", shown(&covered), shown(&left), shown(&passed_over))
    };
    Ok(files.map(line).collect())
}

fn rows<'r>(ranges: impl Iterator<Item = &'r Range>) -> BTreeSet<u32> {
    ranges.flat_map(|range| range.start.row..=range.end.row).collect()
}

fn shown(rows: &BTreeSet<u32>) -> String {
    rows.iter().map(u32::to_string).collect::<Vec<_>>().join(" ")
}

/// Folders of test rules, by their names from the root of the repository, and what is given to the runner.
fn suites() -> anyhow::Result<Vec<(String, Vec<PathBuf>)>> {
    let root = workspace();
    let mut suites = Vec::new();
    for folder in conftest::folders()? {
        if !folder.join("arguments").exists() {
            let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
            suites.push((format!("fixtures/conventions/{name}"), vec![folder]));
        }
    }
    let policies = root.join("policies");
    suites.push(("policies/kubernetes".to_owned(), vec![policies.join("lib"), policies.join("kubernetes")]));
    Ok(suites)
}
