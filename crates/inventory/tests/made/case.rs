//! One lockfile that a tool made, and how what is read of it is compared with what the tool lists.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use model::{Origin, Package, ProblemSeverity, Relationship, TargetKind, TreePath};
use portcullis_inventory::{ClaimTable, CompanionFile, DetectorId, Input, Parsed};

/// A folder of `fixtures/lockfiles/made`.
pub(crate) struct Case {
    /// Its name.
    pub(crate) folder: &'static str,
    /// The lockfile in it.
    pub(crate) file: &'static str,
    /// Whether what the project itself asks for is told.
    pub(crate) flags: Flags,
    /// `name Scope` of everything that is direct, where a tool's list of them is not kept.
    pub(crate) direct: &'static [&'static str],
    /// What differs: the line, with `-` of the tool or `+` of ours before it, and why it may.
    pub(crate) differences: &'static [(&'static str, &'static str)],
}

/// Whether direct and transitive are compared.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flags {
    /// As far as the tool says it.
    Compared,
    /// Neither the lockfile nor a file beside it that is read says it: all are unknown.
    NotSaid,
}

/// What a tool lists.
pub(crate) struct Expected {
    /// The tool, its version and its command.
    pub(crate) title: String,
    /// `name version`, and whether it is direct where that is said.
    pub(crate) packages: BTreeMap<String, Option<String>>,
}

/// The folder of all of them.
pub(crate) fn made() -> PathBuf {
    testkit::workspace().join("fixtures/lockfiles/made")
}

impl Case {
    /// Reads the lockfile, with the files beside it that its reader wants.
    pub(crate) fn read(&self) -> Parsed {
        let path = TreePath::new(self.file).expect("a valid path");
        let (table, id) = self.detector();
        let mut files = files_below(&made().join(self.folder));
        for manifest in ["package.json", "pyproject.toml"].map(|name| made().join(name)) {
            let name = manifest.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
            files.entry(name).or_insert(manifest);
        }
        let paths: Vec<TreePath> = files.keys().map(|path| TreePath::new(path).expect("a valid path")).collect();
        let read = |path: &TreePath| std::fs::read(&files[path.to_str().expect("text")]).expect("a fixture");
        let wanted = table.companions(id, &path, &paths);
        let contents: Vec<Vec<u8>> = wanted.iter().map(|path| read(path)).collect();
        let companions: Vec<CompanionFile<'_>> =
            wanted.iter().zip(&contents).map(|(path, bytes)| CompanionFile { path, bytes }).collect();
        let bytes = read(&path);
        (id.detector().parse)(&Input { origin: &Origin::file(path), bytes: &bytes, companions: &companions })
    }

    /// The name of its reader.
    pub(crate) fn reader(&self) -> &'static str {
        self.detector().1.detector().name
    }

    /// What the tool lists.
    pub(crate) fn expected(&self) -> Expected {
        let text = std::fs::read_to_string(made().join(self.folder).join("expected.txt")).expect("a fixture");
        let (title, lines) = text.split_once('\n').expect("a title and a list");
        let packages = lines.lines().map(|line| {
            let flag = ["direct", "transitive"].into_iter().find(|flag| line.ends_with(&format!(" {flag}")));
            let package = flag.and_then(|flag| line.strip_suffix(flag)).unwrap_or(line).trim_end();
            (package.to_owned(), flag.map(str::to_owned))
        });
        let title = title.strip_prefix("# ").expect("a title").to_owned();
        Expected { title, packages: packages.collect() }
    }

    /// Everything that is not as it is said to be.
    pub(crate) fn check(&self) -> Vec<String> {
        let parsed = self.read();
        let lost = parsed.problems.iter().filter(|problem| problem.severity != ProblemSeverity::Note);
        let mut faults: Vec<String> = lost.map(|problem| format!("{}: {problem:?}", self.folder)).collect();
        let judged: BTreeSet<String> = self.differences.iter().map(|(line, _)| (*line).to_owned()).collect();
        let found = self.found(&parsed);
        faults.extend(found.symmetric_difference(&judged).map(|line| format!("{}: {line}", self.folder)));
        faults.extend(self.twice(&parsed).map(|label| format!("{}: {label} twice", self.folder)));
        faults.extend(self.scopes(&parsed));
        faults
    }

    /// What differs, a line each.
    fn found(&self, parsed: &Parsed) -> BTreeSet<String> {
        let expected = self.expected().packages;
        let is_flag = |label: &String| self.flags == Flags::Compared && expected.get(label).is_none_or(Option::is_some);
        let ours: BTreeSet<String> = parsed.packages.iter().map(|package| shown(package, is_flag)).collect();
        let theirs: BTreeSet<String> = expected
            .iter()
            .map(|(label, flag)| match flag {
                Some(flag) if self.flags == Flags::Compared => format!("{label} {flag}"),
                _ => label.clone(),
            })
            .collect();
        let lost = theirs.difference(&ours).map(|line| format!("- {line}"));
        lost.chain(ours.difference(&theirs).map(|line| format!("+ {line}"))).collect()
    }

    fn twice<'p>(&self, parsed: &'p Parsed) -> impl Iterator<Item = String> + 'p {
        let mut seen = BTreeSet::new();
        parsed.packages.iter().map(label).filter(move |label| !seen.insert(label.clone()))
    }

    fn scopes(&self, parsed: &Parsed) -> Option<String> {
        let asked = parsed.packages.iter().filter(|package| package.relationship == Relationship::Direct);
        let asked: BTreeSet<String> = asked.map(|package| format!("{} {:?}", package.name, package.scope)).collect();
        let unknown = parsed.packages.iter().all(|package| package.relationship == Relationship::Unknown);
        if self.flags == Flags::NotSaid && !unknown {
            return Some(format!("{}: flags are told now, and not compared", self.folder));
        }
        let wanted: BTreeSet<String> = self.direct.iter().map(|text| (*text).to_owned()).collect();
        (!wanted.is_empty() && wanted != asked).then(|| format!("{}: {asked:?} is direct", self.folder))
    }

    /// A file of installed packages counts in images only.
    fn detector(&self) -> (ClaimTable, DetectorId) {
        let table = ClaimTable::new(TargetKind::Directory, true);
        let path = TreePath::new(self.file).expect("a valid path");
        let id = *table.route(&path, false).detectors.first().expect("a reader");
        (table, id)
    }
}

fn label(package: &Package) -> String {
    format!("{} {}", package.name, package.version.as_deref().unwrap_or("-"))
}

fn shown(package: &Package, is_flag: impl Fn(&String) -> bool) -> String {
    let label = label(package);
    let flag = match package.relationship {
        Relationship::Direct => "direct",
        Relationship::Transitive => "transitive",
        Relationship::Unknown => "unknown",
    };
    if is_flag(&label) { format!("{label} {flag}") } else { label }
}

/// Every file below a folder, by its path from there.
fn files_below(root: &Path) -> BTreeMap<String, PathBuf> {
    let mut files = BTreeMap::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder of fixtures") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let relative = path.strip_prefix(root).expect("it is below").to_str().expect("text").to_owned();
                files.insert(relative, path);
            }
        }
    }
    files
}
