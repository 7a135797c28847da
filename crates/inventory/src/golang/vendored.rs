//! `vendor/modules.txt`: the modules whose code lies in the folder (Go modules reference, "Vendoring").

use model::{Provenance, Scope};

use super::{NAMING, VENDORED};
use crate::lines::{Line, lines};
use crate::package_list::PackageList;
use crate::{Input, Parsed};

/// Lines with one `#` name a module, those with two say something of it, the others name its packages.
pub(super) fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, VENDORED.name);
    let mut module: Option<(Line<'_>, bool)> = None;
    for line in lines(list.whole_text()) {
        if line.text.starts_with("# ") {
            module.take().into_iter().for_each(|module| add(module, &mut list));
            module = Some((line, false));
        } else if let Some((_, has_code)) = module.as_mut().filter(|_| !line.text.starts_with('#')) {
            *has_code |= !line.trimmed().is_empty();
        }
    }
    module.into_iter().for_each(|module| add(module, &mut list));
    list.finish()
}

/// `# path version`, `# path version => path version`, `# path => ./folder`. A module none of whose packages are listed is
/// required, and nothing of it is built.
fn add((line, has_code): (Line<'_>, bool), list: &mut PackageList<'_>) {
    let (old, new) = match line.text[2..].split_once(" => ") {
        Some((old, new)) => (old, Some(new)),
        None => (&line.text[2..], None),
    };
    if !has_code {
        return;
    }
    let split = |text| -> (&str, Option<&str>) {
        let text: &str = text;
        text.trim().split_once(' ').map_or((text.trim(), None), |(path, version)| (path, Some(version.trim())))
    };
    let is_folder = new.is_some_and(|new| split(new).1.is_none());
    let (path, version) = split(new.filter(|_| !is_folder).unwrap_or(old));
    let Some(at) = list.add(NAMING, path, version, line.range()) else { return };
    list.packages[at].scope = Scope::Runtime;
    if is_folder {
        list.set_provenance(at, Provenance::Path);
    }
}
