//! What to scan, as the caller names it.

use std::fmt;
use std::path::PathBuf;

use model::Purl;

/// One thing to scan.
#[derive(Clone, Debug)]
pub enum Source {
    /// A path whose kind is told from its content.
    Detect(PathBuf),
    /// A source whose kind the caller knows.
    Artifact(artifact::Source),
    /// Bytes from standard input or from memory; an image archive or one file, told from the content.
    Bytes {
        /// The file name they stand for; claims go by it.
        name: String,
        /// The content.
        bytes: Vec<u8>,
    },
    /// A stream that was read to its end; told from the content like bytes, but never an inventory.
    Stream {
        /// The file name it stands for; claims go by it.
        name: String,
        /// What it held.
        stream: artifact::Stream,
    },
    /// An inventory made by others: CycloneDX or SPDX. One that is named as a path or as bytes is told from its content, too.
    Sbom(PathBuf),
    /// A file of package URLs, one a line.
    PurlList(PathBuf),
    /// An image of a registry.
    #[cfg(feature = "registry")]
    Registry(Box<registry::Reference>),
    /// An image of a container engine on this machine.
    #[cfg(feature = "registry")]
    Daemon(registry::Daemon),
    /// Package URLs.
    Purls {
        /// What to call the list.
        name: String,
        /// The packages.
        purls: Vec<Purl>,
    },
}

impl fmt::Display for Source {
    /// What the caller calls it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::Detect(path) | Source::Sbom(path) | Source::PurlList(path) => path.display().fmt(f),
            Source::Artifact(source) => source.fmt(f),
            #[cfg(feature = "registry")]
            Source::Registry(reference) => reference.fmt(f),
            #[cfg(feature = "registry")]
            Source::Daemon(daemon) => f.write_str(&daemon.image),
            Source::Bytes { name, .. } | Source::Stream { name, .. } | Source::Purls { name, .. } => f.write_str(name),
        }
    }
}

impl Source {
    /// A path whose kind is told from its content.
    pub fn detect(path: impl Into<PathBuf>) -> Source {
        Source::Detect(path.into())
    }
}
