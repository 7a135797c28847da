//! The exclusions of a scan, compiled.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use crate::OpenError;

/// Compiled globs, and their texts for the reasons of skipped files.
#[derive(Clone, Debug, Default)]
pub(crate) struct Exclusions {
    set: GlobSet,
    texts: Vec<String>,
}

impl Exclusions {
    pub(crate) fn new(globs: &[String]) -> Result<Exclusions, OpenError> {
        let mut set = GlobSetBuilder::new();
        for glob in globs {
            let fault =
                |error: &globset::Error| OpenError::Glob { glob: glob.clone(), reason: error.kind().to_string() };
            let pattern = anchored(glob);
            if pattern.trim_start_matches("**/").is_empty() {
                let reason = "it names nothing, and would exclude everything".to_owned();
                return Err(OpenError::Glob { glob: glob.clone(), reason });
            }
            set.add(GlobBuilder::new(&pattern).literal_separator(true).build().map_err(|error| fault(&error))?);
        }
        let set = set
            .build()
            .map_err(|error| OpenError::Glob { glob: globs.join(", "), reason: error.kind().to_string() })?;
        Ok(Exclusions { set, texts: globs.to_vec() })
    }

    /// The globs, as they were given.
    pub(crate) fn texts(&self) -> &[String] {
        &self.texts
    }

    /// The glob that excludes a path, if one does.
    pub(crate) fn reason(&self, path: &[u8]) -> Option<String> {
        if self.texts.is_empty() {
            return None;
        }
        let path = String::from_utf8_lossy(path);
        let first = self.set.matches(path.as_ref()).into_iter().next()?;
        Some(format!("excluded by `{}`", self.texts[first]))
    }

    /// The same, also asked of every folder the path is in: archives may list files without their folders.
    pub(crate) fn reason_within(&self, path: &[u8]) -> Option<String> {
        if self.texts.is_empty() {
            return None;
        }
        let ends = path.iter().enumerate().filter(|(_, byte)| **byte == b'/').map(|(at, _)| at);
        ends.chain([path.len()]).find_map(|end| self.reason(&path[..end]))
    }
}

/// `name` at any depth, `folder/name` from the root; a trailing `/` says nothing more.
fn anchored(glob: &str) -> String {
    let plain = glob.strip_suffix('/').unwrap_or(glob);
    let plain = plain.strip_prefix("./").unwrap_or(plain);
    match plain.strip_prefix('/') {
        Some(rooted) => rooted.to_owned(),
        None if plain.contains('/') => plain.to_owned(),
        None => format!("**/{plain}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(glob: &str, path: &str, excluded: bool) {
        let exclusions = Exclusions::new(&[glob.to_owned()]).expect("a valid glob");
        assert_eq!(exclusions.reason_within(path.as_bytes()).is_some(), excluded, "{glob} {path}");
    }

    #[test]
    fn globs() {
        check("*.lock", "a/b/Cargo.lock", true);
        check("node_modules", "a/node_modules/b/package.json", true);
        check("/a", "a/x", true);
        check("/a", "b/a/x", false);
        check("a/*.json", "a/b/x.json", false);
        check("a/**/x.json", "a/b/c/x.json", true);
        check("vendor/", "vendor/x", true);
        check("none", "a/b", false);
    }

    #[test]
    fn says_which_glob_is_wrong() {
        let error = Exclusions::new(&["a[".to_owned()]).expect_err("not a glob");
        assert!(error.to_string().contains("`a[`"), "{error}");
        assert!(error.is_usage());
        for empty in ["", "/", "//"] {
            let error = Exclusions::new(&[empty.to_owned()]).expect_err("names nothing");
            assert!(error.to_string().contains("everything"), "{error}");
        }
    }
}
