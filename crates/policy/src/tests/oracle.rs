//! The policies of these tests against OPA: `cargo xtask oracle policy` gathers them here, asks OPA, and writes down what it says.
//!
//! A record's line is the key of a case (policy, data, documents), the digest of our answers, how they stand to OPA's, and the test.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::LazyLock;

use model::Document;
use serde_json::{Value as Json, json};
use sha2::{Digest as _, Sha256};

use crate::PolicySet;
use crate::rego::{self, Fault, Value, of_node};

/// Digests of our answers when OPA was asked, by key.
static RECORD: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let path = testkit::workspace().join("crates/policy/oracle/tests.txt");
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let line = |line: &str| {
        let mut fields = line.split('\t').map(str::to_owned);
        Some((fields.next()?, fields.next()?))
    };
    text.lines().filter(|line| !line.starts_with('#')).filter_map(line).collect()
});

/// Holds what rules give for each document against the record; or gathers it, where the chore asks for that.
pub(super) fn hold(set: &PolicySet, policy: &str, documents: &[Document]) {
    let inputs: Vec<Json> = documents.iter().map(|document| document.root.to_json()).collect();
    let error = |_: &Fault| "error".to_owned();
    let ours: Vec<Json> = documents.iter().map(|document| values(set, &of_node(&document.root), error)).collect();
    let asked = json!([policy, set.options.data, inputs]).to_string();
    let key = digest(&asked, 16);
    if let Some(folder) = std::env::var_os("PORTCULLIS_ORACLE_CASES") {
        let thread = std::thread::current();
        let test = thread.name().unwrap_or_default();
        let case = json!({"test": test, "policy": policy, "data": set.options.data, "inputs": inputs, "ours": ours});
        std::fs::write(PathBuf::from(folder).join(format!("{key}.json")), case.to_string())
            .expect("the folder is there");
        return;
    }
    let ours = digest(&Json::from(ours).to_string(), 16);
    let recorded = RECORD.get(&key);
    assert_eq!(
        recorded,
        Some(&ours),
        "OPA was not asked about this policy, or we gave something else then: run `cargo xtask oracle policy`\n{policy}"
    );
}

/// The value of every rule that is asked, by its path; a text for one that gave no answer. What is undefined is not in it.
pub(super) fn values(set: &PolicySet, input: &Value, error: impl Fn(&Fault) -> String) -> Json {
    let mut values = serde_json::Map::new();
    for package in &set.packages {
        for entry in &package.entries {
            let program = package.program(&set.modules, &set.options).as_ref().map_err(Clone::clone);
            let answer = program.and_then(|program| program.ask(&entry.path, input, set.options.time_limit));
            match answer {
                Ok(answer) if answer.value == Value::Undefined => {}
                Ok(answer) => drop(values.insert(entry.path.clone(), json!({"value": rego::json(&answer.value)}))),
                Err(fault) => drop(values.insert(entry.path.clone(), error(&fault).into())),
            }
        }
    }
    values.into()
}

pub(super) fn digest(text: &str, digits: usize) -> String {
    let hex: String = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    hex[..digits].to_owned()
}
