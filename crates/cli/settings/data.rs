//! Data that policies see beside what they judge: `--data`, as OPA and Conftest load it.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow, bail};
use portcullis::document;
use portcullis::model::{Node, Origin, Problem, ProblemSeverity, TreePath};
use serde_json::{Map, Value};

/// The deepest folder that is looked into.
const DEEPEST: usize = 64;

/// All files put together. Folders below the one given are members; the names of files are not.
pub(crate) fn load(paths: &[impl AsRef<Path>]) -> anyhow::Result<Value> {
    let mut root = Map::new();
    for path in paths {
        let path = path.as_ref();
        let about = std::fs::metadata(path).with_context(|| format!("could not read the data {}", path.display()))?;
        if about.is_dir() {
            folder(&mut root, path, 0)?;
        } else {
            file(&mut root, path)?;
        }
    }
    Ok(Value::Object(root))
}

/// The files `data.json` and `data.yaml` in the folder of a policy: what its examples are judged with.
pub(crate) fn data_beside(policy: &Path) -> Vec<PathBuf> {
    let folder = policy.parent().unwrap_or(Path::new("."));
    ["data.json", "data.yaml"].map(|name| folder.join(name)).into_iter().filter(|path| path.is_file()).collect()
}

/// Puts the members of one object into another.
pub(crate) fn put_all(root: &mut Value, more: Value, from: &Path) -> anyhow::Result<()> {
    if let (Value::Object(root), Value::Object(members)) = (root, more) {
        for (name, value) in members {
            put(root, name, value, from)?;
        }
    }
    Ok(())
}

fn folder(root: &mut Map<String, Value>, path: &Path, depth: usize) -> anyhow::Result<()> {
    if depth == DEEPEST {
        bail!("{}: folders nest deeper than {DEEPEST}", path.display());
    }
    let entries = std::fs::read_dir(path).with_context(|| format!("could not read the data {}", path.display()))?;
    let mut entries = entries.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let (inner, kind) = (entry.path(), entry.file_type()?);
        if kind.is_dir() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let mut below = Map::new();
            folder(&mut below, &inner, depth + 1)?;
            if !below.is_empty() {
                put(root, name, Value::Object(below), &inner)?;
            }
        } else if kind.is_file() && is_data(&inner) {
            file(root, &inner)?;
        }
    }
    Ok(())
}

fn is_data(path: &Path) -> bool {
    path.extension().is_some_and(|extension| ["json", "yaml", "yml"].iter().any(|known| extension == *known))
}

fn file(root: &mut Map<String, Value>, path: &Path) -> anyhow::Result<()> {
    let shown = path.display();
    let bytes = std::fs::read(path).with_context(|| format!("could not read the data {shown}"))?;
    let name = path.file_name().map(std::ffi::OsStr::as_encoded_bytes).unwrap_or_default();
    let origin = Origin::file(TreePath::new(name).with_context(|| format!("{shown} is no path of a file"))?);
    let format = document::format_of(&origin.path)
        .with_context(|| format!("{shown}: data is JSON or YAML, and the name tells neither"))?;
    let (nodes, problems) = document::parse_values(format, &origin, &bytes, &document::Limits::default());
    let is_error = |problem: &&Problem| problem.severity == ProblemSeverity::Error;
    if let Some(problem) = problems.iter().find(is_error) {
        let line = problem.line.map(|line| format!(":{line}")).unwrap_or_default();
        bail!("{shown}{line}: {}", problem.message);
    }
    for value in nodes.iter().map(Node::to_json) {
        let Value::Object(members) = value else { return Err(anyhow!("{shown}: data must be an object")) };
        for (name, value) in members {
            put(root, name, value, path)?;
        }
    }
    Ok(())
}

/// Objects of one name are put together; anything else that is given twice is a mistake.
fn put(root: &mut Map<String, Value>, name: String, value: Value, from: &Path) -> anyhow::Result<()> {
    match (root.get_mut(&name), value) {
        (None, value) => {
            root.insert(name, value);
        }
        (Some(Value::Object(known)), Value::Object(members)) => {
            for (name, value) in members {
                put(known, name, value, from)?;
            }
        }
        (Some(known), value) if *known == value => {}
        (Some(_), _) => bail!("{}: `{name}` is in the data already, with another value", from.display()),
    }
    Ok(())
}
