//! Where a package is from, as `source` says it.

use cargo_lock::SourceId;
use cargo_lock::package::SourceKind;
use model::Provenance;

/// Nothing for a package in a folder; the error says what the text is not.
pub(super) fn provenance(source: Option<&str>) -> Result<Provenance, String> {
    let Some(source) = source else { return Ok(Provenance::Path) };
    let id: SourceId =
        source.parse().map_err(|_| "is none that cargo writes: public advisories may not fit it".to_owned())?;
    Ok(match id.kind() {
        SourceKind::Path | SourceKind::Directory => Provenance::Path,
        SourceKind::Git(_) => Provenance::Git(source.trim_start_matches("git+").to_owned()),
        _ if is_crates_io(&id) => Provenance::Registry,
        _ => Provenance::OtherRegistry(id.url().to_string()),
    })
}

/// The index by git or by the sparse protocol; with or without a slash or `.git` at its end it is the same one.
fn is_crates_io(id: &SourceId) -> bool {
    let address = id.url().as_str().trim_end_matches('/').trim_end_matches(".git");
    id.is_default_registry()
        || matches!(address, "https://github.com/rust-lang/crates.io-index" | "https://index.crates.io")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: Provenance) {
        assert_eq!(provenance(Some(source)), Ok(expected), "{source}");
    }

    #[test]
    fn sources() {
        check("registry+https://github.com/rust-lang/crates.io-index", Provenance::Registry);
        check("registry+https://github.com/rust-lang/crates.io-index/", Provenance::Registry);
        check("sparse+https://index.crates.io/", Provenance::Registry);
        check("sparse+https://index.crates.io", Provenance::Registry);
        check(
            "sparse+https://registry.example/index/",
            Provenance::OtherRegistry("https://registry.example/index/".into()),
        );
        check("git+https://git.example/a?rev=1#abc", Provenance::Git("https://git.example/a?rev=1#abc".into()));
        assert_eq!(provenance(None), Ok(Provenance::Path));
        assert!(provenance(Some("nonsense")).is_err());
    }
}
