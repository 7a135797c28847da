//! Relative references to files, in the one form every consumer accepts.
//!
//! Services resolve them against the repository: no leading `/`, no `./`, no `..`, and nothing that looks like a scheme.

use std::fmt::Write as _;

use model::{Target, TargetKind, TreePath};

use crate::naming::stable_name;

/// The reference to a file of a target.
pub(super) fn of(target: &Target, path: &TreePath) -> String {
    let path = path.to_string();
    let parts = folder(target).into_iter().chain(components(&path)).collect::<Vec<_>>();
    encode(&parts)
}

/// The reference to the target as a whole, for what has no file of its own.
pub(super) fn of_target(target: &Target) -> String {
    let name = stable_name(target);
    let parts: Vec<String> = components(&name).collect();
    if parts.is_empty() { encode(&[target.kind.name().to_owned()]) } else { encode(&parts) }
}

/// The folders between the repository's root and the target's own, as far as the target's name tells.
fn folder(target: &Target) -> Vec<String> {
    let name = stable_name(target);
    // An absolute path, or one that leaves the working directory, says nothing of the place in the repository.
    let is_outside =
        name.starts_with(['/', '\\', '~']) || name.contains(":\\") || name.split('/').any(|part| part == "..");
    let parts: Vec<String> = components(&name).collect();
    match target.kind {
        TargetKind::Image if is_outside => parts.last().cloned().into_iter().collect(),
        _ if is_outside => Vec::new(),
        TargetKind::Image | TargetKind::Directory | TargetKind::Rootfs => parts,
        // The path of a file's content is its own name.
        TargetKind::File | TargetKind::Sbom | TargetKind::Purl => {
            parts.split_last().map(|(_, folders)| folders.to_vec()).unwrap_or_default()
        }
    }
}

fn components(path: &str) -> impl Iterator<Item = String> {
    path.split('/').filter(|part| !matches!(*part, "" | "." | "..")).map(str::to_owned)
}

/// Percent-encodes all but what RFC 3986 never reserves, and `@` and `+`, which many file names hold.
fn encode(parts: &[String]) -> String {
    let mut uri = String::new();
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            uri.push('/');
        }
        for byte in part.bytes() {
            if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'@' | b'+') {
                uri.push(char::from(byte));
            } else {
                write!(uri, "%{byte:02X}").expect("a String takes every write");
            }
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing;

    fn check(kind: TargetKind, name: &str, path: &str, expected: &str) {
        let target = Target { kind, name: name.to_owned(), ..testing::empty_target() };
        let path = TreePath::try_from(path.to_owned()).expect("a path");
        assert_eq!(of(&target, &path), expected, "{name} {path}");
    }

    #[test]
    fn trees() {
        check(TargetKind::Directory, ".", "go.mod", "go.mod");
        check(TargetKind::Directory, "dir:./services/web/", "a/go.mod", "services/web/a/go.mod");
        check(TargetKind::Directory, "/builds/group/project", "a/go.mod", "a/go.mod");
        check(TargetKind::Directory, "../other", "go.mod", "go.mod");
        check(TargetKind::File, "deploy/web.yaml", "web.yaml", "deploy/web.yaml");
        check(TargetKind::File, "file:web.yaml", "web.yaml", "web.yaml");
        check(TargetKind::File, "-", "web.yaml", "web.yaml");
        check(TargetKind::Directory, ".", "a b/c:d/é#?%.yaml", "a%20b/c%3Ad/%C3%A9%23%3F%25.yaml");
        check(TargetKind::Directory, ".", "javascript:alert(1)", "javascript%3Aalert%281%29");
    }

    #[test]
    fn images_lose_tag_and_digest() {
        let status = "/var/lib/dpkg/status";
        check(
            TargetKind::Image,
            "host.example:5000/team/app:1.2",
            status,
            "host.example%3A5000/team/app/var/lib/dpkg/status",
        );
        check(TargetKind::Image, "app:1.2@sha256:00ff", status, "app/var/lib/dpkg/status");
        check(TargetKind::Image, "oci-archive:build/app.tar", status, "build/app.tar/var/lib/dpkg/status");
        check(TargetKind::Image, "/tmp/build/app.tar", status, "app.tar/var/lib/dpkg/status");
        check(TargetKind::Image, "registry:app", status, "app/var/lib/dpkg/status");
    }

    proptest! {
        #[test]
        fn always_relative_and_plain(name in any::<String>(), path in any::<String>(), image in any::<bool>()) {
            let kind = if image { TargetKind::Image } else { TargetKind::Directory };
            let target = Target { kind, name, ..testing::empty_target() };
            prop_assert!(is_plain(&of_target(&target)));
            if let Ok(path) = TreePath::try_from(path) {
                prop_assert!(is_plain(&of(&target, &path)), "{}", of(&target, &path));
            }
        }
    }

    fn is_plain(uri: &str) -> bool {
        let first = uri.split('/').next().unwrap_or_default();
        !uri.is_empty()
            && uri.is_ascii()
            && !uri.starts_with('/')
            && !first.contains(':')
            && uri.split('/').all(|part| !matches!(part, "" | "." | ".."))
    }
}
