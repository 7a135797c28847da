//! The list of images in an archive of Docker's.

use crate::image;

/// Reads an archive with these bytes for its `manifest.json`.
pub fn target(data: &[u8]) {
    image::read("image.tar", image::docker_archive(data));
}
