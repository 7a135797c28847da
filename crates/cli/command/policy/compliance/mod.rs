//! `policy compliance`: every control of a profile, with what is known of it. What nothing looked at is said to be not assessed, never
//! passed.

mod seen;

use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use portcullis::Report;
use portcullis::builtin_policies::{self, CATALOGUES, Catalogue, Control};
use portcullis::model::Status;
use portcullis::policy::{LoadedRule, PolicySet};
use serde::Serialize;

use self::seen::Seen;
use crate::arguments::{ListFormat, PolicyCompliance};

/// What is known of one control.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Line {
    /// `cis-kubernetes-1.8/5.2.2`
    control: String,
    title: &'static str,
    status: Assessment,
    /// Why it is not assessed, or not all of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// The rules that serve it.
    rules: Vec<String>,
    /// Findings of these rules that count.
    #[serde(skip_serializing_if = "Option::is_none")]
    findings: Option<usize>,
    /// Of these rules those that found something that counts, most first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    found_by: Vec<FoundBy>,
    /// Findings of these rules that somebody accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressed: Option<usize>,
    /// Of these rules those that judged nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    not_judged: Vec<NotJudged>,
}

/// A rule that found something.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct FoundBy {
    rule: String,
    /// More than none.
    findings: usize,
}

/// A rule that judged nothing.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct NotJudged {
    rule: String,
    reason: String,
}

/// The answer for one control.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Assessment {
    /// All rules that serve it judged something and found nothing.
    Pass,
    /// Some of them did; for the others nothing was there.
    PartlyAssessed,
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
    let seen = report.as_ref().map(Seen::of);
    let lines: Vec<Line> = catalogues
        .iter()
        .flat_map(|catalogue| catalogue.controls.iter().map(|control| (*catalogue, control)))
        .map(|(catalogue, control)| line(catalogue, control, &set, seen.as_ref()))
        .collect();
    let mut out = BufWriter::new(std::io::stdout().lock());
    match arguments.format {
        ListFormat::Json => writeln!(out, "{}", serde_json::to_string_pretty(&lines)?)?,
        ListFormat::Text => write_text(&catalogues, &lines, report.is_some(), &mut out)?,
    }
    out.flush()?;
    let fails = lines.iter().any(|line| line.status == Assessment::Fail);
    Ok(ExitCode::from(u8::from(fails)))
}

fn read(path: &Path) -> anyhow::Result<Report> {
    let text = std::fs::read_to_string(path).with_context(|| format!("could not read {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is no report written with -f json", path.display()))
}

fn line(catalogue: &Catalogue, control: &Control, set: &PolicySet, seen: Option<&Seen<'_>>) -> Line {
    let name = format!("{}/{}", catalogue.id, control.id);
    let serving: Vec<&LoadedRule> = set.rules().iter().filter(|loaded| loaded.rule.controls.contains(&name)).collect();
    let mut line = Line {
        control: name,
        title: control.title,
        status: Assessment::NotAssessed,
        reason: None,
        rules: serving.iter().map(|loaded| loaded.rule.id.to_string()).collect(),
        findings: None,
        found_by: Vec::new(),
        suppressed: None,
        not_judged: Vec::new(),
    };
    match (control.beyond, seen) {
        (Some(why), _) => line.reason = Some(why.to_owned()),
        (None, _) if serving.is_empty() => line.reason = Some("no rule serves it".to_owned()),
        (None, None) => line.status = Assessment::Served,
        (None, Some(seen)) => line.judge(&serving, set, seen),
    }
    line
}

fn write_text(
    catalogues: &[&Catalogue],
    lines: &[Line],
    is_of_report: bool,
    out: &mut impl std::io::Write,
) -> std::io::Result<()> {
    for catalogue in catalogues {
        writeln!(out, "{}", catalogue.title)?;
        let own = |line: &&Line| line.control.split_once('/').is_some_and(|(name, _)| name == catalogue.id);
        let width = catalogue.controls.iter().map(|control| control.id.len()).max().unwrap_or(0);
        for line in lines.iter().filter(own) {
            let id = line.control.split_once('/').map_or("", |(_, id)| id);
            writeln!(out, "  {id:width$}  {:15}  {}{}", line.status.name(), line.title, line.note())?;
        }
        writeln!(out)?;
    }
    let count = |status| lines.iter().filter(|line| line.status == status).count();
    let not_assessed = count(Assessment::NotAssessed);
    if !is_of_report {
        return writeln!(out, "{} served by rules, {not_assessed} not assessed", count(Assessment::Served));
    }
    let (pass, partly) = (count(Assessment::Pass), count(Assessment::PartlyAssessed));
    let fail = count(Assessment::Fail);
    writeln!(out, "{pass} pass, {partly} partly assessed, {fail} fail, {not_assessed} not assessed")?;
    writeln!(
        out,
        "pass: every rule that serves the control judged something and found nothing; a control may ask for more than they can see"
    )?;
    writeln!(out, "partly assessed: nothing found, and nothing was there to judge for some of its rules")
}

impl Line {
    /// A control fails by any finding that counts. It passes only if every rule that serves it was asked, answered, and judged something
    /// that was there.
    fn judge(&mut self, serving: &[&LoadedRule], set: &PolicySet, seen: &Seen<'_>) {
        let (open, suppressed) = (seen.count(serving, Status::Open), seen.count(serving, Status::Suppressed));
        self.found_by = found_by(serving, seen);
        self.suppressed = Some(suppressed).filter(|count| *count > 0);
        let judged_nothing = |loaded: &&LoadedRule| {
            let reason = seen.why_not_judged(set, loaded)?;
            Some(NotJudged { rule: loaded.rule.id.to_string(), reason })
        };
        self.not_judged = serving.iter().filter_map(judged_nothing).collect();
        (self.status, self.reason) = if open > 0 {
            (Assessment::Fail, None)
        } else if self.not_judged.len() == serving.len() {
            (Assessment::NotAssessed, Some(self.not_judged_words()))
        } else if let Some(reason) = seen.why_undecided(serving) {
            (Assessment::NotAssessed, Some(reason))
        } else if self.not_judged.is_empty() {
            (Assessment::Pass, None)
        } else {
            (Assessment::PartlyAssessed, Some(self.not_judged_words()))
        };
        let is_assessed = self.not_judged.len() < serving.len();
        self.findings = Some(open).filter(|_| is_assessed);
    }

    /// The reasons, each once: with the rules if others judged something.
    fn not_judged_words(&self) -> String {
        let mut rules: Vec<(&str, Vec<&str>)> = Vec::new();
        for one in &self.not_judged {
            match rules.iter_mut().find(|(reason, _)| *reason == one.reason) {
                Some((_, rules)) => rules.push(&one.rule),
                None => rules.push((&one.reason, vec![&one.rule])),
            }
        }
        let is_all = self.not_judged.len() == self.rules.len();
        let words = rules.iter().map(|(reason, rules)| match is_all {
            true => (*reason).to_owned(),
            false => format!("not judged by {}: {reason}", rules.join(", ")),
        });
        words.collect::<Vec<String>>().join("; ")
    }

    /// Who found something and how much, then the rules that did not.
    fn found_words(&self) -> String {
        let found: Vec<String> =
            self.found_by.iter().map(|one| format!("{} of {}", findings(one.findings), one.rule)).collect();
        let is_other = |rule: &&String| self.found_by.iter().all(|one| one.rule != **rule);
        let others: Vec<&str> = self.rules.iter().filter(is_other).map(String::as_str).collect();
        let others =
            if others.is_empty() { String::new() } else { format!("; nothing found by {}", others.join(", ")) };
        format!("{}{others}", found.join(", "))
    }

    fn note(&self) -> String {
        let note = match (&self.reason, self.findings) {
            (Some(reason), _) => reason.clone(),
            (None, Some(found)) if found > 0 => self.found_words(),
            (None, _) => self.rules.join(", "),
        };
        let accepted = self.suppressed.map_or(String::new(), |count| format!("; {} accepted", findings(count)));
        format!(" ({note}{accepted})")
    }
}

fn found_by(serving: &[&LoadedRule], seen: &Seen<'_>) -> Vec<FoundBy> {
    let of_rule = |loaded: &&LoadedRule| FoundBy {
        rule: loaded.rule.id.to_string(),
        findings: seen.count(std::slice::from_ref(loaded), Status::Open),
    };
    let mut found: Vec<FoundBy> = serving.iter().map(of_rule).filter(|one| one.findings > 0).collect();
    found.sort_by(|one, other| other.findings.cmp(&one.findings).then_with(|| one.rule.cmp(&other.rule)));
    found
}

fn findings(count: usize) -> String {
    format!("{count} finding{}", if count == 1 { "" } else { "s" })
}

impl Assessment {
    fn name(self) -> &'static str {
        match self {
            Assessment::Pass => "pass",
            Assessment::PartlyAssessed => "partly assessed",
            Assessment::Fail => "fail",
            Assessment::Served => "served",
            Assessment::NotAssessed => "not assessed",
        }
    }
}
