//! Configuration that policies ask for by name: files of one folder, and nothing outside of it.

use std::path::{Path, PathBuf};

use document::Limits;
use model::{Format, Origin, Problem, ProblemSeverity, TreePath};
use policy::{ConfigFiles, ConfigReader};
use serde_json::Value;

/// A folder whose files policies may read with `parse_config_file`.
#[derive(Clone, Debug)]
pub struct ConfigTree {
    root: PathBuf,
    limits: Limits,
}

impl ConfigTree {
    /// The files below a folder.
    pub fn new(root: impl Into<PathBuf>) -> ConfigTree {
        ConfigTree { root: root.into(), limits: Limits::default() }
    }

    /// For [`Config::configs`](crate::Config::configs).
    pub fn shared(self) -> ConfigFiles {
        ConfigFiles::new(self)
    }

    /// The bytes of a file that lies below the root, links followed.
    fn bytes(&self, path: &TreePath) -> Result<Vec<u8>, String> {
        let said = |error: std::io::Error| format!("{path}: {error}");
        let name = path.to_str().ok_or_else(|| format!("{path}: the path is not UTF-8"))?;
        let root = self.root.canonicalize().map_err(said)?;
        let file = root.join(name).canonicalize().map_err(said)?;
        if !file.starts_with(&root) {
            return Err(format!("{path} leads out of the folder that policies may read"));
        }
        let size = std::fs::metadata(&file).map_err(said)?.len();
        if size > self.limits.bytes as u64 {
            return Err(format!("{path} has {size} bytes, more than the limit of {}", self.limits.bytes));
        }
        std::fs::read(&file).map_err(said)
    }

    fn value(&self, format: Format, path: TreePath, bytes: &[u8]) -> Result<Value, String> {
        let origin = Origin::file(path);
        let (mut nodes, problems) = document::parse_values(format, &origin, bytes, &self.limits);
        let is_error = |problem: &&Problem| problem.severity == ProblemSeverity::Error;
        if let Some(problem) = problems.iter().find(is_error) {
            let line = problem.line.map(|line| format!(":{line}")).unwrap_or_default();
            return Err(format!("{}{line}: {}", origin.path, problem.message));
        }
        Ok(match nodes.len() {
            0 => Value::Null,
            // Conftest's readers of these give a list of documents, each a list itself.
            1 if matches!(format, Format::Dockerfile | Format::Ignore) => vec![nodes.remove(0).to_json()].into(),
            1 => nodes.remove(0).to_json(),
            _ => nodes.iter().map(model::Node::to_json).collect(),
        })
    }
}

impl ConfigReader for ConfigTree {
    fn parse(&self, parser: &str, text: &str) -> Result<Value, String> {
        let format = document::format_named(parser).ok_or_else(|| format!("there is no parser `{parser}`"))?;
        let path = TreePath::new("text").map_err(|error| error.to_string())?;
        self.value(format, path, text.as_bytes())
    }

    fn read(&self, path: &str) -> Result<Value, String> {
        // What names a place outside of the root is no path of a tree.
        let name = Path::new(path).strip_prefix(&self.root).ok().and_then(Path::to_str).unwrap_or(path);
        let tree_path = TreePath::new(name).map_err(|error| format!("{path}: {error}"))?;
        let format =
            document::format_of(&tree_path).ok_or_else(|| format!("{path}: its name does not tell its format"))?;
        let bytes = self.bytes(&tree_path)?;
        self.value(format, tree_path, &bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_below_the_root() {
        let tree = ConfigTree::new(testkit::workspace().join("fixtures/documents"));
        let value = tree.read("toml/service.toml").expect("a fixture");
        assert_eq!(value["server"]["host"], "localhost");
        assert_eq!(tree.read("yaml/list.yaml").expect("a fixture")["kind"], "List", "a list stays a list");
        for outside in ["../../Cargo.toml", "/etc/hostname.ini", "toml/../../../Cargo.toml"] {
            assert!(tree.read(outside).is_err(), "{outside}");
        }
        assert!(tree.read("json/broken.json").is_err_and(|message| message.contains("broken.json:")));
        assert!(tree.read("README.md").is_err());
    }

    #[test]
    fn texts() {
        let tree = ConfigTree::new(".");
        assert_eq!(tree.parse("yaml", "a: 1\n---\nb: 2\n"), Ok(serde_json::json!([{"a": 1}, {"b": 2}])));
        assert_eq!(tree.parse("hcl2", "a \"b\" {}\n"), Ok(serde_json::json!({"a": {"b": [{}]}})));
        assert_eq!(tree.parse("dockerfile", "FROM a\n").expect("a Dockerfile")[0][0]["Cmd"], "from");
        assert!(tree.parse("cobol", "").is_err());
        assert!(tree.parse("json", "{").is_err());
    }
}
