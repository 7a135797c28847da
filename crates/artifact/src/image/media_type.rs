//! Media types of manifests and layers: OCI image specification, Docker image manifest version 2.

pub(super) const OCI_INDEX: &str = "application/vnd.oci.image.index.v1+json";
pub(super) const OCI_MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
pub(super) const OCI_CONFIG: &str = "application/vnd.oci.image.config.v1+json";
pub(super) const DOCKER_LIST: &str = "application/vnd.docker.distribution.manifest.list.v2+json";
pub(super) const DOCKER_MANIFEST: &str = "application/vnd.docker.distribution.manifest.v2+json";
pub(super) const DOCKER_CONFIG: &str = "application/vnd.docker.container.image.v1+json";
/// Signed or not, it ends differently.
const DOCKER_SCHEMA_1: &str = "application/vnd.docker.distribution.manifest.v1+";
/// What the layers of a Docker archive are: it does not say.
pub(super) const DOCKER_LAYER: &str = "application/vnd.docker.image.rootfs.diff.tar";

/// What the one layer of a bare root is: no specification has a word for it.
pub(super) const ROOT_TAR: &str = "application/x-tar";

/// What a media type says a layer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LayerType {
    /// A tar, however compressed.
    Tar,
    /// A tar that is not to be passed on and may be stored elsewhere.
    Foreign,
    /// An encrypted tar.
    Encrypted,
    /// Something else.
    Unknown,
}

/// What a media type says a layer is. Compression is never believed.
pub(super) fn layer_type(media_type: &str) -> LayerType {
    const TAR: [&str; 3] = ["application/vnd.oci.image.layer.v1.tar", DOCKER_LAYER, ""];
    const FOREIGN: [&str; 2] = [
        "application/vnd.oci.image.layer.nondistributable.v1.tar",
        "application/vnd.docker.image.rootfs.foreign.diff.tar",
    ];
    if media_type.ends_with("+encrypted") {
        return LayerType::Encrypted;
    }
    // OCI writes `.tar+gzip`, Docker `.tar.gzip`; both write `+zstd` or `.zstd` after the same stem.
    let stem = [".gzip", "+gzip", ".zstd", "+zstd"].iter().find_map(|ending| media_type.strip_suffix(ending));
    let stem = stem.unwrap_or(media_type);
    if TAR.contains(&stem) {
        LayerType::Tar
    } else if FOREIGN.contains(&stem) {
        LayerType::Foreign
    } else {
        LayerType::Unknown
    }
}

pub(super) fn is_index(media_type: &str) -> bool {
    matches!(media_type, OCI_INDEX | DOCKER_LIST)
}

pub(super) fn is_manifest(media_type: &str) -> bool {
    matches!(media_type, OCI_MANIFEST | DOCKER_MANIFEST)
}

pub(super) fn is_schema_1(media_type: &str) -> bool {
    media_type.starts_with(DOCKER_SCHEMA_1)
}

/// An image's configuration; an absent type is taken for one.
pub(super) fn is_image_config(media_type: &str) -> bool {
    matches!(media_type, OCI_CONFIG | DOCKER_CONFIG | "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(media_type: &str, expected: LayerType) {
        assert_eq!(layer_type(media_type), expected, "{media_type}");
    }

    #[test]
    fn layers() {
        check("application/vnd.oci.image.layer.v1.tar", LayerType::Tar);
        check("application/vnd.oci.image.layer.v1.tar+gzip", LayerType::Tar);
        check("application/vnd.oci.image.layer.v1.tar+zstd", LayerType::Tar);
        check("application/vnd.docker.image.rootfs.diff.tar.gzip", LayerType::Tar);
        check("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", LayerType::Foreign);
        check("application/vnd.oci.image.layer.nondistributable.v1.tar+gzip", LayerType::Foreign);
        check("application/vnd.oci.image.layer.v1.tar+gzip+encrypted", LayerType::Encrypted);
        check("application/vnd.cncf.helm.chart.content.v1.tar+gzip", LayerType::Unknown);
    }
}
