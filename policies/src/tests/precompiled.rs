//! The compiled rules against their texts: the machine of the engine has to give what the interpreter gives.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

use model::{Cancel, Document, DocumentKind};
use policy::{Asking, Evaluation, Input, PolicySet, Precompiled, Prepared};

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
    super::load(|module| names.contains(module.path), false)
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
    let prepared = Prepared::of(document);
    match PRECOMPILED.ask(&prepared, Asking { profiles: &profiles, limit: Duration::from_secs(10) }) {
        Some(answers) => {
            ANSWERED.fetch_add(1, Relaxed);
            let mut found = POLICIES.evaluate_answers(&prepared, &answers, &Cancel::new());
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
    let prepared: Vec<Prepared<'_>> = documents.iter().map(|document| Prepared::of(document)).collect();
    let all: Vec<&Prepared<'_>> = prepared.iter().collect();
    match PRECOMPILED.ask_together(&all, &[], Asking { profiles: &profiles, limit: Duration::from_secs(10) }) {
        Some(answers) => {
            let mut found = POLICIES.evaluate_answers_together(&all, &[], &answers, &Cancel::new());
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
        PRECOMPILED.ask(&Prepared::of(document), asking).expect("an answer").asked
    };
    assert_eq!(of(&[]), 0);
    assert!(0 < of(&["pss-baseline"]) && of(&["pss-baseline"]) < of(&["recommended"]));
    assert!(of(&["recommended", "strict"]) < of(&["recommended"]) + of(&["strict"]));
}

/// Says which rules the machine answers in another way than their texts do: those belong into `uncompiled.txt`. For whoever changes
/// policies or the engine: `cargo test -p portcullis-policies which_rules -- --ignored --nocapture`, also with PORTCULLIS_ALL_TYPES.
#[test]
#[ignore = "says what to write into a list"]
#[allow(clippy::print_stdout)]
fn which_rules_the_machine_gets_wrong() {
    let bytes = POLICIES.precompile(STAMP, &[]).leak();
    let machine = Precompiled::open(bytes, STAMP, &example_data()).expect("what was written just now");
    let mut wrong = BTreeMap::new();
    for loaded in POLICIES.rules() {
        let id = loaded.rule.id.as_str();
        for file in examples(id, "pass").into_iter().chain(examples(id, "fail")) {
            let documents = documents(&file);
            (0..documents.len()).for_each(|place| compare(&machine, &documents, place, Input::Document, &mut wrong));
            compare(&machine, &documents, 0, Input::Documents, &mut wrong);
        }
    }
    println!("examples: {wrong:#?}");
    super::hostile::each_broken(&mut |documents, place, input| {
        compare(&machine, documents, place, input, &mut wrong);
    });
    println!("broken examples too: {:#?}", wrong.keys().collect::<Vec<_>>());
    println!("{wrong:#?}");
}

/// Adds the rules that the machine and the texts do not agree on.
fn compare(
    machine: &Precompiled,
    documents: &[Document],
    place: usize,
    input: Input,
    wrong: &mut BTreeMap<String, String>,
) {
    let profiles = profiles();
    let asking = Asking { profiles: &profiles, limit: Duration::from_secs(10) };
    let all: Vec<&Document> = documents.iter().collect();
    let prepared: Vec<Prepared<'_>> = all.iter().map(|document| Prepared::of(document)).collect();
    let prepared: Vec<&Prepared<'_>> = prepared.iter().collect();
    let (given, expected) = match input {
        Input::Document => {
            let given = machine.ask(prepared[place], asking);
            let given = given.map(|given| POLICIES.evaluate_answers(prepared[place], &given, &Cancel::new()));
            (given, POLICIES.evaluate(all[place], &Cancel::new()))
        }
        Input::Documents => {
            let given = machine.ask_together(&prepared, &[], asking);
            let given = given.map(|given| POLICIES.evaluate_answers_together(&prepared, &[], &given, &Cancel::new()));
            (given, POLICIES.evaluate_together(&all, &[], &Cancel::new()))
        }
    };
    let Some(given) = given else { return };
    let said = |evaluation: &Evaluation| -> BTreeSet<(String, String)> {
        evaluation.findings.iter().map(|found| (found.rule.to_string(), format!("{found:?}"))).collect()
    };
    let missing = machine.missing();
    let is_asked = |rule: &str| {
        !missing.iter().any(|path| path.contains(&format!("data.{}.", rule.replace('/', ".").replace('-', "_"))))
    };
    let (given, expected) = (said(&given), said(&expected));
    for (rule, said) in given.symmetric_difference(&expected).filter(|(rule, _)| is_asked(rule)) {
        let by = if given.contains(&(rule.clone(), said.clone())) { "machine" } else { "text" };
        wrong.entry(rule.clone()).or_insert_with(|| format!("{by} alone: {said}").chars().take(400).collect());
    }
}
