//! What was looked at, below the findings.

use std::io;

use model::{ProblemSeverity, Status, Target};

use super::escape::escape;
use crate::count::{bytes, count, grouped, severities};
use crate::naming;

/// What was looked at in a target, and what could not be read.
pub(super) fn write(target: &Target, out: &mut dyn io::Write) -> io::Result<()> {
    let name = escape(naming::without_prefix(&target.name));
    write!(out, "<section>\n<h2>{name} <small>{}</small></h2>\n<dl>\n", escape(&naming::description(target)))?;
    let coverage = &target.coverage;
    let open = target.findings.iter().filter(|finding| finding.status == Status::Open).map(|finding| finding.severity);
    let open = severities(open);
    let lines = [
        ("digest", target.digest.map(|digest| digest.to_string()).unwrap_or_default()),
        ("findings", if open.is_empty() { "none".to_owned() } else { open }),
        (
            "files",
            format!(
                "{} seen, {} read ({}), {} wanted and not read",
                grouped(coverage.files_seen),
                grouped(coverage.files_read),
                bytes(coverage.bytes_read),
                grouped(coverage.skipped.len() as u64)
            ),
        ),
        (
            "packages",
            format!(
                "{}: {} compared with advisories, {} without an advisory source, {} undecided",
                grouped(target.packages.len() as u64),
                grouped(coverage.packages.matched),
                grouped(coverage.packages.no_advisory_source),
                grouped(coverage.packages.undecided)
            ),
        ),
        (
            "documents",
            format!(
                "{}: {} policy answers, {} unknown",
                grouped(coverage.documents),
                grouped(coverage.policies.evaluated),
                grouped(coverage.policies.unknown)
            ),
        ),
    ];
    for (name, text) in lines.iter().filter(|(_, text)| !text.is_empty()) {
        writeln!(out, "<dt>{name}</dt><dd>{}</dd>", escape(text))?;
    }
    out.write_all(b"</dl>\n")?;
    write_problems(target, out)?;
    write_layers(target, out)?;
    out.write_all(b"</section>\n")
}

fn write_problems(target: &Target, out: &mut dyn io::Write) -> io::Result<()> {
    if target.problems.is_empty() && target.coverage.skipped.is_empty() {
        return Ok(());
    }
    let errors = target.problems.iter().filter(|problem| problem.severity == ProblemSeverity::Error).count();
    let open = if errors > 0 { " open" } else { "" };
    let number = target.problems.len() + target.coverage.skipped.len();
    write!(out, "<details{open}><summary>{}</summary>\n<ul>\n", count(number, "problem"))?;
    for problem in &target.problems {
        let path = problem.path.as_ref().map(|path| naming::shown_path(target, path)).unwrap_or_default();
        let line = problem.line.map(|line| format!(":{line}")).unwrap_or_default();
        let layer = problem.layer.map(|layer| format!(" layer {}", layer.0)).unwrap_or_default();
        writeln!(
            out,
            "<li class=\"{}\"><b>{0}</b> {} <code>{}</code></li>",
            problem.severity.name(),
            escape(&problem.message),
            escape(&format!("{path}{line}{layer}"))
        )?;
    }
    for skipped in &target.coverage.skipped {
        let path = naming::shown_path(target, &skipped.path);
        writeln!(out, "<li><b>not read</b> {} <code>{}</code></li>", escape(&skipped.reason), escape(&path))?;
    }
    out.write_all(b"</ul>\n</details>\n")
}

fn write_layers(target: &Target, out: &mut dyn io::Write) -> io::Result<()> {
    if target.layers.is_empty() {
        return Ok(());
    }
    write!(out, "<details><summary>{}</summary>\n<ol start=\"0\">\n", count(target.layers.len(), "layer"))?;
    for layer in &target.layers {
        let by = layer.created_by.as_deref().unwrap_or("no instruction is recorded");
        writeln!(out, "<li><code>{}</code> {}</li>", escape(by), bytes(layer.size))?;
    }
    out.write_all(b"</ol>\n</details>\n")
}
