//! Runs what is kept beside policies to test them: `test_` rules, examples with the lines they must be found at, and Gatekeeper's suites.

mod coverage;
mod example;
mod rules;

use regex::Regex;
use serde::Serialize;

pub use coverage::{Coverage, FileCoverage, Lines, Row};
pub use example::{Example, Expectation};

use coverage::Reached;

use crate::gatekeeper::suite::{self, Suite};
use crate::{Namespaces, Options, PolicyError, PolicyFile, load};

/// What the tests of some policies said; serialises to what `portcullis policy test -f json` prints.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct TestReport {
    /// Cases that did what they should.
    pub passed: u64,
    /// Cases that did not.
    pub failed: u64,
    /// Cases that could not be evaluated.
    pub errors: u64,
    /// Cases that are to be written yet: `todo_test_` rules.
    pub skipped: u64,
    /// One for each `test_` rule and each example, in the order of files.
    pub cases: Vec<TestCase>,
    /// Which lines the rules and examples reached, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coverage: Option<Coverage>,
}

/// One case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TestCase {
    /// The file of the rule, or of the policy that an example lies beside.
    pub suite: String,
    /// The `test_` rule with its package, or `examples`.
    pub test: String,
    /// The example; empty for a `test_` rule.
    pub case: String,
    /// How it ended.
    pub outcome: TestOutcome,
    /// What was wrong; empty where nothing was.
    pub message: String,
}

/// How a case ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TestOutcome {
    /// As it should.
    Pass,
    /// Not as it should.
    Fail,
    /// It could not be evaluated.
    Error,
    /// It was not tried.
    Skip,
}

/// What is tested.
#[derive(Default)]
pub struct Tests<'a> {
    /// Policies and their `test_` rules.
    pub files: Vec<PolicyFile>,
    /// Examples beside policies.
    pub examples: &'a [Example],
    /// Gatekeeper's suites.
    pub suites: Vec<Suite<'a>>,
    /// Only cases whose names match; all without it.
    pub filter: Option<Regex>,
    /// Also say which lines were reached; each test runs twice then. Suites have policies of their own and are left out.
    pub coverage: bool,
}

/// Runs all tests of some policies. Every package is asked, whatever the options say of namespaces; policies that do not
/// compile are errors, and the tests of the others still run.
pub fn run_tests(tests: Tests<'_>, options: &Options) -> (TestReport, Vec<PolicyError>) {
    let options = Options { namespaces: Namespaces::All, ..options.clone() };
    let (set, errors) = load(tests.files, &options);
    let mut report = TestReport::default();
    let is_wanted =
        |names: &[&str]| tests.filter.as_ref().is_none_or(|filter| names.iter().any(|name| filter.is_match(name)));
    let mut reached = tests.coverage.then(Reached::default);
    rules::run(&set, &is_wanted, reached.as_mut()).into_iter().for_each(|case| report.take(case));
    let examples = tests.examples.iter().filter(|example| is_wanted(&[&example.policy, &example.name]));
    for example in examples {
        report.take(example::run(&set, example));
        if let Some(reached) = &mut reached {
            reached.take_example(&set, example);
        }
    }
    for suite in &tests.suites {
        suite::run(suite, &options, &is_wanted).into_iter().for_each(|case| report.take(case));
    }
    report.coverage = reached.map(|reached| reached.report(&set));
    (report, errors)
}

impl TestReport {
    fn take(&mut self, case: TestCase) {
        match case.outcome {
            TestOutcome::Pass => self.passed += 1,
            TestOutcome::Fail => self.failed += 1,
            TestOutcome::Error => self.errors += 1,
            TestOutcome::Skip => self.skipped += 1,
        }
        self.cases.push(case);
    }
}

impl TestOutcome {
    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            TestOutcome::Pass => "pass",
            TestOutcome::Fail => "fail",
            TestOutcome::Error => "error",
            TestOutcome::Skip => "skip",
        }
    }
}
