//! What is shortened and what is not, and what becomes of hostile text.

use model::{Problem, ProblemKind, Severity};
use proptest::prelude::*;

use super::{plain, text};
use crate::{Options, testing};

#[test]
fn verbose_leaves_nothing_out() {
    let shown = text(&testing::report(), &Options { verbose: true, ..Options::default() });
    assert!(!shown.contains("-v shows"), "{shown}");
    for finding in testing::report().targets.iter().flat_map(|target| &target.findings) {
        assert!(shown.contains(finding.rule.as_str()), "{}", finding.rule);
    }
    assert!(shown.contains("larger than 16 MiB"));
    assert!(shown.contains("note[data-age]"));
}

#[test]
fn fifty_vulnerabilities_do_not_drown_a_person() {
    let findings = (0..50).map(|number| testing::vulnerability(&format!("CVE-2024-{number}"), "pkg:npm/lodash@4.17.4"));
    let report = testing::report_of(findings.collect());
    let shown = plain(&report);
    assert!(shown.lines().count() < 40, "{shown}");
    assert!(shown.contains("lodash 4.17.4 has 50 vulnerabilities (50 high)"), "{shown}");
    assert!(shown.contains("and 42 more: 42 high"), "{shown}");
}

#[test]
fn what_does_not_fail_the_gate_becomes_short() {
    let findings = (0..100).map(|number| {
        let mut finding = testing::vulnerability(&format!("CVE-2024-{number}"), &format!("pkg:npm/p{number}@1.0.0"));
        finding.severity = Severity::Low;
        finding.gate = number == 50;
        finding
    });
    let shown = plain(&testing::report_of(findings.collect()));
    assert!(shown.starts_with("low[CVE-2024-50]"), "{shown}");
    assert!(shown.contains("87 more findings do not fail the gate, in short:"), "{shown}");
    assert!(shown.contains("and 47 more findings: 47 low (-v shows them)"), "{shown}");
}

#[test]
fn many_problems_are_counted() {
    let mut report = testing::report_of(Vec::new());
    report.targets[0].problems =
        (0..70).map(|number| Problem::error(ProblemKind::Syntax, format!("fault {number}"))).collect();
    let shown = plain(&report);
    assert!(shown.contains("error[syntax]: 20 more such problems"), "{shown}");
    assert!(shown.contains("problems     70 errors"), "{shown}");
}

/// Every line fits, but for those that hold one thing which cannot be broken: a path, or a source line's mark.
#[test]
fn lines_fit_the_terminal() {
    for width in [60, 80, 120] {
        let shown = text(&testing::report(), &Options { width, ..Options::default() });
        for line in shown.lines().filter(|line| !line.contains("--> ")) {
            assert!(super::super::layout::width(line) <= width, "{width}: {line}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn terminals_are_not_steered(bad in any::<String>(), width in 0_usize..200, verbose in any::<bool>()) {
        let mut report = testing::report();
        report.tool.name.clone_from(&bad);
        report.verdict.reasons.push(bad.clone());
        for target in &mut report.targets {
            target.name.clone_from(&bad);
            target.platform = Some(bad.clone());
            target.layers.iter_mut().for_each(|layer| layer.created_by = Some(bad.clone()));
            for finding in &mut target.findings {
                finding.title.clone_from(&bad);
                finding.message.clone_from(&bad);
                finding.remedy = Some(bad.clone());
                finding.aliases = vec![bad.clone()];
                finding.fixed_in.push(bad.clone());
                for location in &mut finding.locations {
                    if let Some(snippet) = &mut location.snippet {
                        snippet.text = format!("{bad}\n{bad}\n{bad}");
                    }
                }
            }
            target.problems.iter_mut().for_each(|problem| problem.message.clone_from(&bad));
            for package in &mut target.packages {
                package.name.clone_from(&bad);
                package.found_by = bad.clone().into();
            }
        }
        let shown = text(&report, &Options { width, verbose, list: verbose, ..Options::default() });
        prop_assert!(!shown.chars().any(|c| c != '\n' && (c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c))), "{}", shown);
    }
}

#[test]
fn what_the_base_image_brought_and_what_is_hidden() {
    let mut report = testing::report();
    report.targets.retain(|target| target.kind == model::TargetKind::Image);
    let target = &mut report.targets[0];
    for (layer, base) in target.layers.iter_mut().zip([true, false]) {
        layer.base = Some(base);
    }
    for (at, finding) in target.findings.iter_mut().enumerate() {
        finding.base = Some(at != 0);
    }
    let last = target.findings.last_mut().expect("some");
    (last.hidden_by, last.gate) = (Some(model::LayerIndex(1)), false);
    let text = plain(&report);
    let headings: Vec<&str> =
        text.lines().filter(|line| line.starts_with("yours") || line.starts_with("base image")).collect();
    // A package of which one finding is yours is yours.
    assert_eq!(headings, ["yours: 2 findings", "base image: 3 findings"], "{text}");
    assert!(text.contains("= hidden: layer 1 overwrites or deletes it; whoever has the image still has it"), "{text}");
}
