//! `/nix/store/HASH-NAME-VERSION-OUTPUT` and its parts (Nix manual, "Store path"; `libstore/names.cc`).

/// A store path that holds a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct StorePath<'a> {
    pub(super) hash: &'a str,
    pub(super) name: &'a str,
    pub(super) version: &'a str,
    /// The output, where it is not the main one.
    pub(super) output: Option<&'a str>,
}

/// Outputs that the package set has; any other ending belongs to the version.
const OUTPUTS: [&str; 21] = [
    "bin",
    "cc",
    "data",
    "debug",
    "dev",
    "devdoc",
    "devman",
    "dist",
    "doc",
    "info",
    "lib",
    "libgcc",
    "man",
    "modules",
    "py",
    "python",
    "static",
    "terminfo",
    "tools",
    "devtools",
    "unwrapped",
];

/// What a store path with such a name holds is what a package is made from.
const SOURCES: [&str; 11] = [".drv", ".patch", ".diff", ".gz", ".xz", ".bz2", ".zst", ".zip", ".sh", ".lock", ".tgz"];

/// Nix's base-32 digits of 20 bytes.
const HASH: usize = 32;

impl<'a> StorePath<'a> {
    /// Reads a path or its last component; `None` for one without a version.
    pub(super) fn read(path: &'a str) -> Option<StorePath<'a>> {
        let last = path.rsplit('/').next()?;
        let (hash, rest) = last.split_at_checked(HASH)?;
        let rest = rest.strip_prefix('-')?;
        let is_hash = hash.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_lowercase());
        if !is_hash || SOURCES.iter().any(|ending| rest.ends_with(ending)) {
            return None;
        }
        // The version is what follows the first dash before something that is no letter.
        let dash = rest
            .match_indices('-')
            .map(|(at, _)| at)
            .find(|at| rest[at + 1..].chars().next().is_some_and(|first| !first.is_alphabetic()))?;
        let (name, version) = (&rest[..dash], &rest[dash + 1..]);
        let (version, output) = match version.rsplit_once('-') {
            Some((version, output)) if OUTPUTS.contains(&output) => (version, Some(output)),
            _ => (version, None),
        };
        (!name.is_empty() && !version.is_empty()).then_some(StorePath { hash, name, version, output })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, expected: Option<(&str, &str, Option<&str>)>) {
        let path = format!("/nix/store/0c5kz8d3v1q2w3e4r5t6y7p8a9sdfghj-{name}");
        let found = StorePath::read(&path).map(|path| (path.name, path.version, path.output));
        assert_eq!(found, expected, "{name}");
    }

    #[test]
    fn parts() {
        check("glibc-2.39-52", Some(("glibc", "2.39-52", None)));
        check("openssl-3.0.14-dev", Some(("openssl", "3.0.14", Some("dev"))));
        check("python3.11-requests-2.31.0", Some(("python3.11-requests", "2.31.0", None)));
        check("gcc-13.2.0-libgcc", Some(("gcc", "13.2.0", Some("libgcc"))));
        check("vim-unstable-2024-01-01", Some(("vim-unstable", "2024-01-01", None)));
        for name in ["stdenv-linux", "hello-2.12.drv", "hello-2.12.tar.gz", "fix-1.patch", "source", "nss-cacert"] {
            check(name, None);
        }
        assert_eq!((StorePath::read("x"), StorePath::read("/nix/store/é-1")), (None, None));
    }
}
