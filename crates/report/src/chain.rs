//! How a package got here: the shortest chain of dependencies from one that was asked for.

use std::collections::{HashMap, VecDeque};

use model::{Package, PackageState, Purl, Relationship, Target, TreePath};

/// The most links of a chain that is shown.
const LONGEST: usize = 12;
/// The most versions of one name that a dependency without a version is taken to mean.
const MOST_CANDIDATES: usize = 4;
/// The most dependencies of one target that are followed.
const MOST_EDGES: usize = 1 << 20;

/// Who depends on whom, in the packages of one target.
pub(crate) struct Chains<'a> {
    packages: &'a [Package],
    by_purl: HashMap<&'a Purl, usize>,
    /// What each package needs.
    needs: Vec<Vec<usize>>,
    /// The package before each on the shortest chain from one that was asked for.
    before: HashMap<usize, usize>,
}

impl<'a> Chains<'a> {
    pub(crate) fn new(target: &'a Target) -> Chains<'a> {
        let packages = target.packages.as_slice();
        let mut by_name: HashMap<(Option<&TreePath>, &str), Vec<usize>> = HashMap::new();
        let mut by_purl = HashMap::new();
        for (at, package) in packages.iter().enumerate() {
            by_name.entry((evidence(package), package.name.as_str())).or_default().push(at);
            by_purl.entry(package.purl()).or_insert(at);
        }
        let mut needs = vec![Vec::new(); packages.len()];
        let edges = packages.iter().enumerate().flat_map(|(at, package)| {
            package.dependencies.iter().map(move |dependency| (at, evidence(package), dependency.as_str()))
        });
        for (at, evidence, dependency) in edges.take(MOST_EDGES) {
            needs[at].extend(named(packages, &by_name, evidence, dependency));
        }
        let before = shortest(packages, &needs);
        Chains { packages, by_purl, needs, before }
    }

    /// The package that a finding is about.
    pub(crate) fn package(&self, purl: &Purl) -> Option<&'a Package> {
        self.by_purl.get(purl).map(|at| &self.packages[*at])
    }

    /// What the package is called: `name version`, as its own tool prints them.
    pub(crate) fn label(&self, purl: &Purl) -> String {
        match self.package(purl) {
            Some(package) => label(package),
            None => [purl.name(), purl.version().unwrap_or_default()].join(" ").trim_end().to_owned(),
        }
    }

    /// Who depends on whom, by purl: pairs of a package and one it needs, sorted, each once.
    pub(crate) fn edges(&self) -> Vec<(&'a Purl, &'a Purl)> {
        let purl = |at: usize| self.packages[at].purl();
        let pairs = self.needs.iter().enumerate().flat_map(|(at, to)| to.iter().map(move |to| (purl(at), purl(*to))));
        let mut edges: Vec<(&Purl, &Purl)> = pairs.filter(|(from, to)| from != to).collect();
        edges.sort();
        edges.dedup();
        edges
    }

    /// From a package that was asked for to this one, both included; empty where the evidence does not say.
    pub(crate) fn of(&self, purl: &Purl) -> Vec<&'a Package> {
        let Some(start) = self.by_purl.get(purl).copied() else { return Vec::new() };
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

/// `name version`, as its own tool prints them.
pub(crate) fn label(package: &Package) -> String {
    match &package.version {
        Some(version) => format!("{} {version}", package.name),
        None => package.name.clone(),
    }
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
    use crate::testing;

    fn check(lines: &[(&str, &[&str], Relationship)], of: &str, expected: &str) {
        let package = |(purl, dependencies, relationship): &(&str, &[&str], Relationship)| {
            let mut package = testing::package(purl);
            package.relationship = *relationship;
            package.dependencies = dependencies.iter().map(|name| (*name).to_owned()).collect();
            package
        };
        let target = Target { packages: lines.iter().map(package).collect(), ..testing::empty_target() };
        let chain = Chains::new(&target).of(&of.parse().expect("a purl"));
        assert_eq!(chain.into_iter().map(label).collect::<Vec<_>>().join(" > "), expected);
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
