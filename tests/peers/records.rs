//! The peer's tiny advisory sets (bucket, package, id, versions) as OSV records.

use portcullis::document::{self, Limits};
use portcullis::model::{Format, Node, Origin, TreePath};
use serde_json::{Value, json};

/// Buckets of ecosystems by their beginning, and what OSV calls them. Where it has no name, nothing can be compared.
const ECOSYSTEMS: [(&str, &str); 19] = [
    ("alma ", "AlmaLinux:"),
    ("alpine edge", "Alpine:edge"),
    ("alpine ", "Alpine:v"),
    ("cargo::", "crates.io"),
    ("composer::", "Packagist"),
    ("conan::", "ConanCenter"),
    ("debian ", "Debian:"),
    ("erlang::", "Hex"),
    ("go::", "Go"),
    ("k8s::", "Kubernetes"),
    ("maven::", "Maven"),
    ("npm::", "npm"),
    ("nuget::", "NuGet"),
    ("openSUSE ", "openSUSE:"),
    ("pip::", "PyPI"),
    ("pub::", "Pub"),
    ("rocky ", "Rocky Linux:"),
    ("rubygems::", "RubyGems"),
    ("swift::", "SwiftURL"),
];

/// Records of one file, a line each.
pub(super) fn of(name: &str, yaml: &[u8]) -> Vec<Value> {
    let origin = Origin::file(TreePath::new(name).expect("a path"));
    let (nodes, problems) = document::parse_values(Format::Yaml, &origin, yaml, &Limits::default());
    assert!(problems.is_empty(), "{name}: {problems:?}");
    let buckets = nodes.iter().map(Node::to_json).flat_map(|value| value.as_array().cloned().unwrap_or_default());
    buckets.filter_map(|bucket| Some((ecosystem(bucket["bucket"].as_str()?)?, bucket))).flat_map(records).collect()
}

fn ecosystem(bucket: &str) -> Option<String> {
    match bucket {
        "ubuntu 18.04" | "ubuntu 22.04" => return Some(format!("Ubuntu:{}:LTS", &bucket[7..])),
        "Photon OS 3.0" => return Some("Photon OS:3.0".to_owned()),
        "CBL-Mariner 1.0" => return Some("Azure Linux:1".to_owned()),
        _ => {}
    }
    let (start, name) = ECOSYSTEMS.iter().find(|(start, _)| bucket.starts_with(start))?;
    let is_whole = !name.ends_with([':', 'v']);
    Some(if is_whole { (*name).to_owned() } else { format!("{name}{}", &bucket[start.len()..]) })
}

fn records((ecosystem, bucket): (String, Value)) -> Vec<Value> {
    let mut records = Vec::new();
    for package in bucket["pairs"].as_array().into_iter().flatten() {
        for pair in package["pairs"].as_array().into_iter().flatten() {
            let name = package["bucket"].as_str().expect("a name");
            let affected = json!({"package": {"ecosystem": ecosystem, "name": name}, "ranges": ranges(&pair["value"])});
            let id = pair["key"].as_str().expect("an id");
            records.push(json!({"id": id, "modified": "2026-08-01T00:00:00Z", "affected": [affected]}));
        }
    }
    records
}

fn ranges(value: &Value) -> Vec<Value> {
    let list = |key: &str| value[key].as_array().into_iter().flatten().filter_map(Value::as_str).collect::<Vec<_>>();
    let (vulnerable, patched) = (list("VulnerableVersions"), list("PatchedVersions"));
    let events = match (value["FixedVersion"].as_str(), vulnerable.as_slice()) {
        (Some(fixed), _) => vec![vec![json!({"introduced": "0"}), json!({"fixed": fixed})]],
        (None, []) if !patched.is_empty() => complement(&patched),
        (None, []) => vec![vec![json!({"introduced": "0"})]],
        (None, listed) => listed.iter().map(|text| events(text)).collect(),
    };
    events.into_iter().map(|events| json!({"type": "ECOSYSTEM", "events": events})).collect()
}

/// `>= 2.0.0, <= 2.9.10.3`, `<8.44`, `[2.9.0,2.9.10.7)`.
fn events(text: &str) -> Vec<Value> {
    let interval = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(')')).and_then(|rest| rest.split_once(','));
    if let Some((from, to)) = interval {
        return vec![json!({"introduced": from}), json!({"fixed": to})];
    }
    let mut events = Vec::new();
    for part in text.split(',').map(str::trim) {
        let bound = |mark: &str| part.strip_prefix(mark).map(str::trim);
        if let Some(from) = bound(">=") {
            events.push(json!({"introduced": from}));
        } else if let Some(last) = bound("<=") {
            events.push(json!({"last_affected": last}));
        } else {
            events.push(json!({"fixed": bound("<").expect("no other comparison is there")}));
        }
    }
    if !events.iter().any(|event| event.get("introduced").is_some()) {
        events.insert(0, json!({"introduced": "0"}));
    }
    events
}

/// What is not in any of the patched ranges, which come from the highest to the lowest.
fn complement(patched: &[&str]) -> Vec<Vec<Value>> {
    let mut events = vec![json!({"introduced": "0"})];
    for range in patched.iter().rev() {
        for part in range.split(',').map(str::trim) {
            match (part.strip_prefix(">="), part.strip_prefix('<')) {
                (Some(from), _) => events.push(json!({"fixed": from.trim()})),
                (None, Some(to)) => events.push(json!({"introduced": to.trim()})),
                _ => panic!("no other comparison is there: {part}"),
            }
        }
    }
    vec![events]
}
