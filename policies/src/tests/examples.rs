//! Passing examples give nothing, failing ones findings on exactly the lines that are written beside them.

use std::fmt::Write as _;

use model::{Cancel, Document, ProblemSeverity};
use policy::Evaluation;

use super::{POLICIES, documents, examples, folder, name_of};

/// The findings of one rule in its examples, as `file:line`.
fn found(id: &str, kind: &str) -> Vec<(String, u32)> {
    let mut places = Vec::new();
    for file in examples(id, kind) {
        let before = places.len();
        for evaluation in evaluations(&documents(&file)) {
            assert!(evaluation.problems.is_empty(), "{}: {:?}", file.display(), evaluation.problems);
            let own = evaluation.findings.iter().filter(|finding| finding.rule.as_str() == id);
            places.extend(own.map(|finding| {
                let line = finding.locations.first().and_then(model::Location::line);
                (name_of(&file), line.unwrap_or_else(|| panic!("{}: no line: {finding:?}", file.display())))
            }));
        }
        assert!(kind != "fail" || places.len() > before, "{}: nothing found", file.display());
    }
    places.sort();
    places
}

#[test]
fn passing_examples_pass() {
    let faults: Vec<_> = rules().into_iter().map(|id| (id, found(id, "pass"))).collect();
    for (id, places) in faults {
        assert!(places.is_empty(), "{id} finds something in what passes: {places:?}");
    }
}

#[test]
fn failing_examples_fail_on_their_lines() {
    let mut faults = String::new();
    for id in rules() {
        let mut lines = String::new();
        for (file, line) in found(id, "fail") {
            writeln!(lines, "{file}:{line}").expect("a string takes it");
        }
        let expected = std::fs::read_to_string(folder(id).join("expected.txt")).expect("expected.txt");
        if lines != expected {
            writeln!(faults, "{id}\nexpected:\n{expected}found:\n{lines}").expect("a string takes it");
        }
    }
    assert!(faults.is_empty(), "{faults}");
}

#[test]
fn no_rule_stumbles_over_examples_of_others() {
    for id in rules() {
        for file in examples(id, "") {
            let name = name_of(&file);
            if name.ends_with(".rego") || ["expected.txt", "data.yaml"].contains(&name.as_str()) {
                continue;
            }
            for evaluation in evaluations(&documents(&file)) {
                let is_error = evaluation.problems.iter().any(|problem| problem.severity == ProblemSeverity::Error);
                assert!(!is_error && evaluation.unknown == 0, "{}: {:?}", file.display(), evaluation.problems);
            }
        }
    }
}

/// Every document alone, and all together.
fn evaluations(documents: &[Document]) -> Vec<Evaluation> {
    let alone = documents.iter().map(|document| POLICIES.evaluate(document, &Cancel::new()));
    let together = POLICIES.evaluate_together(&documents.iter().collect::<Vec<_>>(), &[], &Cancel::new());
    alone.chain([together]).collect()
}

fn rules() -> Vec<&'static str> {
    POLICIES.rules().iter().map(|loaded| loaded.rule.id.as_str()).collect()
}
