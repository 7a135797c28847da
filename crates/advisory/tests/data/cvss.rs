//! The CVSS lists: what a vector scores in a record.

use std::fmt::Write as _;

use portcullis_advisory::{BuildOptions, Snapshot, build};
use serde_json::json;

/// Scores of vectors as a snapshot gives them; `None` where a vector is refused.
fn scores(vectors: &[String]) -> Vec<Option<f64>> {
    let mut lines = String::new();
    for (at, vector) in vectors.iter().enumerate() {
        let record = json!({"id": format!("V-{at}"), "severity": [{"type": "CVSS", "score": vector}], "affected": []});
        let _ = writeln!(lines, "{record}");
    }
    let path = std::env::temp_dir().join(format!("portcullis-cvss-{}-{}.jsonl", std::process::id(), vectors.len()));
    std::fs::write(&path, lines).expect("a temporary file");
    let built = build(std::slice::from_ref(&path), &BuildOptions::default()).expect("a snapshot").0;
    let _ = std::fs::remove_file(path);
    let snapshot = Snapshot::from_bytes(built.bytes).expect("whole");
    let score = |at: usize| {
        let record = snapshot.record(&format!("V-{at}")).expect("whole").expect("every record is kept");
        record.score.map(model::Score::value)
    };
    (0..vectors.len()).map(score).collect()
}

fn lines(file: &str) -> Option<Vec<String>> {
    let path = testkit::shared(&format!("conformance/cvss/{file}"))?;
    let text = std::fs::read_to_string(path).expect("the list is there");
    Some(text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')).map(str::to_owned).collect())
}

fn check_scores(file: &str, differences: &str) {
    let Some(lines) = lines(file) else { return };
    let split = |line: &String| {
        let mut words = line.split_whitespace();
        let vector = words.next().expect("a vector").to_owned();
        (vector, words.next().expect("a score").parse::<f64>().expect("a number"))
    };
    let (vectors, expected): (Vec<String>, Vec<f64>) = lines.iter().map(split).unzip();
    let mut shown = String::new();
    for ((vector, expected), found) in vectors.iter().zip(expected).zip(scores(&vectors)) {
        if found != Some(expected) {
            let _ = writeln!(shown, "{vector} {expected} {found:?}");
        }
    }
    assert_eq!(shown, differences, "{file}");
}

#[test]
fn vectors_score_as_listed() {
    check_scores("v30_score.list", "");
    check_scores("v31_score.list", "");
    check_scores("v4_score.list", "");
    check_scores("v2_score.list", "");
}

#[test]
fn wrong_vectors_are_refused_and_right_ones_taken() {
    // Taken by the crate: a group that is not whole or not in order still has one score.
    let lenient = [
        "AV:A/AC:L/Au:N/C:C/I:C/A:C/CDP:H/TD:H/CR:H",
        "AV:A/AC:L/Au:N/C:C/I:C/A:C/E:F",
        "AV:A/AC:L/Au:N/A:C/I:C/C:C",
        "CVSS:4.0/AV:N/AC:L/AT:N/PR:H/UI:N/VC:L/VI:L/VA:N/SC:N/SI:N/E:A/SA:N",
    ];
    for file in ["v2_error.list", "v3_error.list", "v4_error.list"] {
        let Some(lines) = lines(file) else { return };
        let vectors: Vec<String> =
            lines.iter().map(|line| line.split('#').next().unwrap_or_default().trim().to_owned()).collect();
        for (line, score) in lines.iter().zip(scores(&vectors)) {
            let expected =
                line.contains("#OK") || lenient.contains(&line.as_str()) || is_of_another_version(file, line);
            assert_eq!(score.is_some(), expected, "{file}: {line}");
        }
    }
    for file in ["v2_roundtrip.list", "v3_roundtrip.list", "v4_roundtrip.list"] {
        let Some(lines) = lines(file) else { return };
        let vectors: Vec<String> =
            lines.iter().map(|line| line.split('#').next().unwrap_or_default().trim().to_owned()).collect();
        for (line, score) in lines.iter().zip(scores(&vectors)) {
            assert!(score.is_some(), "{file}: {line}");
        }
    }
}

/// A right vector of version 3 is in the list of what is no vector of version 4.
fn is_of_another_version(file: &str, line: &str) -> bool {
    file.starts_with("v4") && line.starts_with("CVSS:3.1/")
}
