//! Archives: the bytes as a file that may be an image, plain or compressed.

use crate::image;

/// Opens and reads the bytes.
pub fn target(data: &[u8]) {
    image::read("image.tar", data.to_vec());
}
