//! `db`: build, look at, ask and compare, as a script would.

use serde_json::Value;

use crate::command::{Folder, portcullis, portcullis_in};

const RECORDS: &str = r#"{"id":"GHSA-aaaa-aaaa-aaaa","modified":"2026-08-01T00:00:00Z","aliases":["CVE-2026-1111"],"affected":[{"package":{"ecosystem":"npm","name":"left"},"ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"1.2.0"}]}]}]}
{"id":"x_OWN-1","modified":"2026-08-02T00:00:00Z","aliases":["CVE-2026-1111"],"affected":[{"package":{"ecosystem":"npm","name":"left"},"versions":["1.0.0"]}]}
{"id":"x_OWN-2","modified":"2026-08-03T00:00:00Z","withdrawn":"2026-08-04T00:00:00Z","affected":[{"package":{"ecosystem":"npm","name":"left"},"versions":["1.0.0"]}]}
this is no record
"#;

fn built() -> Folder {
    let folder = Folder::new();
    folder.write("records.jsonl", RECORDS);
    let run = portcullis_in(folder.path(), &["db", "build", "--from", "records.jsonl", "-o", "a.snapshot"], b"");
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains("records.jsonl") && run.stderr.contains('4'), "the bad line is named: {}", run.stderr);
    folder
}

fn ask(folder: &Folder, question: &str) -> Value {
    let run = portcullis_in(folder.path(), &["db", "query", "--db", "a.snapshot"], question.as_bytes());
    assert_eq!(run.code, 0, "{}", run.stderr);
    serde_json::from_str(&run.stdout).expect("one answer")
}

#[test]
fn answers_what_the_interface_says() {
    let folder = built();
    let answer = ask(&folder, r#"{"ecosystem":"npm","name":"left","version":"1.0.0","mine":7}"#);
    assert_eq!(answer["mine"], 7);
    assert_eq!(answer["ids"], serde_json::json!(["GHSA-aaaa-aaaa-aaaa", "x_OWN-1"]));
    assert_eq!(answer["groups"].as_array().map(Vec::len), Some(1), "{answer}");
    assert_eq!(answer["undecided"], serde_json::json!([]));
    assert_eq!(ask(&folder, r#"{"purl":"pkg:npm/left@1.2.0"}"#)["ids"], serde_json::json!([]));
    let undecided = ask(&folder, r#"{"ecosystem":"npm","name":"left","version":"latest"}"#);
    assert_eq!(undecided["undecided"][0]["id"], "GHSA-aaaa-aaaa-aaaa", "{undecided}");
}

#[test]
fn equal_input_gives_equal_bytes() {
    let (first, second) = (built(), built());
    let bytes = |folder: &Folder| std::fs::read(folder.path().join("a.snapshot")).unwrap();
    assert_eq!(bytes(&first), bytes(&second));
}

#[test]
fn strict_refuses_a_bad_record() {
    let folder = Folder::new();
    folder.write("records.jsonl", RECORDS);
    let run =
        portcullis_in(folder.path(), &["db", "build", "--strict", "--from", "records.jsonl", "-o", "a.snapshot"], b"");
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(!folder.path().join("a.snapshot").exists());
}

#[test]
fn status_and_verify() {
    let folder = built();
    let run =
        portcullis_in(folder.path(), &["db", "status", "--db", "a.snapshot", "--json", "--now", "2026-08-13"], b"");
    let status: Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!((status["records"].as_u64(), status["embedded"].as_bool()), (Some(3), Some(false)), "{status}");
    assert_eq!(portcullis_in(folder.path(), &["db", "verify", "--db", "a.snapshot"], b"").code, 0);
    let mut bytes = std::fs::read(folder.path().join("a.snapshot")).unwrap();
    let last = bytes.len() - 5;
    bytes[last] ^= 0x40;
    folder.write("b.snapshot", bytes);
    let damaged = portcullis_in(folder.path(), &["db", "verify", "--db", "b.snapshot"], b"");
    assert_eq!(damaged.code, 5, "{}{}", damaged.stdout, damaged.stderr);
    let embedded = portcullis(&["db", "status"]);
    assert_eq!(embedded.code, 0);
    assert!(embedded.stdout.contains("rustsec") || embedded.stdout.contains("RustSec"), "{}", embedded.stdout);
}

#[test]
fn compares_versions() {
    for (ecosystem, left, right, expected) in [
        ("Debian", "1.0~rc1-1", "1.0-1", "<"),
        ("deb", "1:1.0", "2.0", ">"),
        ("npm", "1.0.0", "1.0.0+build", "="),
        ("PyPI", "1.0.dev1", "1.0a1", "<"),
        ("rpm", "1.0^git1", "1.0", ">"),
        ("apk", "1.0_rc1", "1.0", "<"),
        ("Go", "v1.0.0-20200101000000-abcdefabcdef", "v1.0.0", "<"),
        ("crates.io", "latest", "1.0.0", "undecided"),
    ] {
        let run = portcullis(&["db", "compare", ecosystem, left, right]);
        assert_eq!((run.code, run.stdout.trim()), (0, expected), "{ecosystem} {left} {right}: {}", run.stderr);
    }
    let folder = Folder::new();
    let many = portcullis_in(folder.path(), &["db", "compare", "npm"], b"1.0.0\t2.0.0\n2.0.0\t2.0.0\n");
    assert_eq!(many.stdout, "<\n=\n");
    assert_eq!(portcullis(&["db", "compare", "nosuch", "1", "2"]).code, 2);
}

#[test]
fn explains_why_and_why_not() {
    let folder = built();
    let explain =
        |more: &[&str]| portcullis_in(folder.path(), &[&["explain", "--db", "a.snapshot"], more].concat(), b"");
    let check = |package: &str, advisory: &str, said: &[&str]| {
        let run = explain(&["--package", package, "--advisory", advisory]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        for text in said.iter().chain(&["sha256:"]) {
            assert!(run.stdout.contains(text), "{package} {advisory}: `{text}` is not in {}", run.stdout);
        }
    };
    let id = "GHSA-aaaa-aaaa-aaaa";
    check(
        "pkg:npm/left@1.0.0",
        id,
        &["answer      affected", "before 1.2.0: holds it", "compared by the semantic ordering"],
    );
    check("pkg:npm/left@1.2.0", id, &["answer      not affected", "before 1.2.0: does not hold it"]);
    check("pkg:npm/left@latest", id, &["answer      undecided", "which cannot be ordered"]);
    check(
        "pkg:npm/right@1.0.0",
        id,
        &["does not speak of this package", "looked up   npm right", "speaks of   npm left"],
    );
    check("pkg:pypi/left@1.0.0", id, &["does not speak of this package", "has no source for PyPI"]);
    check("pkg:npm/left@1.0.0", "x_OWN-2", &["withdrawn"]);
    // An alias names every record that has it.
    check("pkg:npm/left@1.1.0", "CVE-2026-1111", &[id, "x_OWN-1", "not affected"]);
    let run = explain(&["--package", "pkg:npm/left@1.2.0", "--advisory", id, "--json"]);
    let value: Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(value["reasonings"][0]["answer"], "not-affected", "{value}");
    for (wrong, said) in [
        (&["--package", "left", "--advisory", id][..], "no package URL"),
        (&["--package", "pkg:npm/left@1", "--advisory", "CVE-0000-0000"], "no record of that name"),
        (&["--advisory", id], "--package"),
        (&["--package", "pkg:npm/left@1"], "--package needs an advisory"),
        (&["--report", "a.json"], "--report needs the fingerprint"),
        (&[], "explain what?"),
    ] {
        let run = explain(wrong);
        assert_eq!(run.code, 2, "{wrong:?}");
        assert!(run.stderr.contains(said), "{wrong:?}: {}", run.stderr);
    }
}

#[test]
fn snapshots_are_stacked() {
    let folder = built();
    let own = r#"{"id":"x_OURS-1","modified":"2026-08-05T00:00:00Z","aliases":["CVE-2026-1111"],"affected":[{"package":{"ecosystem":"npm","name":"left"},"ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"2.0.0"}]}]}]}"#;
    folder.write("own.jsonl", own);
    let run = |arguments: &[&str], input: &str| portcullis_in(folder.path(), arguments, input.as_bytes());
    assert_eq!(run(&["db", "build", "--from", "own.jsonl", "-o", "own.snapshot"], "").code, 0);
    let both = ["--db", "a.snapshot", "--db", "own.snapshot"];
    let asked = run(&[&["db", "query"], &both[..]].concat(), r#"{"ecosystem":"npm","name":"left","version":"1.0.0"}"#);
    let answer: Value = serde_json::from_str(&asked.stdout).expect("an answer");
    assert_eq!(answer["ids"], serde_json::json!(["GHSA-aaaa-aaaa-aaaa", "x_OURS-1", "x_OWN-1"]));
    assert_eq!(answer["groups"].as_array().map(Vec::len), Some(1), "one matter, whoever says it");
    let scan = |more: &[&str]| {
        run(&[&["scan", "purl:pkg:npm/left@1.5.0", "-f", "json", "--fail-on", "none"], &both[..], more].concat(), "")
    };
    let fresh = scan(&["--now", "2026-08-06"]);
    let report: Value = serde_json::from_str(&fresh.stdout).expect("a report");
    assert_eq!(fresh.code, 0, "{}", fresh.stderr);
    assert_eq!(report["data"]["advisories"]["records"], 3);
    assert_eq!(report["data"]["stacked"][0]["records"], 1);
    let finding = &report["targets"][0]["findings"][0];
    assert_eq!(finding["rule"], "CVE-2026-1111");
    let disagreeing: Vec<&str> = finding["evidence"]["disagreeing"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|o| o["id"].as_str())
        .collect();
    assert_eq!(disagreeing, ["GHSA-aaaa-aaaa-aaaa", "x_OWN-1"]);
    // Each has an age of its own, and it is said whose is too high.
    let old = scan(&["--now", "2026-08-18"]);
    let report: Value = serde_json::from_str(&old.stdout).expect("a report");
    assert_eq!(
        (old.code, report["verdict"]["reasons"][0].as_str()),
        (5, Some("a.snapshot: advisory data is 15 days old, allowed are 14"))
    );
    let missing = run(&["scan", "purl:pkg:npm/left@1.5.0", "--db", "own.snapshot", "--db", "none.snapshot"], "");
    assert!(missing.stdout.contains("CVE-2026-1111") && missing.stdout.contains("none.snapshot"), "{}", missing.stdout);
    let status =
        run(&[&["db", "status", "--json", "--now", "2026-08-18"], &both[..], &["--db", "embedded"]].concat(), "");
    let status: Value = serde_json::from_str(&status.stdout).expect("JSON");
    assert_eq!((status[1]["records"].as_u64(), status[2]["embedded"].as_bool()), (Some(1), Some(true)));
    folder.write("portcullis.toml", "db = [\"a.snapshot\", \"own.snapshot\"]\n");
    let by_file = run(&["scan", "purl:pkg:npm/left@1.5.0", "--now", "2026-08-06", "-f", "json"], "");
    let report: Value = serde_json::from_str(&by_file.stdout).expect("a report");
    assert_eq!(report["data"]["stacked"].as_array().map(Vec::len), Some(1));
}

#[test]
fn what_is_kept_and_its_date_can_be_chosen() {
    let folder = Folder::new();
    let record = r#"{"id":"x_OURS-1","modified":"2020-01-01T00:00:00Z","summary":"A title of ours","affected":[{"package":{"ecosystem":"npm","name":"left"},"versions":["1.0.0"]}]}"#;
    folder.write("own.jsonl", record);
    let run = |arguments: &[&str]| portcullis_in(folder.path(), arguments, b"");
    let build = |more: &[&str]| {
        let built = run(&[&["db", "build", "--from", "own.jsonl", "-o", "own.snapshot"], more].concat());
        assert_eq!(built.code, 0, "{}", built.stderr);
        run(&["explain", "x_OURS-1", "--db", "own.snapshot"]).stdout
    };
    assert!(!build(&[]).contains("A title of ours"), "facts only, unless titles are asked for");
    assert!(build(&["--summaries"]).contains("A title of ours"));
    let scan = || run(&["scan", "purl:pkg:npm/left@1.1.0", "--db", "own.snapshot", "--now", "2026-08-18"]).code;
    assert_eq!(scan(), 5, "the newest record is old");
    build(&["--as-of", "2026-08-17"]);
    assert_eq!(scan(), 0, "who built it says that it is complete");
    let wrong = run(&["db", "build", "--from", "own.jsonl", "-o", "own.snapshot", "--as-of", "yesterday"]);
    assert!(wrong.code == 2 && wrong.stderr.contains("--as-of yesterday"), "{}", wrong.stderr);
}
