//! Conftest on the cases of its conventions, `fixtures/conventions/*/arguments`; what it says lies beside each as `conftest.txt`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde::Deserialize;
use serde_json::{Map, Value as Json};

use super::Said;
use super::examples::canonical;
use super::tools::Tools;
use crate::setup::workspace;

#[derive(Deserialize)]
struct File {
    filename: String,
    namespace: String,
    #[serde(default)]
    warnings: Vec<Found>,
    #[serde(default)]
    failures: Vec<Found>,
    #[serde(default)]
    exceptions: Vec<Found>,
}

#[derive(Deserialize)]
struct Found {
    msg: String,
    #[serde(default)]
    metadata: Map<String, Json>,
}

/// Runs Conftest in every case.
pub(super) fn ask(tools: &Tools) -> anyhow::Result<Said> {
    let (mut cases, mut lines) = (0, 0);
    for folder in folders()? {
        let Ok(arguments) = std::fs::read_to_string(folder.join("arguments")) else { continue };
        let mut command = tools.conftest();
        command.args(["test", "--output", "json", "--no-fail"]).args(words(&arguments)).current_dir(&folder);
        let output = command.output().context("conftest could not be started")?;
        let files: Vec<File> = serde_json::from_slice(&output.stdout).with_context(|| {
            format!("{}: conftest said {}", folder.display(), String::from_utf8_lossy(&output.stderr))
        })?;
        let found: BTreeSet<String> = files.iter().flat_map(of_file).collect();
        anyhow::ensure!(!found.is_empty(), "{}: conftest found nothing", folder.display());
        let text: String = found.iter().map(|line| format!("{line}\n")).collect();
        std::fs::write(folder.join("conftest.txt"), format!("# {}\n{text}", tools.conftest_version))?;
        cases += 1;
        lines += found.len();
    }
    anyhow::ensure!(cases > 0, "there are no cases in fixtures/conventions");
    Ok(Said {
        summary: format!("{cases} cases with {lines} results recorded; tests/conventions.rs compares"),
        differences: Vec::new(),
    })
}

/// Arguments of both programs, and those behind `conftest:`, which ours has no need of.
fn words(arguments: &str) -> Vec<&str> {
    let lines = arguments.lines().filter(|line| !line.starts_with("portcullis:"));
    lines.flat_map(|line| line.strip_prefix("conftest:").unwrap_or(line).split_whitespace()).collect()
}

fn of_file(file: &File) -> Vec<String> {
    let line =
        |kind: &str, what: &str, rest: &str| format!("{kind}\t{}\t{}\t{what}\t{rest}", file.filename, file.namespace);
    let found = |kind: &'static str, all: &[Found]| -> Vec<String> {
        let rest = |found: &Found| {
            let details: Map<String, Json> =
                found.metadata.clone().into_iter().filter(|(name, _)| name != "query").collect();
            canonical(&Json::Object(details))
        };
        all.iter().map(|found| line(kind, &found.msg.replace('\n', "\\n"), &rest(found))).collect()
    };
    // An exception is said by its query: `data.main.exception[_][_] == "name"`.
    let excepted = file.exceptions.iter().map(|found| {
        let name = found.msg.split('"').nth(1).unwrap_or_default();
        line("exception", name, "{}")
    });
    let mut lines = [found("failure", &file.failures), found("warning", &file.warnings)].concat();
    lines.extend(excepted);
    lines
}

/// Every case.
pub(super) fn folders() -> anyhow::Result<Vec<PathBuf>> {
    let root: &Path = &workspace().join("fixtures/conventions");
    let mut folders: Vec<PathBuf> =
        std::fs::read_dir(root)?.flatten().map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    Ok(folders)
}
