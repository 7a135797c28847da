//! How a package got here: the shortest chain of dependencies from one that was asked for.

use std::collections::VecDeque;
use std::sync::OnceLock;

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
    /// Of those that several files have.
    by_place: HashMap<Place<'a>, usize>,
    /// Worked out when it is first asked: a page that only names packages does without.
    links: OnceLock<Links>,
}

/// Dependencies by places in the list of the packages.
struct Links {
    /// What the packages need, those that one needs behind those of the one before.
    needs: Vec<usize>,
    /// Where in `needs` those of each package end.
    ends: Vec<usize>,
    /// The package before each on the shortest chain from one that was asked for.
    before: HashMap<usize, usize>,
}

/// A package and the file it was found in.
type Place<'a> = (&'a Purl, Option<&'a TreePath>);

impl<'a> Chains<'a> {
    /// Reads which packages there are.
    pub fn new(packages: &'a [Package]) -> Chains<'a> {
        let (by_purl, by_place) = places(packages);
        Chains { packages, by_purl, by_place, links: OnceLock::new() }
    }

    fn links(&self) -> &Links {
        self.links.get_or_init(|| Links::of(self.packages))
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
        let needs = |at: usize| self.needs(at).iter().map(move |to| (purl(at), purl(*to)));
        let pairs = (0..self.packages.len()).flat_map(needs);
        let mut edges: Vec<(&Purl, &Purl)> = pairs.filter(|(from, to)| from != to).collect();
        edges.sort();
        edges.dedup();
        edges
    }

    /// Places in the list of the packages that the one at this place needs.
    pub fn needs(&self, at: usize) -> &[usize] {
        self.links().needs(at)
    }

    /// From a package that was asked for to this one, both included; empty where the evidence does not say, and for what was
    /// asked for itself. `file` tells which of several lockfiles.
    pub fn to(&self, purl: &Purl, file: Option<&TreePath>) -> Vec<&'a Package> {
        let found = self.by_place.get(&(purl, file)).or_else(|| self.by_purl.get(purl));
        let Some(start) = found.copied() else { return Vec::new() };
        let before = &self.links().before;
        let mut chain = vec![&self.packages[start]];
        let mut at = start;
        while let Some(before) = before.get(&at) {
            at = *before;
            chain.push(&self.packages[at]);
        }
        chain.reverse();
        if chain.len() > 1 { chain } else { Vec::new() }
    }
}

impl Links {
    /// Reads who needs whom.
    fn of(packages: &[Package]) -> Links {
        let names = Names::of(packages);
        let mut links = Links { needs: Vec::new(), ends: Vec::new(), before: HashMap::new() };
        let mut left = MOST_EDGES;
        for package in packages {
            for dependency in package.dependencies.iter().take(left) {
                links.needs.extend(names.meant(evidence(package), dependency));
            }
            left -= left.min(package.dependencies.len());
            links.ends.push(links.needs.len());
        }
        links.before = links.shortest(packages);
        links
    }

    fn needs(&self, at: usize) -> &[usize] {
        let Some(end) = self.ends.get(at) else { return &[] };
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.needs[start..*end]
    }

    /// One walk from all packages that were asked for, nearest first.
    fn shortest(&self, packages: &[Package]) -> HashMap<usize, usize> {
        let asked = packages.iter().enumerate().filter(|(_, package)| is_asked_for(package)).map(|(at, _)| at);
        let mut queue: VecDeque<(usize, usize)> = asked.map(|at| (at, 1)).collect();
        let mut before = HashMap::new();
        while let Some((at, length)) = queue.pop_front() {
            for to in self.needs(at).iter().copied() {
                if length < LONGEST && !is_asked_for(&packages[to]) {
                    before.entry(to).or_insert_with(|| {
                        queue.push_back((to, length + 1));
                        at
                    });
                }
            }
        }
        before
    }
}

/// The first package of each URL; and where several have one, the first of each file.
fn places(packages: &[Package]) -> (HashMap<&Purl, usize>, HashMap<Place<'_>, usize>) {
    let mut by_purl: HashMap<&Purl, usize> = HashMap::with_capacity(packages.len());
    let mut by_place: HashMap<Place<'_>, usize> = HashMap::new();
    for (at, package) in packages.iter().enumerate() {
        let first = *by_purl.entry(package.purl()).or_insert(at);
        if first != at {
            by_place.entry((package.purl(), evidence(&packages[first]))).or_insert(first);
            by_place.entry((package.purl(), evidence(package))).or_insert(at);
        }
    }
    (by_purl, by_place)
}

/// Packages by their names: all of one name in one file are a list.
struct Names<'a> {
    packages: &'a [Package],
    /// The first and the last of each list.
    lists: HashMap<(Option<&'a TreePath>, &'a str), (usize, usize)>,
    /// The next in the list of each.
    next: Vec<Option<usize>>,
}

impl<'a> Names<'a> {
    fn of(packages: &'a [Package]) -> Names<'a> {
        let mut lists: HashMap<_, (usize, usize)> = HashMap::with_capacity(packages.len());
        let mut next = vec![None; packages.len()];
        for (at, package) in packages.iter().enumerate() {
            let (_, last) = lists.entry((evidence(package), package.name.as_str())).or_insert((at, at));
            if *last != at {
                next[*last] = Some(at);
                *last = at;
            }
        }
        Names { packages, lists, next }
    }

    /// The packages that a dependency, `name` or `name@version`, may mean.
    fn meant(&self, evidence: Option<&TreePath>, dependency: &str) -> impl Iterator<Item = usize> {
        let all = self.lists.get(&(evidence, dependency)).map(|(first, _)| *first);
        let exact = if all.is_none() { self.exact(evidence, dependency) } else { None };
        self.list(all).take(MOST_CANDIDATES).chain(exact)
    }

    /// The one of `name@version`.
    fn exact(&self, evidence: Option<&TreePath>, dependency: &str) -> Option<usize> {
        let (name, version) = dependency.rsplit_once('@')?;
        let first = self.lists.get(&(evidence, name)).map(|(first, _)| *first);
        self.list(first).find(|at| self.packages[*at].version.as_deref() == Some(version))
    }

    fn list(&self, first: Option<usize>) -> impl Iterator<Item = usize> {
        std::iter::successors(first, |at| self.next[*at])
    }
}

fn is_asked_for(package: &Package) -> bool {
    package.relationship == Relationship::Direct && package.state != PackageState::Root
}

/// Names of a lockfile mean packages of the same lockfile.
fn evidence(package: &Package) -> Option<&TreePath> {
    package.locations.first().map(|location| &location.path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Location;

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
    fn of_several_lockfiles_the_one_that_is_asked() {
        let path = |file: &str| TreePath::new(file).expect("a path");
        let package = |file: &str, name: &str, needs: Option<&str>| {
            let purl: Purl = format!("pkg:npm/{name}@1").parse().expect("a purl");
            let mut package = Package::new(name, purl, "test");
            package.locations = vec![Location::file(path(file))];
            package.relationship = if needs.is_some() { Relationship::Direct } else { Relationship::Transitive };
            package.dependencies = needs.into_iter().map(str::to_owned).collect();
            package
        };
        let packages = [
            package("a.lock", "qs", None),
            package("a.lock", "express", Some("qs")),
            package("b.lock", "qs", None),
            package("b.lock", "request", Some("qs")),
            package("c.lock", "qs", None),
        ];
        let chains = Chains::new(&packages);
        let first = |file: &str| {
            let chain = chains.to(packages[0].purl(), Some(&path(file)));
            chain.first().map(|package| package.name.as_str())
        };
        assert_eq!([first("a.lock"), first("b.lock"), first("c.lock")], [Some("express"), Some("request"), None]);
        let needs: Vec<&[usize]> = (0..6).map(|at| chains.needs(at)).collect();
        assert_eq!(needs, [&[][..], &[0], &[], &[2], &[], &[]]);
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
