//! The module list: lines of `path`, `mod`, `dep`, `=>` and `build`, their columns parted by tabs.

use model::{Location, Package, PackageState, ProblemKind, Provenance, Purl, Scope};

use super::{NAME, flags};
use crate::fault_log::FaultLog;

/// What the linker writes for a module that has no version.
const NO_VERSION: &str = "(devel)";

/// One module as the list says it, before replacement.
struct Module<'a> {
    line: usize,
    is_main: bool,
    path: &'a str,
    version: Option<&'a str>,
    replacement: Option<Replacement<'a>>,
}

/// What was compiled in its place.
#[derive(Clone, Copy)]
enum Replacement<'a> {
    /// A folder of the machine that built it.
    Folder,
    Module {
        path: &'a str,
        version: Option<&'a str>,
    },
}

/// The main module and its dependencies, as they were linked. A broken line is a problem and the others stay.
pub(super) fn packages(text: &str, location: &Location, faults: &mut FaultLog<'_>) -> Vec<Package> {
    let mut modules: Vec<Module<'_>> = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let mut columns = line.split('\t');
        match (columns.next(), columns.next(), columns.next()) {
            (Some(key @ ("mod" | "dep")), Some(path), version) if !path.is_empty() => modules.push(Module {
                line: at + 1,
                is_main: key == "mod",
                path,
                version: present(version),
                replacement: None,
            }),
            (Some("=>"), Some(path), version) if !path.is_empty() && !modules.is_empty() => {
                modules.last_mut().into_iter().for_each(|module| module.replacement = Some(replacement(path, version)));
            }
            (Some(key @ ("mod" | "dep" | "=>")), ..) => {
                let message = format!("line {} (`{key}`) of the Go build information names no module", at + 1);
                faults.error(ProblemKind::Shape, None, message);
            }
            // `path`, `build`, and what later toolchains may add.
            _ => {}
        }
    }
    let stated = modules.iter().find(|module| module.is_main && module.version.is_none()).and_then(|main| {
        let mut flags = text.lines().filter_map(|line| flags::version_of(main.path, line));
        flags.next().filter(|_| main.replacement.is_none())
    });
    for module in modules.iter_mut().filter(|module| module.is_main && module.version.is_none()) {
        module.version = stated.as_deref();
    }
    modules.iter().filter_map(|module| package(module, location, faults)).collect()
}

fn package(module: &Module<'_>, location: &Location, faults: &mut FaultLog<'_>) -> Option<Package> {
    let (path, version, provenance) = match module.replacement {
        None if module.version.is_none() && !module.is_main => (module.path, None, Provenance::Path),
        None => (module.path, module.version, Provenance::Registry),
        Some(Replacement::Folder) => (module.path, module.version, Provenance::Path),
        Some(Replacement::Module { path, version }) => (path, version, Provenance::Registry),
    };
    let (namespace, name) = path.rsplit_once('/').map_or((None, path), |(namespace, name)| (Some(namespace), name));
    let purl = Purl::new("golang", namespace, name, version).map_err(|error| {
        let message = format!("line {} of the Go build information is not read: {error}", module.line);
        faults.error(ProblemKind::Shape, None, message);
    });
    let mut package = Package::new(path, purl.ok()?, NAME);
    package.provenance = provenance;
    package.scope = Scope::Runtime;
    package.state = if module.is_main { PackageState::Root } else { PackageState::Installed };
    package.locations = vec![location.clone()];
    Some(package)
}

/// A replacement without a version is a folder; Go allows nothing else.
fn replacement<'a>(path: &'a str, version: Option<&'a str>) -> Replacement<'a> {
    match present(version) {
        None => Replacement::Folder,
        version => Replacement::Module { path, version },
    }
}

fn present(version: Option<&str>) -> Option<&str> {
    version.filter(|version| !version.is_empty() && *version != NO_VERSION)
}
