//! Conftest's own builtins: configuration as a value, from a text or from files of the tree that is judged.

use std::collections::BTreeMap;

use regorus::{Engine, Value};

use crate::ConfigFiles;

/// Their names.
pub(super) const NAMES: &[&str] = &["parse_config", "parse_config_file", "parse_combined_config_files"];

/// Gives them to an engine.
pub(super) fn install(engine: &mut Engine, files: &ConfigFiles) -> anyhow::Result<()> {
    let reader = files.clone();
    let parse = Box::new(move |arguments: Vec<Value>| {
        let [Value::String(parser), Value::String(text)] = &arguments[..] else { return Ok(Value::Undefined) };
        answer("parse_config", reader.reader().parse(parser, text))
    });
    engine.add_extension("parse_config".to_owned(), 2, parse)?;
    let reader = files.clone();
    let read = Box::new(move |arguments: Vec<Value>| {
        let [Value::String(path)] = &arguments[..] else { return Ok(Value::Undefined) };
        answer("parse_config_file", reader.reader().read(path))
    });
    engine.add_extension("parse_config_file".to_owned(), 1, read)?;
    let reader = files.clone();
    let combined = Box::new(move |arguments: Vec<Value>| match &arguments[..] {
        [Value::Array(paths)] => combined(&reader, paths.iter()),
        [Value::Set(paths)] => combined(&reader, paths.iter_sorted()),
        _ => Ok(Value::Undefined),
    });
    engine.add_extension("parse_combined_config_files".to_owned(), 1, combined)
}

/// `[{"path": …, "contents": …}]`, one for each document.
fn combined<'p>(files: &ConfigFiles, paths: impl Iterator<Item = &'p Value>) -> anyhow::Result<Value> {
    let mut entries = Vec::new();
    for path in paths {
        let Value::String(path) = path else { return Ok(Value::Undefined) };
        let contents = match answer("parse_combined_config_files", files.reader().read(path))? {
            Value::Array(documents) => documents.to_vec(),
            other => vec![other],
        };
        entries.extend(contents.into_iter().map(|document| {
            let members = [(Value::from("path"), Value::String(path.clone())), (Value::from("contents"), document)];
            Value::from(BTreeMap::from(members))
        }));
    }
    Ok(Value::from(entries))
}

fn answer(name: &str, read: Result<serde_json::Value, String>) -> anyhow::Result<Value> {
    read.map(Value::from).map_err(|message| anyhow::anyhow!("{name}: {message}"))
}
