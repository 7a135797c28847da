//! Layers: the bytes as the one layer of an image, whatever its compression.

use crate::image;

/// Reads an image of this layer.
pub fn target(data: &[u8]) {
    image::read("image.tar", image::archive(None, None, &[data]));
}
