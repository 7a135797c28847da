//! Gatekeeper's templates, constraints and suites among policy files.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use portcullis::document;
use portcullis::model::{Document, Origin, Problem, ProblemSeverity, TreePath};
use portcullis::policy::is_gatekeeper;

use super::policies::{collect, is_manifest, once};

/// What every file of Gatekeeper's holds, and few others.
const MARK: &str = "gatekeeper.sh/";

/// The templates, constraints and suites at a path: a file, or all below a folder.
pub(crate) fn gatekeeper_documents(path: &Path) -> anyhow::Result<Vec<Document>> {
    let mut files = Vec::new();
    collect(path, &mut files, 0, &is_manifest).with_context(|| format!("could not read {}", path.display()))?;
    let mut documents = Vec::new();
    for file in once(files).iter().filter(|file| is_manifest(file)) {
        let bytes = std::fs::read(file).with_context(|| format!("could not read {}", file.display()))?;
        if String::from_utf8_lossy(&bytes).contains(MARK) {
            documents.extend(parse(file, &bytes)?.into_iter().filter(is_gatekeeper));
        }
    }
    Ok(documents)
}

/// The documents of a file that a suite names.
pub(crate) fn documents_of(file: &Path) -> anyhow::Result<Vec<Document>> {
    let bytes = std::fs::read(file).with_context(|| format!("could not read {}", file.display()))?;
    parse(file, &bytes)
}

fn parse(file: &Path, bytes: &[u8]) -> anyhow::Result<Vec<Document>> {
    let shown = file.display().to_string();
    let origin = Origin::file(tree_path(file)?);
    let format =
        document::format_of(&origin.path).with_context(|| format!("{shown}: its name does not tell its format"))?;
    let (documents, problems) = document::parse(format, &origin, bytes, &document::Limits::default());
    let is_error = |problem: &&Problem| problem.severity == ProblemSeverity::Error;
    if let Some(problem) = problems.iter().find(is_error) {
        let line = problem.line.map(|line| format!(":{line}")).unwrap_or_default();
        bail!("{shown}{line}: {}", problem.message);
    }
    Ok(documents)
}

/// The path as documents have it: as it was typed, as far as such a path can say it.
fn tree_path(file: &Path) -> anyhow::Result<TreePath> {
    let plain: PathBuf = file.components().filter(|part| matches!(part, std::path::Component::Normal(_))).collect();
    let made = if file.is_absolute() {
        TreePath::rooted(plain.as_os_str().as_encoded_bytes())
    } else {
        TreePath::new(plain.as_os_str().as_encoded_bytes())
    };
    made.with_context(|| format!("{} is no path of a file", file.display()))
}
