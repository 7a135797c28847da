//! The newer form: digests of the files of registries, by their addresses.

use model::{ProblemKind, Relationship, Scope};

use super::manifest::Asked;
use super::{NAMING, provenance};
use crate::bounds::quote;
use crate::package_list::PackageList;
use crate::tree::{Data, Member, Node};

/// A file about a version of a module.
struct File<'t> {
    registry: &'t str,
    module: &'t str,
    version: &'t str,
    name: &'t str,
}

pub(super) fn add(files: &Node<'_>, asked: Option<&Asked<'_>>, list: &mut PackageList<'_>) {
    // A file that a registry did not have is in the table, without a digest.
    let there = files.members().iter().filter(|member| !matches!(member.value.data, Data::Null));
    let mut looked_at = None;
    for member in there {
        let Some(file) = read(&member.key) else {
            if member.key.contains("/modules/") {
                let message = format!("`{}` is no file of a module: it is not read", quote(&member.key));
                list.error(ProblemKind::Shape, member.start as usize, message);
            }
            continue;
        };
        match file.name {
            "source.json" => add_module(member, &file, asked, list),
            _ => looked_at = looked_at.or(Some(member.start as usize)),
        }
    }
    if let Some(at) = looked_at.filter(|_| list.packages.is_empty()) {
        list.error(
            ProblemKind::Shape,
            at,
            "the file does not say which versions are selected: no module of it is read",
        );
    }
    note_overridden(asked, list);
}

/// `https://bcr.bazel.build/modules/rules_go/0.48.0/source.json`.
fn read(address: &str) -> Option<File<'_>> {
    let (registry, path) = address.rsplit_once("/modules/")?;
    let mut parts = path.split('/');
    let (module, version, name) = (parts.next()?, parts.next()?, parts.next()?);
    let is_whole = parts.next().is_none() && !module.is_empty() && !version.is_empty();
    is_whole.then_some(File { registry, module, version, name })
}

fn add_module(member: &Member<'_>, file: &File<'_>, asked: Option<&Asked<'_>>, list: &mut PackageList<'_>) {
    let Some(at) = list.add(NAMING, file.module, Some(file.version), member.range()) else { return };
    list.set_provenance(at, provenance(file.registry));
    let Some(asked) = asked else { return };
    let package = &mut list.packages[at];
    if !asked.names(file.module) {
        package.relationship = Relationship::Transitive;
        return;
    }
    package.relationship = Relationship::Direct;
    package.scope = if asked.is_for_developers(file.module) { Scope::Development } else { Scope::Runtime };
}

/// What a folder, a repository or an archive stands in for is not in this form of the file.
fn note_overridden(asked: Option<&Asked<'_>>, list: &mut PackageList<'_>) {
    for module in asked.iter().flat_map(|asked| asked.overridden()) {
        let message =
            format!("module `{}` is from a place that the lockfile does not name: it is not listed", quote(module));
        list.note(ProblemKind::Unsupported, 0, message);
    }
}
