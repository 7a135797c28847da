//! JUnit as build servers read it, checked with another XML reader.

use std::io::Write as _;
use std::process::{Command, Stdio};

use proptest::prelude::*;

use crate::{Format, Options, testing, write};

fn junit(report: &model::Report) -> String {
    let mut bytes = Vec::new();
    write(report, Format::Junit, &Options::default(), &mut bytes).expect("a Vec takes every write");
    String::from_utf8(bytes).expect("XML is UTF-8")
}

/// Counts as Python's reader sees them.
const COUNT: &str = "import sys, xml.etree.ElementTree as t; r = t.fromstring(sys.stdin.buffer.read()); \
    print(r.tag, [r.get(n) for n in ('tests', 'failures', 'errors', 'skipped')], \
    [len(r.findall('./testsuite/testcase' + n)) for n in ('', '/failure', '/error', '/skipped')])";

fn read_by_python(xml: &str) -> Option<String> {
    let child = Command::new("python3")
        .args(["-c", COUNT])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut child) = child else {
        testkit::skip("JUnit read by another reader", "python3 is not installed");
        return None;
    };
    child.stdin.take().expect("stdin is piped").write_all(xml.as_bytes()).expect("python reads");
    let output = child.wait_with_output().expect("python ends");
    assert!(output.status.success(), "{}\n{xml}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).expect("UTF-8"))
}

#[test]
fn numbers_agree() {
    let Some(seen) = read_by_python(&junit(&testing::report())) else { return };
    insta::assert_snapshot!(seen.trim(), @"");
}

#[test]
fn cases() {
    let mut report = testing::report();
    report.targets.truncate(1);
    report.targets[0].findings.retain(|finding| !finding.rule.as_str().starts_with("CVE-2020-1"));
    insta::assert_snapshot!(junit(&report), @"");
}

#[test]
fn nothing_found_is_a_passing_case() {
    let shown = junit(&testing::report_of(Vec::new()));
    assert!(shown.contains("<testcase classname=\"portcullis\" name=\"no finding\"/>"), "{shown}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]
    #[test]
    fn any_text_is_well_formed(bad in any::<String>()) {
        let bad = format!("]]>\u{ffff}\0{bad}");
        let mut report = testing::report();
        for target in &mut report.targets {
            target.name.clone_from(&bad);
            for finding in &mut target.findings {
                finding.message.clone_from(&bad);
                finding.aliases = vec![bad.clone()];
            }
            target.problems.iter_mut().for_each(|problem| problem.message.clone_from(&bad));
        }
        read_by_python(&junit(&report));
    }
}
