//! Policies through a registry: Debian's on loopback, which is real.

use serde_json::Value;

use crate::command::{Folder, NOW, Run, findings, portcullis_with};
use crate::engines::{is_missing, registry};

const FILES: &str = "\
--- a.yaml
team: b
--- policy/deny.rego
package main

import rego.v1

deny contains msg if {
	not input.team in data.teams.known
	msg := sprintf(\"%s is no team\", [input.team])
}
--- policy/teams/data.yaml
known: [a]
";

fn run(folder: &Folder, arguments: &[&str]) -> Run {
    portcullis_with(folder.path(), arguments, &[])
}

#[test]
fn there_and_back() {
    if is_missing(&["docker-registry"]) {
        return;
    }
    let folder = Folder::with(FILES);
    let (_service, address) = registry(&folder, "");
    let reference = format!("oci:{address}/team/policies:1");
    let push = run(&folder, &["policy", "push", "policy", &reference, "--plain-http", &address]);
    assert_eq!(push.code, 0, "{}", push.stderr);
    let pinned = push.stdout.trim().to_owned();
    assert!(pinned.starts_with(&format!("oci:{address}/team/policies@sha256:")), "{pinned}");
    // The same files are the same bytes.
    let again = run(&folder, &["policy", "push", "policy", &reference, "--plain-http", &address]);
    assert_eq!(again.stdout.trim(), pinned);

    let scan = |policy: &str, more: &[&str]| {
        let common = ["scan", "a.yaml", "--no-builtin-policies", "--policy", policy, "--plain-http", &address];
        run(&folder, &[&common[..], &["-f", "json", "--now", NOW], more].concat())
    };
    for policy in [&reference, &pinned] {
        let scanned = scan(policy, &[]);
        let report: Value = serde_json::from_str(&scanned.stdout).unwrap_or_else(|_| panic!("{}", scanned.stderr));
        assert_eq!(findings(&report), ["policy main/deny a.yaml:1"]);
        let pulled = &report["data"]["policies"]["pulled"][0];
        assert!(pinned.ends_with(pulled["digest"].as_str().unwrap()), "{pulled}");
        assert!(policy.ends_with(pulled["reference"].as_str().unwrap()), "{pulled}");
    }
    let offline = scan(&reference, &["--offline"]);
    assert_eq!((offline.code, offline.stdout.as_str()), (2, ""));
    folder.write("portcullis.toml", format!("policy = [\"{reference}\"]\n"));
    let common = ["scan", "a.yaml", "--no-builtin-policies", "--plain-http", &address];
    let by_file = run(&folder, &common);
    assert_eq!(by_file.code, 2, "{}", by_file.stdout);
    assert!(by_file.stderr.contains("named with --policy"), "{}", by_file.stderr);
    std::fs::remove_file(folder.path().join("portcullis.toml")).unwrap();

    let pull =
        |more: &[&str]| run(&folder, &[&["policy", "pull", &reference, "--plain-http", &address], more].concat());
    let pulled = pull(&["--output", "got"]);
    assert_eq!((pulled.code, pulled.stdout.trim()), (0, pinned.as_str()), "{}", pulled.stderr);
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(read("got/deny.rego"), read("policy/deny.rego"));
    assert_eq!(read("got/teams/data.json"), "{\"known\":[\"a\"]}");
    let twice = pull(&["--output", "got"]);
    assert_eq!(twice.code, 2, "nothing is overwritten");
    let missing = run(&folder, &["policy", "pull", &format!("oci:{address}/team/none:1"), "--plain-http", &address]);
    assert_eq!(missing.code, 2, "{}", missing.stdout);
    assert!(missing.stderr.contains("is not there"), "{}", missing.stderr);
}

#[test]
fn a_bundle_stays_whole_and_an_image_is_no_policy() {
    if is_missing(&["docker-registry", "tar"]) {
        return;
    }
    let folder = Folder::with(FILES);
    let (_service, address) = registry(&folder, "");
    let mut pack = std::process::Command::new("tar");
    pack.args(["-czf", "bundle.tar.gz", "-C", "policy", "."]);
    assert!(pack.current_dir(folder.path()).status().unwrap().success());
    let reference = format!("oci:{address}/team/bundle:1");
    let push = run(&folder, &["policy", "push", "bundle.tar.gz", &reference, "--plain-http", &address]);
    assert_eq!(push.code, 0, "{}", push.stderr);
    let common = ["scan", "a.yaml", "--no-builtin-policies", "--policy", &reference, "--plain-http", &address];
    let scanned = run(&folder, &[&common[..], &["-f", "json", "--now", NOW]].concat());
    let report: Value = serde_json::from_str(&scanned.stdout).unwrap_or_else(|_| panic!("{}", scanned.stderr));
    assert_eq!(findings(&report), ["policy main/deny a.yaml:1"]);
    let key = folder.write("key", "a secret");
    let key = key.display().to_string();
    let unsigned = run(&folder, &[&common[..], &["--verification-key", &key]].concat());
    assert_eq!(unsigned.code, 2, "{}", unsigned.stdout);
    assert!(unsigned.stderr.contains("not signed"), "{}", unsigned.stderr);
}

/// Conftest pushed, and pulled what we pushed; OPA took our bundle: `cargo xtask oracle policy registry` wrote it down. What we push now has
/// the layers that they took.
#[test]
fn conftest_and_opa_take_what_is_pushed() {
    let record = testkit::workspace().join("crates/policy/oracle/registry.txt");
    let record = std::fs::read_to_string(record).expect("they were not asked: run `cargo xtask oracle policy`");
    let pulled: Vec<&str> = record.lines().filter(|line| line.starts_with("pull\t")).collect();
    assert!(pulled.len() == 3 && pulled.iter().all(|line| line.ends_with("\tequal")), "{pulled:#?}");
    let layers = |who: &str| {
        let lines = record.lines().filter_map(|line| line.strip_prefix("layer\t"));
        let of = lines.filter_map(|line| line.split_once('\t')).filter(|(by, _)| by.starts_with(who));
        of.map(|(_, layer)| layer.trim_start_matches("policy/").to_owned()).collect::<Vec<_>>()
    };
    let kinds =
        |who: &str| layers(who).iter().map(|line| line.split('\t').next().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(kinds("conftest"), kinds("portcullis")[..3]);
    for kind in [portcullis::policy::POLICY_LAYER, portcullis::policy::DATA_LAYER, portcullis::policy::BUNDLE_LAYER] {
        assert!(kinds("portcullis").iter().any(|recorded| recorded == kind), "{kind}");
    }
}
