//! `db`: build, look at and ask advisory snapshots.

use std::io::{BufRead as _, BufWriter, Write as _};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, anyhow, bail};
use portcullis::advisory::{self, BuildOptions, MatchOutcome, Snapshot};
use portcullis::model::{Ecosystem, Package, Purl};
use serde_json::{Value, json};

use crate::arguments::{DbBuild, DbCommand, DbCompare, DbPath};
use crate::{settings, terminal};

/// Does what was asked.
pub(crate) fn run(command: &DbCommand) -> anyhow::Result<ExitCode> {
    match command {
        DbCommand::Status(arguments) => status(arguments),
        DbCommand::Build(arguments) => build(arguments),
        DbCommand::Verify(arguments) => verify(arguments),
        DbCommand::Query(arguments) => query(arguments),
        DbCommand::Compare(arguments) => compare(arguments),
    }
}

/// Opens the snapshot that was named, else the embedded one.
pub(crate) fn open(path: Option<&Path>) -> Result<Snapshot, String> {
    portcullis::open_advisories(path)
}

/// A snapshot that cannot be used is exit code 5, as for `scan`.
fn refused(message: &str) -> ExitCode {
    terminal::error(message);
    ExitCode::from(5)
}

fn status(arguments: &DbPath) -> anyhow::Result<ExitCode> {
    let now = settings::now(arguments.now.as_deref())?;
    let snapshot = match open(arguments.db.as_deref()) {
        Ok(snapshot) => snapshot,
        Err(message) => return Ok(refused(&message)),
    };
    let info = snapshot.info();
    let age = now.as_second().saturating_sub(info.newest.as_second()).max(0) / 86_400;
    let mut out = BufWriter::new(std::io::stdout().lock());
    if arguments.json {
        let value = json!({
            "digest": info.digest, "built_at": info.newest, "age_days": age, "records": info.records,
            "embedded": arguments.db.is_none(), "sources": info.sources,
        });
        writeln!(out, "{}", serde_json::to_string_pretty(&value)?)?;
        out.flush()?;
        return Ok(ExitCode::SUCCESS);
    }
    let name = arguments.db.as_ref().map_or_else(|| "embedded".to_owned(), |path| path.display().to_string());
    writeln!(out, "snapshot  {name}")?;
    writeln!(out, "digest    {}", info.digest)?;
    writeln!(out, "newest    {} ({age} days ago)", info.newest)?;
    writeln!(out, "records   {}", info.records)?;
    writeln!(out)?;
    let width = info.sources.iter().map(|source| source.name.len()).max().unwrap_or(0).max(6);
    writeln!(out, "{:width$}  {:>8}  {:10}  licence", "source", "records", "newest")?;
    for source in &info.sources {
        let newest = source.newest.map(|newest| newest.to_string()[..10].to_owned()).unwrap_or_default();
        let license = source.license.as_deref().unwrap_or_default();
        writeln!(out, "{:width$}  {:>8}  {newest:10}  {license}", source.name, source.records)?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn build(arguments: &DbBuild) -> anyhow::Result<ExitCode> {
    let options = BuildOptions { strict: arguments.strict, ..BuildOptions::default() };
    let (built, problems) = advisory::build(&arguments.from, &options)?;
    const MOST_SHOWN: usize = 20;
    for problem in problems.iter().take(MOST_SHOWN) {
        let line = problem.line.map(|line| format!(":{line}")).unwrap_or_default();
        let place = problem.path.as_ref().map(|path| format!("{path}{line}: ")).unwrap_or_default();
        terminal::note(&format!("{place}{}", problem.message));
    }
    if problems.len() > MOST_SHOWN {
        terminal::note(&format!("and {} more", problems.len() - MOST_SHOWN));
    }
    advisory::write(&built.bytes, &arguments.output)?;
    writeln!(std::io::stdout(), "{}: {} bytes, {}", arguments.output.display(), built.bytes.len(), built.statistics)?;
    Ok(ExitCode::SUCCESS)
}

fn verify(arguments: &DbPath) -> anyhow::Result<ExitCode> {
    let checked = open(arguments.db.as_deref()).and_then(|snapshot| {
        snapshot.verify().map_err(|error| error.to_string())?;
        Ok(snapshot.info().digest)
    });
    match checked {
        Ok(digest) => {
            writeln!(std::io::stdout(), "whole: {digest}")?;
            Ok(ExitCode::SUCCESS)
        }
        Err(message) => Ok(refused(&message)),
    }
}

/// One answer a line, in order. A line that is no question gets an answer with `error`, and the exit code 2 at the end.
fn query(arguments: &DbPath) -> anyhow::Result<ExitCode> {
    let snapshot = match open(arguments.db.as_deref()) {
        Ok(snapshot) => snapshot,
        Err(message) => return Ok(refused(&message)),
    };
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut faults = 0;
    for (at, line) in std::io::stdin().lock().lines().enumerate() {
        let line = line.context("could not read standard input")?;
        if line.trim().is_empty() {
            continue;
        }
        let answer = answer(&snapshot, &line).unwrap_or_else(|error| {
            faults += 1;
            terminal::error(&format!("line {}: {error:#}", at + 1));
            json!({"input": line, "error": format!("{error:#}")})
        });
        writeln!(out, "{answer}")?;
    }
    out.flush()?;
    Ok(if faults == 0 { ExitCode::SUCCESS } else { ExitCode::from(2) })
}

fn answer(snapshot: &Snapshot, line: &str) -> anyhow::Result<Value> {
    let mut question: Value = serde_json::from_str(line).context("not JSON")?;
    let (ecosystem, name, version) = subject(&question)?;
    let answer = snapshot.query(&ecosystem, &name, &version)?;
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
        let package = Package::new(purl.display_name(), purl, "query");
        let (name, version) = ecosystem.advisory_subject(&package);
        return Ok((ecosystem.to_string(), name, version.unwrap_or_default()));
    }
    match (text("ecosystem"), text("name"), text("version")) {
        (Some(ecosystem), Some(name), Some(version)) => Ok((ecosystem, name, version)),
        _ => bail!("a question has \"purl\", or \"ecosystem\", \"name\" and \"version\""),
    }
}

fn compare(arguments: &DbCompare) -> anyhow::Result<ExitCode> {
    match arguments.versions.as_slice() {
        [left, right] => writeln!(std::io::stdout(), "{}", compare_one(&arguments.ecosystem, left, right)?)?,
        [] => {
            let mut out = BufWriter::new(std::io::stdout().lock());
            for line in std::io::stdin().lock().lines() {
                let line = line.context("could not read standard input")?;
                let Some((left, right)) = line.split_once('\t') else { bail!("`{line}`: a line is A<TAB>B") };
                writeln!(out, "{}", compare_one(&arguments.ecosystem, left, right)?)?;
            }
            out.flush()?;
        }
        _ => bail!("give two versions, or none and A<TAB>B lines on standard input"),
    }
    Ok(ExitCode::SUCCESS)
}

fn compare_one(ecosystem: &str, left: &str, right: &str) -> anyhow::Result<&'static str> {
    let answer = advisory::compare_versions(ecosystem, left, right).map_err(|error| anyhow!("{error}"))?;
    Ok(match answer {
        Some(std::cmp::Ordering::Less) => "<",
        Some(std::cmp::Ordering::Equal) => "=",
        Some(std::cmp::Ordering::Greater) => ">",
        None => "undecided",
    })
}
