//! Ends of support.

use model::Os;

use super::*;
use crate::build::{BuildOptions, build};
use crate::testing::{Folder, record};

const PRODUCTS: &str = r#"{"id":"debian","title":"Debian","releases":[{"releaseCycle":"13","eol":"2028-08-09"},{"releaseCycle":"12","eol":"2026-07-11","eoes":"2028-06-30"},{"releaseCycle":"7","eol":true}]}
{"id":"rocky-linux","title":"Rocky","releases":[{"releaseCycle":"9","eol":"2032-05-31"},{"releaseCycle":"8","eol":false}]}"#;

fn snapshot() -> Snapshot {
    let folder = Folder::new();
    let from = [
        folder.write("endoflife.jsonl", PRODUCTS),
        folder.write("records.jsonl", record("A-1 : npm a >=0").to_string()),
    ];
    let (built, problems) = build(&from, &BuildOptions::default()).expect("a snapshot");
    assert!(problems.is_empty(), "{problems:?}");
    Snapshot::from_bytes(built.bytes).expect("whole")
}

fn check(id: &str, version: &str, now: &str, expected: &str) {
    let os = Os { id: id.to_owned(), version: Some(version.to_owned()), codename: None, like: Vec::new(), name: None };
    let now = format!("{now}T00:00:00Z").parse().expect("a date");
    let shown = match end_of_life(&[&snapshot()], &os, now).expect("whole") {
        None => "nothing".to_owned(),
        Some((finding, rule)) => {
            assert_eq!(finding.rule, rule.id);
            format!("{} {}: {}", finding.rule, finding.severity, finding.message)
        }
    };
    assert_eq!(shown, expected);
}

#[test]
fn past_the_last_day() {
    check("debian", "12", "2026-07-11", "nothing");
    let medium = "end-of-life/debian-12 medium: debian 12 is past its end of life since 2026-07-11. Extended support runs until 2028-06-30.";
    check("debian", "12", "2026-07-12", medium);
    check(
        "debian",
        "12.4",
        "2028-07-01",
        "end-of-life/debian-12 high: debian 12 is past its end of life since 2026-07-11.",
    );
    check("debian", "7", "2020-01-01", "end-of-life/debian-7 high: debian 7 is past its end of life.");
    check("rocky", "8.9", "2040-01-01", "nothing");
    check("rocky", "9.3", "2040-01-01", "end-of-life/rocky-9 high: rocky 9 is past its end of life since 2032-05-31.");
    check("debian", "1", "2040-01-01", "nothing");
    check("plan9", "4", "2040-01-01", "nothing");
}

#[test]
fn what_is_no_product() {
    assert!(parse(b"{").is_err());
    assert!(parse(br#"{"id":"a","releases":[{"releaseCycle":"1","eol":"soon"}]}"#).is_err());
}

#[test]
fn all_shared_products_are_read() {
    let Some(path) = testkit::shared("conformance/eol/endoflife.jsonl") else { return };
    let text = std::fs::read_to_string(path).expect("it is there");
    let products: Vec<Product> = text.lines().map(|line| parse(line.as_bytes()).expect("a product")).collect();
    let cycles: usize = products.iter().map(|product| product.cycles.len()).sum();
    assert_eq!((products.len(), cycles), (464, 8351));
}
