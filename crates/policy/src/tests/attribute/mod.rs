//! How many findings are put where they belong, by policies that know nothing of lines, and how many evaluations that takes: what
//! is promised in `docs/localisation.md`.

mod conftest;
mod documents;
mod gatekeeper;

use std::fmt::Write as _;

use model::{Cancel, Document, Format, Origin, TreePath};

use crate::{Evaluation, Gatekeeper, Options, Trust, load};

/// What it shows, a document, a policy, and the lines of its findings in their order.
struct Case(&'static str, &'static str, &'static str, &'static [u32]);

/// Findings and evaluations, counted.
#[derive(Default)]
pub(super) struct Score {
    pub(super) right: usize,
    pub(super) all: usize,
    pub(super) evaluations: Vec<u64>,
    pub(super) misses: String,
}

impl Score {
    fn take(&mut self, of: &str, evaluation: &Evaluation, expected: &[u32]) {
        assert_eq!(evaluation.problems, [], "{of}");
        let line = |finding: &model::Finding| finding.locations.first().and_then(model::Location::line);
        let found: Vec<u32> = evaluation.findings.iter().map(|finding| line(finding).unwrap_or_default()).collect();
        if found.len() != expected.len() {
            writeln!(self.misses, "{of}: {} findings and not {}", found.len(), expected.len()).expect("a string");
        }
        let right = found.iter().zip(expected).filter(|(found, expected)| found == expected).count();
        self.right += right;
        self.all += expected.len();
        let spent = evaluation.findings.iter().filter_map(|finding| finding.evidence.get("evaluations")?.as_u64());
        self.evaluations.extend(spent);
        if right < expected.len() {
            let how = evaluation
                .findings
                .iter()
                .map(|finding| (finding.evidence.get("path"), finding.evidence.get("located_by")));
            writeln!(self.misses, "{of}: {found:?} and not {expected:?}, {:?}", how.collect::<Vec<_>>())
                .expect("a string");
        }
    }

    /// The evaluations below which so many in a hundred stay.
    pub(super) fn rank(&mut self, percent: usize) -> u64 {
        self.evaluations.sort_unstable();
        self.evaluations.get(self.evaluations.len().saturating_sub(1) * percent / 100).copied().unwrap_or_default()
    }
}

fn document(text: &str) -> Document {
    let format = match text {
        _ if text.starts_with("FROM") => Format::Dockerfile,
        _ if text.starts_with("resource ") => Format::Hcl,
        _ if text.starts_with('[') => Format::Toml,
        _ => Format::Yaml,
    };
    let origin = Origin::file(TreePath::new("input").expect("a path"));
    let (mut documents, problems) = document::parse(format, &origin, text.as_bytes(), &document::Limits::default());
    assert!(problems.is_empty(), "{problems:?}");
    documents.remove(0)
}

fn of_conftest(score: &mut Score) {
    for Case(what, text, body, expected) in conftest::CASES {
        let policy = format!("package main\nimport rego.v1\ndeny contains msg if {{\n  {body}\n}}\n");
        let (set, errors) = load(vec![super::file(&policy, Trust::User)], &Options::default());
        if !errors.is_empty() {
            score.all += expected.len();
            writeln!(score.misses, "{what}: {errors:?}\n{policy}").expect("a string");
            continue;
        }
        score.take(what, &set.evaluate(&document(text), &Cancel::new()), expected);
    }
}

fn of_gatekeeper(score: &mut Score) {
    for Case(what, text, template, expected) in gatekeeper::CASES {
        let (parameters, body) = template.split_once("\n---\n").expect("parameters and a body");
        let body = body.replace('\n', "\n          ");
        let policy = format!(
            "apiVersion: templates.gatekeeper.sh/v1
kind: ConstraintTemplate
metadata: {{name: made}}
spec:
  crd: {{spec: {{names: {{kind: Made}}}}}}
  targets:
    - target: admission.k8s.gatekeeper.sh
      rego: |
        package made
        violation[{{\"msg\": msg}}] {{
          {body}
        }}
---
apiVersion: constraints.gatekeeper.sh/v1beta1
kind: Made
metadata: {{name: made}}
spec: {{parameters: {parameters}}}
"
        );
        let (gatekeeper, errors) = Gatekeeper::load(&super::documents(&policy), &Options::default());
        assert!(errors.is_empty(), "{what}: {errors:?}");
        score.take(what, &gatekeeper.judge(&[&document(text)], &Cancel::new()), expected);
    }
}

#[test]
#[allow(clippy::print_stdout)]
fn findings_are_put_to_the_attribute() {
    for (of, fill) in [("Conftest", of_conftest as fn(&mut Score)), ("Gatekeeper", of_gatekeeper)] {
        let mut score = Score::default();
        fill(&mut score);
        let (median, most) = (score.rank(50), score.rank(99));
        println!(
            "{of}: {} of {} findings at the attribute, evaluations: median {median}, 99 % {most}\n{}",
            score.right, score.all, score.misses
        );
        assert!(score.right * 100 >= score.all * 95, "{of}: {} of {}\n{}", score.right, score.all, score.misses);
        assert!(median <= 12, "{of}: median {median}");
    }
}
