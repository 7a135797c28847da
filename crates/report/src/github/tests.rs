//! Annotations, and that nothing scanned becomes a command.

use proptest::prelude::*;

use crate::{Format, Options, testing, write};

fn github(report: &model::Report) -> String {
    let mut bytes = Vec::new();
    write(report, Format::Github, &Options::default(), &mut bytes).expect("a Vec takes every write");
    String::from_utf8(bytes).expect("text is UTF-8")
}

#[test]
fn worst_first_and_the_verdict() {
    insta::assert_snapshot!(github(&testing::report()), @"");
}

#[test]
fn ten_of_a_kind() {
    let findings = (0..25).map(|number| testing::vulnerability(&format!("CVE-2024-{number}"), "pkg:npm/a@1"));
    let shown = github(&testing::report_of(findings.collect()));
    assert_eq!(shown.lines().filter(|line| line.starts_with("::error ")).count(), 10);
    assert!(shown.contains("15 more errors not annotated"), "{shown}");
}

proptest! {
    #[test]
    fn nothing_scanned_is_a_command(bad in any::<String>()) {
        let bad = format!("x\n::add-mask::{bad}\r\n::set-env name=A::b");
        let mut report = testing::report();
        report.verdict.reasons.push(bad.clone());
        for target in &mut report.targets {
            target.name.clone_from(&bad);
            for finding in &mut target.findings {
                finding.message.clone_from(&bad);
                finding.remedy = Some(bad.clone());
            }
            target.problems.iter_mut().for_each(|problem| problem.message.clone_from(&bad));
        }
        for line in github(&report).lines() {
            let is_ours = ["::error ", "::warning ", "::notice "].iter().any(|start| line.starts_with(start));
            prop_assert!(is_ours || !line.trim_start().starts_with("::"), "{}", line);
            prop_assert!(is_ours || line.starts_with("portcullis: ") || line.contains(" not annotated"), "{}", line);
        }
    }
}
