//! What images without rpm say of the rpm packages they were made of: the lists `container-manifest-1` and `-2` that Azure
//! Linux and CBL-Mariner leave in distroless images (`rpm -qa`, with and without a format of tabs).

use std::ops::Range;

use model::ProblemKind;

use super::entry::{NAMING, source};
use crate::bounds::quote;
use crate::lines::{Line, lines};
use crate::package_list::PackageList;
use crate::{Claim, Companion, Detector, Evidence, Input, Parsed, Pattern};

const NAME: &str = "rpm-manifest";
const WITH_TABS: &str = "container-manifest-2";

pub(crate) const DETECTOR: Detector = Detector {
    name: NAME,
    evidence: Evidence::Installed,
    claims: &[
        Claim::new(Pattern::Path("var/lib/rpmmanifest/container-manifest-1"))
            .with(&[Companion::Path("var/lib/rpmmanifest/container-manifest-2")]),
        Claim::new(Pattern::Path("var/lib/rpmmanifest/container-manifest-2")),
    ],
    parse,
};

/// One package of a list.
struct Entry<'t> {
    name: &'t str,
    /// Version and release.
    evr: &'t str,
    epoch: Option<&'t str>,
    arch: Option<&'t str>,
    source: Option<&'t str>,
}

fn parse(input: &Input<'_>) -> Parsed {
    let is_with_tabs = input.origin.path.file_name() == WITH_TABS.as_bytes();
    // The second list says more of the same packages.
    if !is_with_tabs && input.companion(WITH_TABS).is_some() {
        return Parsed::default();
    }
    let mut list = PackageList::new(input, NAME);
    for line in lines(list.text()).filter(|line| !line.trimmed().is_empty()) {
        let entry = if is_with_tabs { with_tabs(line) } else { plain(line) };
        match entry {
            Some(entry) => add(&entry, line.range(), &mut list),
            None => {
                let message = format!("`{}` is no package of the list: it is not read", quote(line.trimmed()));
                list.error(ProblemKind::Shape, line.start, message);
            }
        }
    }
    list.finish()
}

fn add(entry: &Entry<'_>, range: Range<usize>, list: &mut PackageList<'_>) {
    let qualifiers = [("arch", entry.arch), ("epoch", entry.epoch), ("upstream", entry.source)];
    let qualifiers = qualifiers.map(|(key, value)| (key, value.unwrap_or_default()));
    let Some(at) = list.add_qualified(NAMING, entry.name, Some(entry.evr), &qualifiers, range) else { return };
    let package = &mut list.packages[at];
    package.version = entry.epoch.map(|epoch| format!("{epoch}:{}", entry.evr)).or(package.version.take());
    let epoch = entry.epoch.and_then(|epoch| epoch.parse().ok());
    package.source = entry.source.and_then(|file| source(file, epoch)).map(Box::new);
}

/// Name, version and release, install time, build time, vendor, epoch, size, architecture, epoch as a number, source.
fn with_tabs(line: Line<'_>) -> Option<Entry<'_>> {
    let columns: Vec<&str> = line.text.split('\t').map(str::trim).collect();
    let column = |at: usize| columns.get(at).copied().filter(|text| !text.is_empty() && *text != "(none)");
    let evr = column(1).filter(|evr| evr.contains('-'))?;
    let epoch = column(8).or(column(5)).filter(|epoch| epoch.parse::<u32>().is_ok_and(|epoch| epoch > 0));
    Some(Entry { name: column(0)?, evr, epoch, arch: column(7), source: column(9) })
}

/// `name-version-release.architecture`.
fn plain(line: Line<'_>) -> Option<Entry<'_>> {
    let (rest, arch) = line.trimmed().rsplit_once('.')?;
    let release = rest.rfind('-')?;
    let version = rest[..release].rfind('-')?;
    let (name, evr) = (&rest[..version], &rest[version + 1..]);
    let is_plain = !name.is_empty() && !line.trimmed().contains(char::is_whitespace);
    is_plain.then_some(Entry { name, evr, epoch: None, arch: Some(arch), source: None })
}
