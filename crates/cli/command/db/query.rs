//! `db query`: packages in, records out, a line each.

use std::io::{BufRead as _, BufWriter, Write as _};
use std::process::ExitCode;

use anyhow::{Context as _, anyhow, bail};
use portcullis::advisory::{self, MatchOutcome, Snapshot};
use portcullis::model::{Ecosystem, Package, Purl};
use serde_json::{Value, json};

use super::{open_all, refused};
use crate::arguments::DbPath;
use crate::terminal;

/// One answer a line, in order. A line that is no question gets an answer with `error`, and the exit code 2 at the end.
pub(super) fn run(arguments: &DbPath) -> anyhow::Result<ExitCode> {
    let opened = match open_all(&arguments.snapshots) {
        Ok(opened) => opened,
        Err(message) => return Ok(refused(&message)),
    };
    let snapshots: Vec<&Snapshot> = opened.iter().map(|(_, snapshot)| snapshot).collect();
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut faults = 0;
    for (at, line) in std::io::stdin().lock().lines().enumerate() {
        let line = line.context("could not read standard input")?;
        if line.trim().is_empty() {
            continue;
        }
        let answer = answer(&snapshots, &line).unwrap_or_else(|error| {
            faults += 1;
            terminal::error(&format!("line {}: {error:#}", at + 1));
            json!({"input": line, "error": format!("{error:#}")})
        });
        writeln!(out, "{answer}")?;
    }
    out.flush()?;
    Ok(if faults == 0 { ExitCode::SUCCESS } else { ExitCode::from(2) })
}

fn answer(snapshots: &[&Snapshot], line: &str) -> anyhow::Result<Value> {
    let mut question: Value = serde_json::from_str(line).context("not JSON")?;
    let (ecosystem, name, version) = subject(&question)?;
    let answer = advisory::query(snapshots, &ecosystem, &name, &version)?;
    let undecided: Vec<Value> =
        answer.undecided.iter().map(|undecided| json!({"id": undecided.id, "reason": undecided.reason})).collect();
    let object = question.as_object_mut().ok_or_else(|| anyhow!("not an object"))?;
    object.insert("ids".to_owned(), json!(answer.ids));
    object.insert("groups".to_owned(), json!(answer.groups));
    object.insert("undecided".to_owned(), json!(undecided));
    object.insert("outcome".to_owned(), json!(outcome(answer.outcome)));
    Ok(question)
}

/// "Nothing found" and "nothing looked at" are different answers.
fn outcome(outcome: MatchOutcome) -> &'static str {
    match outcome {
        MatchOutcome::Matched => "matched",
        MatchOutcome::NoVersion => "no-version",
        MatchOutcome::NoSource => "no-source",
        MatchOutcome::NotPublic => "not-public",
    }
}

fn subject(question: &Value) -> anyhow::Result<(String, String, String)> {
    let text = |key: &str| question.get(key).and_then(Value::as_str).map(str::to_owned);
    if let Some(purl) = text("purl") {
        let purl: Purl = purl.parse().with_context(|| format!("{purl} is no package URL"))?;
        let Some(ecosystem) = Ecosystem::of(&purl) else { bail!("no ecosystem is known for {purl}") };
        let package = Package::of_purl(purl, "query");
        let (name, version) = ecosystem.advisory_subject(&package);
        return Ok((ecosystem.to_string(), name.to_owned(), version.unwrap_or_default().to_owned()));
    }
    match (text("ecosystem"), text("name"), text("version")) {
        (Some(ecosystem), Some(name), Some(version)) => Ok((ecosystem, name, version)),
        _ => bail!("a question has \"purl\", or \"ecosystem\", \"name\" and \"version\""),
    }
}
