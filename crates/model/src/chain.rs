//! How a package got here: the shortest chain of dependencies from one that was asked for.

use std::collections::VecDeque;

use foldhash::{HashMap, HashMapExt as _};

use crate::{Package, PackageState, Purl, Relationship, TreePath};

/// The most links of a chain that is shown.
const LONGEST: usize = 12;
/// The most versions of one name that a dependency without a version is taken to mean.
const MOST_CANDIDATES: usize = 4;
/// The most dependencies of one target that are followed.
const MOST_EDGES: usize = 1 << 20;

/// Who depends on whom, in the packages of one target. Names mean packages of the same file.
pub struct Chains<'a> {
    packages: &'a [Package],
    by_purl: HashMap<&'a Purl, usize>,
    by_place: HashMap<(&'a Purl, Option<&'a TreePath>), usize>,
    /// What each package needs.
    needs: Vec<Vec<usize>>,
    /// The package before each on the shortest chain from one that was asked for.
    before: HashMap<usize, usize>,
}

impl<'a> Chains<'a> {
    /// Reads who needs whom.
    pub fn new(packages: &'a [Package]) -> Chains<'a> {
        let mut by_name: HashMap<(Option<&TreePath>, &str), Vec<usize>> = HashMap::new();
        let (mut by_purl, mut by_place) =
            (HashMap::with_capacity(packages.len()), HashMap::with_capacity(packages.len()));
        by_name.reserve(packages.len());
        for (at, package) in packages.iter().enumerate() {
            by_name.entry((evidence(package), package.name.as_str())).or_default().push(at);
            by_purl.entry(package.purl()).or_insert(at);
            by_place.entry((package.purl(), evidence(package))).or_insert(at);
        }
        let mut needs = vec![Vec::new(); packages.len()];
        let edges = packages.iter().enumerate().flat_map(|(at, package)| {
            package.dependencies.iter().map(move |dependency| (at, evidence(package), dependency.as_str()))
        });
        for (at, evidence, dependency) in edges.take(MOST_EDGES) {
            needs[at].extend(named(packages, &by_name, evidence, dependency));
        }
        let before = shortest(packages, &needs);
        Chains { packages, by_purl, by_place, needs, before }
    }

    /// The first package of this URL.
    pub fn package(&self, purl: &Purl) -> Option<&'a Package> {
        self.by_purl.get(purl).map(|at| &self.packages[*at])
    }

    /// What the package is called: `name version`, as its own tool prints them.
    pub fn label(&self, purl: &Purl) -> String {
        match self.package(purl) {
            Some(package) => package.label(),
            None => [purl.name(), purl.version().unwrap_or_default()].join(" ").trim_end().to_owned(),
        }
    }

    /// Who depends on whom, by purl: pairs of a package and one it needs, sorted, each once.
    pub fn edges(&self) -> Vec<(&'a Purl, &'a Purl)> {
        let purl = |at: usize| self.packages[at].purl();
        let pairs = self.needs.iter().enumerate().flat_map(|(at, to)| to.iter().map(move |to| (purl(at), purl(*to))));
        let mut edges: Vec<(&Purl, &Purl)> = pairs.filter(|(from, to)| from != to).collect();
        edges.sort();
        edges.dedup();
        edges
    }

    /// Places in the list of the packages that the one at this place needs.
    pub fn needs(&self, at: usize) -> &[usize] {
        self.needs.get(at).map_or(&[], Vec::as_slice)
    }

    /// From a package that was asked for to this one, both included; empty where the evidence does not say, and for what was
    /// asked for itself. `file` tells which of several lockfiles.
    pub fn to(&self, purl: &Purl, file: Option<&TreePath>) -> Vec<&'a Package> {
        let found = self.by_place.get(&(purl, file)).or_else(|| self.by_purl.get(purl));
        let Some(start) = found.copied() else { return Vec::new() };
        let mut chain = vec![&self.packages[start]];
        let mut at = start;
        while let Some(before) = self.before.get(&at) {
            at = *before;
            chain.push(&self.packages[at]);
        }
        chain.reverse();
        if chain.len() > 1 { chain } else { Vec::new() }
    }
}

/// One walk from all packages that were asked for, nearest first.
fn shortest(packages: &[Package], needs: &[Vec<usize>]) -> HashMap<usize, usize> {
    let asked = packages.iter().enumerate().filter(|(_, package)| is_asked_for(package)).map(|(at, _)| at);
    let mut queue: VecDeque<(usize, usize)> = asked.map(|at| (at, 1)).collect();
    let mut before = HashMap::new();
    while let Some((at, length)) = queue.pop_front() {
        for to in needs[at].iter().copied().filter(|to| length < LONGEST && !is_asked_for(&packages[*to])) {
            before.entry(to).or_insert_with(|| {
                queue.push_back((to, length + 1));
                at
            });
        }
    }
    before
}

fn is_asked_for(package: &Package) -> bool {
    package.relationship == Relationship::Direct && package.state != PackageState::Root
}

/// Names of a lockfile mean packages of the same lockfile.
fn evidence(package: &Package) -> Option<&TreePath> {
    package.locations.first().map(|location| &location.path)
}

/// The packages that a dependency, `name` or `name@version`, may mean.
fn named(
    packages: &[Package],
    by_name: &HashMap<(Option<&TreePath>, &str), Vec<usize>>,
    evidence: Option<&TreePath>,
    dependency: &str,
) -> Vec<usize> {
    if let Some(all) = by_name.get(&(evidence, dependency)) {
        return all.iter().copied().take(MOST_CANDIDATES).collect();
    }
    let Some((name, version)) = dependency.rsplit_once('@') else { return Vec::new() };
    let all = by_name.get(&(evidence, name)).into_iter().flatten().copied();
    all.filter(|at| packages[*at].version.as_deref() == Some(version)).take(1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Package URLs, names needed, and the relationship; the place is the file each was found in.
    fn check(lines: &[(&str, &[&str], Relationship)], of: &str, expected: &str) {
        let package = |(purl, dependencies, relationship): &(&str, &[&str], Relationship)| {
            let purl: Purl = purl.parse().expect("a purl");
            let mut package = Package::new(purl.name().to_owned(), purl, "test");
            package.relationship = *relationship;
            package.dependencies = dependencies.iter().map(|name| (*name).to_owned()).collect();
            package
        };
        let packages: Vec<Package> = lines.iter().map(package).collect();
        let chain = Chains::new(&packages).to(&of.parse().expect("a purl"), None);
        assert_eq!(chain.into_iter().map(Package::label).collect::<Vec<_>>().join(" > "), expected);
    }

    #[test]
    fn shortest_from_what_was_asked_for() {
        use Relationship::{Direct, Transitive};
        let lines: &[(&str, &[&str], Relationship)] = &[
            ("pkg:npm/express@4.0.0", &["body", "qs@1.0.0"], Direct),
            ("pkg:npm/body@1.0.0", &["qs@2.0.0", "body"], Transitive),
            ("pkg:npm/qs@1.0.0", &[], Transitive),
            ("pkg:npm/qs@2.0.0", &["%"], Transitive),
            ("pkg:npm/lonely@1.0.0", &["lonely"], Transitive),
        ];
        check(lines, "pkg:npm/qs@1.0.0", "express 4.0.0 > qs 1.0.0");
        check(lines, "pkg:npm/qs@2.0.0", "express 4.0.0 > body 1.0.0 > qs 2.0.0");
        check(lines, "pkg:npm/express@4.0.0", "");
        check(lines, "pkg:npm/lonely@1.0.0", "");
        check(lines, "pkg:npm/absent@1.0.0", "");
    }
}
