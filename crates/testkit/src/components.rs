//! Real things the test set-up makes.

use std::path::PathBuf;

/// A file or folder below `.cache/images`, made by `tests/components/debian-image.sh`: `debian` is an OCI layout,
/// `debian-packages.txt` what its own dpkg-query says. `None` says loudly that the caller is skipped.
pub fn image(name: &str) -> Option<PathBuf> {
    let path = crate::workspace().join(".cache/images").join(name);
    if path.exists() {
        return Some(path);
    }
    crate::skip(
        &format!("the real image `{name}`"),
        "run `cargo xtask setup` as root, it is made with mmdebstrap and umoci",
    );
    None
}
