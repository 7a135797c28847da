//! Asks OPA: a process a rule, which is given every input that the rule judges.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use serde::Deserialize;
use serde_json::Value as Json;

use super::examples::{Answers, Question, Rules, canonical};
use super::tools::{Tools, put, scratch};

#[derive(Deserialize)]
struct Output {
    result: Vec<Answer>,
}

#[derive(Deserialize)]
struct Answer {
    path: PathBuf,
    result: Option<Json>,
    error: Option<Json>,
}

/// What OPA says, in the order of questions.
pub(super) fn answers(tools: &Tools, rules: &Rules, questions: &[Question]) -> anyhow::Result<Vec<Answers>> {
    let folder = scratch("examples")?;
    let inputs = inputs(&folder, questions)?;
    let mut all: Vec<Answers> = questions.iter().map(|_| Answers::new()).collect();
    for (place, rule) in rules.all().iter().enumerate() {
        let asked = inputs.iter().filter(|(asked, _)| asked.contains(&place)).map(|(_, folder)| folder);
        let asked: Vec<&PathBuf> = asked.collect();
        let bundle = bundle(&folder, rules, &rule.file)?;
        let decision = format!("{}/{}", rule.package.replace('.', "/"), rule.name);
        let mut command = tools.opa();
        command.args(["exec", "--log-level", "error", "--decision", &decision, "--bundle"]).arg(&bundle).args(asked);
        for answer in run(&mut command)? {
            let question = answer.path.file_stem().and_then(|name| name.to_str()?.parse::<usize>().ok());
            let question = question.with_context(|| format!("{}: not asked", answer.path.display()))?;
            if let Some(error) = answer.error {
                anyhow::bail!("{}: {}: {error}", rule.rule.id, questions[question].name);
            }
            let Some(Json::Array(results)) = answer.result else { anyhow::bail!("{}: no set", rule.rule.id) };
            if !results.is_empty() {
                let mut results: Vec<String> = results.iter().map(|result| canonical(&with_message(result))).collect();
                results.sort();
                all[question].insert(rule.rule.id.to_string(), results);
            }
        }
    }
    Ok(all)
}

/// Inputs of the same rules in a folder each, every one named by its number.
fn inputs<'q>(folder: &Path, questions: &'q [Question]) -> anyhow::Result<BTreeMap<&'q [usize], PathBuf>> {
    let mut folders: BTreeMap<&[usize], PathBuf> = BTreeMap::new();
    for (number, question) in questions.iter().enumerate() {
        let next = folder.join(format!("inputs-{}", folders.len()));
        let folder = folders.entry(&question.rules).or_insert(next);
        put(&folder.join(format!("{number}.json")), &question.input.to_string())?;
    }
    Ok(folders)
}

/// A folder with the libraries, one rule, and the parameters.
fn bundle(folder: &Path, rules: &Rules, file: &str) -> anyhow::Result<PathBuf> {
    let folder = folder.join("bundle");
    if !folder.exists() {
        for module in policies::MODULES.iter().filter(|module| module.path.starts_with("lib/")) {
            put(&folder.join(module.path), module.text)?;
        }
        put(&folder.join("data.json"), &rules.data.to_string())?;
    }
    let module = policies::MODULES.iter().find(|module| module.path == file).context("a rule is in a file")?;
    put(&folder.join("rule.rego"), module.text)?;
    Ok(folder)
}

fn run(command: &mut std::process::Command) -> anyhow::Result<Vec<Answer>> {
    let output = command.output().context("opa could not be started")?;
    anyhow::ensure!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    let output: Output = serde_json::from_slice(&output.stdout).context("opa exec gave no JSON")?;
    Ok(output.result)
}

/// A string is its message.
fn with_message(result: &Json) -> Json {
    if result.is_string() { serde_json::json!({ "msg": result }) } else { result.clone() }
}
