//! `cargo xtask oracle policy`: holds the policy engine against the field's own, and writes down what those say.
//!
//! OPA answers every built-in rule over every example, every policy of the engine's own tests, thousands made by chance and every test rule; Conftest the cases of
//! its conventions; gator the suites; Conftest and OPA policies that we put into a registry, and we those of Conftest. The records lie in `crates/policy/oracle/` and beside the fixtures, where tests read them on
//! machines that have none of these programs. A difference that nobody has judged ([`judged`]) ends the chore with an error.

mod builtins;
mod conftest;
mod examples;
mod gator;
mod generated;
mod inline;
mod judged;
mod opa;
mod opa_tests;
mod record;
mod registry;
mod server;
#[cfg(test)]
mod tests;
mod tools;

use anyhow::bail;

use tools::Tools;

/// Every comparison, by what it is called on the command line.
const COMPARISONS: [(&str, &str, Ask); 8] = [
    ("examples", "built-in rules, OPA", opa_examples),
    ("tests", "policies of the tests, OPA", inline::ask),
    ("generated", "policies made by chance, OPA", generated::ask),
    ("builtins", "builtins at their edges, OPA", builtins::ask),
    ("test-rules", "test rules, OPA", opa_tests::ask),
    ("conventions", "conventions, Conftest", conftest::ask),
    ("suites", "suites, gator", gator::ask),
    ("registry", "policies through a registry, Conftest and OPA", registry::ask),
];

type Ask = fn(&Tools) -> anyhow::Result<Said>;

/// Installs the programs, makes the comparisons that are named, or all, and writes their records.
pub(super) fn run(names: &[String]) -> anyhow::Result<()> {
    let known = || COMPARISONS.map(|(name, _, _)| name).join(", ");
    if let Some(wrong) = names.iter().find(|name| !COMPARISONS.iter().any(|(known, _, _)| known == name)) {
        bail!("no comparison is called `{wrong}`; there are {}", known());
    }
    let tools = Tools::install()?;
    let mut differences = Vec::new();
    for (_, what, ask) in COMPARISONS.iter().filter(|(name, _, _)| names.is_empty() || names.iter().any(|n| n == name))
    {
        let said = ask(&tools)?;
        println!("{what}: {}", said.summary);
        differences.extend(said.differences);
    }
    if !differences.is_empty() {
        differences.iter().for_each(|difference| println!("{difference}"));
        bail!("{} differences are not judged", differences.len());
    }
    Ok(())
}

/// What one comparison gave.
struct Said {
    /// Counts, in a line.
    summary: String,
    /// Where the two differ and nobody has said who is right.
    differences: Vec<String>,
}

fn opa_examples(tools: &Tools) -> anyhow::Result<Said> {
    let rules = examples::rules()?;
    let questions = examples::questions(&rules)?;
    let theirs = opa::answers(tools, &rules, &questions)?;
    let mut said = Said { summary: String::new(), differences: Vec::new() };
    let (mut asked, mut found, mut judged) = (0, 0, 0);
    for (question, theirs) in questions.iter().zip(&theirs) {
        asked += question.rules.len();
        for rule in &question.rules {
            let id = rules.id(*rule);
            let (ours, theirs) = (question.ours.get(id), theirs.get(id));
            found += theirs.map_or(0, Vec::len);
            if ours == theirs {
                continue;
            }
            if judged::example(id, &question.name).is_some() {
                judged += 1;
            } else {
                said.differences.push(format!("{}: {id}: ours {ours:?}, OPA {theirs:?}", question.name));
            }
        }
    }
    record::write_examples(&tools.opa_version, &questions, &theirs)?;
    said.summary = format!(
        "{} rules, {} inputs, {asked} answers with {found} results, {judged} judged",
        rules.len(),
        questions.len()
    );
    Ok(said)
}
