//! Builtins at their edges, for OPA to be asked about: each with empty, negative, huge and wrong arguments, and texts of every script.
//! `cargo xtask oracle policy builtins` lets this test write the calls with our answers.

mod builtins;
mod pools;

use std::fmt::Write as _;

use serde_json::{Value as Json, json};

use super::file;
use super::generated::random::Random;
use super::oracle::{digest, values};
use crate::rego;
use crate::{Options, Trust, load};
use builtins::BUILTINS;
use pools::pools;

/// Calls of one builtin.
const CALLS: usize = 48;

/// One builtin, a policy with calls of it, and what ours gave for each.
struct Case {
    name: &'static str,
    policy: String,
    ours: Result<Json, String>,
}

fn input() -> Json {
    pools().into_iter().map(|(letter, values)| (letter.to_string(), Json::from(values))).collect()
}

fn policy(name: &str, arguments: &str, seed: u64) -> String {
    let mut random = Random::new(seed);
    let lengths: std::collections::BTreeMap<char, usize> =
        pools().into_iter().map(|(letter, values)| (letter, values.len())).collect();
    let mut argument = |letter: char| {
        let letter = if random.once_in(9) { 'v' } else { letter };
        match letter {
            // A list as a set: JSON has none.
            'e' => format!("{{x | some x in input.a[{}]}}", random.below(lengths[&'a'])),
            letter => format!("input.{letter}[{}]", random.below(lengths[&letter])),
        }
    };
    let mut text = "package main\n".to_owned();
    for call in 0..CALLS {
        let given: Vec<String> = arguments.chars().map(&mut argument).collect();
        let _ = writeln!(text, "deny_{call} := {name}({})", given.join(", "));
    }
    text
}

fn cases(input: &Json) -> Vec<Case> {
    let input = rego::Value::from(input.clone());
    let case = |(seed, (name, arguments)): (u64, &(&'static str, &str))| {
        let policy = policy(name, arguments, seed);
        let (set, errors) = load(vec![file(&policy, Trust::User)], &Options::default());
        let ours = match errors.first() {
            Some(error) => Err(error.to_string()),
            None => Ok(values(&set, &input, |fault| format!("error: {fault}"))),
        };
        Case { name, policy, ours }
    };
    (0..).zip(BUILTINS).map(case).collect()
}

/// Without what ours had no answer for, and said so.
fn answered(ours: &Json) -> String {
    let members = ours.as_object().into_iter().flatten();
    let answered: serde_json::Map<String, Json> = members
        .filter(|(_, answer)| !answer.is_string())
        .map(|(rule, answer)| (rule.clone(), answer.clone()))
        .collect();
    Json::from(answered).to_string()
}

/// What OPA has answered the same.
#[test]
fn as_opa_answered() {
    let path = testkit::workspace().join("crates/policy/oracle/builtins.txt");
    let text = std::fs::read_to_string(path).expect("the record is there");
    let recorded: Vec<(&str, &str)> =
        text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t')).collect();
    let mut faults = Vec::new();
    for case in cases(&input()) {
        let ours = case.ours.as_ref().map(|ours| digest(&answered(ours), 16));
        let is_same = recorded.iter().any(|(name, digest)| *name == case.name && ours.as_deref() == Ok(*digest));
        if !is_same {
            faults.push(case.name);
        }
    }
    assert!(faults.is_empty(), "not what OPA gave; `cargo xtask oracle policy builtins` asks it again: {faults:?}");
}

#[test]
#[ignore = "writes cases for `cargo xtask oracle policy builtins`, which says where"]
fn calls() {
    let Ok(path) = std::env::var("PORTCULLIS_ORACLE_BUILTINS") else { return };
    let input = input();
    let mut text = String::new();
    for Case { name, policy, ours } in cases(&input) {
        let answered = ours.as_ref().map(|ours| digest(&answered(ours), 16)).unwrap_or_default();
        let ours = ours.unwrap_or_else(Json::from);
        let _ = writeln!(
            text,
            "{}",
            json!({"name": name, "policy": policy, "input": input, "ours": ours, "digest": answered})
        );
    }
    std::fs::write(path, text).expect("the folder is there");
}

#[test]
#[ignore = "gives our answers to policies in a file, for comparisons by hand: lines `{\"policy\", \"v0\", \"input\", \"data\"}`"]
fn asked() {
    let Ok(path) = std::env::var("PORTCULLIS_ORACLE_ASKED") else { return };
    let mut text = String::new();
    for line in std::fs::read_to_string(&path).expect("the file is there").lines() {
        let mut case: Json = serde_json::from_str(line).expect("JSON");
        let policy = case["policy"].as_str().unwrap_or_default().to_owned();
        let options = Options { data: case.get("data").cloned().unwrap_or_else(|| json!({})), ..Options::default() };
        let (set, errors) = load(vec![file(&policy, Trust::User)], &options);
        let input = rego::Value::from(case["input"].clone());
        case["ours"] = match errors.first() {
            Some(error) => error.to_string().into(),
            None => values(&set, &input, |fault| format!("error: {fault}")),
        };
        let _ = writeln!(text, "{case}");
    }
    std::fs::write(format!("{path}.ours"), text).expect("the folder is there");
}
