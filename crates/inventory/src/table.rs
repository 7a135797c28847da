//! All claims in one table, built once, asked once a file.

use foldhash::HashMap;
use memchr::{memchr, memrchr};
use model::{TargetKind, TreePath};

use crate::companions::Companions;
use crate::named::Named;
use crate::{Claim, Companion, CompanionFile, Detector, Evidence, Pattern, detectors};

/// Where packages of npm are installed.
const NODE_MODULES: &[u8] = b"node_modules";

/// A detector's place in the registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DetectorId(usize);

/// All claims that count for one kind of target.
#[derive(Default)]
pub struct ClaimTable {
    names: HashMap<&'static str, Vec<Claimant>>,
    paths: HashMap<&'static str, Vec<Claimant>>,
    folders: HashMap<&'static str, Vec<Claimant>>,
    /// By their last byte.
    suffixes: HashMap<u8, Vec<(&'static str, Claimant)>>,
    tests: Vec<Test<str>>,
    path_tests: Vec<Test<str>>,
    magics: Vec<Test<[u8]>>,
    /// The longest head any magic claim wants.
    head: usize,
    companions: Companions,
    exact: Vec<&'static str>,
    /// The first folders of all whole paths and folders that are claimed: most files of a tree lie in none of them.
    roots: Vec<&'static str>,
}

/// A file's name taken apart.
struct Place<'p> {
    whole: &'p str,
    folder: &'p str,
    name: &'p str,
    /// It lies in `node_modules`, where a lockfile is its author's, and nobody installs by it.
    is_installed: bool,
    /// Its first folder is that of a claimed path.
    is_rooted: bool,
}

/// A test of a name or of first bytes, and whose it is.
type Test<T> = (fn(&T) -> bool, Claimant);

/// What the claims say of one file name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Route {
    /// Detectors that want it by name or path.
    pub detectors: Vec<DetectorId>,
    /// Some detector wants it beside another file.
    pub companion: bool,
    /// How many first bytes the magic claims want to see; 0 for none.
    pub head: usize,
    /// The most bytes any of them reads.
    pub limit: u64,
}

#[derive(Clone, Copy)]
struct Claimant {
    id: DetectorId,
    limit: u64,
    evidence: Evidence,
}

impl ClaimTable {
    /// The claims that count for this kind of target by default; `all_evidence` takes the others too.
    pub fn new(kind: TargetKind, all_evidence: bool) -> ClaimTable {
        let mut table = ClaimTable::default();
        for (at, detector) in detectors().iter().enumerate() {
            if all_evidence || counts(detector.evidence, kind) {
                detector.claims.iter().for_each(|claim| table.enter(DetectorId(at), claim));
            }
        }
        table.exact.sort_unstable();
        table.exact.dedup();
        table.roots.sort_unstable();
        table.roots.dedup();
        table
    }

    /// Only what says which operating system it is: for those who ask about no package.
    pub fn of_system() -> ClaimTable {
        let mut table = ClaimTable::default();
        let system =
            detectors().iter().enumerate().filter(|(_, detector)| detector.name == crate::os_release::DETECTOR.name);
        for (at, detector) in system {
            detector.claims.iter().for_each(|claim| table.enter(DetectorId(at), claim));
        }
        table
    }

    /// What the claims say of a file. Cheap: two or three hash look-ups and a few comparisons.
    pub fn route(&self, path: &TreePath, executable: bool) -> Route {
        let mut route = Route::default();
        let Some(place) = path.to_str().map(|path| self.place(path)) else {
            // No claim names such a file; an executable is still told by its first bytes.
            route.head = self.head_of(path.file_name(), executable);
            return route;
        };
        for claimant in self.claimants(&place) {
            if !route.detectors.contains(&claimant.id) {
                route.detectors.push(claimant.id);
            }
            route.limit = route.limit.max(claimant.limit);
        }
        if let Some(limit) = self.companion_limit(&place) {
            route.companion = true;
            route.limit = route.limit.max(limit);
        }
        if route.detectors.is_empty() && !route.companion {
            route.head = self.head_of(place.name.as_bytes(), executable);
        }
        route
    }

    /// Whether [`ClaimTable::route`] says anything of a file at this path, from the root and without a leading `/`: asked of every
    /// file there is, before anything is made of its name.
    pub fn wants(&self, path: &[u8], executable: bool) -> bool {
        let name = path.iter().rposition(|byte| *byte == b'/').map_or(path, |at| &path[at + 1..]);
        self.head_of(name, executable) > 0
            || std::str::from_utf8(path)
                .ok()
                .map(|path| self.place(path))
                .is_some_and(|place| self.claimants(&place).next().is_some() || self.companion_limit(&place).is_some())
    }

    fn claimants<'t>(&'t self, place: &'t Place<'_>) -> impl Iterator<Item = &'t Claimant> {
        let Place { whole, folder, name, is_installed, is_rooted } = *place;
        let by_place = is_rooted.then(|| [self.paths.get(whole), self.folders.get(folder)]);
        let by_map = [self.names.get(name)].into_iter().chain(by_place.into_iter().flatten());
        let by_test = self.tests.iter().filter(move |(test, _)| test(name)).map(|(_, claimant)| claimant);
        let by_path = self.path_tests.iter().filter(move |(test, _)| test(whole)).map(|(_, claimant)| claimant);
        let suffixes = whole.as_bytes().last().and_then(|last| self.suffixes.get(last)).into_iter().flatten();
        let by_suffix = suffixes.filter(move |(suffix, _)| whole.ends_with(suffix)).map(|(_, claimant)| claimant);
        let claimants = by_map.flatten().flatten().chain(by_suffix).chain(by_test).chain(by_path);
        claimants.filter(move |claimant| !is_installed || claimant.evidence != Evidence::Locked)
    }

    fn companion_limit(&self, place: &Place<'_>) -> Option<u64> {
        let Place { whole, folder, name, is_installed, is_rooted } = *place;
        (!is_installed).then(|| self.companions.limit(whole, folder, name, is_rooted)).flatten()
    }

    fn place<'p>(&self, whole: &'p str) -> Place<'p> {
        let slash = memrchr(b'/', whole.as_bytes());
        let (folder, name) = slash.map_or(("", whole), |at| (&whole[..at], &whole[at + 1..]));
        let is_installed = folder.as_bytes().split(|byte| *byte == b'/').any(|folder| folder == NODE_MODULES);
        let first = memchr(b'/', whole.as_bytes()).map_or(whole, |at| &whole[..at]);
        Place { whole, folder, name, is_installed, is_rooted: self.roots.contains(&first) }
    }

    /// Detectors whose magic claim wants a file that begins so, with the largest limit among them.
    pub fn sniff(&self, head: &[u8]) -> (Vec<DetectorId>, u64) {
        let wanting = self.magics.iter().filter(|(test, _)| test(head)).map(|(_, claimant)| *claimant);
        wanting.fold((Vec::new(), 0), |(mut ids, limit), claimant| {
            ids.push(claimant.id);
            (ids, limit.max(claimant.limit))
        })
    }

    /// The paths among `available`, which are sorted, that this detector wants beside the file at `path`.
    pub fn companions<'a>(
        &self,
        detector: DetectorId,
        path: &TreePath,
        available: &'a [TreePath],
    ) -> Vec<&'a TreePath> {
        let wanted = detector.detector().claims.iter().flat_map(|claim| claim.companions);
        let mut found: Vec<&TreePath> = wanted.flat_map(|companion| companion.among(path, available)).collect();
        found.sort();
        found.dedup();
        found
    }

    /// The files that a file names and this detector wants with it, each once, as many as [`Named`] holds.
    pub fn named<'a>(
        &self,
        detector: DetectorId,
        file: CompanionFile<'a>,
        find: &dyn Fn(&TreePath) -> Option<CompanionFile<'a>>,
    ) -> Named<'a> {
        let companions = detector.detector().claims.iter().flat_map(|claim| claim.companions);
        let names = companions.filter_map(|companion| match companion {
            Companion::Named(names) => Some(*names),
            _ => None,
        });
        names.map(|names| Named::of(file, names, find)).fold(Named::default(), Named::and)
    }

    /// Exact paths some claim names: an image's links must be resolved for these even when nobody stored a file under that name.
    pub fn exact_paths(&self) -> Vec<&'static str> {
        self.exact.clone()
    }

    fn enter(&mut self, id: DetectorId, claim: &Claim) {
        let claimant = Claimant { id, limit: claim.limit, evidence: id.detector().evidence };
        match claim.pattern {
            Pattern::Name(name) => self.names.entry(name).or_default().push(claimant),
            Pattern::NameMatches(test) => self.tests.push((test, claimant)),
            Pattern::PathMatches(test) => self.path_tests.push((test, claimant)),
            Pattern::Suffix(suffix) => {
                let last = suffix.as_bytes().last().copied().unwrap_or_default();
                self.suffixes.entry(last).or_default().push((suffix, claimant));
            }
            Pattern::Path(path) => {
                self.roots.extend(path.split('/').next());
                self.paths.entry(path).or_default().push(claimant);
                self.exact.push(path);
            }
            Pattern::In(folder) => {
                self.roots.extend(folder.split('/').next());
                self.folders.entry(folder).or_default().push(claimant);
            }
            Pattern::Magic { head, test } => {
                self.magics.push((test, claimant));
                self.head = self.head.max(head);
            }
        }
        for companion in claim.companions {
            self.companions.enter(companion, claim.limit);
            match *companion {
                // A folder that is reached through a link has its files there too.
                Companion::In { folder: path, .. } | Companion::Path(path) => {
                    self.roots.extend(path.split('/').next());
                    self.exact.push(path);
                }
                Companion::Sibling(_)
                | Companion::SiblingMatches(_)
                | Companion::Below(_)
                | Companion::Above(_)
                | Companion::Named(_) => {}
            }
        }
    }

    /// Only executables and libraries are asked for their first bytes: a head costs an open and a read.
    fn head_of(&self, name: &[u8], executable: bool) -> usize {
        const LIBRARIES: [&[u8]; 4] = [b".so", b".dll", b".dylib", b".exe"];
        let has_versioned_so = name.windows(4).any(|part| part == b".so.");
        let is_library = has_versioned_so || LIBRARIES.iter().any(|ending| name.ends_with(ending));
        if executable || is_library { self.head } else { 0 }
    }
}

impl DetectorId {
    /// The detector.
    pub fn detector(self) -> &'static Detector {
        detectors()[self.0]
    }
}

/// What is installed counts in images and root folders, what is locked in trees; a single file was named on purpose.
fn counts(evidence: Evidence, kind: TargetKind) -> bool {
    match evidence {
        Evidence::Both => true,
        _ if kind == TargetKind::File => true,
        Evidence::Installed => kind.is_installed_software(),
        Evidence::Locked => !kind.is_installed_software(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn route(kind: TargetKind, path: &str, executable: bool) -> (Vec<&'static str>, bool, bool) {
        let path = if kind.is_installed_software() { TreePath::rooted(path) } else { TreePath::new(path) };
        let (table, path) = (ClaimTable::new(kind, false), path.expect("a valid path"));
        let route = table.route(&path, executable);
        let says_something = !route.detectors.is_empty() || route.companion || route.head > 0;
        assert_eq!(table.wants(path.as_bytes(), executable), says_something, "{path}");
        (route.detectors.iter().map(|id| id.detector().name).collect(), route.companion, route.head > 0)
    }

    #[test]
    fn what_is_installed_counts_in_images() {
        assert_eq!(route(TargetKind::Image, "var/lib/dpkg/status", false), (vec!["dpkg"], false, false));
        assert_eq!(route(TargetKind::Directory, "var/lib/dpkg/status", false), (vec![], false, false));
    }

    #[test]
    fn companions_are_wanted_too() {
        assert_eq!(route(TargetKind::Image, "var/lib/dpkg/info/libc6:amd64.list", false), (vec![], true, false));
        assert_eq!(route(TargetKind::Image, "var/lib/dpkg/info/libc6:amd64.postinst", true), (vec![], false, true));
    }

    #[test]
    fn only_executables_are_asked_for_their_head() {
        assert!(route(TargetKind::Image, "usr/bin/app", true).2);
        assert!(!route(TargetKind::Image, "usr/share/doc/app", false).2);
        assert!(route(TargetKind::Image, "usr/lib/libx.so.1", false).2);
    }

    #[test]
    fn what_is_locked_counts_in_trees() {
        assert_eq!(route(TargetKind::Directory, "a/Cargo.lock", false), (vec!["cargo-lock"], false, false));
        assert_eq!(route(TargetKind::Directory, "a/Cargo.toml", false), (vec![], true, false));
        assert_eq!(route(TargetKind::Directory, "a/requirements/dev.txt", false), (vec!["requirements"], true, false));
        assert_eq!(route(TargetKind::Directory, "a/constraints.txt", false), (vec![], true, false));
        assert_eq!(route(TargetKind::Image, "a/Cargo.lock", false), (vec![], false, false));
    }

    #[test]
    fn lockfiles_of_what_is_installed_do_not_count() {
        let installed = "node_modules/a/package-lock.json";
        assert_eq!(route(TargetKind::Directory, installed, false), (vec![], false, false));
        assert_eq!(route(TargetKind::Directory, "node_modules/a/package.json", false), (vec![], false, false));
        assert_eq!(route(TargetKind::Image, "app/node_modules/a/package.json", false).0, ["node-installed"]);
    }

    #[test]
    fn a_named_file_counts_whatever_it_is() {
        assert_eq!(route(TargetKind::File, "Cargo.lock", false).0, ["cargo-lock"]);
        assert_eq!(route(TargetKind::File, "var/lib/dpkg/status", false).0, ["dpkg"]);
    }

    #[test]
    fn companions_of_one_file() {
        let paths: Vec<TreePath> = ["Cargo.toml", "a/Cargo.toml", "a/x/Cargo.toml", "ab/Cargo.toml", "a/y"]
            .map(|path| TreePath::new(path).expect("a path"))
            .into();
        let table = ClaimTable::new(TargetKind::Directory, false);
        let lock = TreePath::new("a/Cargo.lock").expect("a path");
        let id = table.route(&lock, false).detectors[0];
        let found: Vec<String> = table.companions(id, &lock, &paths).into_iter().map(ToString::to_string).collect();
        assert_eq!(found, ["a/Cargo.toml", "a/x/Cargo.toml"]);
    }
}
