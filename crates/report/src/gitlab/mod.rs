//! GitLab's own security reports, schema generation 15: a file for each of its scan types, for its rules go by type.
//!
//! Container scanning takes the packages of images, dependency scanning those of everything else, static analysis all that
//! has no package; what is in another file is counted. A file of a schema that an instance does not know is refused whole,
//! so the version is an old one.

mod location;
#[cfg(test)]
mod tests;
mod vulnerability;

use std::collections::{BTreeMap, HashMap};
use std::io;

use model::{Chains, Finding, Outcome, ProblemSeverity, Report, Status, Target, TargetKind};
use serde_json::{Map, Value, json};

use crate::count::count;
use crate::{Options, age, foreign, naming, suppressed};

/// The version of the schema.
const SCHEMA: &str = "15.0.7";
/// Messages of one scan.
const MOST_MESSAGES: usize = 1_000;

/// The scan types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scan {
    Container,
    Dependency,
    Static,
}

/// Packages of images.
pub(crate) fn write_container(report: &Report, _: &Options, out: &mut dyn io::Write) -> io::Result<()> {
    write(report, Scan::Container, out)
}

/// Packages of trees, files and lists.
pub(crate) fn write_dependency(report: &Report, _: &Options, out: &mut dyn io::Write) -> io::Result<()> {
    write(report, Scan::Dependency, out)
}

/// Policies, what images say of themselves, secrets and all else that has no package.
pub(crate) fn write_static(report: &Report, _: &Options, out: &mut dyn io::Write) -> io::Result<()> {
    write(report, Scan::Static, out)
}

fn write(report: &Report, scan: Scan, out: &mut dyn io::Write) -> io::Result<()> {
    let mut file = Map::new();
    file.insert("version".to_owned(), SCHEMA.into());
    file.insert("scan".to_owned(), about_scan(report, scan));
    file.insert("vulnerabilities".to_owned(), vulnerabilities(report, scan).into());
    if scan == Scan::Dependency {
        file.insert("dependency_files".to_owned(), dependency_files(report).into());
    }
    file.insert("remediations".to_owned(), json!([]));
    serde_json::to_writer_pretty(&mut *out, &Value::Object(file))?;
    out.write_all(b"\n")
}

impl Scan {
    fn name(self) -> &'static str {
        match self {
            Scan::Container => "container_scanning",
            Scan::Dependency => "dependency_scanning",
            Scan::Static => "sast",
        }
    }

    /// Open findings only: a waived one would be shown as a new vulnerability. Each finding is in one file at most.
    fn takes(self, target: &Target, finding: &Finding) -> bool {
        let is_image = target.kind == TargetKind::Image;
        let fits = match self {
            Scan::Container => is_image && finding.package.is_some(),
            Scan::Dependency => !is_image && finding.package.is_some(),
            Scan::Static => finding.package.is_none(),
        };
        fits && finding.status == Status::Open
    }

    /// The format that is written for this type.
    fn format(self) -> &'static str {
        match self {
            Scan::Container => "gitlab-container",
            Scan::Dependency => "gitlab-dependency",
            Scan::Static => "gitlab-sast",
        }
    }
}

fn vulnerabilities(report: &Report, scan: Scan) -> Vec<Value> {
    let mut seen: HashMap<&str, u32> = HashMap::new();
    let mut vulnerabilities = Vec::new();
    for target in &report.targets {
        let chains = Chains::new(&target.packages);
        for finding in target.findings.iter().filter(|finding| scan.takes(target, finding)) {
            let number = seen.entry(finding.fingerprint.as_str()).or_default();
            *number += 1;
            // The same finding in two trees has one fingerprint, and identifiers must differ.
            let id = match number {
                1 => finding.fingerprint.to_string(),
                number => format!("{}-{number}", finding.fingerprint),
            };
            vulnerabilities.push(vulnerability::of(report, target, &chains, finding, scan, &id));
        }
    }
    vulnerabilities
}

fn about_scan(report: &Report, scan: Scan) -> Value {
    // Times have no zone and no fraction here.
    let time = report.evaluated_at.to_string()[..19].to_owned();
    let name = foreign::line(&report.tool.name);
    let tool = json!({
        "id": name,
        "name": name,
        "vendor": {"name": name},
        "version": foreign::line(&report.tool.version),
    });
    // A scan that saw nothing of what it should have seen must not close what an earlier one found.
    let is_unusable =
        matches!(
            report.verdict.outcome,
            Outcome::Nothing | Outcome::Incomplete | Outcome::Stale | Outcome::Misconfigured
        ) && report.targets.iter().all(|target| target.packages.is_empty() && target.coverage.documents == 0);
    json!({
        "analyzer": tool,
        "scanner": tool,
        "type": scan.name(),
        "start_time": time,
        "end_time": time,
        "status": if is_unusable { "failure" } else { "success" },
        "messages": messages(report, scan),
    })
}

fn messages(report: &Report, scan: Scan) -> Vec<Value> {
    let message = |level: &str, text: &str| json!({"level": level, "value": foreign::line(text)});
    let mut messages: Vec<Value> = report
        .verdict
        .reasons
        .iter()
        .filter(|reason| !reason.trim().is_empty())
        .map(|reason| message("info", reason))
        .chain(age::of_data(report).map(|age| message("info", &age)))
        .chain(elsewhere(report, scan).map(|text| message("info", &text)))
        .collect();
    for target in &report.targets {
        for problem in target.problems.iter().filter(|problem| problem.severity != ProblemSeverity::Note) {
            let place = problem.path.as_ref().map(|path| naming::shown_path(target, path)).unwrap_or_default();
            let line = problem.line.map(|line| format!(":{line}")).unwrap_or_default();
            messages
                .push(message("warn", format!("{place}{line} {}: {}", problem.kind.name(), problem.message).trim()));
        }
    }
    let suppressed = suppressed::all(report).map(|(target, finding)| suppressed::line(target, finding));
    messages.extend(suppressed.map(|line| message("info", &format!("suppressed: {line}"))));
    let more = messages.len().saturating_sub(MOST_MESSAGES);
    messages.truncate(MOST_MESSAGES);
    if more > 0 {
        messages.push(message("warn", &format!("{more} more messages are left out")));
    }
    messages
}

/// What belongs into the files of other types: whoever reads this one alone must not take it for all there is.
fn elsewhere(report: &Report, scan: Scan) -> impl Iterator<Item = String> {
    let others = [Scan::Container, Scan::Dependency, Scan::Static].into_iter().filter(move |other| *other != scan);
    others.filter_map(|other| {
        let findings = report.targets.iter().flat_map(|target| target.findings.iter().map(move |one| (target, one)));
        let number = findings.filter(|(target, finding)| other.takes(target, finding)).count();
        let verb = if number == 1 { "is" } else { "are" };
        (number > 0)
            .then(|| format!("{} {verb} written with the format `{}`", count(number, "finding"), other.format()))
    })
}

/// The packages of every lockfile, by file.
fn dependency_files(report: &Report) -> Vec<Value> {
    let mut files: BTreeMap<(String, &str), Vec<Value>> = BTreeMap::new();
    for target in report.targets.iter().filter(|target| target.kind != TargetKind::Image) {
        for package in &target.packages {
            let Some(place) = package.locations.first() else { continue };
            let Some(version) = &package.version else { continue };
            let manager = location::package_manager(package.purl());
            let dependency = json!({
                "package": {"name": foreign::line(&package.name)},
                "version": foreign::line(version),
            });
            files.entry((naming::shown_path(target, &place.path), manager)).or_default().push(dependency);
        }
    }
    let file = |((path, manager), dependencies)| json!({"path": path, "package_manager": manager, "dependencies": dependencies});
    files.into_iter().map(file).collect()
}
