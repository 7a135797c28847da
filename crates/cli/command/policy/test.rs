//! `policy test`: `test_` rules, and the passing and failing examples beside each policy.

use std::collections::BTreeMap;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use portcullis::ConfigTree;
use portcullis::document;
use portcullis::model::{Document, Origin, TreePath};
use portcullis::policy::{
    Coverage, Example, Expectation, Lines, Options, Suite, TestOutcome, TestReport, Tests, is_suite, run_tests,
};
use regex::Regex;

use super::junit;
use crate::arguments::{PolicyTest, TestFormat};
use crate::{exit, settings, terminal};

/// The file beside a policy that says at which lines its failing examples fail: `fail.yaml:12` a line.
const EXPECTED: &str = "expected.txt";

/// Runs every test at the paths. Exit 0 all passed, 1 some failed, 2 nothing to test or a policy does not compile.
pub(crate) fn run(arguments: &PolicyTest) -> anyhow::Result<ExitCode> {
    let mut paths: Vec<PathBuf> = Vec::new();
    let mut files = Vec::new();
    let key = settings::verification_key(arguments.verification_key.as_deref())?;
    let mut bundled = serde_json::Value::Object(serde_json::Map::new());
    for path in &arguments.paths {
        if let Some(bundle) = settings::bundle(path, key.as_ref())? {
            files.extend(bundle.files);
            settings::put_data(&mut bundled, bundle.data, path)?;
        } else {
            paths.extend(settings::rego_files(path)?);
        }
    }
    paths.sort();
    paths.dedup();
    for path in &paths {
        files.push(settings::read_policy(path)?);
    }
    let mut data = arguments.data.clone();
    let mut examples = Vec::new();
    for path in paths.iter().filter(|path| !settings::is_test(path)) {
        examples.extend(examples_beside(path)?);
        data.extend(settings::data_beside(path));
    }
    data.dedup();
    let suites = suites(&arguments.paths)?;
    let read: Vec<_> = suites.iter().map(|(path, _)| reader(path)).collect();
    let suites = suites.iter().zip(&read).map(|((_, document), read)| Suite { document, read });
    let filter = arguments.run.as_deref().map(Regex::new).transpose().context("--run")?;
    let mut data = settings::load_data(&data)?;
    settings::put_data(&mut data, bundled, Path::new("a bundle"))?;
    let options = Options { data, configs: Some(ConfigTree::new(".").shared()), ..Options::default() };
    let tests = Tests { files, examples: &examples, suites: suites.collect(), filter, coverage: arguments.coverage };
    let (report, errors) = run_tests(tests, &options);
    let mut out = BufWriter::new(std::io::stdout().lock());
    match arguments.format {
        TestFormat::Json => writeln!(out, "{}", serde_json::to_string_pretty(&report)?)?,
        TestFormat::Junit => junit::write(&report, &mut out)?,
        TestFormat::Text => write_text(&report, arguments.verbose, &mut out)?,
    }
    out.flush()?;
    errors.iter().for_each(|error| terminal::error(&error.to_string()));
    if report.cases.is_empty() && errors.is_empty() {
        terminal::error(
            "nothing to test: no test_ rule, no pass* or fail* example beside a policy, and no Suite of Gatekeeper",
        );
    }
    Ok(code(&report, errors.is_empty()))
}

/// Every suite at the paths, with the file it is in.
fn suites(paths: &[PathBuf]) -> anyhow::Result<Vec<(PathBuf, Document)>> {
    let mut found = Vec::new();
    for path in paths {
        for document in settings::gatekeeper_documents(path)?.into_iter().filter(is_suite) {
            found.push((PathBuf::from(document.origin.path.to_string()), document));
        }
    }
    found.sort_by(|left, right| left.0.cmp(&right.0));
    found.dedup_by(|left, right| left.0 == right.0 && left.1.index == right.1.index);
    Ok(found)
}

/// Reads files by their paths from the folder of a suite.
fn reader(suite: &Path) -> impl Fn(&str) -> Result<Vec<Document>, String> {
    let folder = suite.parent().unwrap_or(Path::new(".")).to_owned();
    move |path| settings::documents_of(&folder.join(path)).map_err(|error| format!("{error:#}"))
}

fn code(report: &TestReport, compiled: bool) -> ExitCode {
    match report {
        _ if !compiled || report.cases.is_empty() => ExitCode::from(exit::USAGE),
        report if report.failed + report.errors > 0 => ExitCode::from(1),
        _ => ExitCode::SUCCESS,
    }
}

fn write_text(report: &TestReport, verbose: bool, out: &mut impl std::io::Write) -> std::io::Result<()> {
    for case in report.cases.iter().filter(|case| verbose || case.outcome != TestOutcome::Pass) {
        let name = match (case.test.as_str(), case.case.as_str()) {
            ("examples", name) => name.to_owned(),
            (test, "") => test.to_owned(),
            (test, name) => format!("{test}: {name}"),
        };
        let message = if case.message.is_empty() { String::new() } else { format!(": {}", case.message) };
        writeln!(out, "{:5} {}: {name}{message}", case.outcome.name(), case.suite)?;
    }
    writeln!(
        out,
        "{} passed, {} failed, {} errors, {} skipped",
        report.passed, report.failed, report.errors, report.skipped
    )?;
    report.coverage.as_ref().map_or(Ok(()), |coverage| write_coverage(coverage, out))
}

fn write_coverage(coverage: &Coverage, out: &mut impl std::io::Write) -> std::io::Result<()> {
    for (name, file) in &coverage.files {
        let missed: Vec<String> = file.not_covered.iter().map(shown).collect();
        let missed = if missed.is_empty() { String::new() } else { format!("; not reached: {}", missed.join(", ")) };
        writeln!(out, "{:>5.1} % {name}{missed}", file.coverage)?;
    }
    let all = coverage.covered_lines + coverage.not_covered_lines;
    writeln!(out, "{:>5.1} % of all: {} of {all} lines", coverage.coverage, coverage.covered_lines)
}

fn shown(lines: &Lines) -> String {
    match (lines.start.row, lines.end.row) {
        (start, end) if start == end => start.to_string(),
        (start, end) => format!("{start}-{end}"),
    }
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
    let path = folder.join(name);
    let Some(format) = document::format_of(&origin.path) else {
        if path.is_file() {
            let shown = path.display();
            terminal::note(&format!("{shown} is no example: its name tells no format, and it was not judged"));
        }
        return Ok(None);
    };
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
