//! Passing over changes nothing: whatever rules are not asked of a document would have had nothing to say of it.
//!
//! Every policy of these tests, of the conventions and of the built-in rules is asked about its own documents, and about what becomes of
//! these when any one node is removed, changed or called something else.

mod cases;
mod everything;
mod mutate;

use model::{Cancel, Document, Format};
use serde_json::Value as Json;

use crate::rego::Value;
use crate::{Evaluation, Options, PolicyFile, PolicySet, conftest, load};

/// Changes of one document that a test of every policy takes.
const FEW: usize = 40;

/// Errors of the engine where OPA has nothing: a rule that is passed over does not come to them, and says what it says for OPA.
const OF_ENGINE_ALONE: &[&str] = &["`some .. in collection` expects array/set/object", "item cannot be indexed"];

/// A set that passes over rules, and one of the same rules that asks all.
struct Pair {
    sieved: PolicySet,
    all: PolicySet,
}

impl Pair {
    /// `None` if they do not load.
    fn load(files: &[PolicyFile], options: &Options) -> Option<Pair> {
        // Where a finding stands is found out the same way in both.
        let options = Options { evaluations_per_finding: 0, passes_over_users: true, ..options.clone() };
        let (sieved, errors) = load(files.to_vec(), &options);
        let (all, _) = load(files.to_vec(), &Options { asks_all: true, ..options });
        errors.is_empty().then_some(Pair { sieved, all })
    }

    /// What is found in a document, which has to be the same both ways; if not, how they differ.
    fn found(&self, document: &Document) -> Result<Evaluation, String> {
        let own = self.sieved.evaluate(document, &Cancel::new());
        let expected = self.all.evaluate(document, &Cancel::new());
        let messages = |one: &Evaluation| one.findings.iter().map(|found| found.message.clone()).collect::<Vec<_>>();
        let told = |one: &Evaluation| {
            let alone = of_engine_alone(one);
            (one.findings.clone(), one.evaluated + alone, one.unknown - alone)
        };
        if told(&own) == told(&expected) {
            return Ok(expected);
        }
        let shown = |one: &Evaluation| format!("{:?}, {} unknown, {:?}", messages(one), one.unknown, one.problems);
        Err(format!("{} and not {} for {}", shown(&own), shown(&expected), document.root.to_json()))
    }

    fn check(&self, of: &str, document: &Document) {
        let found = self.found(document).err();
        assert_eq!(found, None, "{of}");
    }

    /// Asks the rules that are passed over, which must have nothing to say; gives their number.
    fn check_passed_over(&self, of: &str, document: &Document) -> usize {
        let set = &self.sieved;
        let mut passed = 0;
        for group in set.groups.iter().filter(|group| group.wants(document.kind)) {
            let Some(sieve) = group.sieve(&set.packages, &set.modules, &set.options) else { continue };
            let packages = group.packages.iter().map(|place| &set.packages[*place]);
            let entries = packages.flat_map(|package| package.entries.iter().map(move |entry| (package, entry)));
            for ((package, entry), _) in entries.zip(sieve.asked(document)).filter(|(_, is_asked)| !is_asked) {
                let program = package.program(&set.modules, &set.options).as_ref().expect("it compiles");
                let value =
                    program.ask_again(&entry.path, &crate::rego::of_node(&document.root), set.options.time_limit);
                let said = match value.map_err(|fault| fault.to_string()) {
                    Err(fault) if is_of_engine_alone(&fault) => Ok(0),
                    value => value.and_then(|value| said(&entry.name, &value)),
                };
                assert_eq!(said, Ok(0), "{of}: {} is passed over for {}", entry.path, document.root.to_json());
                passed += 1;
            }
        }
        passed
    }
}

fn is_of_engine_alone(message: &str) -> bool {
    OF_ENGINE_ALONE.iter().any(|error| message.contains(error))
}

fn of_engine_alone(evaluation: &Evaluation) -> u64 {
    evaluation.problems.iter().filter(|problem| is_of_engine_alone(&problem.message)).count() as u64
}

/// How much a rule said.
fn said(rule: &str, value: &Value) -> Result<usize, String> {
    conftest::outcomes(rule, value).map(|outcomes| outcomes.len())
}

/// A document of the same kind with another value.
fn with_value(document: &Document, value: &Json) -> Document {
    let text = value.to_string();
    let (read, problems) =
        document::parse(Format::Json, &document.origin, text.as_bytes(), &document::Limits::default());
    assert!(problems.is_empty(), "{problems:?}");
    let root = read.into_iter().next().expect("a document").root;
    Document { root, ..document.clone() }
}

/// Holds passing over against asking all for a policy of the tests: about its documents, and some changes of each.
pub(super) fn hold(policy: &str, options: &Options, documents: &[Document]) {
    let file = super::file(policy, crate::Trust::User);
    let Some(pair) = Pair::load(&[file], options) else { return };
    for document in documents {
        pair.check(policy, document);
        for value in mutate::some(&document.root.to_json(), FEW) {
            pair.check_passed_over(policy, &with_value(document, &value));
        }
    }
}
