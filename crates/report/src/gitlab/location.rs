//! Where a vulnerability is, in the words of each scan type.

use model::{Chains, Finding, Purl, Target};
use serde_json::{Value, json};

use super::Scan;
use crate::{foreign, naming};

pub(super) fn of(target: &Target, chains: &Chains<'_>, finding: &Finding, scan: Scan) -> Value {
    let file = finding.locations.first().map(|place| naming::shown_path(target, &place.path));
    // What has no file is the target's as a whole, and of an image the tag would make it new with every build.
    let file = file.unwrap_or_else(|| whole(target));
    match scan {
        Scan::Container => json!({
            "dependency": dependency(chains, finding),
            "operating_system": operating_system(target),
            "image": image(target),
        }),
        Scan::Dependency => json!({"file": file, "dependency": dependency(chains, finding)}),
        Scan::Static => {
            let mut location = json!({"file": file});
            if let Some(span) = finding.locations.first().and_then(|place| place.span) {
                let ends_before = span.end.column <= 1 && span.end.line > span.start.line;
                location["start_line"] = span.start.line.into();
                location["end_line"] =
                    if ends_before { span.end.line - 1 } else { span.end.line.max(span.start.line) }.into();
            }
            location
        }
    }
}

fn whole(target: &Target) -> String {
    let name = foreign::line(&naming::stable_name(target));
    if name.trim().is_empty() { target.kind.name().to_owned() } else { name }
}

fn dependency(chains: &Chains<'_>, finding: &Finding) -> Value {
    let Some(purl) = &finding.package else { return json!({}) };
    let name = chains.package(purl).map_or_else(|| purl.name(), |package| &package.name);
    let mut dependency = json!({"package": {"name": foreign::line(name)}});
    if let Some(version) = purl.version() {
        dependency["version"] = foreign::line(version).into();
    }
    dependency
}

fn operating_system(target: &Target) -> String {
    let Some(os) = &target.os else { return "unknown".to_owned() };
    let version = os.version.as_ref().map(|version| format!(":{version}")).unwrap_or_default();
    foreign::line(&format!("{}{version}", os.id))
}

/// The name the user gave: findings are matched by it, so a tag that moves makes them new.
fn image(target: &Target) -> String {
    let name = foreign::line(naming::without_prefix(&target.name));
    if name.is_empty() { "unknown".to_owned() } else { name }
}

/// The tool that writes the lockfile, in the service's words.
pub(super) fn package_manager(purl: &Purl) -> &str {
    match purl.purl_type().as_str() {
        "pypi" => "pip",
        "golang" => "go",
        "gem" => "bundler",
        other => other,
    }
}
