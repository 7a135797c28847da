//! What a file's name says of it.

use std::path::Path;

/// How records lie in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// One record, or an array of them.
    Json,
    /// A record a line.
    JsonLines,
    /// An archive of such files.
    Zip,
    /// A table: EPSS.
    Csv,
    /// Lifetimes of a product a line, as endoflife.date has them.
    Lifetimes,
}

/// The form a name promises; `None` for names that promise none.
pub(crate) fn form_of(name: &str) -> Option<Form> {
    let name = unpacked(name);
    let (_, suffix) = name.rsplit_once('.')?;
    match suffix.to_ascii_lowercase().as_str() {
        "json" => Some(Form::Json),
        "jsonl" | "ndjson" if name.starts_with("endoflife") => Some(Form::Lifetimes),
        "jsonl" | "ndjson" => Some(Form::JsonLines),
        "csv" => Some(Form::Csv),
        "zip" => Some(Form::Zip),
        _ => None,
    }
}

/// The source a file is: `pypa` of `pypa.jsonl.zst`, `npm` of `npm/all.zip`.
pub(crate) fn source_of(path: &Path) -> String {
    let name = file_name(path);
    let stem = unpacked(&name);
    let stem = if form_of(stem).is_some() { stem.rsplit_once('.').map_or(stem, |(stem, _)| stem) } else { stem };
    if stem == "all"
        && let Some(folder) = path.parent().map(file_name).filter(|folder| !folder.is_empty())
    {
        return folder;
    }
    stem.to_owned()
}

/// The last component of a path.
pub(crate) fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn unpacked(name: &str) -> &str {
    name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        assert_eq!(form_of("a.jsonl.zst"), Some(Form::JsonLines));
        assert_eq!(form_of("all.ZIP"), Some(Form::Zip));
        assert_eq!(form_of("GHSA-1.json.gz"), Some(Form::Json));
        assert_eq!(form_of("README.md"), None);
        let source = |path: &str| source_of(Path::new(path));
        assert_eq!(
            (source("x/pypa.jsonl.zst"), source("npm/all.zip"), source("all.zip")),
            ("pypa".into(), "npm".into(), "all".into())
        );
    }
}
