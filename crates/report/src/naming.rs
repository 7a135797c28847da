//! What targets and their files are called: stable names for services, paths people can open.

use model::{Location, Target, TargetKind, TreePath};

use crate::foreign;

/// Words before a colon that choose the kind of a source, and are no part of its name.
const SOURCE_PREFIXES: [&str; 12] = [
    "dir",
    "file",
    "rootfs",
    "oci",
    "oci-archive",
    "docker-archive",
    "registry",
    "docker",
    "podman",
    "sbom",
    "purl",
    "purls",
];

/// The name without the word that chooses its kind.
pub(crate) fn without_prefix(name: &str) -> &str {
    match name.split_once(':') {
        Some((prefix, rest)) if SOURCE_PREFIXES.contains(&prefix) && !rest.is_empty() => rest,
        _ => name,
    }
}

/// The name that stays when the target is built anew: an image without its tag and digest, a path as it is.
pub(crate) fn stable_name(target: &Target) -> String {
    let name = without_prefix(&target.name);
    if target.kind != TargetKind::Image {
        return name.to_owned();
    }
    let name = name.split_once('@').map_or(name, |(name, _)| name);
    let last = name.rfind('/').map_or(0, |at| at + 1);
    match name[last..].rfind(':') {
        Some(colon) => name[..last + colon].to_owned(),
        None => name.to_owned(),
    }
}

/// The path as a person at the prompt can open it: below the folder that was scanned. In an image, the path inside.
pub(crate) fn shown_path(target: &Target, path: &TreePath) -> String {
    let inside = path.to_string();
    let name = without_prefix(&target.name);
    match target.kind {
        TargetKind::Directory | TargetKind::Rootfs => {
            let folder = name.trim_end_matches('/');
            let inside = inside.trim_start_matches('/');
            match folder {
                "" if name.starts_with('/') => format!("/{inside}"),
                "" | "." => inside.to_owned(),
                folder => foreign::line(&format!("{}/{inside}", folder.trim_start_matches("./"))),
            }
        }
        // The path of a file's content is its own name.
        TargetKind::File if name.ends_with(&format!("/{inside}")) => foreign::line(name),
        _ => inside,
    }
}

/// The path with its line and column, as editors and terminals read it.
pub(crate) fn shown_place(target: &Target, location: &Location) -> String {
    let path = shown_path(target, &location.path);
    match location.span {
        Some(span) => format!("{path}:{}:{}", span.start.line, span.start.column),
        None => path,
    }
}

/// What kind of thing a target is, and what is known of it: `image, debian 12, linux/amd64`.
pub(crate) fn description(target: &Target) -> String {
    let mut parts = vec![target.kind.name().to_owned()];
    if let Some(os) = &target.os {
        let version = os.version.as_ref().map(|version| format!(" {version}")).unwrap_or_default();
        parts.push(foreign::line(&format!("{}{version}", os.id)));
    }
    parts.extend(target.platform.as_deref().map(foreign::line));
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    fn check(kind: TargetKind, name: &str, path: &str, expected: &str) {
        let target = Target { kind, name: name.to_owned(), ..testing::empty_target() };
        let path = TreePath::try_from(path.to_owned()).expect("a path");
        assert_eq!(shown_path(&target, &path), expected, "{name}");
    }

    #[test]
    fn paths_can_be_opened() {
        check(TargetKind::Directory, ".", "a/go.mod", "a/go.mod");
        check(TargetKind::Directory, "./services/web/", "go.mod", "services/web/go.mod");
        check(TargetKind::Directory, "dir:../other", "go.mod", "../other/go.mod");
        check(TargetKind::Directory, "/", "etc/passwd", "/etc/passwd");
        check(TargetKind::Rootfs, "rootfs:root", "/var/lib/dpkg/status", "root/var/lib/dpkg/status");
        check(TargetKind::File, "deploy/web.yaml", "web.yaml", "deploy/web.yaml");
        check(TargetKind::File, "-", "web.yaml", "web.yaml");
        check(TargetKind::Image, "app:1.2", "/var/lib/dpkg/status", "/var/lib/dpkg/status");
        check(TargetKind::Directory, "a\x1b[2Jb", "c", r"a\u{1b}[2Jb/c");
    }

    #[test]
    fn images_lose_tag_and_digest() {
        let name = |name: &str| {
            stable_name(&Target { kind: TargetKind::Image, name: name.to_owned(), ..testing::empty_target() })
        };
        assert_eq!(name("host.example:5000/team/app:1.2"), "host.example:5000/team/app");
        assert_eq!(name("app:1.2@sha256:00ff"), "app");
        assert_eq!(name("oci-archive:build/app.tar"), "build/app.tar");
    }
}
