//! Builtins at their edges (`crates/policy/src/tests/edges`): what ours gives for each call against what OPA gives, asked of its server.

use std::process::Command;

use anyhow::Context as _;
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};

use super::generated::{Standing, standing};
use super::server::{POLICY, Server};
use super::tools::{Tools, put, scratch};
use super::{Said, judged, record};

/// One builtin: a policy with calls of it, and by path of the rule what ours gave, or what went wrong.
#[derive(Deserialize)]
struct Case {
    name: String,
    policy: String,
    input: Json,
    ours: Map<String, Json>,
    /// Of what ours gave where it had an answer.
    digest: String,
}

/// Gathers the calls, asks OPA, writes the record: a line for each builtin, of which all is the same that ours has an answer for.
pub(super) fn ask(tools: &Tools) -> anyhow::Result<Said> {
    let folder = scratch("builtins")?;
    let server = Server::start(tools, "--v1-compatible")?;
    let mut text = format!("# {}: builtin, digest of the answers to its calls that both give\n", tools.opa_version);
    let mut said = Said { summary: String::new(), differences: Vec::new() };
    let (mut same, mut unanswered, mut judged) = (0, 0, 0);
    let cases = cases(&folder.join("cases.jsonl"))?;
    for case in &cases {
        let (status, answer) = server.ask("PUT", POLICY, &case.policy)?;
        anyhow::ensure!(status == 200, "{}: OPA does not take the calls: {answer}", case.name);
        let (status, answer) = server.ask("POST", "/v1/data/main", &json!({ "input": case.input }).to_string())?;
        anyhow::ensure!(status == 200, "{}: {answer}", case.name);
        for line in case.policy.lines().filter(|line| line.starts_with("deny_")) {
            let (rule, call) = line.split_once(" := ").context("a rule has a value")?;
            match standing(rule, &case.ours, Ok(answer["result"].get(rule).cloned())) {
                Standing::Same => same += 1,
                Standing::Said => unanswered += 1,
                Standing::Differs(_) if judged::builtin(&case.name, call).is_some() => judged += 1,
                Standing::Differs(difference) => said.differences.push(format!("{call}: {difference}")),
            }
        }
        text += &format!("{}\t{}\n", case.name, case.digest);
    }
    put(&record::folder().join("builtins.txt"), &text)?;
    said.summary = format!(
        "{} builtins, {same} calls the same, {unanswered} where ours has no answer and says so, {judged} judged",
        cases.len()
    );
    Ok(said)
}

/// The calls with our answers, which a test of the engine writes.
fn cases(path: &std::path::Path) -> anyhow::Result<Vec<Case>> {
    let mut gather = Command::new("cargo");
    let test = ["test", "--quiet", "--package", "portcullis-policy", "--lib", "tests::edges::calls", "--", "--ignored"];
    let output = gather.args(test).env("PORTCULLIS_ORACLE_BUILTINS", path).output()?;
    anyhow::ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    let text = std::fs::read_to_string(path).context("the test wrote no calls")?;
    text.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
}
