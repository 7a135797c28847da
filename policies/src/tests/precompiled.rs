//! The compiled rules against their texts: the machine of the engine has to give what the interpreter gives.

use std::sync::LazyLock;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

use model::{Cancel, Document, DocumentKind};
use policy::{Asking, Evaluation, PolicySet, Precompiled};

use super::{POLICIES, documents, example_data, examples, name_of};
use crate::{COMPILED, MODULES, PROFILES, STAMP};

static PRECOMPILED: LazyLock<Precompiled> = LazyLock::new(|| {
    Precompiled::open(COMPILED, STAMP, &example_data())
        .expect("policies/compiled.bin is not of these texts: run `cargo xtask embed-policies` and commit it")
});

/// The rules that are asked by their texts.
static OPEN: LazyLock<PolicySet> = LazyLock::new(|| {
    let kinds = DocumentKind::ALL.into_iter().collect();
    let profiles = profiles();
    let names = PRECOMPILED.open_files(&kinds, &profiles);
    super::load(|module| names.contains(module.path))
});

fn profiles() -> Vec<String> {
    PROFILES.iter().map(|profile| (*profile).to_owned()).collect()
}

/// Asks both of the same documents, and says where they differ.
fn differences(documents: &[Document], of: &str) -> Vec<String> {
    let alone = documents
        .iter()
        .filter_map(|document| difference_alone(document, &POLICIES.evaluate(document, &Cancel::new()), of));
    let all: Vec<&Document> = documents.iter().collect();
    let together = difference_together(&all, &POLICIES.evaluate_together(&all, &[], &Cancel::new()), of);
    alone.chain(together).collect()
}

/// Documents that the machine answered.
static ANSWERED: AtomicUsize = AtomicUsize::new(0);

/// What the machine gives for a document that is not what its text gives.
pub(super) fn difference_alone(document: &Document, expected: &Evaluation, of: &str) -> Option<String> {
    let profiles = profiles();
    match PRECOMPILED.ask(document, Asking { profiles: &profiles, limit: Duration::from_secs(10) }) {
        Some(answers) => {
            ANSWERED.fetch_add(1, Relaxed);
            let mut found = POLICIES.evaluate_answers(document, &answers, &Cancel::new());
            found.take(OPEN.evaluate(document, &Cancel::new()));
            difference(&found, expected, of)
        }
        // Then all are asked by their texts.
        None => None,
    }
}

/// The same of documents that are seen together.
pub(super) fn difference_together(documents: &[&Document], expected: &Evaluation, of: &str) -> Option<String> {
    let profiles = profiles();
    match PRECOMPILED.ask_together(documents, &[], Asking { profiles: &profiles, limit: Duration::from_secs(10) }) {
        Some(answers) => {
            let mut found = POLICIES.evaluate_answers_together(documents, &[], &answers, &Cancel::new());
            found.take(OPEN.evaluate_together(documents, &[], &Cancel::new()));
            difference(&found, expected, of)
        }
        None => None,
    }
}

fn difference(found: &Evaluation, expected: &Evaluation, of: &str) -> Option<String> {
    let sorted = |evaluation: &Evaluation| -> Vec<String> {
        let mut lines: Vec<String> =
            evaluation.findings.iter().map(|finding| format!("{}: {finding:?}", finding.rule)).collect();
        lines.sort();
        lines
    };
    let only = |ours: &[String], others: &[String]| -> Vec<String> {
        let others = ours.iter().filter(|line| !others.contains(line));
        others.map(|line| line.chars().take(300).collect()).collect()
    };
    let (ours, texts) = (sorted(found), sorted(expected));
    if ours != texts {
        return Some(format!("{of}: machine {:?}, texts {:?}", only(&ours, &texts), only(&texts, &ours)));
    }
    let counts = |evaluation: &Evaluation| (evaluation.evaluated, evaluation.unknown);
    (counts(found) != counts(expected)).then(|| format!("{of}: {:?} and {:?}", counts(found), counts(expected)))
}

/// What the machine cannot compile costs a scan of such documents some milliseconds; nobody should add to it unaware.
#[test]
fn few_rules_are_asked_by_their_texts() {
    let missing = PRECOMPILED.missing();
    let left_out = crate::uncompiled().len();
    assert!(missing.len() <= left_out + 26, "{}: {missing:#?}", missing.len());
}

#[test]
fn every_example_is_judged_alike() {
    let rules = MODULES.iter().filter_map(|module| module.path.strip_suffix("/rule.rego"));
    let (mut count, mut different) = (0, Vec::new());
    for id in rules {
        for file in examples(id, "pass").into_iter().chain(examples(id, "fail")) {
            different.extend(differences(&documents(&file), &format!("{id}/{}", name_of(&file))));
            count += 1;
        }
    }
    let answered = ANSWERED.load(Relaxed);
    assert!(answered > 800, "the machine answered {answered} documents only");
    assert!(different.is_empty(), "{} of {count}: {different:#?}", different.len());
    assert!(count > 600, "only {count} examples");
}

#[test]
fn only_the_profiles_that_are_asked() {
    let of = |profiles: &[&str]| -> u64 {
        let profiles: Vec<String> = profiles.iter().map(|profile| (*profile).to_owned()).collect();
        let document = &documents(&examples("kubernetes/privileged-container", "fail")[0])[0];
        let asking = Asking { profiles: &profiles, limit: Duration::from_secs(10) };
        PRECOMPILED.ask(document, asking).expect("an answer").asked
    };
    assert_eq!(of(&[]), 0);
    assert!(0 < of(&["pss-baseline"]) && of(&["pss-baseline"]) < of(&["recommended"]));
    assert!(of(&["recommended", "strict"]) < of(&["recommended"]) + of(&["strict"]));
}
