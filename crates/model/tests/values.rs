//! Values that every room builds: what they refuse, and that they come back from JSON as they went.

use std::time::{Duration, Instant};

use portcullis_model::{
    Cancel, Digest, ExitCode, Fingerprint, LayerIndex, Location, NodePath, Origin, Outcome, Package, Position, Purl,
    RuleId, Score, Segment, Severity, Snippet, Span, TreePath,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// JSON there and back; gives the JSON.
fn check_round_trip<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(value: &T) -> String {
    let json = serde_json::to_string(value).expect("JSON");
    assert_eq!(serde_json::from_str::<T>(&json).expect("the same"), *value, "{json}");
    json
}

fn check_refused<T: DeserializeOwned + std::fmt::Debug>(json: &str) {
    assert!(serde_json::from_str::<T>(json).is_err(), "{json}");
}

fn span(start: u32, end: u32) -> Span {
    let at = |offset| Position { line: 1, column: offset + 1, offset };
    Span { start: at(start), end: at(end) }
}

fn path(text: &str) -> TreePath {
    TreePath::rooted(text).expect("a path")
}

#[test]
fn spans_join_and_contain() {
    let (left, right) = (span(2, 5), span(4, 9));
    assert_eq!(left.join(right), span(2, 9));
    assert_eq!(right.join(left), span(2, 9));
    assert!(left.join(right).contains(&left) && left.join(right).contains(&right));
    assert!(!left.contains(&right) && left.contains(&left));
}

#[test]
fn locations() {
    let origin = Origin { path: path("etc/x"), layer: Some(LayerIndex(3)) };
    let mut location = origin.at(span(2, 5));
    location.snippet = Some(Snippet { line: 1, text: "a: b".to_owned() });
    let json = check_round_trip(&location);
    insta::assert_snapshot!(json, @r#"{"path":"/etc/x","line":1,"start":{"line":1,"column":3,"offset":2},"end":{"line":1,"column":6,"offset":5},"layer":3,"snippet":{"line":1,"text":"a: b"}}"#);
    insta::assert_snapshot!(check_round_trip(&origin.location()), @r#"{"path":"/etc/x","layer":3}"#);
    let line_only: Location = serde_json::from_str(r#"{"path":"a","line":7}"#).expect("a location");
    assert_eq!(line_only.line(), Some(7));
}

#[test]
fn packages() {
    let purl: Purl = "pkg:npm/%40a/b@1.0".parse().expect("a purl");
    let mut package = Package::new("@a/b", purl, "npm-lock");
    assert_eq!((package.version.as_deref(), package.purl_type().as_str()), (Some("1.0"), "npm"));
    package.locations.push(Location::file(path("x")));
    insta::assert_snapshot!(check_round_trip(&package), @r#"{"type":"npm","name":"@a/b","version":"1.0","purl":"pkg:npm/%40a/b@1.0","relationship":"unknown","scope":"unknown","locations":[{"path":"/x"}],"found_by":"npm-lock"}"#);
    package.set_purl("pkg:deb/debian/b@2".parse().expect("a purl"));
    assert_eq!(package.purl_type().as_str(), "deb");
    check_refused::<Purl>(r#""npm:a""#);
}

#[test]
fn digests() {
    for length in [32, 64] {
        let name = if length == 32 { "sha256" } else { "sha512" };
        let text = format!("{name}:{}", "0f".repeat(length));
        let digest: Digest = text.parse().expect("a digest");
        assert_eq!((digest.to_string(), digest.as_bytes().len(), digest.algorithm().name()), (text, length, name));
        check_round_trip(&digest);
    }
    assert_eq!(Digest::sha256([15; 32]).hex(), "0f".repeat(32));
    assert_ne!(Digest::sha256([0; 32]), Digest::sha512([0; 64]));
    check_refused::<Digest>(r#""sha256:00""#);
}

#[test]
fn severities_and_scores() {
    for severity in Severity::WORST_FIRST {
        assert_eq!(severity.name().parse(), Ok(severity));
        check_round_trip(&severity);
    }
    assert!(Severity::WORST_FIRST.is_sorted_by(|worse, better| worse > better));
    assert_eq!("IMPORTANT".parse(), Ok(Severity::High));
    assert!("terrible".parse::<Severity>().is_err());
    // The scale of CVSS 3.1, section 5.
    let words = [
        (0.0, "negligible"),
        (0.1, "low"),
        (3.9, "low"),
        (4.0, "medium"),
        (6.9, "medium"),
        (7.0, "high"),
        (8.9, "high"),
        (9.0, "critical"),
        (10.0, "critical"),
    ];
    for (value, word) in words {
        let score = Score::new(value).expect("a score");
        assert_eq!(score.severity().name(), word, "{value}");
        check_round_trip(&score);
    }
    for value in [-0.1, 10.1, f64::NAN, f64::INFINITY] {
        assert_eq!(Score::new(value), None, "{value}");
    }
    check_refused::<Score>("11");
}

#[test]
fn fingerprints() {
    let fingerprint = Fingerprint::from_sum(&[0xab; 32]);
    assert_eq!(fingerprint.as_str(), "ab".repeat(16));
    check_round_trip(&fingerprint);
    check_round_trip(&Fingerprint::default());
    check_refused::<Fingerprint>(r#""abc""#);
}

#[test]
fn rule_ids() {
    let id: RuleId = "kubernetes/privileged-container".parse().expect("an id");
    check_round_trip(&id);
    for bad in ["", "two words", "line\nbreak", "é", &"x".repeat(256)] {
        assert!(bad.parse::<RuleId>().is_err(), "{bad:?}");
    }
}

#[test]
fn exit_codes_are_the_numbers_scripts_know() {
    let outcomes =
        [Outcome::Pass, Outcome::Fail, Outcome::Misconfigured, Outcome::Nothing, Outcome::Incomplete, Outcome::Stale];
    assert_eq!(outcomes.map(|outcome| u8::from(outcome.exit_code())), [0, 1, 2, 3, 4, 5]);
    assert_eq!(check_round_trip(&ExitCode::Usage), "2");
    check_refused::<ExitCode>("6");
}

#[test]
fn node_paths_read_like_code() {
    let key = |name: &str| Segment::Key(name.to_owned());
    let path =
        NodePath::default().child(key("spec")).child(key("containers")).child(Segment::Index(0)).child(key("a b"));
    assert_eq!(path.to_string(), r#"spec.containers[0]["a b"]"#);
    assert_eq!(NodePath(vec![Segment::Index(2), key("x")]).to_string(), "[2].x");
}

#[test]
fn a_cancel_reaches_every_clone() {
    let cancel = Cancel::new();
    let clone = cancel.clone();
    assert!(clone.check().is_ok());
    cancel.cancel();
    assert!(clone.is_cancelled() && clone.check().is_err());
    assert!(Cancel::with_deadline(Instant::now()).is_cancelled());
    assert!(!Cancel::with_deadline(Instant::now() + Duration::from_secs(3600)).is_cancelled());
}
