//! From what single files gave to what a target holds: hidden evidence dropped, distributions named, owners found.

use std::collections::HashMap;

use artifact::View;
use inventory::attribute_distribution;
use model::{
    Document, Location, Os, Package, PackageState, Problem, Purl, Remark, TreePath, sort_large_by_digest, word_of,
};

use crate::claims;
use crate::parse::{Parsed, append};
use crate::snippet::Texts;

/// What a target holds.
#[derive(Default)]
pub(crate) struct Contents {
    pub(crate) packages: Vec<Package>,
    pub(crate) documents: Vec<Document>,
    pub(crate) problems: Vec<Problem>,
    pub(crate) remarks: Vec<Remark>,
    pub(crate) os: Option<Os>,
    /// Where the operating system says what it is.
    pub(crate) os_place: Option<Location>,
    pub(crate) texts: Texts,
    /// Files that hold a document that is judged, or may and could not be read.
    pub(crate) document_files: usize,
}

/// Puts a target together. `parsed` may come in any order; the result does not depend on it.
pub(crate) fn assemble(mut parsed: Vec<Parsed>, view: &View) -> Contents {
    parsed.retain(|file| view.is_visible(&file.origin));
    parsed.sort_by(|left, right| left.origin.cmp(&right.origin));
    let mut contents = Contents::default();
    let mut owners: HashMap<TreePath, usize> = HashMap::new();
    for file in parsed {
        let before = contents.packages.len();
        append(&mut contents.packages, file.packages);
        append(&mut contents.documents, file.documents);
        contents.problems.extend(file.problems);
        contents.remarks.extend(file.remarks);
        // `etc/os-release` sorts before `usr/lib/os-release`, as os-release(5) prefers them; what older files say counts
        // where there is neither.
        let is_better = is_os_release(&file.origin.path)
            && !contents.os_place.as_ref().is_some_and(|place| is_os_release(&place.path));
        if file.os.is_some() && (contents.os.is_none() || is_better) {
            contents.os = file.os;
            contents.os_place = Some(file.origin.location());
        }
        owners.extend(file.owned_files.into_iter().map(|(at, path)| (path, before + at)));
        contents.document_files += usize::from(file.judged_as_document);
        if let Some(text) = file.text {
            contents.texts.insert(file.origin, text);
        }
    }
    if let Some(os) = &contents.os {
        attribute_distribution(&mut contents.packages, os);
    }
    name_owners(&mut contents.packages, &owners);
    claims::check(&mut contents.packages, &mut contents.problems);
    sort(&mut contents.packages);
    contents.packages.dedup();
    contents
}

fn is_os_release(path: &TreePath) -> bool {
    path.file_name() == b"os-release"
}

/// A package found in a file that another package installed belongs to that one, also when it lies in an archive there.
fn name_owners(packages: &mut [Package], owners: &HashMap<TreePath, usize>) {
    if owners.is_empty() {
        return;
    }
    let purls: Vec<Purl> = packages.iter().map(|package| package.purl().clone()).collect();
    for (at, package) in packages.iter_mut().enumerate() {
        let Some(location) = package.locations.first() else { continue };
        let owner = match owners.get(&location.path) {
            None => on_disk(&location.path).and_then(|outer| owners.get(&outer)),
            owner => owner,
        };
        package.owned_by = owner.filter(|owner| **owner != at).map(|owner| Box::new(purls[*owner].clone()));
    }
}

/// `/usr/share/java/a.jar` of `/usr/share/java/a.jar!/b.jar`; `None` for what lies in no archive.
fn on_disk(path: &TreePath) -> Option<TreePath> {
    let bytes = path.as_bytes();
    let end = bytes.windows(2).position(|pair| pair == b"!/")?;
    if path.is_rooted() { TreePath::rooted(&bytes[..end]) } else { TreePath::new(&bytes[..end]) }.ok()
}

impl Contents {
    /// Takes what later layers hide beside what is there.
    pub(crate) fn add_hidden(&mut self, (packages, problems): (Vec<Package>, Vec<Problem>)) {
        self.packages.extend(packages);
        self.problems.extend(problems);
        sort(&mut self.packages);
    }
}

fn sort(packages: &mut [Package]) {
    sort_large_by_digest(packages, digest, |left, right| sort_key(left).cmp(&sort_key(right)));
}

/// How type and name of a package begin. Behind a long type the name does not count: two long types may begin alike.
fn digest(package: &Package) -> (u64, u64) {
    let kind = package.purl_type().as_str();
    (beginning(kind), if kind.len() < size_of::<u64>() { beginning(&package.name) } else { 0 })
}

/// The first bytes of a text as a number, which is smaller where the text is.
fn beginning(text: &str) -> u64 {
    word_of(text.as_bytes(), 0).swap_bytes()
}

type SortKey<'a> = (&'a str, &'a str, Option<&'a str>, &'a [model::Location], PackageState);

fn sort_key(package: &Package) -> SortKey<'_> {
    (package.purl_type().as_str(), &package.name, package.version.as_deref(), &package.locations, package.state)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(found_at: &str, owned: &str, expected: bool) {
        let package = |purl: &str, path: &str| {
            let purl: Purl = purl.parse().expect("a purl");
            let mut package = Package::new(purl.name().to_owned(), purl, "test");
            package.locations = vec![Location::file(TreePath::rooted(path).expect("a path"))];
            package
        };
        let mut packages =
            [package("pkg:deb/debian/liba-java@1", "/var/lib/dpkg/status"), package("pkg:maven/a/b@1", found_at)];
        let owners = HashMap::from([(TreePath::rooted(owned).expect("a path"), 0)]);
        name_owners(&mut packages, &owners);
        assert_eq!(packages[1].owned_by.is_some(), expected, "{found_at}");
        assert_eq!(packages[0].owned_by, None);
    }

    #[test]
    fn packages_are_sorted_wherever_they_were() {
        // Every step that is prime to the number of packages gives another order of them.
        for step in [1, 2, 4, 5, 7, 8, 10] {
            let package = |at: usize| {
                let purl: Purl = format!("pkg:npm/p{:02}@1", at * step % 11).parse().expect("a purl");
                Package::new(purl.name().to_owned(), purl, "test")
            };
            let mut packages: Vec<Package> = (0..11).map(package).collect();
            sort(&mut packages);
            let names: Vec<&str> = packages.iter().map(|package| package.name.as_str()).collect();
            assert!(names.is_sorted() && names.len() == 11, "{names:?}");
        }
    }

    #[test]
    fn packages_are_sorted_as_their_keys_are() {
        let purls = [
            "pkg:npm/abcdefghz@1",
            "pkg:npm/abcdefgh@1",
            "pkg:npm/abcdefgh%00@1",
            "pkg:npm/a@2",
            "pkg:npm/a@1",
            "pkg:apk/z@1",
            "pkg:hackage/z@1",
            "pkg:cocoapods/a@1",
            "pkg:cocoapod/z@1",
            "pkg:cocoapods/b@1",
            "pkg:cocoapodsx/a@1",
        ];
        let package = |purl: &str| {
            let purl: Purl = purl.parse().expect("a purl");
            Package::new(purl.name().to_owned(), purl, "test")
        };
        let mut packages: Vec<Package> = purls.into_iter().map(package).collect();
        sort(&mut packages);
        assert!(packages.is_sorted_by_key(sort_key), "{packages:?}");
    }

    #[test]
    fn os_release_is_preferred_to_older_files() {
        let system = |path: &str, id: &str| Parsed {
            os: Some(Os { id: id.to_owned(), version: None, codename: None, like: Vec::new(), name: None }),
            ..Parsed::nothing(&model::Origin::file(TreePath::rooted(path).expect("a path")))
        };
        let id = |files: Vec<Parsed>| assemble(files, &View::default()).os.map(|os| os.id);
        let files = || [("/etc/debian_version", "a"), ("/etc/os-release", "b"), ("/usr/lib/os-release", "c")];
        let of = |skipped: usize| files().into_iter().skip(skipped).map(|(path, id)| system(path, id)).collect();
        assert_eq!([id(of(0)), id(of(1)), id(of(2))], [Some("b".into()), Some("b".into()), Some("c".into())]);
        let oracle = vec![system("/etc/oracle-release", "ol"), system("/etc/redhat-release", "rhel")];
        assert_eq!(id(oracle), Some("ol".into()));
    }

    #[test]
    fn what_lies_in_an_owned_archive_is_owned() {
        check("/usr/share/java/a.jar", "/usr/share/java/a.jar", true);
        check("/usr/share/java/a.jar!/lib/b.jar!/c.jar", "/usr/share/java/a.jar", true);
        check("/opt/a.jar!/b.jar", "/usr/share/java/a.jar", false);
    }
}
