//! Versions 2 and 3: one map from folders to packages.

use foldhash::{HashMap, HashMapExt as _};
use memchr::memmem;
use model::{ProblemKind, Provenance};

use super::entry::{ASKS, Entry, Scopes, Stated, names};
use super::{Lock, source};
use crate::bounds::quote;
use crate::package_list::PackageList;
use crate::tree::{Member, Node};

/// No folder of a real project is longer, and no package lies deeper.
const MAX_FOLDER: usize = 4096;
const MAX_DEPTH: usize = 64;

const MODULES: &str = "node_modules/";

/// What an installed package needs; its development dependencies are not installed.
const NEEDS: [&str; 3] = ["dependencies", "optionalDependencies", "peerDependencies"];

pub(super) fn read<'t>(packages: &'t Node<'_>, list: &mut PackageList<'_>) -> Lock<'t> {
    let mut lock = Lock::default();
    let mut folders: HashMap<&str, usize> = HashMap::from_iter([("", Scopes::TOP)]);
    let mut links = Vec::new();
    // The folder of each entry.
    let mut places: Vec<&str> = Vec::with_capacity(packages.members().len());
    list.expect(packages.members().len());
    lock.entries.reserve(packages.members().len());
    lock.scopes.expect(packages.members().len());
    for member in packages.members() {
        let folder: &str = &member.key;
        if folder.len() > MAX_FOLDER {
            let message = "the folder of a package is longer than 4096 bytes: it is not read";
            list.error(ProblemKind::Limit, member.start as usize, message);
        } else if !member.value.is_map() {
            let message = format!("`{}` is no object: it is not read", quote(folder));
            list.error(ProblemKind::Shape, member.start as usize, message);
        } else if folder.is_empty() {
            lock.wanted.extend(names(&member.value, &ASKS));
        } else if member.value.is_set("link") {
            links.push(member);
        } else if let Some(entry) = entry(member, list) {
            places.push(folder);
            lock.entries.push(entry);
            enter(folder, lock.entries.len() - 1, &mut folders, &mut lock);
        }
    }
    let by_folder = if links.is_empty() { HashMap::new() } else { by_folder(&places) };
    for link in links {
        match by_folder.get(link.value.text_of("resolved").unwrap_or_default()) {
            Some(target) => enter(&link.key, *target, &mut folders, &mut lock),
            None => {
                let message = format!("`{}` links to a folder the lockfile does not have", quote(&link.key));
                list.warning(ProblemKind::Shape, link.start as usize, message);
            }
        }
    }
    for (entry, folder) in lock.entries.iter_mut().zip(places) {
        entry.chain = chain(folder, &folders);
    }
    lock
}

/// Entries by their folders; the last where the file names one twice.
fn by_folder<'t>(places: &[&'t str]) -> HashMap<&'t str, usize> {
    places.iter().enumerate().map(|(at, folder)| (*folder, at)).collect()
}

fn entry<'t>(member: &'t Member<'_>, list: &mut PackageList<'_>) -> Option<Entry<'t>> {
    let node = &member.value;
    let called = called(&member.key);
    let version = node.text_of("version");
    let is_workspace = called.is_none();
    // A folder of this project has a name only if that is not the folder's.
    let name = node.text_of("name").or(called).unwrap_or_else(|| member.key.rsplit('/').next().unwrap_or_default());
    if version.is_none() && !is_workspace {
        let message = format!("`{}` has no version: it cannot be matched", quote(name));
        list.warning(ProblemKind::Shape, member.start as usize, message);
    }
    let provenance = if is_workspace { Provenance::Path } else { source::of_resolved(node.text_of("resolved")) };
    let stated = Stated { name, version, provenance, range: member.range_to("version") };
    Some(Entry {
        listed: if is_workspace { None } else { stated.add(node, list) },
        is_workspace,
        wants: names(node, if is_workspace { &ASKS } else { &NEEDS }).into(),
        chain: Box::default(),
    })
}

/// Makes the package in a folder known where the folder is.
fn enter<'t>(folder: &'t str, entry: usize, folders: &mut HashMap<&'t str, usize>, lock: &mut Lock<'t>) {
    if let (Some(name), Some(base)) = (called(folder), base(folder)) {
        let scope = *folders.entry(base).or_insert_with(|| lock.scopes.open());
        lock.scopes.enter(scope, name, entry);
    }
}

/// The folders in which a package looks for others before that of the root: its own, and all above it.
fn chain(folder: &str, folders: &HashMap<&str, usize>) -> Box<[usize]> {
    let above = std::iter::successors(Some(folder), |folder| folder.rsplit_once('/').map(|(above, _)| above));
    above.take(MAX_DEPTH).filter_map(|folder| folders.get(folder).copied()).collect()
}

/// Where the last `/node_modules/` begins. Most folders are in none but the first.
fn nested(folder: &str) -> Option<usize> {
    memmem::rfind(folder.as_bytes(), b"/node_modules/")
}

/// `@a/b` of `x/node_modules/@a/b`; `None` for a folder that is in no `node_modules`.
fn called(folder: &str) -> Option<&str> {
    let name = match nested(folder) {
        Some(at) => &folder[at + 1 + MODULES.len()..],
        None => folder.strip_prefix(MODULES)?,
    };
    Some(name).filter(|name| !name.is_empty())
}

/// `x` of `x/node_modules/@a/b`.
fn base(folder: &str) -> Option<&str> {
    match nested(folder) {
        Some(at) => Some(&folder[..at]),
        None => folder.starts_with(MODULES).then_some(""),
    }
}
