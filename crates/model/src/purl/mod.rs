//! Package URLs (purl-spec, ECMA-427): parsed, normalised by type, and written canonically.

mod encoding;
mod types;

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A package URL, always in canonical form.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Purl {
    purl_type: PurlType,
    namespace: Option<String>,
    name: String,
    version: Option<String>,
    qualifiers: BTreeMap<String, String>,
    subpath: Option<String>,
}

/// The type of a package URL: lower case, starts with a letter.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct PurlType(String);

/// Why something is no package URL.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PurlError {
    /// It does not begin with `pkg:`.
    #[error("a package URL begins with `pkg:`")]
    Scheme,
    /// The type is missing or has a wrong character.
    #[error("a package URL type is letters, digits, `.`, `+` and `-` and starts with a letter, not `{0}`")]
    Type(String),
    /// There is no name.
    #[error("a package URL needs a name")]
    Name,
    /// A percent sign is not followed by two hex digits, or the bytes are not UTF-8.
    #[error("wrong percent-encoding in `{0}`")]
    Encoding(String),
    /// A qualifier's key has a wrong character or occurs twice.
    #[error("wrong qualifier key `{0}`")]
    Qualifier(String),
    /// The type has a rule that this breaks.
    #[error("{0}")]
    Rule(String),
}

impl Purl {
    /// Builds one from its components, not encoded, and normalises them as the type asks.
    pub fn new(purl_type: &str, namespace: Option<&str>, name: &str, version: Option<&str>) -> Result<Purl, PurlError> {
        let purl_type = PurlType::new(purl_type)?;
        let purl = Purl {
            purl_type,
            namespace: namespace.map(|text| text.trim_matches('/').to_owned()).filter(|text| !text.is_empty()),
            name: name.to_owned(),
            version: version.filter(|text| !text.is_empty()).map(str::to_owned),
            qualifiers: BTreeMap::new(),
            subpath: None,
        };
        types::normalise(purl)
    }

    /// The same with a qualifier; an empty value removes it.
    pub fn with_qualifier(mut self, key: &str, value: &str) -> Result<Purl, PurlError> {
        let key = qualifier_key(key)?;
        if value.is_empty() {
            self.qualifiers.remove(&key);
        } else {
            self.qualifiers.insert(key, value.to_owned());
        }
        types::normalise(self)
    }

    /// The same with a subpath.
    pub fn with_subpath(mut self, subpath: &str) -> Result<Purl, PurlError> {
        let parts: Vec<&str> = subpath.split('/').filter(|part| !matches!(*part, "" | "." | "..")).collect();
        self.subpath = Some(parts.join("/")).filter(|text| !text.is_empty());
        types::normalise(self)
    }

    /// The type.
    pub fn purl_type(&self) -> &PurlType {
        &self.purl_type
    }

    /// The namespace, not encoded.
    pub fn namespace(&self) -> Option<&str> {
        self.namespace.as_deref()
    }

    /// The name, not encoded.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The version, not encoded.
    pub fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }

    /// One qualifier's value, not encoded.
    pub fn qualifier(&self, key: &str) -> Option<&str> {
        self.qualifiers.get(key).map(String::as_str)
    }

    /// All qualifiers by key.
    pub fn qualifiers(&self) -> &BTreeMap<String, String> {
        &self.qualifiers
    }

    /// The subpath, not encoded.
    pub fn subpath(&self) -> Option<&str> {
        self.subpath.as_deref()
    }

    /// The same without version, qualifiers and subpath: what stays when a package is upgraded.
    pub fn without_version(&self) -> Purl {
        Purl { version: None, qualifiers: BTreeMap::new(), subpath: None, ..self.clone() }
    }
}

impl PurlType {
    /// Lower-cases and checks.
    pub fn new(text: &str) -> Result<PurlType, PurlError> {
        let lower = text.to_ascii_lowercase();
        let fits = lower.starts_with(|first: char| first.is_ascii_alphabetic())
            && lower.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'+' | b'-'));
        if fits { Ok(PurlType(lower)) } else { Err(PurlError::Type(text.to_owned())) }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn qualifier_key(key: &str) -> Result<String, PurlError> {
    let lower = key.to_ascii_lowercase();
    let fits = lower.starts_with(|first: char| first.is_ascii_alphabetic())
        && lower.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'));
    if fits { Ok(lower) } else { Err(PurlError::Qualifier(key.to_owned())) }
}

impl FromStr for Purl {
    type Err = PurlError;

    fn from_str(text: &str) -> Result<Purl, PurlError> {
        let (rest, subpath) = match text.split_once('#') {
            Some((rest, subpath)) => (rest, Some(subpath)),
            None => (text, None),
        };
        let (rest, qualifiers) = match rest.split_once('?') {
            Some((rest, qualifiers)) => (rest, qualifiers),
            None => (rest, ""),
        };
        let (scheme, rest) = rest.split_once(':').ok_or(PurlError::Scheme)?;
        if !scheme.eq_ignore_ascii_case("pkg") {
            return Err(PurlError::Scheme);
        }
        let (purl_type, rest) = rest.trim_start_matches('/').split_once('/').ok_or(PurlError::Name)?;
        let rest = rest.trim_matches('/');
        let (rest, version) = match rest.rfind('@') {
            Some(at) if !rest[at..].contains('/') => (&rest[..at], Some(encoding::decode(&rest[at + 1..])?)),
            _ => (rest, None),
        };
        let rest = rest.trim_end_matches('/');
        let (namespace, name) = match rest.rsplit_once('/') {
            Some((namespace, name)) => (Some(namespace), name),
            None => (None, rest),
        };
        let namespace = namespace.map(decode_path).transpose()?;
        let name = encoding::decode(name)?;
        let mut purl = Purl::new(purl_type, namespace.as_deref(), &name, version.as_deref())?;
        for pair in qualifiers.split('&').filter(|pair| !pair.is_empty()) {
            let (key, value) = pair.split_once('=').ok_or_else(|| PurlError::Qualifier(pair.to_owned()))?;
            if purl.qualifiers.contains_key(&key.to_ascii_lowercase()) {
                return Err(PurlError::Qualifier(key.to_owned()));
            }
            purl = purl.with_qualifier(key, &encoding::decode(value)?)?;
        }
        match subpath {
            Some(subpath) => purl.with_subpath(&decode_path(subpath)?),
            None => Ok(purl),
        }
    }
}

fn decode_path(text: &str) -> Result<String, PurlError> {
    let parts: Result<Vec<String>, PurlError> =
        text.split('/').filter(|part| !part.is_empty()).map(encoding::decode).collect();
    Ok(parts?.join("/"))
}

impl fmt::Display for Purl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "pkg:{}/", self.purl_type.0)?;
        if let Some(namespace) = &self.namespace {
            write!(f, "{}/", encoding::encode_path(namespace))?;
        }
        f.write_str(&encoding::encode(&self.name))?;
        if let Some(version) = &self.version {
            write!(f, "@{}", encoding::encode(version))?;
        }
        for (at, (key, value)) in self.qualifiers.iter().enumerate() {
            write!(f, "{}{key}={}", if at == 0 { '?' } else { '&' }, encoding::encode(value))?;
        }
        if let Some(subpath) = &self.subpath {
            write!(f, "#{}", encoding::encode_path(subpath))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Purl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl TryFrom<String> for Purl {
    type Error = PurlError;

    fn try_from(text: String) -> Result<Purl, PurlError> {
        text.parse()
    }
}

impl From<Purl> for String {
    fn from(purl: Purl) -> String {
        purl.to_string()
    }
}

impl TryFrom<String> for PurlType {
    type Error = PurlError;

    fn try_from(text: String) -> Result<PurlType, PurlError> {
        PurlType::new(&text)
    }
}

impl From<PurlType> for String {
    fn from(purl_type: PurlType) -> String {
        purl_type.0
    }
}

impl fmt::Display for PurlType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}
