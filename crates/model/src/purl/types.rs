//! What each package URL type asks of its components (purl-spec, `types/`).

use super::{Purl, PurlError};

/// Brings the components into the form their type asks for, or says which rule they break.
pub(super) fn normalise(mut purl: Purl) -> Result<Purl, PurlError> {
    if purl.name.is_empty() {
        return Err(PurlError::Name);
    }
    match purl.purl_type.as_str() {
        "pypi" => purl.name = purl.name.to_ascii_lowercase().replace('_', "-"),
        "deb" | "apk" | "composer" | "github" | "bitbucket" => {
            purl.name = purl.name.to_lowercase();
            purl.namespace = purl.namespace.map(|namespace| namespace.to_lowercase());
        }
        _ => {}
    }
    Ok(purl)
}
