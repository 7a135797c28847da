//! A root file system in one tar, as `docker export`, `podman export` and mmdebstrap write it: no manifest, one layer.

use model::{Layer, LayerIndex};

use super::Image;
use super::media_type::ROOT_TAR;
use crate::stream::{Bounds, Compression, Inflating, Store, StreamFault, inflate_head};
use crate::tar::{BLOCK, Reader, Skip, is_header};
use crate::{Limits, OpenError};

/// How many members are looked at for what tells a root: such files come early where tools write them in order.
const MOST_MEMBERS: usize = 20_000;

/// How much of a compressed tar is inflated for that.
const MOST_INFLATED: u64 = 64 << 20;

/// Files that only a root has: what it is, and what is installed in it.
const TELLING: [&[u8]; 6] = [
    b"etc/os-release",
    b"usr/lib/os-release",
    b"var/lib/dpkg/status",
    b"lib/apk/db/installed",
    b"usr/lib/sysimage/rpm/rpmdb.sqlite",
    b"var/lib/rpm/rpmdb.sqlite",
];

/// The tar as an image of one layer.
pub(crate) fn open_root_tar(store: &Store, place: &str) -> Result<Image, OpenError> {
    let damaged = |what: String| OpenError::Damaged { place: place.to_owned(), what };
    let blob = store.whole().map_err(|error| damaged(format!("it could not be read: {error}")))?;
    let layer = Layer {
        index: LayerIndex(0),
        digest: None,
        diff_id: None,
        media_type: ROOT_TAR.to_owned(),
        size: blob.length(),
        created_by: None,
        base: None,
    };
    Ok(Image {
        reference: None,
        digest: None,
        platform: None,
        config: None,
        layers: vec![layer],
        stored: vec![Ok(blob)],
        problems: Vec::new(),
    })
}

/// True for a tar, plain or compressed, that holds what only a root does.
pub(crate) fn is_root_tar(store: &Store, limits: &Limits) -> Result<bool, StreamFault> {
    let blob = store.whole()?;
    if !is_header(&inflate_head(&blob, BLOCK).unwrap_or_default()) {
        return Ok(false);
    }
    Ok(match Compression::of(&blob.head(BLOCK)?) {
        Compression::None => holds_root(store.seeking()?, limits),
        _ => {
            let bounds = Bounds::new(limits, "memory_bytes", MOST_INFLATED);
            holds_root(Inflating::new(&blob, bounds)?, limits)
        }
    })
}

fn holds_root<R: Skip>(source: R, limits: &Limits) -> bool {
    let mut reader = Reader::new(source, limits.tar_header_bytes);
    for _ in 0..MOST_MEMBERS {
        let Ok(Some(_)) = reader.next() else { return false };
        let path = reader.path();
        let plain = path.strip_prefix(b"./").unwrap_or(path);
        if TELLING.contains(&plain.strip_prefix(b"/").unwrap_or(plain)) {
            return true;
        }
    }
    false
}
