//! The comment a reviewer sees.

use proptest::prelude::*;

use crate::{Format, Options, testing, write};

fn markdown(report: &model::Report) -> String {
    let mut bytes = Vec::new();
    write(report, Format::Markdown, &Options::default(), &mut bytes).expect("a Vec takes every write");
    String::from_utf8(bytes).expect("text is UTF-8")
}

#[test]
fn everything() {
    insta::assert_snapshot!(markdown(&testing::report()), @"");
}

#[test]
fn is_never_too_long_to_be_posted() {
    let findings =
        (0..5_000).map(|number| testing::vulnerability(&format!("CVE-2024-{number}"), "pkg:npm/lodash@4.17.4"));
    let shown = markdown(&testing::report_of(findings.collect()));
    assert!((50_000..=60_000).contains(&shown.len()), "{}", shown.len());
    assert!(shown.contains("more findings left out"));
    assert!(shown.contains("Advisory data of 2026-08-21"));
}

proptest! {
    #[test]
    fn tables_stay_tables(bad in any::<String>()) {
        let bad = format!("a|b`|`<!--\n|---|\n{bad}");
        let mut report = testing::report();
        for target in &mut report.targets {
            target.name.clone_from(&bad);
            for finding in &mut target.findings {
                finding.title.clone_from(&bad);
                finding.remedy = Some(bad.clone());
            }
        }
        for line in markdown(&report).lines().filter(|line| line.starts_with('|')) {
            let bars = line.replace("\\\\", "").replace("\\|", "").matches('|').count();
            prop_assert!(bars == 5 || bars == 6, "{}", line);
        }
    }
}
