//! Versions 2 and 3: one map from folders to packages.

use std::borrow::Cow;
use std::ops::Range;

use foldhash::{HashMap, HashMapExt as _};
use memchr::memmem;
use model::{ProblemKind, Provenance};

use super::entry::{ASKS, Entry, Scopes, Stated, Traits, Wants, wants};
use super::{Lock, source};
use crate::bounds::quote;
use crate::package_list::PackageList;
use crate::tree::Member;

/// No folder of a real project is longer, and no package lies deeper.
const MAX_FOLDER: usize = 4096;
const MAX_DEPTH: usize = 64;

/// Bytes of text for each folder, as npm writes them: the list of folders seldom grows, and room that nobody writes to costs nothing.
const USUAL_FOLDER: usize = 128;

/// Of longer texts the list grows as it must.
const MOST_FORESEEN: usize = 1 << 20;

const MODULES: &str = "node_modules/";

/// What an installed package needs; its development dependencies are not installed.
const NEEDS: [&str; 3] = ["dependencies", "optionalDependencies", "peerDependencies"];

/// What the lockfile says of its folders, in its order. The values it is written in take twice the room of the text, and none of them is
/// there any more when the next folder is read.
#[derive(Default)]
pub(super) struct Folders<'t> {
    pub(super) paths: Vec<Cow<'t, str>>,
    /// Of each path.
    pub(super) told: Vec<Told<'t>>,
}

/// What is said of a folder.
pub(super) struct Told<'t> {
    start: u32,
    what: What<'t>,
}

enum What<'t> {
    /// It is no object.
    Nothing,
    /// What the project itself asks for.
    Root(Wants<'t>),
    /// It is this folder in another place.
    Link(Option<Cow<'t, str>>),
    Package(Facts<'t>),
}

struct Facts<'t> {
    name: Option<Cow<'t, str>>,
    version: Option<Cow<'t, str>>,
    range: Range<usize>,
    /// Part of this project, not of a registry.
    is_workspace: bool,
    provenance: Provenance,
    traits: Traits,
    wants: Wants<'t>,
}

impl<'t> Folders<'t> {
    /// With room for the folders of a text of so many bytes.
    pub(super) fn of_text(length: usize) -> Folders<'t> {
        let room = length.min(MOST_FORESEEN) / USUAL_FOLDER;
        Folders { paths: Vec::with_capacity(room), told: Vec::with_capacity(room) }
    }

    /// What is read next takes the place of all that was.
    pub(super) fn begin(&mut self) {
        self.paths.clear();
        self.told.clear();
    }

    pub(super) fn add(&mut self, member: Member<'t>) {
        let node = &member.value;
        let what = if !node.is_map() {
            What::Nothing
        } else if member.key.is_empty() {
            What::Root(wants(node, &ASKS))
        } else if node.is_set("link") {
            What::Link(node.kept_text_of("resolved"))
        } else {
            What::Package(Facts::of(&member))
        };
        self.told.push(Told { start: member.start, what });
        self.paths.push(member.key);
    }
}

impl<'t> Facts<'t> {
    fn of(member: &Member<'t>) -> Facts<'t> {
        let node = &member.value;
        let is_workspace = called(&member.key).is_none();
        let resolved = || source::of_resolved(node.text_of("resolved"));
        Facts {
            name: node.kept_text_of("name"),
            version: node.kept_text_of("version"),
            range: member.range_to("version"),
            is_workspace,
            provenance: if is_workspace { Provenance::Path } else { resolved() },
            traits: Traits::of(node),
            wants: wants(node, if is_workspace { &ASKS } else { &NEEDS }),
        }
    }
}

pub(super) fn read<'t>(paths: &'t [Cow<'_, str>], told: Vec<Told<'t>>, list: &mut PackageList<'_>) -> Lock<'t> {
    let mut lock = Lock::default();
    let mut folders: HashMap<&str, usize> = HashMap::from_iter([("", Scopes::TOP)]);
    let mut links = Vec::new();
    // The folder of each entry.
    let mut places: Vec<&str> = Vec::with_capacity(paths.len());
    list.expect(paths.len());
    lock.entries.reserve(paths.len());
    lock.scopes.expect(paths.len());
    for (folder, Told { start, what }) in paths.iter().map(|path| &**path).zip(told) {
        if folder.len() > MAX_FOLDER {
            let message = "the folder of a package is longer than 4096 bytes: it is not read";
            list.error(ProblemKind::Limit, start as usize, message);
            continue;
        }
        match what {
            What::Nothing => {
                let message = format!("`{}` is no object: it is not read", quote(folder));
                list.error(ProblemKind::Shape, start as usize, message);
            }
            What::Root(wants) => lock.wanted.extend(wants),
            What::Link(to) => links.push((folder, to, start)),
            What::Package(facts) => {
                places.push(folder);
                lock.entries.push(entry(folder, facts, list));
                enter(folder, lock.entries.len() - 1, &mut folders, &mut lock);
            }
        }
    }
    let by_folder = if links.is_empty() { HashMap::new() } else { by_folder(&places) };
    for (folder, to, start) in links {
        match by_folder.get(to.as_deref().unwrap_or_default()) {
            Some(target) => enter(folder, *target, &mut folders, &mut lock),
            None => {
                let message = format!("`{}` links to a folder the lockfile does not have", quote(folder));
                list.warning(ProblemKind::Shape, start as usize, message);
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

fn entry<'t>(folder: &str, facts: Facts<'t>, list: &mut PackageList<'_>) -> Entry<'t> {
    let Facts { name, version, range, is_workspace, provenance, traits, wants } = facts;
    // A folder of this project has a name only if that is not the folder's.
    let own = || called(folder).unwrap_or_else(|| folder.rsplit('/').next().unwrap_or_default());
    let name = name.as_deref().unwrap_or_else(own);
    if version.is_none() && !is_workspace {
        let message = format!("`{}` has no version: it cannot be matched", quote(name));
        list.warning(ProblemKind::Shape, range.start, message);
    }
    let stated = Stated { name, version: version.as_deref(), provenance, range };
    let listed = if is_workspace { None } else { stated.add(traits, list) };
    Entry { listed, is_workspace, wants, chain: Box::default() }
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
