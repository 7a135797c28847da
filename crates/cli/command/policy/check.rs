//! `policy check`: what keeps policies from running, and what is most probably a slip.

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use portcullis::policy::{self, Gatekeeper, Lint, Options, PolicyError};
use portcullis::{ConfigTree, report_on_policies};
use serde_json::Value;

use super::{all_namespaces, user_files};
use crate::arguments::PolicyCheck;
use crate::{exit, output, settings, terminal};

/// Exit 0 when everything compiles, warnings or not; else 2.
pub(crate) fn run(arguments: &PolicyCheck) -> anyhow::Result<ExitCode> {
    let (texts, reports): (Vec<String>, Vec<String>) =
        arguments.formats.iter().cloned().partition(|word| word == "text");
    let reports = if reports.is_empty() { Vec::new() } else { output::parse(&reports)? };
    let mut constraints = Vec::new();
    for path in &arguments.paths {
        constraints.extend(settings::gatekeeper_documents(path)?);
    }
    // Of Gatekeeper's files alone nothing is missing.
    let (files, bundled) = match user_files(&arguments.paths) {
        Err(_) if !constraints.is_empty() => (Vec::new(), Value::Null),
        found => found?,
    };
    let mut read: Vec<(String, String)> = files.iter().map(|file| (file.name.clone(), file.text.clone())).collect();
    let mut data = settings::load_data(&arguments.data)?;
    settings::put_data(&mut data, bundled, Path::new("a bundle"))?;
    let options = Options { data, configs: Some(ConfigTree::new(".").shared()), ..all_namespaces() };
    let (set, mut errors) = policy::load(files, &options);
    let (gatekeeper, faults) = Gatekeeper::load(&constraints, &options);
    errors.extend(faults);
    let count = read.len();
    let asked = match gatekeeper.rules().len() {
        0 => String::new(),
        constraints => format!(", {}", counted(constraints, "constraint")),
    };
    let (files, rules) = (counted(count, "file"), counted(set.rules().len(), "rule"));
    let done = format!("{files}, {rules}{asked}: all compile");
    let mut warnings = set.warnings();
    warnings.extend(gatekeeper.warnings());
    let has_failed = !errors.is_empty();
    if reports.is_empty() || !texts.is_empty() {
        say(&errors, &warnings, &done)?;
    }
    if !reports.is_empty() {
        for file in constraints.iter().map(|document| document.origin.path.to_string()) {
            if !read.iter().any(|(name, _)| *name == file) {
                let text = std::fs::read_to_string(&file).unwrap_or_default();
                read.push((file, text));
            }
        }
        errors.extend(warnings);
        let report = report_on_policies(&read, &errors, settings::now(arguments.now.as_deref())?);
        output::write_all(&reports, &report, &output::options())?;
    }
    Ok(if has_failed { ExitCode::from(exit::USAGE) } else { ExitCode::SUCCESS })
}

/// Of policies that do not compile nothing else is said: what depends on them is not known.
fn say(errors: &[PolicyError], warnings: &[PolicyError], done: &str) -> anyhow::Result<()> {
    errors.iter().for_each(|error| terminal::error(&with_lint(error)));
    if errors.is_empty() {
        warnings.iter().for_each(|warning| terminal::note(&with_lint(warning)));
        writeln!(std::io::stdout(), "{done}")?;
    }
    Ok(())
}

/// A fault, and where to read more of its kind.
fn with_lint(error: &PolicyError) -> String {
    let more = |lint: Lint| format!(" [{0}; `portcullis policy show {0}` says more]", lint.id());
    format!("{error}{}", error.lint.map(more).unwrap_or_default())
}

/// `1 file`, `2 files`.
fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
