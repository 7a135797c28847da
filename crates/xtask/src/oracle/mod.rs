//! `cargo xtask oracle`: holds every ordering that has a reference implementation against it, and writes down the answers.
//!
//! Each implementation is one process that answers all pairs. What it answered goes into `crates/version/oracle/`, where a
//! test reads it on machines that have none of them; a difference that is new there is marked as not yet judged, and the
//! test refuses it until somebody has written down who is right.

mod judges;
mod policy;
mod prepare;

use anyhow::{Context as _, bail};
use testkit::versions::record::{Record, UNJUDGED};
use testkit::versions::{self, Corpus};
use version::{Scheme, compare};

use crate::setup::workspace;
use judges::{JUDGES, Judge};

/// Asks the implementations that are named, or all.
pub(crate) fn run(names: &[String]) -> anyhow::Result<()> {
    if names.first().is_some_and(|first| first == "policy") {
        return policy::run(&names[1..]);
    }
    if let Some(wrong) = names.iter().find(|name| !JUDGES.iter().any(|judge| judge.recipe.name == **name)) {
        let known: Vec<&str> = JUDGES.iter().map(|judge| judge.recipe.name).collect();
        bail!("no reference implementation is called `{wrong}`; there are {}, and policy alone", known.join(", "));
    }
    let asked = JUDGES.iter().filter(|judge| names.is_empty() || names.iter().any(|name| name == judge.recipe.name));
    let mut missing = Vec::new();
    let mut unjudged = 0;
    for judge in asked {
        match ask(judge) {
            Ok(record) => {
                let counts = &record.counts;
                let open = record.differences.values().filter(|judgement| *judgement == UNJUDGED).count();
                println!("{:10} {:32} {counts:?}, {open} not judged", judge.recipe.name, record.judge);
                unjudged += open;
            }
            Err(error) => {
                println!("{:10} not asked: {error:#}", judge.recipe.name);
                missing.push(judge.recipe.name);
            }
        }
    }
    if !missing.is_empty() {
        bail!("not asked on this machine: {}", missing.join(", "));
    }
    if unjudged > 0 {
        bail!("{unjudged} differences are not judged: name who is right in crates/version/oracle/");
    }
    Ok(())
}

fn ask(judge: &Judge) -> anyhow::Result<Record> {
    let corpus = Corpus::of(&judge.recipe).context("the shared advisory sets are missing")?;
    let pairs = versions::pairs(&judge.recipe, &corpus);
    let wanted = judge.recipe.pairs;
    anyhow::ensure!(pairs.len() == wanted, "the sets give only {} pairs", pairs.len());
    let (name, answers) = (judge.answer)(&versions::record::lines(&pairs))?;
    anyhow::ensure!(answers.len() == wanted, "{} answers to {wanted} questions", answers.len());
    let path = workspace().join(format!("crates/version/oracle/{}.txt", judge.recipe.name));
    let known = std::fs::read_to_string(&path).ok().and_then(|text| Record::parse(&text)).unwrap_or_default();
    let judged = |left: &str, right: &str, line: &str| {
        let known = known.differences.get(line).filter(|judgement| *judgement != UNJUDGED);
        known.cloned().unwrap_or_else(|| (judge.judgement)(left, right).unwrap_or(UNJUDGED).to_owned())
    };
    let record = Record::new(&name, &pairs, &answers, |left, right| sign(judge.scheme, left, right), judged);
    std::fs::create_dir_all(path.parent().context("it lies in a folder")?)?;
    std::fs::write(&path, record.text())?;
    Ok(record)
}

fn sign(scheme: Scheme, left: &str, right: &str) -> char {
    match compare(scheme, left, right) {
        Ok(std::cmp::Ordering::Less) => '<',
        Ok(std::cmp::Ordering::Equal) => '=',
        Ok(std::cmp::Ordering::Greater) => '>',
        Err(_) => '!',
    }
}
