//! Where a package of Composer is from. The lockfile names no repository: what a registry adds to its packages tells them from those
//! of a repository of the project's own (getcomposer.org, "Repositories").

use std::collections::HashSet;

use model::Provenance;

use crate::tree::Node;

/// Hosts that are told of each installation of a package of the public registry.
const PUBLIC: [&str; 2] = ["packagist.org", "repo.packagist.org"];

/// What is known of all packages of a file.
pub(super) struct Sources<'t> {
    /// Some package says whom to notify. Registries write that into all of theirs, so the others are of none.
    names_registry: bool,
    /// Addresses of the repositories of code that the project reads packages from.
    repositories: HashSet<&'t str>,
}

impl<'t> Sources<'t> {
    pub(super) fn new<'n, 'a: 'n>(
        mut packages: impl Iterator<Item = &'n Node<'a>>,
        manifest: Option<&'t Node<'_>>,
    ) -> Sources<'t> {
        const OF_PACKAGES: [&str; 4] = ["composer", "package", "path", "artifact"];
        let stated = manifest.and_then(|root| root.get("repositories")).into_iter();
        // A list, or an object with a name for each.
        let stated = stated.flat_map(|all| all.items().iter().chain(all.members().iter().map(|member| &member.value)));
        let of_code = stated.filter(|one| one.text_of("type").is_some_and(|kind| !OF_PACKAGES.contains(&kind)));
        Sources {
            names_registry: packages.any(|node| node.get("notification-url").is_some()),
            repositories: of_code.filter_map(|one| one.text_of("url")).map(plain).collect(),
        }
    }

    pub(super) fn of(&self, node: &Node<'_>) -> Provenance {
        let (archive, code) = (node.get("dist"), node.get("source"));
        if archive.is_some_and(|archive| archive.text_of("type") == Some("path")) {
            return Provenance::Path;
        }
        if let Some(notified) = node.text_of("notification-url") {
            return of_registry(notified);
        }
        let Some(url) = code.and_then(|code| code.text_of("url")) else { return Provenance::Registry };
        let is_named = self.repositories.contains(plain(url));
        if !is_named && !self.names_registry && archive.is_some() {
            return Provenance::Registry;
        }
        let stated = |key: &str| code.and_then(|code| code.text_of(key));
        let tool = stated("type").filter(|tool| *tool != "git").map(|tool| format!("{tool}+")).unwrap_or_default();
        let reference = stated("reference").map(|reference| format!("#{reference}")).unwrap_or_default();
        Provenance::Git(format!("{tool}{url}{reference}"))
    }
}

/// `https://packages.example/8` of `https://packages.example/8/downloads`.
fn of_registry(notified: &str) -> Provenance {
    let address = notified.split_once("://").map_or(notified, |(_, rest)| rest);
    if PUBLIC.contains(&address.split('/').next().unwrap_or_default()) {
        return Provenance::Registry;
    }
    let base = notified.trim_end_matches('/');
    Provenance::OtherRegistry(base.strip_suffix("/downloads").unwrap_or(base).to_owned())
}

/// A local repository is named by its address, and in the lockfile by its folder.
fn plain(url: &str) -> &str {
    let url = url.strip_prefix("file://").unwrap_or(url);
    url.strip_suffix(".git").unwrap_or(url)
}
