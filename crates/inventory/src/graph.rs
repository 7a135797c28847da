//! Who needs whom in one file: edges, direct or transitive, scopes handed on.

use std::collections::VecDeque;

use foldhash::{HashMap, HashMapExt as _};
use model::{Package, ProblemKind, Relationship, Scope};

use crate::bounds::{Budget, MAX_DEPENDENCIES};
use crate::fault_log::FaultLog;

/// Edges between the packages of one file, by their places.
///
/// One flat list, put in order once it is asked: the largest of lockfiles have hundreds of thousands of edges, and a list and a
/// set for each package took more room than what is said of it.
pub(crate) struct Graph {
    packages: usize,
    /// (from, to); as they were added until they are settled, then by `from`, each once.
    edges: Vec<(u32, u32)>,
    /// Where the edges of each package begin, and where the last end; empty until they are settled.
    starts: Vec<u32>,
    budget: Budget,
}

/// A package somebody asks for by name, and what for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Request {
    pub(crate) package: usize,
    pub(crate) scope: Scope,
}

/// The scope a package has when several ask for it: the first of these that does. Where nobody knows what for, it may
/// well be for running, so that comes before all lesser ones.
const STRONGEST_FIRST: [Scope; 5] = [Scope::Runtime, Scope::Unknown, Scope::Optional, Scope::Build, Scope::Development];

impl Graph {
    pub(crate) fn new(packages: usize) -> Graph {
        Graph { packages, edges: Vec::new(), starts: Vec::new(), budget: Budget::new(MAX_DEPENDENCIES) }
    }

    /// `from` needs `to`.
    pub(crate) fn add(&mut self, from: usize, to: usize) {
        if from != to && self.budget.take() {
            self.starts.clear();
            self.edges.push((place(from), place(to)));
        }
    }

    /// Writes the edges into the packages; those without any keep what they have.
    pub(crate) fn name_dependencies(&mut self, packages: &mut [Package], faults: &mut FaultLog<'_>) {
        self.settle();
        if self.budget.is_spent() {
            let message =
                format!("more than {MAX_DEPENDENCIES} dependencies between packages: the others are not shown");
            faults.warning(ProblemKind::Limit, None, message);
        }
        let ambiguous = ambiguous(packages);
        for at in 0..packages.len().min(self.packages) {
            let needed = self.needed_by(at).map(|to| label(&packages[to], ambiguous[to]));
            let named: Vec<String> = needed.collect();
            if !named.is_empty() {
                packages[at].dependencies = named;
            }
        }
    }

    /// Tells direct from transitive, given what the roots ask for. What no root leads to stays unknown.
    pub(crate) fn relate(&mut self, packages: &mut [Package], requests: &[Request]) {
        self.settle();
        let direct = requests.iter().map(|request| request.package);
        for at in self.reached(direct.clone(), |_| true) {
            packages[at].relationship = Relationship::Transitive;
        }
        direct.for_each(|at| packages[at].relationship = Relationship::Direct);
    }

    /// Hands scopes on along the edges of all packages but `sources`, which state theirs as requests.
    pub(crate) fn hand_on_scopes(&mut self, packages: &mut [Package], requests: &[Request], sources: &[bool]) {
        self.settle();
        let mut done = vec![false; self.packages];
        for scope in STRONGEST_FIRST {
            let starts = requests.iter().filter(|request| request.scope == scope).map(|request| request.package);
            for at in self.reached(starts, |at| sources.get(at) != Some(&true)) {
                if !std::mem::replace(&mut done[at], true) {
                    packages[at].scope = scope;
                }
            }
        }
    }

    /// The starts and all that follows, in breadth, through packages that `pass`.
    fn reached(&self, starts: impl Iterator<Item = usize>, pass: impl Fn(usize) -> bool) -> Vec<usize> {
        let mut seen = vec![false; self.packages];
        let mut queue: VecDeque<usize> = VecDeque::new();
        let mut order = Vec::new();
        for start in starts {
            if !std::mem::replace(&mut seen[start], true) {
                queue.push_back(start);
            }
        }
        while let Some(at) = queue.pop_front() {
            order.push(at);
            for to in self.needed_by(at).filter(|_| pass(at)) {
                if !std::mem::replace(&mut seen[to], true) {
                    queue.push_back(to);
                }
            }
        }
        order
    }

    /// What a package needs, in the order of the file.
    fn needed_by(&self, at: usize) -> impl Iterator<Item = usize> {
        let (start, end) = (self.starts[at] as usize, self.starts[at + 1] as usize);
        self.edges[start..end].iter().map(|(_, to)| *to as usize)
    }

    /// Brings the edges of each package together, each once and in the order they were added.
    fn settle(&mut self) {
        if !self.starts.is_empty() {
            return;
        }
        self.edges.sort_by_key(|(from, _)| *from);
        // Who last needed a package; all edges of one come together.
        let mut last = vec![u32::MAX; self.packages];
        self.edges.retain(|(from, to)| std::mem::replace(&mut last[*to as usize], *from) != *from);
        let mut starts = vec![0; self.packages + 1];
        self.edges.iter().for_each(|(from, _)| starts[*from as usize + 1] += 1);
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        self.starts = starts;
    }
}

/// There are far fewer packages than this holds ([`crate::bounds::MAX_PACKAGES`]).
fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// How a package is named as a dependency: with its version where the name alone is not enough.
fn label(package: &Package, is_ambiguous: bool) -> String {
    match &package.version {
        Some(version) if is_ambiguous => format!("{}@{version}", package.name),
        _ => package.name.clone(),
    }
}

/// Which packages have a name that others of another version have too.
fn ambiguous(packages: &[Package]) -> Vec<bool> {
    let mut versions: HashMap<&str, (Option<&str>, bool)> = HashMap::with_capacity(packages.len());
    for package in packages {
        let version = package.version.as_deref();
        let entry = versions.entry(&package.name).or_insert((version, true));
        entry.1 &= entry.0 == version;
    }
    packages.iter().map(|package| versions.get(package.name.as_str()).is_some_and(|(_, same)| !same)).collect()
}

#[cfg(test)]
mod tests {
    use model::Purl;

    use super::*;

    fn packages(count: usize) -> Vec<Package> {
        let package = |at: usize| {
            let name = ["a", "b", "c", "d", "e"][at];
            Package::new(name, Purl::new("cargo", None, name, Some("1")).expect("a purl"), "test")
        };
        (0..count).map(package).collect()
    }

    #[test]
    fn dependencies_are_named_once_and_in_order() {
        let mut graph = Graph::new(4);
        [(1, 3), (0, 2), (1, 0), (1, 3), (2, 2), (1, 2)].into_iter().for_each(|(from, to)| graph.add(from, to));
        let mut packages = packages(4);
        let origin = model::Origin::file(model::TreePath::new("a").expect("a path"));
        graph.name_dependencies(&mut packages, &mut FaultLog::new(&origin));
        let named: Vec<String> = packages.iter().map(|package| package.dependencies.join(" ")).collect();
        assert_eq!(named, ["c", "d a c", "", ""]);
    }

    #[test]
    fn the_strongest_scope_wins() {
        // a -> b -> c, d -> c, e alone
        let mut graph = Graph::new(5);
        [(0, 1), (1, 2), (2, 0), (3, 2), (0, 1)].into_iter().for_each(|(from, to)| graph.add(from, to));
        let mut packages = packages(5);
        let requests =
            [Request { package: 3, scope: Scope::Runtime }, Request { package: 0, scope: Scope::Development }];
        graph.relate(&mut packages, &requests);
        graph.hand_on_scopes(&mut packages, &requests, &[true, false, false, false, false]);
        let found: Vec<_> = packages.iter().map(|package| (package.relationship, package.scope)).collect();
        use Relationship::{Direct, Transitive};
        assert_eq!(
            found,
            [
                (Direct, Scope::Runtime),
                (Transitive, Scope::Unknown),
                (Transitive, Scope::Runtime),
                (Direct, Scope::Runtime),
                (Relationship::Unknown, Scope::Unknown)
            ]
        );
    }
}
