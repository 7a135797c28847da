//! `portcullis.toml`, environment and flags: which wins, and what an accepted finding looks like.

use std::process::Command;

use serde_json::Value;

use crate::command::{Folder, NOW, portcullis, portcullis_in, portcullis_with, scan_json};

const VULNERABLE: &str = "--- requirements.txt\ndjango==3.2.0\n";

fn rules(report: &Value) -> Vec<String> {
    let findings = report["targets"][0]["findings"].as_array().unwrap();
    findings.iter().map(|finding| finding["rule"].as_str().unwrap().to_owned()).collect()
}

/// Accepts every finding of the vulnerable folder, with what `more` adds to each entry.
fn accepting(more: &str) -> Folder {
    let folder = Folder::with(VULNERABLE);
    let found = rules(&scan_json(folder.path(), &[]));
    assert!(!found.is_empty());
    let entries: Vec<String> =
        found.iter().map(|rule| format!("[[ignore]]\nid = \"{rule}\"\nreason = \"not reachable\"\n{more}\n")).collect();
    folder.write("portcullis.toml", entries.join("\n"));
    folder
}

#[test]
fn an_accepted_finding_passes_and_stays_in_the_report() {
    let folder = accepting("");
    let report = scan_json(folder.path(), &[]);
    assert_eq!(report["verdict"]["exit_code"], 0, "{:#}", report["verdict"]);
    let finding = &report["targets"][0]["findings"][0];
    assert_eq!(
        (finding["status"].as_str(), finding["suppression"]["reason"].as_str()),
        (Some("suppressed"), Some("not reachable"))
    );
    assert_eq!(finding["suppression"]["from_scanned_tree"], true, "the file lies in what is scanned: {finding:#}");
    assert_eq!(scan_json(folder.path(), &["--no-config"])["verdict"]["exit_code"], 1);
    let text = portcullis_in(folder.path(), &["scan", "--now", NOW], b"");
    assert!(text.stdout.contains("suppressed") && text.stdout.contains("portcullis.toml"), "{}", text.stdout);
}

#[test]
fn an_expired_acceptance_is_active_again_and_said_so() {
    let report = scan_json(accepting("expires = \"2026-08-01\"").path(), &[]);
    assert_eq!(report["verdict"]["exit_code"], 1);
    let said = report["targets"][0]["problems"].to_string();
    assert!(said.contains("expired"), "{said}");
}

#[test]
fn a_scope_that_does_not_fit_accepts_nothing() {
    assert_eq!(scan_json(accepting("paths = [\"other/*\"]").path(), &[])["verdict"]["exit_code"], 1);
    assert_eq!(scan_json(accepting("paths = [\"requirements.txt\"]").path(), &[])["verdict"]["exit_code"], 0);
    assert_eq!(scan_json(accepting("packages = [\"pkg:pypi/django@*\"]").path(), &[])["verdict"]["exit_code"], 0);
}

#[test]
fn an_acceptance_without_a_reason_is_refused() {
    let folder = Folder::with(&format!("{VULNERABLE}--- portcullis.toml\n[[ignore]]\nid = \"CVE-2026-1\"\n"));
    let run = portcullis_in(folder.path(), &["scan"], b"");
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("reason") && run.stderr.contains("portcullis.toml"), "{}", run.stderr);
}

#[test]
fn a_wrong_key_is_refused_with_its_line() {
    let folder = Folder::with(&format!("{VULNERABLE}--- portcullis.toml\n\nfail-one = \"high\"\n"));
    let run = portcullis_in(folder.path(), &["scan"], b"");
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("fail-one") && run.stderr.contains("line 2"), "{}", run.stderr);
}

#[test]
fn flag_beats_environment_beats_file() {
    let folder = Folder::with(&format!("{VULNERABLE}--- portcullis.toml\nfail-on = \"none\"\n"));
    let code = |environment: Option<&str>, flag: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_portcullis"));
        command.current_dir(folder.path()).env_clear().args(["scan", "--now", NOW]).args(flag);
        command.envs(environment.map(|value| ("PORTCULLIS_FAIL_ON", value)));
        command.output().unwrap().status.code()
    };
    assert_eq!(code(None, &[]), Some(0));
    assert_eq!(code(Some("any"), &[]), Some(1));
    assert_eq!(code(Some("any"), &["--fail-on", "none"]), Some(0));
}

/// Whoever can change the tree can write what decides about it: a reader must see that.
#[test]
fn what_a_file_inside_the_tree_decides_is_said() {
    let file = "fail-on = \"none\"\nexclude = [\"vendor/**\"]\njobs = 1\n";
    let folder = Folder::with(&format!("{VULNERABLE}--- portcullis.toml\n{file}"));
    let said = "decides what is judged and what fails (fail-on, exclude)";
    let problems = |arguments: &[&str]| scan_json(folder.path(), arguments)["targets"][0]["problems"].to_string();
    assert!(problems(&[]).contains(said));
    assert!(problems(&["rootfs:.", "--lockfiles"]).contains(said));
    assert!(!problems(&["--no-config"]).contains(said));
    assert!(!problems(&["--config", "portcullis.toml"]).contains(said), "the user named it");
}

#[test]
fn the_published_schema_takes_a_real_file() {
    let run = portcullis_in(testkit::workspace(), &["schema", "config"], b"");
    let schema: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let good = serde_json::json!({"fail-on": "high", "ignore": [{"id": "CVE-1", "reason": "why", "targets": ["app"], "expires": "2027-01-01"}]});
    assert!(validator.is_valid(&good));
    assert!(!validator.is_valid(&serde_json::json!({"fail-one": "high"})));
    assert!(!validator.is_valid(&serde_json::json!({"ignore": [{"id": "CVE-1"}]})));
}

/// Limits are set by name, and the message of one that was hit says how; what is scanned sets none.
#[test]
fn limits_by_name() {
    let folder = Folder::new();
    let layer = |name: &str| testkit::layer::Layer::files(&[(name, "x")]);
    folder.write("in/app.tar", testkit::image::Image::new([layer("a"), layer("b")]).oci_archive());
    let scan = |arguments: &[&str]| {
        let report = scan_json(folder.path(), &[&["--fail-on", "none", "--allow-empty"], arguments].concat());
        report["targets"].as_array().unwrap().iter().map(|target| target["problems"].to_string()).collect::<String>()
    };
    let said = "limit `layers` is 1; `--limit layers=N` raises it";
    assert!(!scan(&["in/app.tar"]).contains(said));
    assert!(scan(&["in/app.tar", "--limit", "layers=1"]).contains(said));
    folder.write("other.toml", "[limits]\nlayers = 1\n");
    assert!(scan(&["in/app.tar", "--config", "other.toml"]).contains(said));
    assert!(!scan(&["in/app.tar", "--config", "other.toml", "--limit", "layers=2"]).contains(said));
    folder.write("in/portcullis.toml", "[limits]\nlayers = 1\n");
    let run = portcullis_in(&folder.path().join("in"), &["scan", ".", "--allow-empty", "--now", NOW], b"");
    assert!(
        run.stderr.contains("its limits are not followed") && !run.stdout.contains(said),
        "{}{}",
        run.stdout,
        run.stderr
    );
    let run = portcullis_in(folder.path(), &["scan", "in/app.tar", "--limit", "layer-bytes=1"], b"");
    assert!(run.code == 2 && run.stderr.contains("there is no limit `layer-bytes`"), "{}", run.stderr);
    let run = portcullis_in(folder.path(), &["scan", "in/app.tar", "--limit", "layers"], b"");
    assert!(run.code == 2 && run.stderr.contains("NAME=N"), "{}", run.stderr);
}

#[test]
fn a_wrong_value_is_said_to_be_where_it_is() {
    let folder = Folder::with("--- a/requirements.txt\nx==1\n");
    let said = |file: &str, arguments: &[&str], environment: &[(&str, &str)]| {
        folder.write("portcullis.toml", file);
        let run = portcullis_with(folder.path(), &[&["scan", "a"], arguments].concat(), environment);
        assert_eq!(run.code, 2, "{}", run.stderr);
        run.stderr
    };
    let check = |found: String, expected: &str| assert!(found.contains(expected), "{expected}: {found}");
    check(said("fail-on = \"hihg\"", &[], &[]), "error: fail-on in the settings file: `hihg`");
    check(said("fail-on = \"hihg\"", &["--fail-on", "lwo"], &[]), "error: --fail-on: `lwo`");
    check(said("scanners = [\"x\"]", &[], &[]), "error: scanners in the settings file: there is no scanner `x`");
    check(said("jobs = \"x\"", &[], &[]), "invalid type: string \"x\", expected a whole number");
    check(said("", &[], &[("PORTCULLIS_JOBS", "x")]), "note: the value is from PORTCULLIS_JOBS in the environment");
    check(said("", &["--max-data-age", "-1"], &[]), "invalid value '-1' for '--max-data-age <DAYS>'");
    assert!(!said("", &["--jobs", "x"], &[]).contains("environment"));
}

#[test]
fn help_has_options_where_they_belong() {
    let help = portcullis(&["scan", "--help"]).stdout;
    let (general, registries) = help.split_once("Registries:").expect("a heading");
    assert!(general.contains("--color <COLOR>") && general.contains("--jobs <N>"), "{help}");
    let of_registries = registries.lines().filter(|line| line.trim_start().starts_with("--"));
    assert_eq!(of_registries.count(), 8, "{registries}");
}
