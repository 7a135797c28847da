//! Where a package of a Python lockfile is from.

use model::Provenance;

/// The registry behind an index: the public one under any of its names, or another.
pub(crate) fn of_index(url: &str) -> Provenance {
    if is_public(url) { Provenance::Registry } else { Provenance::OtherRegistry(url.to_owned()) }
}

/// A repository and the commit in it.
pub(crate) fn of_git(url: &str, commit: Option<&str>) -> Provenance {
    match commit {
        Some(commit) => Provenance::Git(format!("{url}@{commit}")),
        None => Provenance::Git(url.to_owned()),
    }
}

/// True for the index everybody means when nobody says one.
pub(crate) fn is_public(index: &str) -> bool {
    let address = index.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/');
    matches!(address, "pypi.org/simple" | "pypi.python.org/simple" | "pypi.org/pypi")
}
