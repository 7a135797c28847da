//! A package that is installed or locked.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Checksum, LayerIndex, License, Location, Purl, PurlType};

/// One package as one piece of evidence shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Package {
    /// The purl type; always the type of `purl`.
    #[serde(rename = "type")]
    purl_type: PurlType,
    /// As the ecosystem's own tool prints it: `group:artifact`, `@scope/name`, a Go module path.
    pub name: String,
    /// As the ecosystem's own tool prints it; absent when the evidence pins none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The package's URL.
    purl: Purl,
    /// What it was built from, where the distribution's advisories speak of that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Box<SourcePackage>>,
    /// How it got here.
    pub relationship: Relationship,
    /// When it is needed.
    pub scope: Scope,
    /// Where it came from, when that is not the ecosystem's public registry.
    #[serde(default, skip_serializing_if = "Provenance::is_registry")]
    pub provenance: Provenance,
    /// Where the evidence is. The first is its own line.
    pub locations: Vec<Location>,
    /// The detector that found it: `dpkg`, `cargo-lock`.
    pub found_by: Cow<'static, str>,
    /// Absent for an installed package.
    #[serde(default, skip_serializing_if = "PackageState::is_installed")]
    pub state: PackageState,
    /// The operating-system package that owns its files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owned_by: Option<Box<Purl>>,
    /// Licence as the evidence states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub license: Option<License>,
    /// Sums of the archive the package came in, as the evidence states them; nobody has compared them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checksums: Vec<Checksum>,
    /// Names of the packages it depends on, as far as the evidence says; `name@version` where two versions are present.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dependencies: Vec<String>,
    /// In an image, whether it came with the base image; absent where nobody says where that ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<bool>,
    /// The layer that overwrote or deleted its evidence: it is not installed, but in the image all the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hidden_by: Option<LayerIndex>,
}

/// What a binary package was built from.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct SourcePackage {
    /// Name of the source package or origin.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// How a package got here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Relationship {
    /// A root asks for it.
    Direct,
    /// Another package asks for it.
    Transitive,
    /// The evidence does not say.
    #[default]
    Unknown,
}

/// When a package is needed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// When the software runs.
    Runtime,
    /// Only by its developers.
    Development,
    /// Only when it is built.
    Build,
    /// Only where it can be had.
    Optional,
    /// The evidence does not say.
    #[default]
    Unknown,
}

/// Where a package came from.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Provenance {
    /// The ecosystem's public registry: public advisories speak of it.
    #[default]
    Registry,
    /// Another registry; public advisories need not speak of it.
    OtherRegistry(String),
    /// A version-control repository.
    Git(String),
    /// A folder or file of this tree: not the public package of that name.
    Path,
    /// An archive at an address.
    Url(String),
}

/// Whether a package is really there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PackageState {
    /// It is there.
    #[default]
    Installed,
    /// It is what the manifest is about.
    Root,
    /// The evidence implies it.
    Inferred,
    /// Unpacked, not configured; or its removal failed.
    HalfInstalled,
    /// A later layer deletes it.
    RemovedLater,
}

impl Package {
    /// A package with the least that makes one; `version` is the purl's. Fill in the rest by its fields.
    pub fn new(name: impl Into<String>, purl: Purl, found_by: &'static str) -> Package {
        Package {
            purl_type: purl.purl_type().clone(),
            name: name.into(),
            version: purl.version().map(str::to_owned),
            purl,
            source: None,
            relationship: Relationship::Unknown,
            scope: Scope::Unknown,
            provenance: Provenance::Registry,
            locations: Vec::new(),
            found_by: Cow::Borrowed(found_by),
            state: PackageState::Installed,
            owned_by: None,
            license: None,
            checksums: Vec::new(),
            dependencies: Vec::new(),
            base: None,
            hidden_by: None,
        }
    }

    /// The package that a purl alone states, with what its qualifiers say.
    pub fn of_purl(purl: Purl, found_by: &'static str) -> Package {
        let mut package = Package::new(purl.display_name(), purl, found_by);
        package.take_qualifiers();
        package
    }

    /// Takes what the purl's qualifiers state: the epoch of an rpm as rpm prints it, and the source package
    /// (`upstream=openssl` or `upstream=openssl@3.0.1`; an rpm's `.rpm` is the name of a file), unless one is known.
    pub fn take_qualifiers(&mut self) {
        if let ("rpm", Some(epoch), Some(version)) =
            (self.purl_type.as_str(), self.purl.qualifier("epoch"), &self.version)
            && epoch != "0"
            && !version.contains(':')
        {
            self.version = Some(format!("{epoch}:{version}"));
        }
        if self.source.is_none() {
            self.source = self.stated_source().map(Box::new);
        }
    }

    fn stated_source(&self) -> Option<SourcePackage> {
        let stated = self.purl.qualifier("upstream").filter(|stated| !stated.ends_with(".rpm"))?;
        let (name, own) = stated.split_once('@').map_or((stated, None), |(name, own)| (name, Some(own)));
        let version = own.or(self.version.as_deref())?.to_owned();
        Some(SourcePackage { name: name.to_owned(), version })
    }

    /// `name version`, as its own tool prints them.
    pub fn label(&self) -> String {
        match &self.version {
            Some(version) => format!("{} {version}", self.name),
            None => self.name.clone(),
        }
    }

    /// The package's URL.
    pub fn purl(&self) -> &Purl {
        &self.purl
    }

    /// The type of its URL.
    pub fn purl_type(&self) -> &PurlType {
        self.purl.purl_type()
    }

    /// Replaces the URL, for instance when the operating system has become known.
    pub fn set_purl(&mut self, purl: Purl) {
        self.purl_type = purl.purl_type().clone();
        self.purl = purl;
    }
}

impl Provenance {
    /// True for the ecosystem's public registry.
    pub fn is_registry(&self) -> bool {
        *self == Provenance::Registry
    }
}

impl PackageState {
    /// True for a package that is simply there.
    pub fn is_installed(&self) -> bool {
        *self == PackageState::Installed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(purl: &str, version: &str, source: &str) {
        let package = Package::of_purl(purl.parse().expect("a purl"), "test");
        let stated = package.source.map(|source| format!("{} {}", source.name, source.version)).unwrap_or_default();
        assert_eq!((package.version.as_deref(), stated.as_str()), (Some(version), source), "{purl}");
    }

    #[test]
    fn qualifiers_state_epoch_and_source() {
        check("pkg:deb/debian/libssl3@3.0.1-1?upstream=openssl", "3.0.1-1", "openssl 3.0.1-1");
        check("pkg:deb/debian/libssl3@3.0.1-1%2Bb1?upstream=openssl%403.0.1-1", "3.0.1-1+b1", "openssl 3.0.1-1");
        check(
            "pkg:rpm/almalinux/bind@9.16.23-1.el9?epoch=32&upstream=bind-9.16.23-1.el9.src.rpm",
            "32:9.16.23-1.el9",
            "",
        );
        check("pkg:rpm/almalinux/bash@5.1.8-6.el9?epoch=0", "5.1.8-6.el9", "");
        check("pkg:npm/left@1.0.0", "1.0.0", "");
    }
}
