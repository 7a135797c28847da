//! Packages that a file states: inventories made by others, and lists of package URLs.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;

use inventory::Input;
use model::{Origin, TargetKind, TreePath};

use crate::Source;
use crate::parse::Parsed;
use crate::scanner::ScanError;
use crate::snippet::Text;

/// The most bytes of one file.
const LARGEST: u64 = 1 << 30;
/// How much of a file tells whether it is an inventory.
const HEAD: u64 = 8192;

/// What a file states packages in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// CycloneDX or SPDX.
    Sbom,
    /// Package URLs.
    Purls,
}

/// True for a source that is an inventory made by others, by what the caller says or by its content.
pub fn is_sbom(source: &Source) -> bool {
    match source {
        Source::Sbom(_) => true,
        Source::Detect(path) => Stated::is_at(path),
        Source::Bytes { name, bytes } => inventory::is_sbom(name, bytes),
        Source::Artifact(_) | Source::Stream { .. } | Source::PurlList(_) | Source::Purls { .. } => false,
        #[cfg(feature = "registry")]
        Source::Registry(_) | Source::Daemon(_) => false,
    }
}

/// A file that states packages, read.
pub(crate) struct Stated {
    pub(crate) name: String,
    pub(crate) bytes: Text,
    form: Form,
}

impl Stated {
    pub(crate) fn new(name: &str, bytes: Vec<u8>, form: Form) -> Stated {
        Stated { name: name.to_owned(), bytes: Arc::new(bytes), form }
    }

    /// True for a file that looks like an inventory.
    pub(crate) fn is_at(path: &Path) -> bool {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let mut head = Vec::new();
        path.is_file()
            && File::open(path).is_ok_and(|file| file.take(HEAD).read_to_end(&mut head).is_ok())
            && inventory::is_sbom(&name, &head)
    }

    /// Reads the file; one that cannot be read or is too large is a wrong source.
    pub(crate) fn open(path: &Path, form: Form) -> Result<Stated, ScanError> {
        let name = path.display().to_string();
        let mut bytes = Vec::new();
        let read = File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes));
        match read {
            Err(error) => Err(ScanError::Unreadable { name, reason: error.to_string() }),
            Ok(_) if bytes.len() as u64 > LARGEST => {
                Err(ScanError::Unreadable { name, reason: format!("it is larger than {LARGEST} bytes") })
            }
            Ok(_) => Ok(Stated { name, bytes: Arc::new(bytes), form }),
        }
    }

    pub(crate) fn kind(&self) -> TargetKind {
        match self.form {
            Form::Sbom => TargetKind::Sbom,
            Form::Purls => TargetKind::Purl,
        }
    }

    /// Reads what it states; places are lines of the file.
    pub(crate) fn parse(&self) -> Parsed {
        let file_name = self.name.rsplit('/').next().unwrap_or_default();
        let path = TreePath::new(file_name).or_else(|_| TreePath::new("inventory")).expect("a plain name is a path");
        let origin = Origin::file(path);
        let input = Input { origin: &origin, bytes: &self.bytes, companions: &[] };
        let mut parsed = Parsed::nothing(&origin);
        match self.form {
            Form::Sbom => parsed.take("the reader of inventories", inventory::read_sbom, &input),
            Form::Purls => parsed.take("the reader of package URLs", inventory::read_purls, &input),
        }
        parsed.text = Some(Arc::clone(&self.bytes));
        parsed
    }
}
