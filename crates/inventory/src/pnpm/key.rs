//! What the key of a package says: `/a/1.0.0_peers` (5), `/a@1.0.0(peers)` (6), `a@1.0.0` (9), or a place.

/// A package by its key.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Identity<'k> {
    pub(super) name: &'k str,
    pub(super) version: Option<&'k str>,
    /// An address or a folder, when it is from no registry.
    pub(super) place: Option<&'k str>,
}

/// `None` for a place that has no name in it.
pub(super) fn read(key: &str) -> Option<Identity<'_>> {
    let plain = key.split_once('(').map_or(key, |(package, _)| package);
    let inner = plain.strip_prefix('/').unwrap_or(plain);
    let is_scoped = inner.starts_with('@');
    let at = inner.char_indices().skip(1).find(|(_, character)| *character == '@').map(|(at, _)| at);
    match at {
        // `/@babel/core/7.0.0_@babel+x@7` has an `@` too, behind its version.
        Some(at) if inner[..at].matches('/').count() == usize::from(is_scoped) => {
            let (name, version) = (&inner[..at], &inner[at + 1..]);
            let is_place = version.contains([':', '/']);
            Some(Identity { name, version: Some(version).filter(|_| !is_place), place: is_place.then_some(version) })
        }
        _ if plain.starts_with('/') => {
            let (name, version) = inner.split_once('/').filter(|_| !is_scoped).or_else(|| {
                let scope = inner.find('/')?;
                let name = scope + 1 + inner[scope + 1..].find('/')?;
                Some((&inner[..name], &inner[name + 1..]))
            })?;
            let version = version.split(['_', '/']).next().unwrap_or_default();
            Some(Identity { name, version: Some(version), place: None })
        }
        _ => None,
    }
    .filter(|identity| !identity.name.is_empty() && identity.version != Some(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(key: &str, name: &str, version: &str, place: &str) {
        let found =
            read(key).map(|found| (found.name, found.version.unwrap_or_default(), found.place.unwrap_or_default()));
        assert_eq!(found, Some((name, version, place)), "{key}");
    }

    #[test]
    fn keys() {
        check("/a/1.0.0", "a", "1.0.0", "");
        check("/a/1.0.0_react@17.0.2+b@1", "a", "1.0.0", "");
        check("/@a/b/1.0.0_@babel+core@7.0.0", "@a/b", "1.0.0", "");
        check("/a@1.0.0(react@17.0.2)(b@1)", "a", "1.0.0", "");
        check("/@a/b@1.0.0", "@a/b", "1.0.0", "");
        check("a@1.0.0-rc.1", "a", "1.0.0-rc.1", "");
        check("@a/b@1.0.0", "@a/b", "1.0.0", "");
        check("a@https://files.example/a.tgz", "a", "", "https://files.example/a.tgz");
        check("a@file:b.tgz", "a", "", "file:b.tgz");
        for place in ["file:a.tgz", "@files.example/a/tar.gz/0123", "", "/"] {
            assert_eq!(read(place), None, "{place}");
        }
    }
}
