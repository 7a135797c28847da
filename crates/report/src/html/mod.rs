//! One HTML file, for people without a terminal: it loads nothing, and nothing scanned can run in it.
//!
//! The policy in its head allows one style and one script, both named by their hashes; every foreign text is escaped.

mod coverage;
mod escape;
mod row;
#[cfg(test)]
mod tests;

use std::io;

use model::{Chains, Outcome, Report, Severity};
use sha2::{Digest as _, Sha256};

use self::escape::escape;
use crate::count::{count, grouped};
use crate::{Options, naming};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Writes the page: verdict, filters, findings, what was looked at, what could not be read.
pub(crate) fn write(report: &Report, _: &Options, out: &mut dyn io::Write) -> io::Result<()> {
    write_head(report, out)?;
    write_verdict(report, out)?;
    write_filters(report, out)?;
    write_findings(report, out)?;
    report.targets.iter().try_for_each(|target| coverage::write(target, out))?;
    write_data(report, out)?;
    write!(out, "</main>\n<script>{SCRIPT}</script>\n</body>\n</html>\n")
}

fn write_head(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    let (style, script) = (hash(STYLE), hash(SCRIPT));
    let names: Vec<&str> = report.targets.iter().take(3).map(|target| naming::without_prefix(&target.name)).collect();
    write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{style}'; script-src '{script}'; \
         base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{}: {}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n",
        report.verdict.outcome.name(),
        escape(&names.join(", "))
    )
}

/// `sha256-…` as a content security policy names an inline text.
fn hash(text: &str) -> String {
    format!("sha256-{}", escape::base64(&Sha256::digest(text)))
}

fn write_verdict(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    let verdict = &report.verdict;
    let class = match verdict.outcome {
        Outcome::Pass => "pass",
        Outcome::Fail | Outcome::Misconfigured => "fail",
        Outcome::Incomplete | Outcome::Nothing | Outcome::Stale => "doubt",
    };
    let day: String = report.evaluated_at.to_string().chars().take(10).collect();
    write!(
        out,
        "<header class=\"{class}\">\n<h1>{}</h1>\n<p>{} {}, judged by {day}, exit code {}</p>\n<ul>\n",
        verdict.outcome.name(),
        escape(&report.tool.name),
        escape(&report.tool.version),
        u8::from(verdict.exit_code)
    )?;
    verdict.reasons.iter().try_for_each(|reason| writeln!(out, "<li>{}</li>", escape(reason)))?;
    out.write_all(b"</ul>\n</header>\n")
}

/// Shown by the script: without it they would do nothing.
fn write_filters(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    out.write_all(
        b"<form id=\"filters\" hidden>\n<label>severity <select name=\"severity\"><option value=\"0\">any</option>",
    )?;
    for severity in Severity::WORST_FIRST.into_iter().filter(|severity| *severity != Severity::Unknown) {
        write!(out, "<option value=\"{}\">{severity} or worse</option>", row::weight(severity))?;
    }
    let findings = || report.targets.iter().flat_map(|target| &target.findings);
    let mut classes: Vec<&str> = findings().map(|finding| finding.class.name()).collect();
    classes.sort_unstable();
    classes.dedup();
    let classes: Vec<String> = classes.into_iter().map(str::to_owned).collect();
    write_choice("class", &classes, out)?;
    let targets: Vec<String> =
        report.targets.iter().map(|target| naming::without_prefix(&target.name).to_owned()).collect();
    write_choice("target", &targets, out)?;
    let mut layers: Vec<u32> = findings()
        .flat_map(|finding| &finding.locations)
        .filter_map(|place| place.layer.map(|layer| layer.0))
        .collect();
    layers.sort_unstable();
    layers.dedup();
    write_choice("layer", &layers.iter().map(u32::to_string).collect::<Vec<_>>(), out)?;
    out.write_all(
        b"</select></label>\n<label><input type=\"checkbox\" name=\"gate\"> fails the gate</label>\n\
          <label><input type=\"checkbox\" name=\"fixable\"> has a fix</label>\n\
          <label><input type=\"checkbox\" name=\"open\" checked> hide what does not count</label>\n\
          <label>text <input type=\"search\" name=\"text\"></label>\n<output></output>\n</form>\n",
    )
}

/// Closes the choice before it and opens another.
fn write_choice(name: &str, values: &[String], out: &mut dyn io::Write) -> io::Result<()> {
    write!(out, "</select></label>\n<label>{name} <select name=\"{name}\"><option value=\"\">any</option>")?;
    values.iter().enumerate().try_for_each(|(at, value)| {
        let key = if name == "target" { at.to_string() } else { escape(value) };
        write!(out, "<option value=\"{key}\">{}</option>", escape(value))
    })
}

fn write_findings(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    let mut rows = Vec::new();
    for (at, target) in report.targets.iter().enumerate() {
        let chains = Chains::new(&target.packages);
        rows.extend(
            target.findings.iter().map(|finding| (row::rank(finding), row::of(report, target, at, &chains, finding))),
        );
    }
    // The sort keeps the order of the report among equals.
    rows.sort_by_key(|(rank, _)| *rank);
    if rows.is_empty() {
        return out.write_all(b"<p>No finding.</p>\n");
    }
    out.write_all(b"<table id=\"findings\">\n<thead><tr><th>severity</th><th>finding</th><th>where</th><th>what to do</th></tr></thead>\n<tbody>\n")?;
    rows.iter().try_for_each(|(_, row)| out.write_all(row.as_bytes()))?;
    out.write_all(b"</tbody>\n</table>\n")
}

fn write_data(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    out.write_all(b"<footer>\n")?;
    for data in report.data.snapshots() {
        let day: String = data.built_at.to_string().chars().take(10).collect();
        let sources: Vec<&str> = data.sources.iter().map(|source| source.name.as_str()).collect();
        writeln!(
            out,
            "<p>{} advisory records, the newest of {day}, {} old: {}</p>",
            grouped(data.records),
            count(data.age_days as usize, "day"),
            escape(&sources.join(", "))
        )?;
    }
    if let Some(policies) = &report.data.policies {
        writeln!(out, "<p>{} policy rules</p>", grouped(policies.rules))?;
    }
    out.write_all(b"</footer>\n")
}
