//! The age of the advisory data: in every format, and what it does to the verdict.

use crate::command::{FORMATS, Folder, NOW, portcullis_in};

/// The embedded data is of this day; the formats have to show it.
fn newest() -> String {
    let run = portcullis_in(testkit::workspace(), &["db", "status", "--json"], b"");
    let status: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    status["built_at"].as_str().unwrap()[..10].to_owned()
}

#[test]
fn every_format_says_of_when_the_data_is() {
    let newest = newest();
    let help = portcullis_in(testkit::workspace(), &["scan", ".", "-f", "papyrus"], b"").stderr;
    let formats: Vec<&str> = FORMATS.into_iter().filter(|format| help.contains(format)).collect();
    assert!(formats.len() >= 9, "the error names the formats: {help}");
    let folder = Folder::with("--- requirements.txt\ndjango==3.2.0\n");
    for format in formats {
        let run = portcullis_in(folder.path(), &["scan", "--fail-on", "none", "--now", NOW, "-f", format], b"");
        assert_eq!(run.code, 0, "{format}: {}", run.stderr);
        assert!(run.stdout.contains(&newest), "{format} does not say that the data is of {newest}: {}", run.stdout);
    }
}

#[test]
fn fourteen_days_hold_for_data_the_user_installed() {
    let folder = Folder::with("--- requirements.txt\nportcullis-no-such-package==1.0\n");
    let record = r#"{"id":"x_OWN-1","modified":"2026-08-01T00:00:00Z","affected":[{"package":{"ecosystem":"PyPI","name":"a"},"versions":["1"]}]}"#;
    folder.write("records.jsonl", record);
    let built = portcullis_in(folder.path(), &["db", "build", "--from", "records.jsonl", "-o", "a.snapshot"], b"");
    assert_eq!(built.code, 0, "{}", built.stderr);
    let check = |more: &[&str], code: i32, said: &str| {
        let run = portcullis_in(folder.path(), &[&["scan", "-v", "--exclude", "*.jsonl"], more].concat(), b"");
        assert_eq!(run.code, code, "{more:?}: {}{}", run.stdout, run.stderr);
        assert!(run.stdout.contains(said), "{more:?}: `{said}` is not in {}", run.stdout);
    };
    let own = ["--db", "a.snapshot"];
    let at = |day: &'static str| [&own[..], &["--now", day]].concat();
    check(&at("2026-08-15"), 0, "14 days old");
    check(&at("2026-08-16"), 5, "advisory data is 15 days old, allowed are 14");
    check(&[&at("2026-08-16")[..], &["--allow-stale"]].concat(), 0, "allowed are 14 (allowed)");
    check(&[&at("2026-08-16")[..], &["--max-data-age", "15"]].concat(), 0, "15 days old");
    check(&[&at("2026-08-02")[..], &["--max-data-age", "0"]].concat(), 5, "1 day old, allowed are 0");
    check(&at("2026-07-01"), 0, "dated after the date of judgement");
    // The embedded data only warns, unless a limit is given.
    check(&["--now", "2027-08-25"], 0, "newer advisories are not known to it");
    check(&["--now", "2027-08-25", "--max-data-age", "14"], 5, "allowed are 14");
}
