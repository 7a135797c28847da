//! Components: targets, operating systems, packages.

use model::{Checksum, ChecksumAlgorithm, Os, Scope, Target, TargetKind};
use serde_json::{Map, Value, json};

use crate::bom::Component;
use crate::{foreign, naming};

/// Places of one component that are written.
const MOST_PLACES: usize = 200;

/// A property of our own, under our own name space.
pub(super) fn property(name: &str, value: &str) -> Value {
    json!({"name": format!("portcullis:{name}"), "value": foreign::line(value)})
}

pub(super) fn of_target(target: &Target, reference: &str) -> Value {
    let kind = match target.kind {
        TargetKind::Image => "container",
        TargetKind::Rootfs => "operating-system",
        _ => "application",
    };
    let mut component = json!({
        "type": kind,
        "bom-ref": reference,
        "name": foreign::line(&naming::stable_name(target)),
    });
    if let Some(digest) = target.digest {
        component["version"] = digest.to_string().into();
    }
    let mut properties = vec![property("kind", target.kind.name()), property("name", &target.name)];
    properties.extend(target.platform.iter().map(|platform| property("platform", platform)));
    properties.extend(
        target.layers.iter().filter_map(|layer| Some(property("layer", &layer.diff_id.or(layer.digest)?.to_string()))),
    );
    component["properties"] = properties.into();
    component
}

pub(super) fn of_os(os: &Os, reference: &str) -> Value {
    let mut component = json!({"type": "operating-system", "bom-ref": reference, "name": foreign::line(&os.id)});
    if let Some(version) = &os.version {
        component["version"] = foreign::line(version).into();
    }
    component
}

pub(super) fn of_package(found: &Component<'_>, reference: &str) -> Value {
    let package = found.package;
    let mut component = Map::new();
    component.insert("type".to_owned(), "library".into());
    component.insert("bom-ref".to_owned(), reference.into());
    component.insert("name".to_owned(), foreign::line(&package.name).into());
    if let Some(version) = &package.version {
        component.insert("version".to_owned(), foreign::line(version).into());
    }
    if let Some(scope) = scope(package.scope) {
        component.insert("scope".to_owned(), scope.into());
    }
    if let Some(license) = &package.license {
        let written = match license.expression() {
            Some(expression) => json!({"expression": expression}),
            None => json!({"license": {"name": foreign::line(license.as_str())}}),
        };
        component.insert("licenses".to_owned(), json!([written]));
    }
    let hashes: Vec<Value> = package.checksums.iter().filter_map(hash).collect();
    if !hashes.is_empty() {
        component.insert("hashes".to_owned(), hashes.into());
    }
    component.insert("purl".to_owned(), package.purl().to_string().into());
    let occurrences: Vec<Value> = found.places.iter().take(MOST_PLACES).map(|place| occurrence(place)).collect();
    if !occurrences.is_empty() {
        component.insert("evidence".to_owned(), json!({"occurrences": occurrences}));
    }
    component.insert("properties".to_owned(), properties(found).into());
    Value::Object(component)
}

fn scope(scope: Scope) -> Option<&'static str> {
    match scope {
        Scope::Runtime => Some("required"),
        Scope::Optional => Some("optional"),
        Scope::Development | Scope::Build => Some("excluded"),
        Scope::Unknown => None,
    }
}

/// The format has no SHA-224.
fn hash(checksum: &Checksum) -> Option<Value> {
    let algorithm = match checksum.algorithm() {
        ChecksumAlgorithm::Md5 => "MD5",
        ChecksumAlgorithm::Sha1 => "SHA-1",
        ChecksumAlgorithm::Sha224 => return None,
        ChecksumAlgorithm::Sha256 => "SHA-256",
        ChecksumAlgorithm::Sha384 => "SHA-384",
        ChecksumAlgorithm::Sha512 => "SHA-512",
    };
    Some(json!({"alg": algorithm, "content": checksum.hex()}))
}

fn occurrence(place: &model::Location) -> Value {
    let mut occurrence = json!({"location": place.path.to_string()});
    if let Some(line) = place.line() {
        occurrence["line"] = line.into();
    }
    occurrence
}

fn properties(found: &Component<'_>) -> Vec<Value> {
    let mut properties = vec![property("found-by", &found.package.found_by)];
    if let Some(source) = &found.package.source {
        properties.push(property("source", &format!("{} {}", source.name, source.version)));
    }
    let mut layers: Vec<u32> = found.places.iter().filter_map(|place| place.layer).map(|layer| layer.0).collect();
    layers.sort_unstable();
    layers.dedup();
    properties.extend(layers.into_iter().map(|layer| property("layer", &layer.to_string())));
    properties
}
