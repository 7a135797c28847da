//! `policy test`: `test_` rules, and the passing and failing examples beside each policy.

use std::collections::BTreeMap;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use portcullis::document;
use portcullis::model::{Origin, TreePath};
use portcullis::policy::{Example, Expectation, Options, TestOutcome, TestReport, run_tests};

use super::junit;
use crate::arguments::{PolicyTest, TestFormat};
use crate::{exit, settings, terminal};

/// The file beside a policy that says at which lines its failing examples fail: `fail.yaml:12` a line.
const EXPECTED: &str = "expected.txt";

/// Runs every test at the paths. Exit 0 all passed, 1 some failed, 2 nothing to test or a policy does not compile.
pub(crate) fn run(arguments: &PolicyTest) -> anyhow::Result<ExitCode> {
    let mut paths: Vec<PathBuf> = Vec::new();
    for path in &arguments.paths {
        paths.extend(settings::rego_files(path)?);
    }
    paths.sort();
    paths.dedup();
    let files = paths.iter().map(|path| settings::read_policy(path)).collect::<anyhow::Result<Vec<_>>>()?;
    let mut data = arguments.data.clone();
    let mut examples = Vec::new();
    for path in paths.iter().filter(|path| !settings::is_test(path)) {
        examples.extend(examples_beside(path)?);
        data.extend(settings::data_beside(path));
    }
    data.dedup();
    let options = Options { data: settings::policy_data(&data)?, ..Options::default() };
    let (report, errors) = run_tests(files, &examples, &options);
    let mut out = BufWriter::new(std::io::stdout().lock());
    match arguments.format {
        TestFormat::Json => writeln!(out, "{}", serde_json::to_string_pretty(&report)?)?,
        TestFormat::Junit => junit::write(&report, &mut out)?,
        TestFormat::Text => write_text(&report, &mut out)?,
    }
    out.flush()?;
    errors.iter().for_each(|error| terminal::error(&error.to_string()));
    if report.cases.is_empty() && errors.is_empty() {
        terminal::error("nothing to test: no test_ rule, and no pass* or fail* example beside a policy");
    }
    Ok(code(&report, errors.is_empty()))
}

fn code(report: &TestReport, compiled: bool) -> ExitCode {
    match report {
        _ if !compiled || report.cases.is_empty() => ExitCode::from(exit::USAGE),
        report if report.failed + report.errors > 0 => ExitCode::from(1),
        _ => ExitCode::SUCCESS,
    }
}

fn write_text(report: &TestReport, out: &mut impl std::io::Write) -> std::io::Result<()> {
    for case in report.cases.iter().filter(|case| case.outcome != TestOutcome::Pass) {
        let name = if case.case.is_empty() { &case.test } else { &case.case };
        writeln!(out, "{:5} {}: {name}: {}", case.outcome.name(), case.suite, case.message)?;
    }
    writeln!(
        out,
        "{} passed, {} failed, {} errors, {} skipped",
        report.passed, report.failed, report.errors, report.skipped
    )
}

/// The files `pass*` and `fail*` in the folder of a policy, read as documents.
fn examples_beside(policy: &Path) -> anyhow::Result<Vec<Example>> {
    let folder = policy.parent().unwrap_or(Path::new("."));
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let entries = std::fs::read_dir(folder).with_context(|| format!("could not read {}", folder.display()))?;
    let mut names: Vec<String> = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.retain(|name| (name.starts_with("pass") || name.starts_with("fail")) && !name.ends_with(".rego"));
    names.sort();
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let expected = expected_lines(&folder.join(EXPECTED))?;
    let mut examples = Vec::new();
    for name in names {
        if let Some(example) = read_example(policy, folder, &name, &expected)? {
            examples.push(example);
        }
    }
    Ok(examples)
}

fn read_example(
    policy: &Path,
    folder: &Path,
    name: &str,
    expected: &BTreeMap<String, Vec<u32>>,
) -> anyhow::Result<Option<Example>> {
    let origin = Origin::file(TreePath::new(name).with_context(|| format!("{name} is no file name"))?);
    let Some(format) = document::format_of(&origin.path) else { return Ok(None) };
    let path = folder.join(name);
    let bytes = std::fs::read(&path).with_context(|| format!("could not read the example {}", path.display()))?;
    let (documents, problems) = document::parse(format, &origin, &bytes, &document::Limits::default());
    let expects = match expected.get(name) {
        _ if name.starts_with("pass") => Expectation::Nothing,
        Some(lines) => Expectation::Lines(lines.clone()),
        None => Expectation::Something,
    };
    Ok(Some(Example { policy: policy.display().to_string(), name: name.to_owned(), expects, documents, problems }))
}

fn expected_lines(path: &Path) -> anyhow::Result<BTreeMap<String, Vec<u32>>> {
    let mut expected: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    if !path.exists() {
        return Ok(expected);
    }
    let text = std::fs::read_to_string(path).with_context(|| format!("could not read {}", path.display()))?;
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#')) {
        let wrong = || format!("{}:{}: `{line}` is not written FILE:LINE", path.display(), at + 1);
        let (name, number) = line.trim().rsplit_once(':').with_context(wrong)?;
        expected.entry(name.to_owned()).or_default().push(number.parse().with_context(wrong)?);
    }
    Ok(expected)
}
