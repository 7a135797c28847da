//! OPA's test runner on every test rule of this repository; what it says lies in `crates/policy/oracle/opa-tests.txt`.

use std::collections::BTreeSet;
use std::path::PathBuf;

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

/// Runs OPA's tests, folder by folder.
pub(super) fn ask(tools: &Tools) -> anyhow::Result<Said> {
    let mut lines = BTreeSet::new();
    for (name, paths) in suites()? {
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
    Ok(Said {
        summary: format!("{} tests recorded; tests/conventions.rs compares", lines.len()),
        differences: Vec::new(),
    })
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
