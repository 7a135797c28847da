//! What policies see as `data`, from disk.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow, bail};
use portcullis::document;
use portcullis::model::{Format, Origin, TreePath};
use serde_json::{Map, Value};

/// Levels of folders.
const DEEPEST: usize = 32;

/// The data at some paths: what a file holds is at the root, what a folder holds below the names of the folders inside it.
pub(crate) fn policy_data(paths: &[PathBuf]) -> anyhow::Result<Value> {
    let mut all = Map::new();
    for path in paths {
        add(&mut all, path, 0).with_context(|| format!("--data {}", path.display()))?;
    }
    Ok(Value::Object(all))
}

/// The files `data.json` and `data.yaml` in the folder of a policy: what its examples are judged with.
pub(crate) fn data_beside(policy: &Path) -> Vec<PathBuf> {
    let folder = policy.parent().unwrap_or(Path::new("."));
    ["data.json", "data.yaml"].map(|name| folder.join(name)).into_iter().filter(|path| path.is_file()).collect()
}

fn add(all: &mut Map<String, Value>, path: &Path, depth: usize) -> anyhow::Result<()> {
    let about = std::fs::metadata(path).with_context(|| format!("could not read {}", path.display()))?;
    if about.is_file() {
        return join(all, read(path)?).map_err(|key| anyhow!("{}: `{key}` has a value already", path.display()));
    }
    if depth == DEEPEST {
        bail!("folders nest deeper than {DEEPEST}");
    }
    let entries = std::fs::read_dir(path).with_context(|| format!("could not read {}", path.display()))?;
    let mut entries = entries.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        // A link could lead out or around.
        let kind = entry.file_type()?;
        if kind.is_dir() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let Value::Object(below) = all.entry(name).or_insert_with(|| Value::Object(Map::new())) else {
                bail!("{} is a folder, and a value has its name", entry.path().display());
            };
            add(below, &entry.path(), depth + 1)?;
        } else if kind.is_file() && format(&entry.path()).is_some() {
            add(all, &entry.path(), depth)?;
        }
    }
    Ok(())
}

fn read(path: &Path) -> anyhow::Result<Map<String, Value>> {
    let format = format(path).ok_or_else(|| anyhow!("{} is neither .json nor .yaml", path.display()))?;
    let bytes = std::fs::read(path).with_context(|| format!("could not read {}", path.display()))?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let origin = Origin::file(TreePath::new(&name).with_context(|| format!("{name} is no file name"))?);
    let (documents, problems) = document::parse(format, &origin, &bytes, &document::Limits::default());
    if let Some(problem) = problems.first() {
        let line = problem.line.map(|line| format!(":{line}")).unwrap_or_default();
        bail!("{}{line}: {}", path.display(), problem.message);
    }
    match &documents[..] {
        [] => Ok(Map::new()),
        [document] => match document.root.to_json() {
            Value::Object(members) => Ok(members),
            _ => bail!("{}: must hold an object", path.display()),
        },
        _ => bail!("{}: holds several documents, and one is read", path.display()),
    }
}

fn format(path: &Path) -> Option<Format> {
    match path.extension()?.to_str()? {
        "json" => Some(Format::Json),
        "yaml" | "yml" => Some(Format::Yaml),
        _ => None,
    }
}

/// Puts members beside those that are there; the key that has two values is an error.
fn join(all: &mut Map<String, Value>, more: Map<String, Value>) -> Result<(), String> {
    for (key, value) in more {
        match (all.get_mut(&key), value) {
            (None, value) => {
                all.insert(key, value);
            }
            (Some(Value::Object(mine)), Value::Object(theirs)) => {
                join(mine, theirs).map_err(|below| format!("{key}.{below}"))?;
            }
            (Some(mine), value) if *mine == value => {}
            _ => return Err(key),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(first: &str, second: &str, expected: Result<&str, &str>) {
        let object = |text: &str| match serde_json::from_str(text) {
            Ok(Value::Object(members)) => members,
            other => panic!("{other:?}"),
        };
        let mut all = object(first);
        let joined = join(&mut all, object(second)).map(|()| Value::Object(all).to_string());
        assert_eq!(joined.as_deref().map_err(String::as_str), expected);
    }

    #[test]
    fn data_of_several_files_stands_side_by_side() {
        check(r#"{"a":{"b":1}}"#, r#"{"a":{"c":2},"d":[]}"#, Ok(r#"{"a":{"b":1,"c":2},"d":[]}"#));
        check(r#"{"a":{"b":1}}"#, r#"{"a":{"b":1}}"#, Ok(r#"{"a":{"b":1}}"#));
        check(r#"{"a":{"b":1}}"#, r#"{"a":{"b":2}}"#, Err("a.b"));
        check(r#"{"a":{"b":1}}"#, r#"{"a":[1]}"#, Err("a"));
    }
}
