//! `policy compliance`: every control of a profile, with what is known of it. What nothing looked at is said to be not assessed, never
//! passed.

use std::collections::BTreeMap;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use portcullis::Report;
use portcullis::builtin_policies::{self, CATALOGUES, Catalogue, Control};
use portcullis::model::{Finding, ProblemSeverity, Rule, Status};
use serde::Serialize;

use crate::arguments::{ListFormat, PolicyCompliance};

/// What is known of one control.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Line {
    /// `cis-kubernetes-1.8/5.2.2`
    control: String,
    title: &'static str,
    status: Assessment,
    /// Why it is not assessed.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// The rules that serve it.
    rules: Vec<String>,
    /// Findings of these rules that count.
    #[serde(skip_serializing_if = "Option::is_none")]
    findings: Option<usize>,
}

/// The answer for one control.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Assessment {
    /// Rules that serve it were asked and found nothing.
    Pass,
    /// One of them found something.
    Fail,
    /// Rules serve it; no report was given.
    Served,
    /// Nothing looked.
    NotAssessed,
}

/// Prints the table. The exit code is 1 when a control fails.
pub(crate) fn run(arguments: &PolicyCompliance) -> anyhow::Result<ExitCode> {
    let catalogues: Vec<&Catalogue> =
        CATALOGUES.iter().filter(|one| one.profiles.contains(&arguments.profile.as_str())).collect();
    if catalogues.is_empty() {
        let mut known: Vec<&str> = CATALOGUES.iter().flat_map(|one| one.profiles).copied().collect();
        known.dedup();
        let known = known.join(", ");
        bail!("`{}` is no profile with a catalogue of controls; there are {known}", arguments.profile);
    }
    let report = arguments.report.as_deref().map(read).transpose()?;
    let set = super::load(builtin_policies::files())?;
    let rules: Vec<&Rule> = set.rules().iter().map(|loaded| &loaded.rule).collect();
    let lines: Vec<Line> = catalogues
        .iter()
        .flat_map(|catalogue| catalogue.controls.iter().map(|control| (*catalogue, control)))
        .map(|(catalogue, control)| line(catalogue, control, &rules, report.as_ref()))
        .collect();
    let mut out = BufWriter::new(std::io::stdout().lock());
    match arguments.format {
        ListFormat::Json => writeln!(out, "{}", serde_json::to_string_pretty(&lines)?)?,
        ListFormat::Text => write_text(&catalogues, &lines, report.as_ref(), &mut out)?,
    }
    out.flush()?;
    let fails = lines.iter().any(|line| line.status == Assessment::Fail);
    Ok(ExitCode::from(u8::from(fails)))
}

fn read(path: &Path) -> anyhow::Result<Report> {
    let text = std::fs::read_to_string(path).with_context(|| format!("could not read {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is no report written with -f json", path.display()))
}

fn line(catalogue: &Catalogue, control: &Control, rules: &[&Rule], report: Option<&Report>) -> Line {
    let name = format!("{}/{}", catalogue.id, control.id);
    let serving: Vec<&Rule> = rules.iter().copied().filter(|rule| rule.controls.contains(&name)).collect();
    let (status, reason, findings) = match (control.beyond, report) {
        (Some(why), _) => (Assessment::NotAssessed, Some(why.to_owned()), None),
        (None, _) if serving.is_empty() => (Assessment::NotAssessed, Some("no rule serves it".to_owned()), None),
        (None, None) => (Assessment::Served, None, None),
        (None, Some(report)) => judge(&serving, report),
    };
    let rules = serving.iter().map(|rule| rule.id.to_string()).collect();
    Line { control: name, title: control.title, status, reason, rules, findings }
}

/// A control fails by any finding that counts. It passes only if every rule that serves it was asked, of documents that were there.
fn judge(serving: &[&Rule], report: &Report) -> (Assessment, Option<String>, Option<usize>) {
    let is_own =
        |finding: &&Finding| finding.status == Status::Open && serving.iter().any(|rule| rule.id == finding.rule);
    let found = report.targets.iter().flat_map(|target| &target.findings).filter(is_own).count();
    if found > 0 {
        return (Assessment::Fail, None, Some(found));
    }
    let profiles = report.data.policies.as_ref().map(|data| &data.profiles[..]).unwrap_or_default();
    let is_asked = |rule: &&&Rule| rule.profiles.iter().any(|profile| profiles.contains(profile));
    if serving.iter().filter(is_asked).count() < serving.len() {
        let reason = "the scan did not ask its rules; scan with --profile";
        return (Assessment::NotAssessed, Some(reason.to_owned()), None);
    }
    let mut kinds: BTreeMap<&str, u64> = BTreeMap::new();
    for target in &report.targets {
        for (kind, count) in &target.coverage.document_kinds {
            *kinds.entry(kind).or_default() += count;
        }
    }
    if !serving.iter().any(|rule| kinds.contains_key(rule.domain.as_str())) {
        let domain = serving.first().map_or("", |rule| rule.domain.as_str());
        return (Assessment::NotAssessed, Some(format!("the scan met no {domain} document")), None);
    }
    if is_incomplete(report) {
        let reason = "nothing was found, but the scan is incomplete";
        return (Assessment::NotAssessed, Some(reason.to_owned()), Some(0));
    }
    (Assessment::Pass, None, Some(0))
}

fn is_incomplete(report: &Report) -> bool {
    report.targets.iter().any(|target| {
        target.coverage.policies.unknown > 0
            || target.problems.iter().any(|problem| problem.severity == ProblemSeverity::Error)
    })
}

fn write_text(
    catalogues: &[&Catalogue],
    lines: &[Line],
    report: Option<&Report>,
    out: &mut impl std::io::Write,
) -> std::io::Result<()> {
    for catalogue in catalogues {
        writeln!(out, "{}", catalogue.title)?;
        let own = |line: &&Line| line.control.split_once('/').is_some_and(|(name, _)| name == catalogue.id);
        let width = catalogue.controls.iter().map(|control| control.id.len()).max().unwrap_or(0);
        for line in lines.iter().filter(own) {
            let id = line.control.split_once('/').map_or("", |(_, id)| id);
            writeln!(out, "  {id:width$}  {:12}  {}{}", line.status.name(), line.title, line.note())?;
        }
        writeln!(out)?;
    }
    let count = |status| lines.iter().filter(|line| line.status == status).count();
    let not_assessed = count(Assessment::NotAssessed);
    match report {
        Some(_) => {
            writeln!(
                out,
                "{} pass, {} fail, {not_assessed} not assessed",
                count(Assessment::Pass),
                count(Assessment::Fail)
            )?;
            writeln!(
                out,
                "pass: the rules that serve the control found nothing; a control may ask for more than they can see"
            )
        }
        None => writeln!(out, "{} served by rules, {not_assessed} not assessed", count(Assessment::Served)),
    }
}

impl Line {
    fn note(&self) -> String {
        match (&self.reason, self.findings) {
            (Some(reason), _) => format!(" ({reason})"),
            (None, Some(found)) if found > 0 => format!(" ({found} findings of {})", self.rules.join(", ")),
            (None, _) => format!(" ({})", self.rules.join(", ")),
        }
    }
}

impl Assessment {
    fn name(self) -> &'static str {
        match self {
            Assessment::Pass => "pass",
            Assessment::Fail => "fail",
            Assessment::Served => "served",
            Assessment::NotAssessed => "not assessed",
        }
    }
}
