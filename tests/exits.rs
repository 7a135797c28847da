//! Exit codes: the table of the README, and which of several wins.

use crate::command::{Folder, NOW, portcullis, portcullis_in, scan_json};

const VULNERABLE: &str = "--- requirements.txt\ndjango==3.2.0\n";
const CLEAN: &str = "--- requirements.txt\nportcullis-no-such-package==1.0\n";

fn check(folder: &Folder, arguments: &[&str], code: i32, reason: &str) {
    let report = scan_json(folder.path(), arguments);
    assert_eq!(report["verdict"]["exit_code"], code, "{report:#}");
    let reasons = report["verdict"]["reasons"].to_string();
    assert!(reasons.contains(reason), "{reasons}");
}

#[test]
fn pass() {
    check(&Folder::with(CLEAN), &[], 0, "");
}

#[test]
fn a_finding_fails_the_gate() {
    check(&Folder::with(VULNERABLE), &[], 1, "finding");
}

/// A root in a tar whose end does not fit: what came before is kept, and the limit is named.
#[test]
fn standard_input_beyond_its_limit_is_incomplete() {
    let status = "Package: one\nStatus: install ok installed\nArchitecture: all\nVersion: 1\n";
    let root = testkit::tar::Tar::new()
        .entry(&testkit::tar::Entry::file("etc/os-release", "ID=debian\nVERSION_ID=12\n"))
        .entry(&testkit::tar::Entry::file("var/lib/dpkg/status", status))
        .entry(&testkit::tar::Entry::file("usr/share/large", "x".repeat(20_000)))
        .finish();
    let folder = Folder::new();
    let arguments = ["scan", "-", "--limit", "spool_bytes=9000", "--fail-on", "none", "-f", "json", "--now", NOW];
    let run = portcullis_in(folder.path(), &arguments, &root);
    assert_eq!(run.code, 4, "{}", run.stderr);
    let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let target = &report["targets"][0];
    assert_eq!(target["packages"][0]["name"], "one");
    let problems = target["problems"].to_string();
    assert!(problems.contains("limit `spool_bytes` is 9000; `--limit spool_bytes=N` raises it"), "{problems}");
    // Of an image, which names its layers at its end, nothing can be told; that is no fault of the command line either.
    let image = std::fs::read(testkit::workspace().join("fixtures/demo/service-image.tar")).unwrap();
    let run = portcullis_in(folder.path(), &arguments, &image);
    assert_eq!(run.code, 4, "{}", run.stderr);
    let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let problem = &report["targets"][0]["problems"][0];
    assert_eq!(problem["kind"], "limit", "{problem}");
    assert!(problem["message"].as_str().unwrap().contains("limit `spool_bytes` is 9000"), "{problem}");
}

/// `portcullis scan . | head -1`: whoever reads no further changes no verdict.
#[test]
fn a_reader_that_goes_away_changes_no_verdict() {
    let folder = Folder::with(VULNERABLE);
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_portcullis"));
    command.current_dir(folder.path()).env_clear().args(["scan", "--now", NOW, "-f", "json"]);
    let mut child = command.stdout(std::process::Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(1));
}

/// `helm template . | portcullis scan -`: text without a name is YAML, told by its content.
#[test]
fn text_on_standard_input_needs_no_name() {
    let pod = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - {name: a, securityContext: {privileged: true}}\n";
    let scan = |input: &str| portcullis_in(testkit::workspace(), &["scan", "-", "--now", NOW], input.as_bytes());
    let run = scan(pod);
    assert!(run.code == 1 && run.stdout.contains("stdin.yaml:5:"), "{}{}", run.stdout, run.stderr);
    let lockfile = scan("{\"lockfileVersion\": 3, \"packages\": {}}");
    assert!(lockfile.code == 3 && lockfile.stderr.contains("--name package-lock.json"), "{}", lockfile.stderr);
    let empty = scan("");
    assert!(empty.code == 3 && empty.stderr.contains("standard input is empty"), "{}", empty.stderr);
}

#[test]
fn fail_on_decides() {
    check(&Folder::with(VULNERABLE), &["--fail-on", "none"], 0, "");
}

#[test]
fn conditions_decide_beyond_severity() {
    let folder = Folder::with(VULNERABLE);
    check(&folder, &["--fail-on", "malicious"], 0, "no finding for malicious");
    check(&folder, &["--fail-on", "malicious,any+fixable"], 1, "for malicious,any+fixable");
    check(&folder, &["--fail-on", "kev,epss>0.5"], 0, "no finding for kev,epss>0.5");
    check(&folder, &["--fail-on", "kev"], 0, "kev is not known: the advisory data has no list");
    let report = scan_json(folder.path(), &["--fail-on", "any+fixable"]);
    for finding in report["targets"][0]["findings"].as_array().unwrap() {
        let is_fixable = !finding["fixed_in"].as_array().unwrap().is_empty();
        assert_eq!(finding["gate"].as_bool(), Some(is_fixable), "{finding}");
    }
}

#[test]
fn nothing_to_scan() {
    let folder = Folder::with("--- notes.txt\nhello\n");
    check(&folder, &[], 3, "nothing");
    check(&folder, &["--allow-empty"], 0, "");
    // It was opened, for it might have been an object; no rule judges it.
    check(&Folder::with("--- list.json\n[{\"apiVersion\": \"v1\", \"kind\": \"Pod\"}]\n"), &[], 3, "nothing");
}

#[test]
fn damage_is_incomplete_and_keeps_what_was_found() {
    let folder =
        Folder::with(&format!("{VULNERABLE}--- web/package-lock.json\n{{\"lockfileVersion\": 3, \"packages\": \n"));
    let report = scan_json(folder.path(), &["--fail-on", "none"]);
    assert_eq!(report["verdict"]["exit_code"], 4, "{report:#}");
    assert!(!report["targets"][0]["findings"].as_array().unwrap().is_empty());
    let problem = &report["targets"][0]["problems"][0];
    assert_eq!(
        (problem["severity"].as_str(), problem["path"].as_str()),
        (Some("error"), Some("web/package-lock.json"))
    );
    assert!(problem["line"].is_u64(), "{problem}");
    check(&folder, &[], 1, "finding");
    check(&folder, &["--fail-on", "none", "--allow-incomplete"], 0, "");
}

#[test]
fn missing_or_damaged_data_is_its_own_code() {
    let folder = Folder::with(CLEAN);
    check(&folder, &["--db", "no-such.snapshot"], 5, "no-such.snapshot");
    folder.write("bad.snapshot", b"not a snapshot at all");
    check(&folder, &["--db", "bad.snapshot"], 5, "bad.snapshot");
    // Old data may be allowed; data that cannot be read is no data.
    check(&folder, &["--db", "bad.snapshot", "--allow-stale"], 5, "bad.snapshot");
    check(&folder, &["--db", "bad.snapshot", "--scanners", "policy"], 3, "nothing");
}

#[test]
fn old_data_is_stale_only_when_asked() {
    let folder = Folder::with(CLEAN);
    let old = ["scan", "-f", "json", "--now", "2027-08-25"];
    assert_eq!(portcullis_in(folder.path(), &old, b"").code, 0);
    assert_eq!(portcullis_in(folder.path(), &[&old[..], &["--max-data-age", "30"]].concat(), b"").code, 5);
    assert_eq!(
        portcullis_in(folder.path(), &[&old[..], &["--max-data-age", "30", "--allow-stale"]].concat(), b"").code,
        0
    );
}

#[test]
fn usage_comes_before_everything_and_writes_no_report() {
    let folder = Folder::with(VULNERABLE);
    for arguments in [
        &["scan", "--no-such-flag"][..],
        &["scan", "no-such-folder"],
        &["scan", "--fail-on", "sometimes"],
        &["scan", "--scanners", "luck"],
        &["scan", "-f", "text", "-f", "json"],
        &["scan", "-f", "papyrus"],
        &["scan", "--policy", "no-such.rego"],
        &["scan", "--now", "yesterday"],
        &["scan", "registry:example.org/app:1", "--offline"],
        &["frobnicate"],
    ] {
        let run = portcullis_in(folder.path(), arguments, b"");
        assert_eq!(run.code, 2, "{arguments:?}: {}", run.stderr);
        assert_eq!(run.stdout, "", "{arguments:?}");
        assert!(run.stderr.contains("error"), "{arguments:?}: {}", run.stderr);
    }
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    use std::process::{Command, Stdio};
    for arguments in
        [&["schema", "report"][..], &["completions", "bash"], &["man"], &["policy", "list"], &["db", "status"]]
    {
        let mut child = Command::new(env!("CARGO_BIN_EXE_portcullis"))
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!said.contains("panicked"), "{arguments:?}: {said}");
    }
}

#[test]
fn narrower_commands_take_standard_input_of_their_kind() {
    let folder = Folder::new();
    let image = std::fs::read(testkit::workspace().join("fixtures/demo/service-image.tar")).unwrap();
    let run = |command: &str, input: &[u8]| {
        portcullis_in(
            folder.path(),
            &[command, "-", "--name", "requirements.txt", "--fail-on", "none", "--now", NOW],
            input,
        )
        .code
    };
    assert_eq!((run("fs", b"django==3.2.0\n"), run("image", b"django==3.2.0\n")), (0, 2));
    assert_eq!((run("fs", &image), run("image", &image)), (2, 0));
}

#[test]
fn packages_that_nothing_speaks_of_are_named() {
    let folder = Folder::new();
    let report = scan_json(folder.path(), &["purl:pkg:deb/debian/openssl@1.1.1?distro=debian-12"]);
    let problems = report["targets"][0]["problems"].to_string();
    assert!(problems.contains("no source for Debian:12"), "{problems}");
}

#[test]
fn a_missing_path_says_what_was_tried() {
    let run = portcullis(&["scan", "no-such-thing"]);
    assert!(run.stderr.contains("no-such-thing: no such file or folder"), "{}", run.stderr);
}

#[test]
fn every_report_is_written_whatever_the_code() {
    let folder = Folder::with(VULNERABLE);
    let run = portcullis_in(
        folder.path(),
        &["scan", "--now", NOW, "-f", "text", "-f", "sarif=a.sarif", "-f", "json=a.json"],
        b"",
    );
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stdout.contains("django"));
    for name in ["a.sarif", "a.json"] {
        assert!(folder.path().join(name).metadata().unwrap().len() > 0, "{name}");
    }
}

#[cfg(unix)]
#[test]
fn a_report_that_is_cut_off_is_not_left_behind() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::with(CLEAN);
    let file = |name: &str| folder.path().join(name);
    let run = |limit: &str, output: &str| {
        let command = format!("trap '' XFSZ; ulimit -f {limit}; exec \"$0\" scan requirements.txt -f json={output}");
        let mut shell = std::process::Command::new("sh");
        shell.args(["-c", &command, env!("CARGO_BIN_EXE_portcullis")]).current_dir(folder.path());
        shell.output().expect("a shell").status.code()
    };
    let names = || {
        let found = std::fs::read_dir(folder.path()).expect("a folder").flatten();
        let mut names: Vec<_> = found.map(|entry| entry.file_name().into_string().expect("a name")).collect();
        names.sort();
        names
    };
    assert_eq!((run("1", "out.json"), names()), (Some(2), vec!["requirements.txt".to_owned()]));
    // What was there before is still there, whole.
    folder.write("out.json", "before");
    std::fs::set_permissions(file("out.json"), std::fs::Permissions::from_mode(0o640)).expect("it is ours");
    std::os::unix::fs::symlink("out.json", file("link.json")).expect("a link");
    assert_eq!(run("1", "link.json"), Some(2));
    assert_eq!(std::fs::read_to_string(file("out.json")).expect("a file"), "before");
    assert_eq!(run("unlimited", "link.json"), Some(0));
    let report = std::fs::read(file("out.json")).expect("a file");
    assert!(serde_json::from_slice::<serde_json::Value>(&report).is_ok());
    assert_eq!(std::fs::metadata(file("out.json")).expect("a file").permissions().mode() & 0o777, 0o640);
    assert!(std::fs::symlink_metadata(file("link.json")).expect("a link").is_symlink());
    // Devices are written as they are.
    assert_eq!((run("unlimited", "/dev/stdout"), run("unlimited", "/dev/null")), (Some(0), Some(0)));
    assert_eq!(names(), ["link.json", "out.json", "requirements.txt"]);
}
