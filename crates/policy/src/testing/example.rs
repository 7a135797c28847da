//! Examples beside a policy: what passes, and what fails at which lines.

use model::{Cancel, Document, Finding, Problem, ProblemSeverity, Status};

use crate::PolicySet;
use crate::testing::{TestCase, TestOutcome};

/// A file that lies beside a policy and shows what its rules find.
#[derive(Clone, Debug)]
pub struct Example {
    /// The policy it lies beside, by the name of its file.
    pub policy: String,
    /// What it is called: `fail.yaml`.
    pub name: String,
    /// What the rules of that file must do.
    pub expects: Expectation,
    /// What it holds.
    pub documents: Vec<Document>,
    /// What could not be read of it.
    pub problems: Vec<Problem>,
}

/// What the rules of a policy must do with an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expectation {
    /// Find nothing.
    Nothing,
    /// Find something.
    Something,
    /// Find what begins at these 1-based lines: as many findings as lines, in any order.
    Lines(Vec<u32>),
}

/// Judges an example by the rules of its policy's file.
pub(super) fn run(set: &PolicySet, example: &Example) -> TestCase {
    let (outcome, message) = match found(set, example) {
        Ok(findings) => compare(&example.expects, &findings),
        Err(message) => (TestOutcome::Error, message),
    };
    TestCase {
        suite: example.policy.clone(),
        test: "examples".to_owned(),
        case: example.name.clone(),
        outcome,
        message,
    }
}

fn found(set: &PolicySet, example: &Example) -> Result<Vec<Finding>, String> {
    let is_error = |problem: &&Problem| problem.severity == ProblemSeverity::Error;
    let shown = |problem: &Problem| format!("{}: {}", example.name, problem.message);
    if let Some(problem) = example.problems.iter().find(is_error) {
        return Err(shown(problem));
    }
    if example.documents.is_empty() {
        return Err(format!("{}: it holds no document", example.name));
    }
    let names = |entry: &crate::package::Entry| set.rules()[entry.rule].file == example.policy;
    let packages: Vec<_> = set.packages.iter().filter(|package| package.entries.iter().any(names)).collect();
    if packages.is_empty() {
        return Err(format!("{} has no rule that could judge it", example.policy));
    }
    let evaluation = set.evaluate_by(&packages, &example.documents, &Cancel::new());
    if let Some(problem) = evaluation.problems.iter().find(is_error) {
        return Err(shown(problem));
    }
    Ok(evaluation.findings.into_iter().filter(|finding| finding.status != Status::Suppressed).collect())
}

fn compare(expects: &Expectation, findings: &[Finding]) -> (TestOutcome, String) {
    let mut lines: Vec<u32> = findings.iter().map(line).collect();
    lines.sort_unstable();
    let is_met = match expects {
        Expectation::Nothing => findings.is_empty(),
        Expectation::Something => !findings.is_empty(),
        Expectation::Lines(expected) => {
            let mut expected = expected.clone();
            expected.sort_unstable();
            expected == lines
        }
    };
    if is_met {
        return (TestOutcome::Pass, String::new());
    }
    let mut message = match expects {
        Expectation::Nothing => "nothing should be found".to_owned(),
        Expectation::Something => "something should be found, and nothing was".to_owned(),
        Expectation::Lines(expected) => format!("lines {} should be found", list(expected)),
    };
    for finding in findings {
        message += &format!("; line {}: {}", line(finding), finding.message);
    }
    (TestOutcome::Fail, message)
}

fn line(finding: &Finding) -> u32 {
    finding.locations.first().and_then(|location| location.line()).unwrap_or(0)
}

fn list(lines: &[u32]) -> String {
    lines.iter().map(u32::to_string).collect::<Vec<_>>().join(", ")
}
