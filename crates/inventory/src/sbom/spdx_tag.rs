//! SPDX 2.x as tag-value: `Tag: value` lines; a package starts with its name.

use model::{License, ProblemKind};

use super::bom::{Bom, Component};
use super::spdx::{check_version, finish, kind, relate, said};
use crate::Parsed;
use crate::checksum;
use crate::lines::{Line, lines};
use crate::package_list::PackageList;

/// Where text of several lines starts and ends.
const OPEN: &str = "<text>";
const CLOSE: &str = "</text>";

pub(super) fn read(text: &str, mut list: PackageList<'_>) -> Parsed {
    let mut bom = Bom::default();
    let mut purpose = String::new();
    let mut is_in_package = false;
    let mut in_text = false;
    let mut is_spdx = false;
    for line in lines(text) {
        if in_text {
            in_text = !line.text.contains(CLOSE);
            continue;
        }
        let Some((tag, value)) = tag_of(line) else { continue };
        in_text = value.starts_with(OPEN) && !value.contains(CLOSE);
        match tag {
            "SPDXVersion" => {
                is_spdx = true;
                check_version(Some(value), line.start, &mut list);
            }
            "PackageName" => {
                settle(&mut bom, &mut purpose, is_in_package);
                is_in_package = true;
                bom.components.push(Component { name: value.to_owned(), range: line.range(), ..Component::default() });
            }
            // Files and snippets have identifiers and sums of their own.
            "FileName" | "SnippetSPDXID" | "LicenseID" => {
                settle(&mut bom, &mut purpose, is_in_package);
                is_in_package = false;
            }
            "Relationship" => {
                if let [from, kind, to] = value.split_whitespace().collect::<Vec<_>>()[..] {
                    relate(from, kind, to, &mut bom);
                }
            }
            "PrimaryPackagePurpose" => purpose = value.to_owned(),
            _ if is_in_package => {
                if let Some(component) = bom.components.last_mut() {
                    take(component, tag, value, line);
                }
            }
            _ => {}
        }
    }
    settle(&mut bom, &mut purpose, is_in_package);
    if in_text {
        let message = "a text is not closed: the file is cut short, and packages may be missing";
        list.error(ProblemKind::Truncated, text.len().saturating_sub(1), message);
    }
    if !is_spdx {
        let tried = "it is neither JSON nor XML, and has no `SPDXVersion:` line";
        list.error(ProblemKind::Shape, 0, format!("this is no inventory that is known: {tried}"));
        return list.finish();
    }
    finish(bom, list)
}

/// `PackageVersion` and `1.2` of `PackageVersion: 1.2`.
fn tag_of(line: Line<'_>) -> Option<(&str, &str)> {
    let (tag, value) = line.trimmed().split_once(':')?;
    let is_tag = tag.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_tag.then_some((tag, value.trim()))
}

/// What a package is, is known at its end.
fn settle(bom: &mut Bom, purpose: &mut String, is_in_package: bool) {
    if let Some(component) = bom.components.last_mut().filter(|_| is_in_package) {
        component.kind = kind(purpose, &component.id, component.version.is_some());
    }
    purpose.clear();
}

fn take(component: &mut Component, tag: &str, value: &str, line: Line<'_>) {
    match tag {
        "SPDXID" => value.clone_into(&mut component.id),
        "PackageVersion" => {
            component.version = said(Some(value)).map(str::to_owned);
            component.range.end = line.range().end;
        }
        "PackageLicenseDeclared" => component.license = said(Some(value)).and_then(License::stated),
        "PackageLicenseConcluded" if component.license.is_none() => {
            component.license = said(Some(value)).and_then(License::stated);
        }
        "PackageChecksum" if component.checksums.len() < checksum::MOST => {
            component.checksums.extend(checksum::read(&value.replace(": ", ":")));
        }
        "ExternalRef" => {
            if let ["PACKAGE-MANAGER" | "PACKAGE_MANAGER", "purl", purl] =
                value.split_whitespace().collect::<Vec<_>>()[..]
            {
                component.purl = Some(purl.to_owned());
            }
        }
        _ => {}
    }
}
