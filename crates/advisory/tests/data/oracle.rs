//! The `rustsec` crate's own database and matching as second judge over the whole RustSec set.
//!
//! The set is OSV; it is written back as a repository of Markdown files, which the crate and our importer both read. Three
//! answers for every boundary of every advisory have to be the same: the crate's, ours from OSV, ours from the repository.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use portcullis_advisory::Snapshot;
use rustsec::database::Query;
use rustsec::{Database, Lockfile, Version};
use serde_json::Value;

use super::sets;

/// Real lockfiles that are judged; fewer were no proof.
const FEWEST: usize = 30;
/// Lockfiles that are made.
const GENERATED: usize = 40;

#[test]
fn the_rustsec_crate_agrees() {
    let Some(path) = testkit::advisories("rustsec.jsonl.zst") else { return };
    let records = sets::records(&path);
    let folder = repository(&records, "set");
    let database = Database::open(&folder).expect("the crate reads what was written");
    let from_osv = sets::snapshot(&[path]);
    let (built, problems) = sets::built(std::slice::from_ref(&folder));
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!((database.iter().count(), built.statistics.records), (records.len(), records.len() as u64));
    let from_folder = Snapshot::from_bytes(built.bytes).expect("whole");
    let mut judged = 0;
    for (name, versions) in questions(&records) {
        for version in versions {
            let expected = judge(&database, &name, &version);
            for (way, snapshot) in [("OSV", &from_osv), ("repository", &from_folder)] {
                let answer = snapshot.query("crates.io", &name, &version.to_string()).expect("whole");
                assert!(answer.undecided.is_empty(), "{name} {version}: {:?}", answer.undecided);
                assert_eq!(answer.ids.into_iter().collect::<BTreeSet<_>>(), expected, "{name} {version} from {way}");
            }
            judged += 1;
        }
    }
    let _ = std::fs::remove_dir_all(folder);
    assert!(judged > 5_000, "only {judged} versions were judged");
}

/// Lockfiles that crates in cargo's own cache were published with, and this workspace's.
#[test]
fn the_rustsec_crate_agrees_on_real_lockfiles() {
    let Some(path) = testkit::advisories("rustsec.jsonl.zst") else { return };
    let lockfiles = lockfiles();
    if lockfiles.len() < FEWEST {
        return testkit::skip("lockfiles of published crates", "cargo's cache has too few");
    }
    let folder = repository(&sets::records(&path), "lockfiles");
    let database = Database::open(&folder).expect("the crate reads what was written");
    let snapshot = sets::snapshot(&[path]);
    let (mut judged, mut packages, mut found) = (0, 0, 0);
    for lockfile in lockfiles {
        let Ok(lockfile) = Lockfile::load(&lockfile) else { continue };
        let (asked, hits) = check_lockfile(&database, &snapshot, &lockfile);
        judged += 1;
        packages += asked;
        found += hits;
    }
    let _ = std::fs::remove_dir_all(folder);
    assert!(judged >= FEWEST, "only {judged} lockfiles were judged");
    assert!(packages > 500 && found > 10, "{packages} packages, {found} findings");
}

/// Lockfiles of crates that advisories speak of, at versions around their boundaries.
#[test]
fn the_rustsec_crate_agrees_on_generated_lockfiles() {
    let Some(path) = testkit::advisories("rustsec.jsonl.zst") else { return };
    let records = sets::records(&path);
    let folder = repository(&records, "generated");
    let database = Database::open(&folder).expect("the crate reads what was written");
    let snapshot = sets::snapshot(&[path]);
    let mut lockfiles = vec![String::from("version = 3\n"); GENERATED];
    for (at, (name, versions)) in questions(&records).into_iter().enumerate() {
        for (more, version) in versions.iter().enumerate() {
            let text = &mut lockfiles[(at * 7 + more) % GENERATED];
            let source = rustsec::SourceId::default();
            let _ = writeln!(text, "\n[[package]]\nname = \"{name}\"\nversion = \"{version}\"\nsource = \"{source}\"");
        }
    }
    let mut found = 0;
    for text in lockfiles {
        let lockfile: Lockfile = text.parse().expect("a lockfile");
        found += check_lockfile(&database, &snapshot, &lockfile).1;
    }
    let _ = std::fs::remove_dir_all(folder);
    assert!(found > 1000, "{found} findings");
}

/// Both find the same; how many packages were asked about, and how much was found.
fn check_lockfile(database: &Database, snapshot: &Snapshot, lockfile: &Lockfile) -> (usize, usize) {
    let query = Query::new().withdrawn(false);
    let expected: BTreeSet<(String, String, String)> = database
        .query_vulnerabilities(lockfile, &query)
        .into_iter()
        .map(|found| (found.package.name.to_string(), found.package.version.to_string(), found.advisory.id.to_string()))
        .collect();
    let mut ours = BTreeSet::new();
    let public = lockfile
        .packages
        .iter()
        .filter(|package| package.source.as_ref().is_some_and(rustsec::SourceId::is_default_registry));
    let mut asked = 0;
    for package in public {
        let version = package.version.to_string();
        let answer = snapshot.query("crates.io", package.name.as_str(), &version).expect("whole");
        assert!(answer.undecided.is_empty(), "{package:?}: {:?}", answer.undecided);
        ours.extend(answer.ids.into_iter().map(|id| (package.name.to_string(), version.clone(), id)));
        asked += 1;
    }
    assert_eq!(ours, expected);
    (asked, ours.len())
}

fn lockfiles() -> Vec<PathBuf> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")));
    let below = |folder: PathBuf| std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let registries = home.into_iter().flat_map(|home| below(home.join("registry/src")));
    let cached = registries.flat_map(below).map(|package| package.join("Cargo.lock")).filter(|path| path.is_file());
    cached.chain([testkit::workspace().join("Cargo.lock")]).collect()
}

fn judge(database: &Database, name: &str, version: &Version) -> BTreeSet<String> {
    let name = name.parse().expect("a crate's name");
    let query = Query::new().withdrawn(false).package_name(name).package_version(version.clone());
    database.query(&query).into_iter().map(|advisory| advisory.metadata.id.to_string()).collect()
}

/// Every boundary of every crate, and versions just below and above it.
fn questions(records: &[Value]) -> BTreeMap<String, BTreeSet<Version>> {
    let mut questions: BTreeMap<String, BTreeSet<Version>> = BTreeMap::new();
    for record in records {
        let affected = &record["affected"][0];
        let name = affected["package"]["name"].as_str().expect("a name").to_owned();
        let versions = questions.entry(name).or_default();
        versions.insert(Version::new(0, 0, 0));
        versions.insert(Version::new(9999, 0, 0));
        for (_, text) in events(affected) {
            let version = Version::parse(&text).expect("semver");
            versions.insert(Version::new(version.major, version.minor, version.patch + 1));
            if version.patch > 0 {
                versions.insert(Version::new(version.major, version.minor, version.patch - 1));
            }
            if version.pre.is_empty() {
                versions.insert(Version::parse(&format!("{text}-rc.1")).expect("semver"));
            }
            versions.insert(version);
        }
    }
    questions
}

/// Events of all ranges of an entry, in their order.
fn events(affected: &Value) -> Vec<(bool, String)> {
    let ranges = affected["ranges"].as_array().into_iter().flatten();
    let events = ranges.flat_map(|range| range["events"].as_array().into_iter().flatten());
    let event = |event: &Value| match (event["introduced"].as_str(), event["fixed"].as_str()) {
        (Some(text), _) => (true, text.to_owned()),
        (None, Some(text)) => (false, text.to_owned()),
        _ => panic!("the set has introduced and fixed only: {event}"),
    };
    events.map(event).collect()
}

/// Writes the records as an advisory database.
fn repository(records: &[Value], name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("portcullis-rustsec-{name}-{}", std::process::id()));
    for record in records {
        let package = record["affected"][0]["package"]["name"].as_str().expect("a name");
        let id = record["id"].as_str().expect("an id");
        let place = folder.join("crates").join(package);
        std::fs::create_dir_all(&place).expect("a temporary folder");
        std::fs::write(place.join(format!("{id}.md")), advisory(record, id, package)).expect("a temporary file");
    }
    assert!(Path::new(&folder).exists());
    folder
}

fn advisory(record: &Value, id: &str, name: &str) -> String {
    let mut text = format!("```toml\n[advisory]\nid = \"{id}\"\npackage = \"{name}\"\n");
    let date = &record["published"].as_str().expect("a date")[..10];
    let _ = writeln!(text, "date = \"{date}\"");
    if record["withdrawn"].is_string() {
        let _ = writeln!(text, "withdrawn = \"{date}\"");
    }
    let (patched, unaffected) = requirements(&record["affected"][0]);
    let _ = writeln!(text, "\n[versions]\npatched = {patched:?}\nunaffected = {unaffected:?}\n```\n\n# Title\n\nText.");
    text
}

/// What is not in any of the half-open ranges, as Cargo's requirements.
fn requirements(affected: &Value) -> (Vec<String>, Vec<String>) {
    let (mut patched, mut unaffected) = (Vec::new(), Vec::new());
    let mut fix: Option<String> = None;
    for (introduced, text) in events(affected) {
        if !introduced {
            fix = Some(text);
            continue;
        }
        match fix.take() {
            Some(fix) if fix == text => {}
            Some(fix) => patched.push(format!(">={fix}, <{text}")),
            None if text != "0.0.0-0" => unaffected.push(format!("<{text}")),
            None => {}
        }
    }
    patched.extend(fix.map(|fix| format!(">={fix}")));
    (patched, unaffected)
}
