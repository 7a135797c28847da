//! Where an installed package came from: `direct_url.json` beside its metadata (PEP 610). Without one it is of an index.

use model::Provenance;

use crate::json;

/// Reads the file; what cannot be read says nothing, as if it were not there.
pub(super) fn provenance(bytes: &[u8]) -> Option<Provenance> {
    let text = std::str::from_utf8(bytes).ok()?;
    let (root, _) = json::read(text);
    let url = root.text_of("url").filter(|url| !url.is_empty())?;
    let commit = root.get("vcs_info").and_then(|info| info.text_of("commit_id"));
    Some(match (root.get("vcs_info"), url.starts_with("file:")) {
        (Some(_), _) => Provenance::Git(commit.map_or_else(|| url.to_owned(), |commit| format!("{url}#{commit}"))),
        // A folder or an archive of this machine, editable or not.
        (None, true) => Provenance::Path,
        (None, false) => Provenance::Url(url.to_owned()),
    })
}
