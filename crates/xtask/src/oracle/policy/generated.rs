//! Policies made by chance (`crates/policy/src/tests/generated`): what ours gives for their rules against what OPA gives, asked of its
//! server, for thousands of programs would take minutes to start.

use std::process::Command;

use anyhow::Context as _;
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};

use super::server::{POLICY, Server, canonical};
use super::tools::{Tools, put, scratch};
use super::{Said, judged, record};

/// Policies that are asked.
const POLICIES: usize = 3000;

#[derive(Deserialize)]
struct Case {
    seed: u64,
    policy: String,
    v0: bool,
    input: Json,
    data: Json,
    /// By path of the rule its value, or what went wrong; a text where the policy does not load.
    ours: Json,
}

/// How an answer stands to OPA's.
pub(super) enum Standing {
    Same,
    /// Ours says that it has no answer.
    Said,
    Differs(String),
}

/// Gathers the cases, asks OPA, writes the record: a line for each policy that both take and answer the same.
pub(super) fn ask(tools: &Tools) -> anyhow::Result<Said> {
    let folder = scratch("generated")?;
    let servers = [Server::start(tools, "--v1-compatible")?, Server::start(tools, "--v0-compatible")?];
    let mut text = format!("# {}: seed of the policy, digest of the answers that both give\n", tools.opa_version);
    let mut said = Said { summary: String::new(), differences: Vec::new() };
    let (mut same, mut unanswered, mut refused, mut judged) = (0, 0, 0, 0);
    for case in cases(&folder.join("cases.jsonl"))? {
        let Some(standings) = standings(&servers[usize::from(case.v0)], &case)? else {
            refused += 1;
            continue;
        };
        let is_same = standings.iter().all(|standing| matches!(standing, Standing::Same));
        for standing in standings {
            match standing {
                Standing::Same => same += 1,
                Standing::Said => unanswered += 1,
                Standing::Differs(_) if judged::generated(case.seed).is_some() => judged += 1,
                Standing::Differs(difference) => {
                    said.differences.push(format!("policy {}: {difference}\n{}", case.seed, case.policy));
                }
            }
        }
        if is_same {
            text += &format!("{}\t{}\n", case.seed, record::digest(&case.ours.to_string(), 16));
        }
    }
    put(&record::folder().join("generated.txt"), &text)?;
    said.summary = format!(
        "{POLICIES} policies, {refused} refused by one, {same} rules the same, {unanswered} where ours has no answer and says so, {judged} judged"
    );
    Ok(said)
}

/// The policies with our answers, which a test of the engine writes.
fn cases(path: &std::path::Path) -> anyhow::Result<Vec<Case>> {
    let mut gather = Command::new("cargo");
    gather.args([
        "test",
        "--quiet",
        "--package",
        "portcullis-policy",
        "--lib",
        "tests::generated::cases",
        "--",
        "--ignored",
    ]);
    let output = gather.env("PORTCULLIS_ORACLE_GENERATED", format!("{}#0-{POLICIES}", path.display())).output()?;
    anyhow::ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    let text = std::fs::read_to_string(path).context("the test wrote no cases")?;
    text.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
}

/// Of every rule; nothing of a policy that one of the two refuses.
fn standings(server: &Server, case: &Case) -> anyhow::Result<Option<Vec<Standing>>> {
    let Json::Object(ours) = &case.ours else { return Ok(None) };
    server.ask("PUT", "/v1/data", &case.data.to_string())?;
    if server.ask("PUT", POLICY, &case.policy)?.0 != 200 {
        return Ok(None);
    }
    let mut rules: Vec<&str> = case.policy.lines().filter(|line| line.starts_with("deny_")).map(name).collect();
    rules.dedup();
    let input = json!({ "input": case.input }).to_string();
    let standing = |rule: &&str| {
        let (status, answer) = server.ask("POST", &format!("/v1/data/main/{rule}"), &input)?;
        let theirs = if status == 200 { Ok(answer.get("result").cloned()) } else { Err(answer["errors"].to_string()) };
        Ok(standing(rule, ours, theirs))
    };
    rules.iter().map(standing).collect::<anyhow::Result<_>>().map(Some)
}

fn name(line: &str) -> &str {
    line.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).next().unwrap_or_default()
}

pub(super) fn standing(rule: &str, ours: &Map<String, Json>, theirs: Result<Option<Json>, String>) -> Standing {
    let ours = ours.get(&format!("data.main.{rule}"));
    let value = ours.and_then(|ours| ours.get("value"));
    match (ours, theirs) {
        (Some(Json::String(_)), Err(_)) => Standing::Same,
        (Some(Json::String(_)), Ok(_)) => Standing::Said,
        (_, Ok(theirs)) if value.map(canonical) == theirs.as_ref().map(canonical) => Standing::Same,
        (_, theirs) => Standing::Differs(format!("{rule}: ours {value:?}, OPA {theirs:?}")),
    }
}
