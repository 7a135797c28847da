//! What inventories inside an image claim, held against what is really there.

use std::collections::{HashMap, HashSet};

use model::{Package, PackageState, Problem, ProblemKind, Purl, TreePath};

/// The detector whose packages are claims.
const BY_CLAIM: &str = "sbom";
/// Names in one message; the others are counted.
const MOST_NAMED: usize = 5;

/// How a package is told from others, whatever its version and distribution.
type Name = (String, String);

/// Leaves out claims that what was found confirms or contradicts, and says what was contradicted. A claim that nothing was
/// found of stays, as inferred: an inventory may know of what has no traces.
pub(crate) fn check(packages: &mut Vec<Package>, problems: &mut Vec<Problem>) {
    if packages.iter().all(|package| !is_claim(&package.found_by)) {
        return;
    }
    let mut found: HashMap<Name, HashSet<String>> = HashMap::new();
    for package in packages.iter().filter(|package| !is_claim(&package.found_by)) {
        found.entry(name(package.purl())).or_default().insert(version(package));
    }
    let mut alone: HashMap<TreePath, Vec<String>> = HashMap::new();
    packages.retain_mut(|package| {
        if !is_claim(&package.found_by) {
            return true;
        }
        let place = package.locations.first();
        match found.get(&name(package.purl())) {
            Some(versions) if versions.contains(&version(package)) => false,
            Some(versions) => {
                let message = contradicted(package, versions);
                let problem = Problem::warning(ProblemKind::Shape, message);
                problems.push(place.map_or(problem.clone(), |place| problem.at(place)));
                false
            }
            None => {
                package.state = PackageState::Inferred;
                if let Some(place) = place {
                    alone.entry(place.path.clone()).or_default().push(package.label());
                }
                true
            }
        }
    });
    problems.extend(alone.into_iter().map(|(path, names)| unconfirmed(&path, &names)));
}

/// True for the detector of inventories.
pub(crate) fn is_claim(found_by: &str) -> bool {
    found_by == BY_CLAIM
}

fn name(purl: &Purl) -> Name {
    (purl.purl_type().as_str().to_owned(), purl.display_name())
}

fn version(package: &Package) -> String {
    package.version.clone().unwrap_or_default()
}

fn contradicted(package: &Package, versions: &HashSet<String>) -> String {
    let mut versions: Vec<&str> = versions.iter().map(String::as_str).collect();
    versions.sort_unstable();
    let name = &package.name;
    format!(
        "the inventory claims {}, but {name} {} is what was found: the claim is not followed",
        package.label(),
        versions.join(" and ")
    )
}

fn unconfirmed(path: &TreePath, names: &[String]) -> Problem {
    let shown = names.iter().take(MOST_NAMED).cloned().collect::<Vec<_>>().join(", ");
    let more = names.len().saturating_sub(MOST_NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let packages = if names.len() == 1 { "package is" } else { "packages are" };
    let message = format!("{} {packages} claimed by this inventory alone: {shown}{more}", names.len());
    Problem::note(ProblemKind::Shape, message).in_file(path)
}

#[cfg(test)]
mod tests {
    use model::Location;

    use super::*;

    fn package(purl: &str, found_by: &'static str) -> Package {
        let purl: Purl = purl.parse().expect("a purl");
        let mut package = Package::new(purl.display_name(), purl, found_by);
        package.locations = vec![Location::file(TreePath::rooted(format!("/{found_by}")).expect("a path"))];
        package
    }

    #[test]
    fn confirmed_contradicted_and_alone() {
        let mut packages = vec![
            package("pkg:deb/debian/openssl@3.0.11?distro=debian-12", "dpkg"),
            package("pkg:deb/debian/zlib1g@1.2.13", "dpkg"),
            package("pkg:deb/debian/openssl@3.0.11", BY_CLAIM),
            package("pkg:deb/debian/zlib1g@1.3", BY_CLAIM),
            package("pkg:generic/redis@7.2.4", BY_CLAIM),
        ];
        let mut problems = Vec::new();
        check(&mut packages, &mut problems);
        let left: Vec<String> =
            packages.iter().map(|package| format!("{} {:?}", package.label(), package.state)).collect();
        assert_eq!(left, ["openssl 3.0.11 Installed", "zlib1g 1.2.13 Installed", "redis 7.2.4 Inferred"]);
        let said: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
        assert_eq!(
            said,
            [
                "the inventory claims zlib1g 1.3, but zlib1g 1.2.13 is what was found: the claim is not followed",
                "1 package is claimed by this inventory alone: redis 7.2.4",
            ]
        );
    }

    #[test]
    fn nothing_is_done_without_claims() {
        let mut packages = vec![package("pkg:deb/debian/openssl@3.0.11", "dpkg")];
        let mut problems = Vec::new();
        check(&mut packages, &mut problems);
        assert_eq!((packages.len(), problems.len()), (1, 0));
    }
}
