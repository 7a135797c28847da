//! Where a package is from: `resolved`, and what version 1 writes for a version.

use model::Provenance;

/// Hosts of the public registry; Yarn's is another name of it.
const PUBLIC: [&str; 3] = ["registry.npmjs.org", "registry.yarnpkg.com", "registry.npmjs.com"];

/// Words before the colon that mean a git repository.
const GIT: [&str; 8] = ["git", "git+ssh", "git+https", "git+http", "git+file", "github", "gitlab", "bitbucket"];

/// What `resolved` says. Without it the package is from the registry: npm can be told to leave addresses out.
pub(crate) fn of_resolved(resolved: Option<&str>) -> Provenance {
    let Some(resolved) = resolved.filter(|text| !text.is_empty()) else { return Provenance::Registry };
    let (scheme, rest) = resolved.split_once(':').unwrap_or(("file", resolved));
    match scheme {
        "http" | "https" => of_address(resolved, rest.trim_start_matches("//")),
        "file" | "link" | "portal" | "workspace" => Provenance::Path,
        _ if GIT.contains(&scheme) => Provenance::Git(resolved.to_owned()),
        _ => Provenance::Url(resolved.to_owned()),
    }
}

/// Name, version and source from what version 1 calls a version: `1.2.3`, `npm:other@1.2.3`, an address or a folder.
pub(super) fn of_version<'t>(
    called: &'t str,
    stated: &'t str,
    resolved: Option<&str>,
) -> (&'t str, Option<&'t str>, Provenance) {
    if let Some(alias) = stated.strip_prefix("npm:") {
        return match split_alias(alias) {
            (name, Some(version)) => (name, Some(version), of_resolved(resolved)),
            (name, None) => (name, None, of_resolved(resolved)),
        };
    }
    // A version has neither colon nor slash; everything else is a place, which has no version.
    if stated.contains([':', '/']) {
        return (called, None, of_resolved(Some(stated)));
    }
    (called, Some(stated), of_resolved(resolved))
}

/// `@a/b` and `1.2.3` of `@a/b@1.2.3`.
pub(crate) fn split_alias(alias: &str) -> (&str, Option<&str>) {
    match alias.rfind('@') {
        Some(at) if at > 0 => (&alias[..at], Some(&alias[at + 1..])),
        _ => (alias, None),
    }
}

/// A registry's archives lie in a folder `-`; anything else is an archive somewhere.
fn of_address(address: &str, rest: &str) -> Provenance {
    let host = rest.split(['/', ':', '?', '#']).next().unwrap_or_default();
    if PUBLIC.contains(&host) {
        return Provenance::Registry;
    }
    let is_repository = rest.split(['?', '#']).next().unwrap_or_default().ends_with(".git");
    match address.find("/-/") {
        _ if is_repository => Provenance::Git(address.to_owned()),
        Some(_) => Provenance::OtherRegistry(registry_of(address)),
        None => Provenance::Url(address.to_owned()),
    }
}

/// `https://npm.example/public` of `https://npm.example/public/@a/b/-/b-1.0.0.tgz`.
fn registry_of(address: &str) -> String {
    let package = address.split("/-/").next().unwrap_or(address);
    let without_name = package.rsplit_once('/').map_or(package, |(before, _)| before);
    match without_name.rsplit_once('/') {
        Some((before, scope)) if scope.starts_with('@') => before.to_owned(),
        _ => without_name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(resolved: &str, expected: impl Into<Option<Provenance>>) {
        assert_eq!(Some(of_resolved(Some(resolved))), expected.into(), "{resolved}");
    }

    #[test]
    fn addresses() {
        check("https://registry.npmjs.org/a/-/a-1.0.0.tgz", Provenance::Registry);
        check("https://registry.yarnpkg.com/@a/b/-/b-1.0.0.tgz#0123", Provenance::Registry);
        check(
            "https://npm.example/public/@a/b/-/b-1.0.0.tgz",
            Provenance::OtherRegistry("https://npm.example/public".into()),
        );
        check("https://npm.example/b/-/b-1.0.0.tgz", Provenance::OtherRegistry("https://npm.example".into()));
        check("https://files.example/a.tgz", Provenance::Url("https://files.example/a.tgz".into()));
        check("git+ssh://git@git.example/a.git#1", Provenance::Git("git+ssh://git@git.example/a.git#1".into()));
        check("file:../a", Provenance::Path);
        check("packages/a", Provenance::Path);
        assert_eq!(of_resolved(None), Provenance::Registry);
    }

    #[test]
    fn versions() {
        assert_eq!(of_version("a", "npm:@b/c@1.2.3", None), ("@b/c", Some("1.2.3"), Provenance::Registry));
        assert_eq!(of_version("a", "1.2.3", None), ("a", Some("1.2.3"), Provenance::Registry));
        assert_eq!(of_version("a", "file:b", None), ("a", None, Provenance::Path));
        assert_eq!(of_version("a", "github:b/c#1", None), ("a", None, Provenance::Git("github:b/c#1".into())));
    }
}
