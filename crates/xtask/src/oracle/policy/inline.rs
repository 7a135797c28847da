//! The policies of the engine's own tests: those tests say what ours gives (`crates/policy/src/tests/oracle.rs`), OPA says what it does.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use anyhow::Context as _;
use serde::Deserialize;
use serde_json::{Map, Value as Json};

use super::examples::canonical;
use super::tools::{Tools, put, scratch};
use super::{Said, judged, record};

/// What a test asked, and what ours gave: for each input, by path of the rule, `{"value": …}` or `"error"`.
#[derive(Deserialize)]
struct Case {
    test: String,
    policy: String,
    data: Json,
    inputs: Vec<Json>,
    ours: Vec<Map<String, Json>>,
}

/// Gathers the cases, asks OPA, writes the record.
pub(super) fn ask(tools: &Tools) -> anyhow::Result<Said> {
    let folder = scratch("tests")?;
    let mut gather = Command::new("cargo");
    gather.args(["test", "--quiet", "--package", "portcullis-policy", "--lib", "tests::"]);
    let output = gather.env("PORTCULLIS_ORACLE_CASES", &folder).output().context("cargo could not be started")?;
    if !output.status.success() {
        // What they ask of OPA does not depend on what they think of the answer.
        println!("the engine's tests fail:\n{}", String::from_utf8_lossy(&output.stdout));
    }
    let mut paths: Vec<_> = std::fs::read_dir(&folder)?.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    anyhow::ensure!(paths.len() > 50, "the engine's tests gave only {} policies", paths.len());
    let mut text = format!("# {}: policy, our answers, against its answers, test\n", tools.opa_version);
    let mut said = Said { summary: String::new(), differences: Vec::new() };
    let (mut same, mut judged) = (0, 0);
    for path in &paths {
        let case: Case = serde_json::from_slice(&std::fs::read(path)?)?;
        let key = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let difference = difference(tools, &folder.join("opa"), &case)?;
        let standing = match (&difference, judged::inline(&case.test)) {
            (None, _) => "same",
            (Some(_), Some(_)) => "judged",
            (Some(difference), None) => {
                said.differences.push(format!("{} ({key}): {difference}\n{}", case.test, case.policy));
                "differs"
            }
        };
        same += usize::from(standing == "same");
        judged += usize::from(standing == "judged");
        let ours = record::digest(&serde_json::to_string(&case.ours)?, 16);
        writeln!(text, "{key}\t{ours}\t{standing}\t{}", case.test)?;
    }
    std::fs::write(record::folder().join("tests.txt"), text)?;
    said.summary = format!("{} policies, {same} the same, {judged} judged", paths.len());
    Ok(said)
}

/// Where OPA gives something else for one of the inputs.
fn difference(tools: &Tools, folder: &Path, case: &Case) -> anyhow::Result<Option<String>> {
    put(&folder.join("policy.rego"), &case.policy)?;
    put(&folder.join("data.json"), &case.data.to_string())?;
    for (input, ours) in case.inputs.iter().zip(&case.ours) {
        put(&folder.join("input.json"), &input.to_string())?;
        // A policy that is of both versions is of the first for us where it says so.
        let answer = eval(tools, folder, "--v1-compatible")?;
        let answer = if answer.is_err() { eval(tools, folder, "--v0-compatible")? } else { answer };
        let theirs = match answer {
            Ok(theirs) => theirs,
            Err(message) => return Ok(Some(format!("OPA refuses it: {message}"))),
        };
        if let Some(difference) = compare(ours, &theirs, &rules_of(&theirs, ours)) {
            return Ok(Some(difference));
        }
    }
    Ok(None)
}

/// The paths of all rules that either gave something for and whose names ask for results.
fn rules_of(theirs: &Json, ours: &Map<String, Json>) -> Vec<String> {
    let mut paths: Vec<String> = ours.keys().cloned().collect();
    let package: Vec<&str> = paths.first().map_or(vec!["data", "main"], |path| path.split('.').collect());
    let package = if paths.is_empty() { "data.main".to_owned() } else { package[..package.len() - 1].join(".") };
    let members = at(theirs, &package).and_then(Json::as_object);
    let is_asked = |name: &&String| {
        ["deny", "violation", "warn"]
            .iter()
            .any(|word| name.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with('_')))
    };
    paths.extend(members.into_iter().flat_map(Map::keys).filter(is_asked).map(|name| format!("{package}.{name}")));
    paths.sort();
    paths.dedup();
    paths
}

fn compare(ours: &Map<String, Json>, theirs: &Json, paths: &[String]) -> Option<String> {
    let shown = |value: Option<&Json>| value.map_or("undefined".to_owned(), |value| canonical(&sorted(value)));
    paths.iter().find_map(|path| {
        let found = ours.get(path);
        let (ours, theirs) = match found {
            Some(Json::String(error)) => (error.clone(), shown(at(theirs, path))),
            found => (shown(found.and_then(|found| found.get("value"))), shown(at(theirs, path))),
        };
        (ours != theirs).then(|| format!("{path}: ours {ours}, OPA {theirs}"))
    })
}

fn at<'v>(value: &'v Json, path: &str) -> Option<&'v Json> {
    path.split('.').skip(1).try_fold(value, |value, name| value.get(name))
}

/// Sets come as lists, and each engine has an order of its own.
fn sorted(value: &Json) -> Json {
    match value {
        Json::Array(items) => {
            let mut items: Vec<Json> = items.iter().map(sorted).collect();
            items.sort_by_key(canonical);
            items.into()
        }
        Json::Object(members) => members.iter().map(|(name, value)| (name.clone(), sorted(value))).collect(),
        other => other.clone(),
    }
}

/// All of `data`, or why it cannot be had.
fn eval(tools: &Tools, folder: &Path, version: &str) -> anyhow::Result<Result<Json, String>> {
    let mut command = tools.opa();
    command.args([
        "eval",
        version,
        "--timeout",
        "20s",
        "--format",
        "json",
        "--data",
        "policy.rego",
        "--data",
        "data.json",
    ]);
    let output = command.args(["--input", "input.json", "data"]).current_dir(folder).output()?;
    let answer: Json = serde_json::from_slice(&output.stdout).context("opa eval gave no JSON")?;
    let value = answer.pointer("/result/0/expressions/0/value").cloned();
    Ok(value.ok_or_else(|| answer["errors"].to_string().chars().take(300).collect()))
}
