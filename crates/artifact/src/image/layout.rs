//! A folder in the OCI image layout. Its blobs may be links to files elsewhere, as build tools make them: what they
//! lead to is held against its digest.

use std::path::Path;

use super::store::{Blobs, Holder};
use super::{Image, oci};
use crate::{OpenError, Options};

/// True where a folder has what every layout has.
pub(crate) fn is_layout(folder: &Path) -> bool {
    folder.join("index.json").is_file() && folder.join("oci-layout").is_file()
}

/// Opens an image of a layout.
pub(crate) fn open_layout(folder: &Path, options: &Options) -> Result<Image, OpenError> {
    let place = folder.display().to_string();
    let blobs = Blobs { place, holder: Holder::Folder(folder.to_owned()), problems: Vec::new() };
    oci::open(&blobs, options)
}
