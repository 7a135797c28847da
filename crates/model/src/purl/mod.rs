//! Package URLs (purl-spec, ECMA-427): parsed, normalised by type, and written canonically.

mod encoding;
mod parts;
mod purl_type;
mod qualifiers;
mod types;

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use parts::Parts;
pub use purl_type::PurlType;
use qualifiers::Qualifiers;

/// A package URL, always in canonical form.
///
/// A list of packages is mostly these, and each is moved several times before it is in the list: no component keeps room to grow.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Purl {
    purl_type: PurlType,
    namespace: Option<Box<str>>,
    name: Box<str>,
    version: Option<Box<str>>,
    qualifiers: Qualifiers,
    subpath: Option<Box<str>>,
}

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
        Purl::build(purl_type, namespace, name, version, [], None)
    }

    /// The same with qualifiers and a subpath. A qualifier without a value is left out; a key that occurs twice is refused.
    pub fn build<'a>(
        purl_type: &str,
        namespace: Option<&str>,
        name: &str,
        version: Option<&str>,
        qualifiers: impl IntoIterator<Item = (&'a str, &'a str)>,
        subpath: Option<&str>,
    ) -> Result<Purl, PurlError> {
        let purl = Purl {
            purl_type: PurlType::new(purl_type)?,
            namespace: namespace.and_then(plain_path),
            name: name.into(),
            version: version.filter(|text| !text.is_empty()).map(Box::from),
            qualifiers: Qualifiers::collect(qualifiers)?,
            subpath: subpath.and_then(plain_subpath),
        };
        types::normalise(purl)
    }

    /// Reads one as strictly as the official suite asks: a qualifier key that begins with a capital, which [`FromStr`]
    /// normalises, is refused.
    pub fn parse_strict(text: &str) -> Result<Purl, PurlError> {
        let parts = Parts::split(text)?;
        match parts.qualifiers.iter().find(|(key, _)| key.starts_with(|first: char| first.is_ascii_uppercase())) {
            Some((key, _)) => Err(PurlError::Qualifier(key.clone())),
            None => parts.build(),
        }
    }

    /// The same with a qualifier; an empty value removes it.
    pub fn with_qualifier(mut self, key: &str, value: &str) -> Result<Purl, PurlError> {
        self.qualifiers.set(key, value)?;
        types::normalise(self)
    }

    /// The same with a subpath.
    pub fn with_subpath(mut self, subpath: &str) -> Result<Purl, PurlError> {
        self.subpath = plain_subpath(subpath);
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
        self.qualifiers.get(key)
    }

    /// All qualifiers, sorted by key; values not encoded.
    pub fn qualifiers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.qualifiers.iter()
    }

    /// The subpath, not encoded.
    pub fn subpath(&self) -> Option<&str> {
        self.subpath.as_deref()
    }

    /// The name of a package as its ecosystem's tool prints it: `group:artifact`, `@scope/name`, a Go module path.
    pub fn display_name(&self) -> String {
        match (self.namespace(), self.purl_type().as_str()) {
            (None, _) | (Some(_), "deb" | "apk" | "rpm" | "alpm" | "opkg") => self.name().to_owned(),
            (Some(group), "maven") => format!("{group}:{}", self.name()),
            (Some(publisher), "vscode-extension") => format!("{publisher}.{}", self.name()),
            (Some(namespace), _) => format!("{namespace}/{}", self.name()),
        }
    }

    /// The same without version, qualifiers and subpath: what stays when a package is upgraded.
    pub fn without_version(&self) -> Purl {
        Purl { version: None, qualifiers: Qualifiers::default(), subpath: None, ..self.clone() }
    }
}

/// Segments without the empty ones; `None` when none is left.
fn plain_path(text: &str) -> Option<Box<str>> {
    let segments: Vec<&str> = text.split('/').filter(|segment| !segment.is_empty()).collect();
    Some(segments.join("/")).filter(|path| !path.is_empty()).map(Box::from)
}

/// The same without `.` and `..`.
fn plain_subpath(text: &str) -> Option<Box<str>> {
    let segments: Vec<&str> = text.split('/').filter(|segment| !matches!(*segment, "." | "..")).collect();
    plain_path(&segments.join("/"))
}

impl FromStr for Purl {
    type Err = PurlError;

    /// Reads any spelling and normalises it.
    fn from_str(text: &str) -> Result<Purl, PurlError> {
        Parts::split(text)?.build()
    }
}

impl fmt::Display for Purl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "pkg:{}/", self.purl_type)?;
        if let Some(namespace) = &self.namespace {
            write!(f, "{}/", encoding::encode_path(namespace))?;
        }
        let encode = if types::has_path_as_name(self) { encoding::encode_path } else { encoding::encode };
        f.write_str(&encode(&self.name))?;
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
