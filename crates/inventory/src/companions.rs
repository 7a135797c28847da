//! Files wanted beside others: which these are, and where each is looked for.

use foldhash::HashMap;
use model::TreePath;

use crate::Companion;

/// A test of a whole path.
type PathTest = fn(&str) -> bool;

/// Files wanted beside others, by how they are told.
#[derive(Default)]
pub(crate) struct Companions {
    /// Beside, below or above.
    names: HashMap<&'static str, u64>,
    paths: HashMap<&'static str, u64>,
    folders: HashMap<&'static str, Vec<(&'static str, u64)>>,
    tests: Vec<(PathTest, u64)>,
}

impl Companions {
    pub(crate) fn enter(&mut self, companion: &Companion, limit: u64) {
        match *companion {
            Companion::Sibling(name) | Companion::Below(name) | Companion::Above(name) => {
                raise(self.names.entry(name).or_default(), limit);
            }
            Companion::SiblingMatches(test) => self.tests.push((test, limit)),
            Companion::Path(path) => raise(self.paths.entry(path).or_default(), limit),
            Companion::In { folder, suffix } => self.folders.entry(folder).or_default().push((suffix, limit)),
            // Which these are, only the file can say.
            Companion::Named(_) => {}
        }
    }

    /// The most bytes anybody wants of a file beside another. Only where `is_rooted` can it be claimed by its place.
    pub(crate) fn limit(&self, whole: &str, folder: &str, name: &str, is_rooted: bool) -> Option<u64> {
        let in_folder = is_rooted.then(|| self.folders.get(folder)).flatten().into_iter().flatten();
        let by_suffix = in_folder.filter(|(suffix, _)| name.ends_with(suffix)).map(|(_, limit)| limit);
        let by_test = self.tests.iter().filter(|(test, _)| test(whole)).map(|(_, limit)| limit);
        let by_path = is_rooted.then(|| self.paths.get(whole)).flatten();
        self.names.get(name).into_iter().chain(by_path).chain(by_suffix).chain(by_test).max().copied()
    }
}

impl Companion {
    /// What is wanted beside `path` among paths that are sorted. Each is looked for where it can be, for a target may hold
    /// as many files that wait as it likes.
    pub(crate) fn among<'a>(&self, path: &TreePath, available: &'a [TreePath]) -> Vec<&'a TreePath> {
        let named = |wanted: Result<TreePath, _>| {
            let at = wanted.ok().and_then(|wanted| available.binary_search(&wanted).ok());
            at.map(|at| &available[at]).into_iter().collect()
        };
        match *self {
            Companion::Sibling(name) => named(path.sibling(name)),
            Companion::SiblingMatches(test) => {
                let beside = below(folder_of(path), available).iter();
                let beside = beside.filter(|other| folder_of(other) == folder_of(path));
                beside.filter(|other| other.to_str().is_some_and(test)).collect()
            }
            Companion::Below(name) => {
                below(folder_of(path), available).iter().filter(|other| other.file_name() == name.as_bytes()).collect()
            }
            Companion::Above(name) => {
                let folders = std::iter::successors(path.parent(), TreePath::parent);
                folders.flat_map(|folder| named(folder.sibling(name))).collect()
            }
            Companion::Path(wanted) => {
                named(if path.is_rooted() { TreePath::rooted(wanted) } else { TreePath::new(wanted) })
            }
            Companion::In { folder, suffix } => {
                let inside = below(folder.as_bytes(), available).iter();
                let inside = inside.filter(|other| folder_of(other) == folder.as_bytes());
                inside.filter(|other| other.file_name().ends_with(suffix.as_bytes())).collect()
            }
            Companion::Named(_) => Vec::new(),
        }
    }
}

/// The paths below a folder, of paths that are sorted.
fn below<'a>(folder: &[u8], sorted: &'a [TreePath]) -> &'a [TreePath] {
    if folder.is_empty() {
        return sorted;
    }
    let prefix = [folder, b"/"].concat();
    let start = sorted.partition_point(|path| path.as_bytes() < prefix.as_slice());
    let length = sorted[start..].partition_point(|path| path.as_bytes().starts_with(&prefix));
    &sorted[start..start + length]
}

/// The bytes of the folder a path is in, empty at the top.
fn folder_of(path: &TreePath) -> &[u8] {
    let bytes = path.as_bytes();
    bytes.iter().rposition(|byte| *byte == b'/').map_or(&[], |at| &bytes[..at])
}

fn raise(slot: &mut u64, limit: u64) {
    *slot = (*slot).max(limit);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn among(companion: Companion, path: &str, available: &[&str]) -> Vec<String> {
        let of = |path: &str| TreePath::new(path).expect("a path");
        let available: Vec<TreePath> = available.iter().map(|path| of(path)).collect();
        companion.among(&of(path), &available).into_iter().map(ToString::to_string).collect()
    }

    #[test]
    fn each_is_looked_for_where_it_can_be() {
        assert_eq!(
            among(Companion::Above("pom.xml"), "a/b/pom.xml", &["a/pom.xml", "pom.xml"]),
            ["a/pom.xml", "pom.xml"]
        );
        assert_eq!(among(Companion::Above("pom.xml"), "ab/c/pom.xml", &["a/pom.xml", "ab/c/pom.xml"]), [""; 0]);
        let is_license = |path: &str| path.ends_with("/LICENSE");
        assert_eq!(among(Companion::SiblingMatches(is_license), "a/PF", &["a/LICENSE", "a/x/LICENSE"]), ["a/LICENSE"]);
        let lists = Companion::In { folder: "a/info", suffix: ".list" };
        assert_eq!(among(lists, "a/status", &["a/info/x.list", "a/info/x.sums", "a/info/y/x.list"]), ["a/info/x.list"]);
        assert_eq!(among(Companion::Below("Cargo.toml"), "Cargo.lock", &["Cargo.toml", "a/Cargo.toml"]).len(), 2);
    }
}
