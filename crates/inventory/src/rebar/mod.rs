//! Erlang packages that are locked by Rebar3: `rebar.lock`, the bare list and the form with a version (rebar3, `rebar_config`).

mod term;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use model::{ProblemKind, Provenance, Relationship, Scope};

use crate::bounds::quote;
use crate::checksum;
use crate::package_list::{Naming, PackageList};
use crate::tree::{Data, Node};
use crate::{Claim, Detector, Evidence, Input, Parsed, Pattern};

const NAME: &str = "rebar-lock";
const NAMING: Naming = Naming { purl_type: "hex", separator: None };

pub(crate) const DETECTOR: Detector =
    Detector { name: NAME, evidence: Evidence::Locked, claims: &[Claim::new(Pattern::Name("rebar.lock"))], parse };

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    let (terms, fault) = term::read(list.whole_text());
    let is_broken = fault.is_some();
    list.report(fault);
    match terms.first().map(|first| (first, first.items())) {
        // `{"1.2.0", […]}`, since Rebar 3.0.
        Some((_, [version, locks])) if version.text().is_some() => {
            check_version(version, &mut list);
            let sums = sums(terms.get(1));
            locks.items().iter().for_each(|lock| add(lock, &sums, &mut list));
        }
        Some((Node { data: Data::List(locks), .. }, _)) => {
            locks.iter().for_each(|lock| add(lock, &HashMap::new(), &mut list));
        }
        Some((other, _)) => {
            list.error(ProblemKind::Shape, other.start as usize, "the file locks nothing: it is no rebar.lock");
        }
        None if !is_broken => list.error(ProblemKind::Shape, 0, "the file holds no term: it is no rebar.lock"),
        None => {}
    }
    list.finish()
}

fn check_version(version: &Node<'_>, list: &mut PackageList<'_>) {
    let stated = version.text().unwrap_or_default();
    if !matches!(stated, "1.1.0" | "1.2.0") {
        let message = format!("version {} of `rebar.lock` is not known: it is read as 1.2.0", quote(stated));
        list.warning(ProblemKind::FormatVersion, version.start as usize, message);
    }
}

/// The sums of the archives, by application: `[{pkg_hash, […]}, {pkg_hash_ext, [{Application, Sum}, …]}]`. Those of the first
/// list are of what is in the archive, without its own head.
fn sums<'t>(term: Option<&'t Node<'_>>) -> HashMap<&'t str, &'t str> {
    let lists = term.map_or(&[][..], Node::items).iter().map(Node::items);
    let of_archives = lists.filter_map(|list| match list {
        [kind, sums] if kind.text() == Some("pkg_hash_ext") => Some(sums.items()),
        _ => None,
    });
    let pairs =
        of_archives.flatten().filter_map(|pair| Some((pair.items().first()?.text()?, pair.items().get(1)?.text()?)));
    pairs.collect()
}

/// `{Application, Source, Level}`; what the project itself asks for is at level 0. Only what is needed to run is locked.
fn add(lock: &Node<'_>, sums: &HashMap<&str, &str>, list: &mut PackageList<'_>) {
    let [application, source, level] = lock.items() else { return fault(lock, "is no lock of a package", list) };
    let (Some(application), [kind, rest @ ..]) = (application.text(), source.items()) else {
        return fault(lock, "is no lock of a package", list);
    };
    let start = lock.start as usize;
    let added = match (kind.text().unwrap_or_default(), rest) {
        // The package may have another name than the application in it.
        ("pkg", [name, version, ..]) => {
            let (Some(name), Some(version_text)) = (name.text(), version.text().filter(|text| !text.is_empty())) else {
                return fault(lock, "has no name and version", list);
            };
            list.add(NAMING, name, Some(version_text), start..version.end as usize)
        }
        ("git" | "git_subdir" | "hg", [address, reference, ..]) => {
            let commit = reference.items().get(1).and_then(Node::text).unwrap_or_default();
            let provenance = Provenance::Git(format!("{}#{commit}", address.text().unwrap_or_default()));
            let at = list.add(NAMING, application, None, start..reference.end as usize);
            at.into_iter().for_each(|at| list.set_provenance(at, provenance.clone()));
            at
        }
        _ => return fault(lock, "is from a source that is not known", list),
    };
    let Some(at) = added else { return };
    let package = &mut list.packages[at];
    package.scope = Scope::Runtime;
    if let Some(sum) = sums.get(application) {
        package.checksums = checksum::read(&format!("sha256:{}", sum.to_ascii_lowercase()));
    }
    package.relationship = match level.word() {
        Some("0") => Relationship::Direct,
        Some(_) => Relationship::Transitive,
        None => Relationship::Unknown,
    };
}

fn fault(lock: &Node<'_>, what: &str, list: &mut PackageList<'_>) {
    let name = lock.items().first().and_then(Node::text).unwrap_or("?");
    list.error(ProblemKind::Shape, lock.start as usize, format!("`{}` {what}: it is not read", quote(name)));
}
