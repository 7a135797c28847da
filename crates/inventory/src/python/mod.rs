//! Python packages that are installed: `METADATA` of a wheel, `PKG-INFO` of an egg, and the file some distributions make of
//! the latter (Python packaging, "Core metadata").

mod source;
#[cfg(test)]
mod tests;
mod vendored;

use model::{License, ProblemKind};

use crate::lines::lines;
use crate::package_list::PackageList;
use crate::pypi::NAMING;
use crate::{Claim, Companion, Detector, Evidence, Input, Parsed, Pattern};

const NAME: &str = "python-installed";

pub(crate) const DETECTOR: Detector = Detector {
    name: NAME,
    evidence: Evidence::Installed,
    claims: &[Claim::new(Pattern::PathMatches(is_metadata))
        .limit(8 << 20)
        .with(&[Companion::SiblingMatches(is_direct_url)])],
    parse,
};

pub(crate) const VENDORED: Detector = Detector {
    name: "python-vendored",
    evidence: Evidence::Installed,
    claims: &[Claim::new(Pattern::Suffix("/_vendor/vendor.txt")).limit(1 << 20)],
    parse: vendored::parse,
};

fn is_metadata(path: &str) -> bool {
    const ENDS: [&str; 4] = [".dist-info/METADATA", ".egg-info/PKG-INFO", "/EGG-INFO/PKG-INFO", ".egg-info"];
    ENDS.iter().any(|end| path.ends_with(end))
}

fn is_direct_url(path: &str) -> bool {
    path.ends_with(".dist-info/direct_url.json")
}

/// A field of the header.
#[derive(Clone, Copy)]
struct Field<'t> {
    value: &'t str,
    start: usize,
}

/// What is read of the header.
#[derive(Default)]
struct Header<'t> {
    name: Option<Field<'t>>,
    version: Option<Field<'t>>,
    license: Option<&'t str>,
    expression: Option<&'t str>,
}

fn parse(input: &Input<'_>) -> Parsed {
    // A description in another encoding is no fault: name and version stand before it.
    let header = match std::str::from_utf8(input.bytes) {
        Ok(text) => read(text),
        Err(error) => read(std::str::from_utf8(&input.bytes[..error.valid_up_to()]).unwrap_or_default()),
    };
    let mut list = PackageList::new(input, NAME);
    let (Some(name), Some(version)) = (header.name, header.version) else {
        let missing = if header.name.is_none() { "name" } else { "version" };
        let message = format!("the metadata of a package has no {missing}: it is not read");
        list.error(ProblemKind::Shape, 0, message);
        return list.finish();
    };
    let ends = [name, version].map(|field| field.start + field.value.len());
    let range = name.start.min(version.start)..ends[0].max(ends[1]);
    if let Some(at) = list.add(NAMING, name.value, Some(version.value), range) {
        let stated = input.companion("direct_url.json").and_then(|file| source::provenance(file.bytes));
        list.set_provenance(at, stated.unwrap_or_default());
        list.packages[at].license = header.expression.or(header.license).and_then(License::stated);
    }
    list.finish()
}

/// The header ends at the first empty line.
fn read(text: &str) -> Header<'_> {
    let mut header = Header::default();
    for line in lines(text).take_while(|line| !line.text.is_empty()) {
        let Some((key, value)) = line.text.split_once(':') else { continue };
        let field = Field { value: value.trim(), start: line.start };
        let slot = match key.to_ascii_lowercase().as_str() {
            "name" => &mut header.name,
            "version" => &mut header.version,
            "license" => {
                header.license.get_or_insert(field.value);
                continue;
            }
            "license-expression" => {
                header.expression.get_or_insert(field.value);
                continue;
            }
            _ => continue,
        };
        let start = line.start + (line.text.len() - value.trim_start().len());
        let field = Field { start, ..field };
        if !field.value.is_empty() {
            slot.get_or_insert(field);
        }
    }
    header.license = header.license.filter(|license| !license.is_empty() && *license != "UNKNOWN");
    header.expression = header.expression.filter(|license| !license.is_empty());
    header
}
