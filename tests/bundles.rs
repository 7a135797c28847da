//! Bundles on the command line: made, signed, refused, taken, and told in every report.

use serde_json::Value;

use crate::command::{Folder, NOW, check_report, portcullis_in, portcullis_with};

const RECORDS: &str = r#"{"id":"x_OWN-1","modified":"2026-08-20T00:00:00Z","affected":[{"package":{"ecosystem":"npm","name":"left"},"versions":["1.0.0"]}]}"#;

/// A folder with a snapshot, two pairs of keys, and bundles 5 and 6 signed by the first.
fn prepared() -> Folder {
    let folder = Folder::new();
    folder.write("records.jsonl", RECORDS);
    done(&folder, &["db", "build", "--from", "records.jsonl", "-o", "a.snapshot"]);
    done(&folder, &["db", "keygen", "-o", "ours", "--no-password"]);
    done(&folder, &["db", "keygen", "-o", "theirs", "--no-password"]);
    for number in ["5", "6"] {
        let output = format!("{number}.bundle");
        let made = ["db", "export", "--db", "a.snapshot", "--sequence", number, "-o", &output, "--now", NOW];
        done(&folder, &[&made[..], &["--key", "ours", "--expires", "2026-09-01"]].concat());
    }
    folder
}

fn done(folder: &Folder, arguments: &[&str]) -> String {
    let run = portcullis_in(folder.path(), arguments, b"");
    assert_eq!(run.code, 0, "{arguments:?}: {}{}", run.stdout, run.stderr);
    run.stdout
}

/// Imports; what is said on standard error, and the code.
fn import(folder: &Folder, bundle: &str, more: &[&str]) -> (i32, String) {
    let common = ["db", "import", bundle, "--db", "installed.snapshot", "--now", NOW];
    let run = portcullis_in(folder.path(), &[&common, more].concat(), b"");
    (run.code, run.stderr)
}

#[track_caller]
#[expect(clippy::needless_pass_by_value, reason = "calls read better with what an import gives")]
fn refused(outcome: (i32, String), said: &[&str]) {
    assert_eq!(outcome.0, 5, "{}", outcome.1);
    for text in said {
        assert!(outcome.1.contains(text), "`{text}` is not in {}", outcome.1);
    }
}

fn scan(folder: &Folder, more: &[&str]) -> (i32, Value) {
    let common = ["scan", "purl:pkg:npm/left@1.0.0", "--db", "installed.snapshot", "--fail-on", "none", "-f", "json"];
    let run = portcullis_in(folder.path(), &[&common, more].concat(), b"");
    let report: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{}", run.stderr));
    check_report(&report);
    (run.code, report)
}

#[test]
fn a_signed_bundle_is_taken_and_every_report_says_from_whom() {
    let folder = prepared();
    assert_eq!(import(&folder, "5.bundle", &["--trusted-key", "ours.pub"]).0, 0);
    let (code, report) = scan(&folder, &["--now", NOW]);
    let origin = &report["data"]["advisories"]["origin"];
    assert_eq!((code, origin["sequence"].as_u64(), origin["kind"].as_str()), (0, Some(5), Some("bundle")));
    let key = std::fs::read_to_string(folder.path().join("ours.pub")).unwrap();
    assert!(key.contains(origin["signed_by"].as_str().unwrap()), "{origin}");
    assert!(origin.get("overrides").is_none(), "{origin}");
    let status = done(&folder, &["db", "status", "--db", "installed.snapshot"]);
    assert!(status.contains("bundle 5 (5.bundle) signed by"), "{status}");
    // The end its publisher set holds for scans too.
    let (code, report) = scan(&folder, &["--now", "2026-09-02"]);
    assert_eq!((code, report["verdict"]["outcome"].as_str()), (5, Some("stale")));
    assert!(report["verdict"]["reasons"].to_string().contains("expired at 2026-09-01"), "{report:#}");
    assert_eq!(scan(&folder, &["--now", "2026-09-02", "--allow-stale"]).0, 0);
}

#[test]
fn what_is_refused_changes_nothing_and_says_what_stays() {
    let folder = prepared();
    let trust = ["--trusted-key", "ours.pub"];
    done(&folder, &["db", "export", "--db", "a.snapshot", "-o", "unsigned.bundle", "--sequence", "9", "--now", NOW]);
    refused(import(&folder, "unsigned.bundle", &trust), &["not signed", "--allow-unsigned", "there is no installed"]);
    refused(import(&folder, "5.bundle", &[]), &["no key is trusted", "--trusted-key"]);
    refused(import(&folder, "5.bundle", &["--trusted-key", "theirs.pub"]), &["it is signed by key"]);
    assert!(!folder.path().join("installed.snapshot").exists());
    assert_eq!(import(&folder, "6.bundle", &trust).0, 0);
    let before = std::fs::read(folder.path().join("installed.snapshot")).unwrap();
    refused(import(&folder, "5.bundle", &trust), &["sequence number is 5", "--allow-older", "5 days old"]);
    let late = ["--trusted-key", "ours.pub", "--now", "2026-09-01"];
    let common = ["db", "import", "6.bundle", "--db", "installed.snapshot"];
    let run = portcullis_in(folder.path(), &[&common[..], &late].concat(), b"");
    refused((run.code, run.stderr), &["expired at 2026-09-01", "--allow-expired"]);
    // Any byte of the snapshot in it: what is around it in the archive says nothing that counts.
    let mut parts = testkit::zip::read(&std::fs::read(folder.path().join("6.bundle")).unwrap());
    let snapshot = parts.iter_mut().find(|(name, _)| !name.starts_with("manifest")).unwrap().1;
    let middle = snapshot.len() / 2;
    snapshot[middle] ^= 1;
    folder.write("damaged.bundle", testkit::zip::write(&parts));
    refused(import(&folder, "damaged.bundle", &trust), &["damaged.bundle"]);
    folder.write("none.bundle", "hello");
    refused(import(&folder, "none.bundle", &trust), &["no bundle"]);
    assert_eq!(std::fs::read(folder.path().join("installed.snapshot")).unwrap(), before);
}

#[test]
fn what_was_allowed_is_in_every_report() {
    let folder = prepared();
    done(
        &folder,
        &["db", "export", "--db", "a.snapshot", "-o", "old.bundle", "--sequence", "2", "--now", "2026-01-01"],
    );
    assert_eq!(import(&folder, "6.bundle", &["--trusted-key", "ours.pub"]).0, 0);
    let flags = ["--allow-unsigned", "--allow-expired", "--allow-older"];
    let (code, said) = import(&folder, "old.bundle", &flags);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("every report that uses the data will say so"), "{said}");
    let (_, report) = scan(&folder, &["--now", NOW, "--allow-stale"]);
    let origin = &report["data"]["advisories"]["origin"];
    assert_eq!(origin["overrides"], serde_json::json!(["unsigned", "expired", "older"]));
    assert!(origin.get("signed_by").is_none());
    let problems = report["targets"][0]["problems"].to_string();
    for flag in flags {
        assert!(problems.contains(flag), "{problems}");
    }
    for format in ["text", "sarif", "junit", "markdown", "html"] {
        let common = ["scan", "purl:pkg:npm/left@1.0.0", "--db", "installed.snapshot", "--fail-on", "none"];
        let run = portcullis_in(folder.path(), &[&common[..], &["--now", NOW, "-f", format]].concat(), b"");
        assert!(run.stdout.contains("--allow-unsigned"), "{format}: {}", run.stdout);
    }
    // A snapshot built in its place came in no bundle.
    done(&folder, &["db", "build", "--from", "records.jsonl", "-o", "installed.snapshot"]);
    assert!(scan(&folder, &["--now", NOW]).1["data"]["advisories"].get("origin").is_none());
}

#[test]
fn an_altered_bundle_can_be_allowed_and_is_told() {
    let folder = prepared();
    // The signature of the one with the manifest of the other.
    let replaced = std::fs::read(folder.path().join("5.bundle")).unwrap();
    let text = |bytes: &[u8]| testkit::zip::read(bytes);
    let (mut five, six) = (text(&replaced), text(&std::fs::read(folder.path().join("6.bundle")).unwrap()));
    five.insert("manifest.json.minisig".to_owned(), six["manifest.json.minisig"].clone());
    folder.write("mixed.bundle", testkit::zip::write(&five));
    let trust = ["--trusted-key", "ours.pub"];
    refused(import(&folder, "mixed.bundle", &trust), &["not one of this manifest", "--allow-altered"]);
    assert_eq!(import(&folder, "mixed.bundle", &[&trust[..], &["--allow-altered"]].concat()).0, 0);
    let (_, report) = scan(&folder, &["--now", NOW]);
    let origin = &report["data"]["advisories"]["origin"];
    assert_eq!((origin["overrides"][0].as_str(), origin.get("signed_by")), (Some("altered"), None));
}

#[test]
fn a_file_that_belongs_to_another_snapshot_is_not_believed() {
    let folder = prepared();
    assert_eq!(import(&folder, "5.bundle", &["--trusted-key", "ours.pub"]).0, 0);
    folder.write("records.jsonl", RECORDS.replace("x_OWN-1", "x_OWN-2"));
    done(&folder, &["db", "build", "--from", "records.jsonl", "-o", "b.snapshot"]);
    std::fs::copy(folder.path().join("b.snapshot"), folder.path().join("installed.snapshot")).unwrap();
    let (code, report) = scan(&folder, &["--now", NOW]);
    assert_eq!((code, report["data"]["advisories"].get("origin")), (0, None));
    let problems = report["targets"][0]["problems"].to_string();
    assert!(problems.contains("is about another snapshot"), "{problems}");
}

#[test]
fn keys_are_encrypted_unless_told_otherwise_and_never_written_over() {
    let folder = Folder::new();
    let run = portcullis_in(folder.path(), &["db", "keygen", "-o", "key"], b"");
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("PORTCULLIS_KEY_PASSWORD") && run.stderr.contains("--no-password"), "{}", run.stderr);
    let with = |password: &str, arguments: &[&str]| {
        portcullis_with(folder.path(), arguments, &[("PORTCULLIS_KEY_PASSWORD", password)])
    };
    assert_eq!(with("a word", &["db", "keygen", "-o", "key"]).code, 0);
    assert_eq!(with("a word", &["db", "keygen", "-o", "key"]).code, 2, "it is there already");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(folder.path().join("key")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let export = ["db", "export", "--key", "key", "-o", "a.bundle", "--now", NOW];
    let wrong = with("another", &export);
    assert!(wrong.code == 2 && wrong.stderr.contains("the password does not fit"), "{}", wrong.stderr);
    let none = portcullis_in(folder.path(), &export, b"");
    assert!(none.code == 2 && none.stderr.contains("PORTCULLIS_KEY_PASSWORD"), "{}", none.stderr);
    assert_eq!(with("a word", &export).code, 0);
    let run = portcullis_in(
        folder.path(),
        &["db", "import", "a.bundle", "--db", "a.snapshot", "--trusted-key", "key.pub", "--now", NOW],
        b"",
    );
    assert_eq!(run.code, 0, "{}", run.stderr);
}
