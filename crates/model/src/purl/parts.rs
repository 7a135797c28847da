//! Takes the text of a package URL apart and decodes its pieces (purl-spec, "How to parse a purl string in its components").

use super::encoding::{decode, decode_path};
use super::{Purl, PurlError};

/// Decoded pieces, not yet checked.
pub(super) struct Parts<'a> {
    purl_type: &'a str,
    namespace: Option<String>,
    name: String,
    version: Option<String>,
    pub(super) qualifiers: Vec<(String, String)>,
    subpath: Option<String>,
}

impl<'a> Parts<'a> {
    pub(super) fn split(text: &'a str) -> Result<Parts<'a>, PurlError> {
        let (rest, subpath) = split_off(text, '#');
        let (rest, qualifiers) = split_off(rest, '?');
        let (scheme, rest) = rest.split_once(':').ok_or(PurlError::Scheme)?;
        if !scheme.eq_ignore_ascii_case("pkg") {
            return Err(PurlError::Scheme);
        }
        let (purl_type, rest) = rest.trim_start_matches('/').split_once('/').ok_or(PurlError::Name)?;
        let (path, version) = split_version(rest.trim_matches('/'))?;
        let (namespace, name) = match path.rsplit_once('/') {
            Some((namespace, name)) => (Some(decode_path(namespace)?), name),
            None => (None, path),
        };
        Ok(Parts {
            purl_type,
            namespace,
            name: decode(name)?,
            version: version.map(decode).transpose()?,
            qualifiers: split_qualifiers(qualifiers.unwrap_or_default())?,
            subpath: subpath.map(decode_path).transpose()?,
        })
    }

    pub(super) fn build(&self) -> Result<Purl, PurlError> {
        let qualifiers = self.qualifiers.iter().map(|(key, value)| (key.as_str(), value.as_str()));
        let (namespace, version) = (self.namespace.as_deref(), self.version.as_deref());
        Purl::build(self.purl_type, namespace, &self.name, version, qualifiers, self.subpath.as_deref())
    }
}

fn split_off(text: &str, mark: char) -> (&str, Option<&str>) {
    text.rsplit_once(mark).map_or((text, None), |(rest, piece)| (rest, Some(piece)))
}

/// The version stands after the last `@`, unless that begins a segment, as the scope of an npm package may.
fn split_version(path: &str) -> Result<(&str, Option<&str>), PurlError> {
    let Some((before, version)) = path.rsplit_once('@') else { return Ok((path, None)) };
    match before.is_empty() || before.ends_with('/') {
        false => Ok((before, Some(version))),
        true if version.contains('/') => Ok((path, None)),
        true => Err(PurlError::Name),
    }
}

fn split_qualifiers(text: &str) -> Result<Vec<(String, String)>, PurlError> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (key, value) = pair.split_once('=').ok_or_else(|| PurlError::Qualifier(pair.to_owned()))?;
            Ok((key.to_owned(), decode(value)?))
        })
        .collect()
}
