//! Policies made by chance, for OPA to be asked about: `cargo xtask oracle policy generated` lets this test write them with our answers.

mod grammar;
mod maker;
pub(super) mod random;

use std::fmt::Write as _;

use serde_json::{Value as Json, json};

use super::file;
use super::oracle::values;
use crate::rego;
use crate::{Options, Trust, load};
use maker::Maker;

/// Rules of one policy.
const RULES: usize = 1;
/// Of the policies in the record one in so many is asked again.
const ASKED_IN: usize = 7;

/// One policy with an input, and what ours gave for each rule; `Err` where ours refuses the policy.
struct Case {
    policy: String,
    is_v0: bool,
    input: Json,
    ours: Result<Json, String>,
}

fn data() -> Json {
    json!({"fixed": {"n": 3, "s": "fixed", "yes": true, "list": ["a", 2, null], "o": {"a": "b", "c": ["d"]}}})
}

fn inputs() -> [Json; 2] {
    let first = json!({
        "n": 4, "zero": 0, "minus": -3, "half": 2.5, "big": 12345678901_u64, "s": "abc", "upper": "ABC", "empty": "", "digits": "42",
        "unicode": "grüße €", "path": "a/b.c", "yes": true, "no": false, "null": null, "words": ["abc", "a", "b.c", "a"],
        "numbers": [3, 1, 2, 2, -1.5], "mixed": [1, "a", null, true, [1], {"a": 1}], "nothing": [], "o": {"a": 1, "b": "x", "c": [1]},
        "items": [{"name": "one", "n": 1, "on": true, "a": {"b": 2}}, {"name": "two", "n": 2}],
        "deep": {"a": {"b": {"c": "d"}}, "list": [[1, 2], ["x"]], "b": {"x": 1}},
    });
    let second = json!({"n": 1.5, "s": "1.2.3", "words": ["x"], "o": {"a": {"b": 1}}, "items": [], "numbers": [1e3], "yes": false, "digits": "10Mi"});
    [first, second]
}

fn case(seed: u64) -> Case {
    let is_v0 = seed % 4 == 3;
    let policy = Maker::new(seed).policy(RULES, is_v0);
    let [first, second] = inputs();
    let input = if seed % 8 < 6 { first } else { second };
    let options = Options { data: data(), ..Options::default() };
    let (set, errors) = load(vec![file(&policy, Trust::User)], &options);
    let ours = match errors.first() {
        Some(error) => Err(error.to_string()),
        None => Ok(values(&set, &rego::Value::from(input.clone()), |fault| format!("error: {fault}"))),
    };
    Case { policy, is_v0, input, ours }
}

/// What OPA has answered the same, a policy of it in so many.
#[test]
fn as_opa_answered() {
    let path = testkit::workspace().join("crates/policy/oracle/generated.txt");
    let text = std::fs::read_to_string(path).expect("the record is there");
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    let mut faults = Vec::new();
    for (seed, digest) in lines.iter().step_by(ASKED_IN).filter_map(|line| line.split_once('\t')) {
        let case = case(seed.parse().expect("a number"));
        if case.ours.as_ref().map(|ours| super::oracle::digest(&ours.to_string(), 16)).as_deref() != Ok(digest) {
            faults.push(format!("{seed}: {:?}\n{}", case.ours, case.policy));
        }
    }
    assert!(
        faults.is_empty(),
        "not what OPA gave; `cargo xtask oracle policy generated` asks it again:\n{}",
        faults.join("\n")
    );
    assert!(lines.len() > 500, "only {} policies", lines.len());
}

#[test]
#[ignore = "writes cases for `cargo xtask oracle policy generated`, which says where and how many"]
fn cases() {
    let Ok(asked) = std::env::var("PORTCULLIS_ORACLE_GENERATED") else { return };
    let (path, range) = asked.rsplit_once('#').expect("a file, # and a range");
    let (from, to) = range.split_once('-').expect("a range");
    let mut text = String::new();
    for seed in from.parse().expect("a number")..to.parse().expect("a number") {
        let Case { policy, is_v0, input, ours } = case(seed);
        let ours = ours.unwrap_or_else(Json::from);
        let digest = super::oracle::digest(&ours.to_string(), 16);
        let line = json!({
            "seed": seed, "policy": policy, "v0": is_v0, "input": input, "data": data(), "ours": ours, "digest": digest,
        });
        let _ = writeln!(text, "{line}");
    }
    std::fs::write(path, text).expect("the folder is there");
}
