//! What our engine says now against what OPA said.

use super::examples::{questions, rules};
use super::record::{Line, read_examples};

#[test]
fn built_in_rules_give_what_opa_gives() {
    let record = read_examples();
    let rules = rules().expect("the built-in rules load");
    let questions = questions(&rules).expect("the examples can be judged");
    let mut faults = Vec::new();
    for question in &questions {
        let ours = Line::of(question, &question.ours);
        match record.get(&question.name) {
            Some(theirs) if *theirs == ours => {}
            Some(theirs) => faults.push(format!("{}: ours {ours:?}, OPA {theirs:?}", question.name)),
            None => faults.push(format!("{}: OPA was not asked", question.name)),
        }
    }
    let gone = record.keys().filter(|name| !questions.iter().any(|question| question.name == **name));
    faults.extend(gone.map(|name| format!("{name}: in the record, and no example any more")));
    assert!(faults.is_empty(), "`cargo xtask oracle policy` asks OPA again and says more:\n{}", faults.join("\n"));
    assert!(questions.len() > 1000, "only {} inputs", questions.len());
}
