//! Which lines of policies their tests reach, in the shape of OPA's coverage report.

use std::collections::{BTreeMap, BTreeSet};

use model::Document;
use serde::Serialize;

use crate::package::Package;
use crate::rego::{Asked, FileLines, Module, Value, counted, of_documents, of_node};
use crate::{Example, Input, PolicySet, Trust};

/// Which lines the tests reached. What counts are the heads of rules and their statements, with all lines they stand on, as OPA has it; a
/// line on which anything was reached is reached.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Coverage {
    /// By file.
    pub files: BTreeMap<String, FileCoverage>,
    /// Lines that were reached.
    pub covered_lines: u64,
    /// Lines that were not.
    pub not_covered_lines: u64,
    /// Per cent of the lines that were reached, with one decimal; 100 where there are none.
    pub coverage: f64,
}

/// The same of one file.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct FileCoverage {
    /// Runs of lines that were reached.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub covered: Vec<Lines>,
    /// Runs of lines that were not.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_covered: Vec<Lines>,
    /// Lines that were reached.
    pub covered_lines: u64,
    /// Lines that were not.
    pub not_covered_lines: u64,
    /// Per cent, with one decimal.
    pub coverage: f64,
}

/// A run of lines, the first and the last included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Lines {
    /// The first.
    pub start: Row,
    /// The last.
    pub end: Row,
}

/// A 1-based line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The line.
    pub row: u32,
}

/// What single runs reached, put together.
#[derive(Default)]
pub(super) struct Reached {
    files: BTreeMap<String, FileLines>,
    /// Rules that examples asked.
    asked: BTreeSet<String>,
}

impl Reached {
    /// Takes what one run reached. A line that any run reaches is reached.
    pub(super) fn take(&mut self, runs: Vec<FileLines>) {
        for run in runs {
            let lines = self.files.entry(run.file.clone()).or_default();
            lines.covered.extend(run.covered);
            lines.not_covered.extend(run.not_covered);
        }
    }

    /// Asks about an example once more, and looks where that leads.
    pub(super) fn take_example(&mut self, set: &PolicySet, example: &Example) {
        let is_beside =
            |package: &&Package| package.entries.iter().any(|entry| set.rules()[entry.rule].file == example.policy);
        for package in set.packages.iter().filter(is_beside) {
            let Ok(program) = package.program(&set.modules, &set.options) else { continue };
            for input in inputs(package, &example.documents) {
                for entry in &package.entries {
                    self.asked.insert(entry.name.clone());
                    // What cannot be evaluated is an error of the example already.
                    let lines = program.lines_reached(&entry.path, &input, set.options.time_limit);
                    self.take(lines.unwrap_or_default());
                }
            }
        }
    }

    /// The report on the user's modules.
    pub(super) fn report(mut self, set: &PolicySet) -> Coverage {
        let mut report = Coverage::default();
        let own = || set.modules.iter().filter(|module| module.trust == Trust::User);
        let mut asked = Asked::new(std::mem::take(&mut self.asked));
        let lines = |module: &Module| self.files.get(&module.file);
        while own().any(|module| lines(module).is_some_and(|lines| asked.take(module, lines))) {}
        for module in own() {
            let engine = self.files.remove(&module.file).unwrap_or_default();
            let lines = counted(module, &engine, &asked);
            let file = FileCoverage::of(&lines);
            report.covered_lines += file.covered_lines;
            report.not_covered_lines += file.not_covered_lines;
            report.files.insert(module.file.clone(), file);
        }
        report.coverage = per_cent(report.covered_lines, report.not_covered_lines);
        report
    }
}

fn inputs(package: &Package, documents: &[Document]) -> Vec<Value> {
    let wanted: Vec<&Document> = documents.iter().filter(|document| package.wants(document.kind)).collect();
    match package.input {
        Input::Document => wanted.into_iter().map(|document| of_node(&document.root)).collect(),
        Input::Documents if wanted.is_empty() => Vec::new(),
        Input::Documents => vec![of_documents(&wanted, &[])],
    }
}

impl FileCoverage {
    fn of(lines: &FileLines) -> FileCoverage {
        let not_covered: BTreeSet<u32> = lines.not_covered.difference(&lines.covered).copied().collect();
        let (covered_lines, not_covered_lines) = (lines.covered.len() as u64, not_covered.len() as u64);
        FileCoverage {
            covered: runs(&lines.covered),
            not_covered: runs(&not_covered),
            covered_lines,
            not_covered_lines,
            coverage: per_cent(covered_lines, not_covered_lines),
        }
    }
}

fn runs(lines: &BTreeSet<u32>) -> Vec<Lines> {
    let mut runs: Vec<Lines> = Vec::new();
    for row in lines.iter().copied() {
        match runs.last_mut() {
            Some(run) if run.end.row + 1 == row => run.end.row = row,
            _ => runs.push(Lines { start: Row { row }, end: Row { row } }),
        }
    }
    runs
}

fn per_cent(covered: u64, not_covered: u64) -> f64 {
    let all = covered + not_covered;
    if all == 0 { 100.0 } else { (covered as f64 * 1000.0 / all as f64).floor() / 10.0 }
}
