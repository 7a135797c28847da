//! One thing that was scanned, and all that was seen of it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Coverage, Digest, Efficiency, Finding, Location, Package, Problem, Span, TreePath};

/// One thing that was scanned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Target {
    /// What kind of thing.
    pub kind: TargetKind,
    /// What the user called it.
    pub name: String,
    /// The manifest digest of an image.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    /// `os/arch[/variant]` of an image.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform: Option<String>,
    /// The operating system inside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub os: Option<Os>,
    /// Layers, base first.
    #[serde(default)]
    pub layers: Vec<Layer>,
    /// What was looked at.
    pub coverage: Coverage,
    /// Packages, sorted.
    pub packages: Vec<Package>,
    /// Findings, sorted.
    pub findings: Vec<Finding>,
    /// What could not be read, sorted.
    pub problems: Vec<Problem>,
    /// What the bytes of an image are spent on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub efficiency: Option<Efficiency>,
}

/// Kinds of targets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TargetKind {
    /// A container image.
    Image,
    /// A source tree.
    Directory,
    /// An unpacked root file system.
    Rootfs,
    /// One file, or standard input.
    File,
    /// A bill of materials.
    Sbom,
    /// A list of package URLs.
    Purl,
}

/// An operating system, as `os-release(5)` names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Os {
    /// `ID`: `debian`.
    pub id: String,
    /// `VERSION_ID`: `12`; absent for rolling releases.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// `VERSION_CODENAME`: `bookworm`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub codename: Option<String>,
    /// `ID_LIKE`, nearest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub like: Vec<String>,
    /// `PRETTY_NAME`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// One layer of an image.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Layer {
    /// 0-based position in the manifest.
    pub index: LayerIndex,
    /// Digest of the blob as stored; absent where the archive names none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    /// Digest of the uncompressed tar, from the configuration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub diff_id: Option<Digest>,
    /// Media type the manifest claims.
    pub media_type: String,
    /// Bytes as stored.
    pub size: u64,
    /// The instruction that made it, from the history.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_by: Option<String>,
    /// Whether it is of the base image; absent where nobody says where that ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<bool>,
}

/// 0-based position of a layer in the manifest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct LayerIndex(pub u32);

/// Where bytes given to a parser are from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// The file.
    pub path: TreePath,
    /// The layer that wrote it.
    pub layer: Option<LayerIndex>,
}

impl Origin {
    /// A file that is in no layer.
    pub fn file(path: TreePath) -> Origin {
        Origin { path, layer: None }
    }

    /// The whole file as a location.
    pub fn location(&self) -> Location {
        Location { layer: self.layer, ..Location::file(self.path.clone()) }
    }

    /// A piece of the file as a location.
    pub fn at(&self, span: Span) -> Location {
        Location { layer: self.layer, ..Location::at(self.path.clone(), span) }
    }
}

impl Target {
    /// A target of which nothing more is known yet.
    pub fn new(kind: TargetKind, name: impl Into<String>) -> Target {
        Target {
            kind,
            name: name.into(),
            digest: None,
            platform: None,
            os: None,
            layers: Vec::new(),
            coverage: Coverage::default(),
            packages: Vec::new(),
            findings: Vec::new(),
            problems: Vec::new(),
            efficiency: None,
        }
    }
}

impl TargetKind {
    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            TargetKind::Image => "image",
            TargetKind::Directory => "directory",
            TargetKind::Rootfs => "rootfs",
            TargetKind::File => "file",
            TargetKind::Sbom => "sbom",
            TargetKind::Purl => "purl",
        }
    }

    /// True where what is installed counts and lockfiles do not.
    pub fn is_installed_software(self) -> bool {
        matches!(self, TargetKind::Image | TargetKind::Rootfs)
    }
}
