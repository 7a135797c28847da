//! Layers over one another: the bytes, cut between blocks of a tar, as layers of one image.

use crate::image;

const BLOCK: usize = 512;
/// What a tar ends with.
const END: [u8; 2 * BLOCK] = [0; 2 * BLOCK];

/// Cuts in up to four; the last bytes say where.
pub fn target(data: &[u8]) {
    let blocks = data.len() / BLOCK;
    let mut cuts: Vec<usize> = data
        .iter()
        .rev()
        .take(3)
        .map(|byte| usize::from(*byte) * blocks / 256 * BLOCK)
        .chain([0, data.len()])
        .collect();
    cuts.sort_unstable();
    let layers: Vec<Vec<u8>> = cuts.windows(2).map(|ends| [&data[ends[0]..ends[1]], &END].concat()).collect();
    let layers: Vec<&[u8]> = layers.iter().map(Vec::as_slice).collect();
    image::read("image.tar", image::archive(None, None, &layers));
}
