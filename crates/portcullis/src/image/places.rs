//! Where tools keep what they fetched, and where programs lie: facts about tools, of which rules make what they will.

use artifact::View;
use model::TreePath;

use super::shape::{Cache, Program};

/// Folders of programs. Where one is a link to another, it is passed over.
const PROGRAMS: [&str; 6] = ["usr/local/sbin", "usr/local/bin", "usr/sbin", "usr/bin", "sbin", "bin"];

/// Caches of the system's package managers, and of tools that are told where to keep theirs.
const OF_SYSTEM: &[(&str, &str)] = &[
    ("apk", "var/cache/apk"),
    ("apt", "var/cache/apt"),
    ("apt", "var/lib/apt/lists"),
    ("bundler", "usr/local/bundle/cache"),
    ("cargo", "usr/local/cargo/registry"),
    ("conda", "opt/conda/pkgs"),
    ("dnf", "var/cache/dnf"),
    ("dnf", "var/cache/libdnf5"),
    ("go", "go/pkg/mod/cache"),
    ("pacman", "var/cache/pacman/pkg"),
    ("yarn", "usr/local/share/.cache/yarn"),
    ("yum", "var/cache/yum"),
    ("zypper", "var/cache/zypp"),
];

/// Caches below the home of whoever ran the tool.
const OF_USERS: &[(&str, &str)] = &[
    ("cargo", ".cargo/registry"),
    ("ccache", ".cache/ccache"),
    ("composer", ".cache/composer"),
    ("composer", ".composer/cache"),
    ("go", ".cache/go-build"),
    ("go", "go/pkg/mod/cache"),
    ("gradle", ".gradle/caches"),
    ("maven", ".m2/repository"),
    ("npm", ".npm/_cacache"),
    ("pip", ".cache/pip"),
    ("pipenv", ".cache/pipenv"),
    ("pnpm", ".cache/pnpm"),
    ("pnpm", ".local/share/pnpm/store"),
    ("poetry", ".cache/pypoetry"),
    ("uv", ".cache/uv"),
    ("yarn", ".cache/yarn"),
    ("yarn", ".yarn/berry/cache"),
];

/// Homes that are looked into; an image with more users than this is no image of a program.
const MOST_HOMES: usize = 100;

/// Where caches may lie: the tool, and the folder from the root.
pub(crate) fn cache_folders(view: &View) -> Vec<(&'static str, String)> {
    let of_users = homes(view)
        .into_iter()
        .flat_map(|home| OF_USERS.iter().map(move |(tool, below)| (*tool, format!("{home}/{below}"))));
    let of_system = OF_SYSTEM.iter().map(|(tool, path)| (*tool, (*path).to_owned()));
    of_system.chain(of_users).collect()
}

/// What each layer left in each cache, by path.
pub(super) fn caches(view: &View) -> Vec<Cache> {
    let mut caches: Vec<Cache> = Vec::new();
    for (tool, folder) in cache_folders(view) {
        let Ok(path) = TreePath::rooted(&folder) else { continue };
        // Locks and markers are left everywhere, and cost nothing.
        let spent = view.spent_below(&folder).into_iter().filter(|(_, spent)| spent.bytes > 0);
        caches.extend(spent.map(|(layer, spent)| Cache {
            tool: tool.to_owned(),
            path: path.clone(),
            layer,
            files: spent.files,
            bytes: spent.bytes,
            base: None,
        }));
    }
    caches.sort_by(|left, right| (&left.path, left.layer).cmp(&(&right.path, right.layer)));
    caches
}

/// Programs of the system's folders, by path, at most so many; and how many more there are.
pub(super) fn programs(view: &View, most: usize) -> (Vec<Program>, u64) {
    let mut found: Vec<artifact::Program> = PROGRAMS.iter().flat_map(|folder| view.programs_in(folder)).collect();
    found.sort();
    let more = found.len().saturating_sub(most) as u64;
    let program = |found: artifact::Program| Program {
        name: String::from_utf8_lossy(found.path.file_name()).into_owned(),
        base: None,
        path: found.path,
        layer: found.layer,
    };
    (found.into_iter().take(most).map(program).collect(), more)
}

fn homes(view: &View) -> Vec<String> {
    let named = view.folders_in("home").into_iter().take(MOST_HOMES);
    let of_users = named.filter_map(|name| String::from_utf8(name).ok()).map(|name| format!("home/{name}"));
    std::iter::once("root".to_owned()).chain(of_users).collect()
}
