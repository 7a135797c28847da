//! What OPA said of the examples, a line an input: its name, digests of input and answers, how many results.

#[cfg(test)]
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use sha2::{Digest as _, Sha256};

use super::examples::{Answers, Question, canonical};
use super::judged;
use crate::setup::workspace;

/// What was written down of one input.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) input: String,
    pub(super) results: usize,
    pub(super) answers: String,
}

impl Line {
    /// Of a question and the answers of one of the two; what was judged to differ is in neither.
    pub(super) fn of(question: &Question, answers: &Answers) -> Line {
        let mut text = String::new();
        let mut count = 0;
        for (rule, results) in answers.iter().filter(|(rule, _)| judged::example(rule, &question.name).is_none()) {
            count += results.len();
            let _ = writeln!(text, "{rule}\n{}", results.join("\n"));
        }
        Line { input: digest(&canonical(&question.input), 8), results: count, answers: digest(&text, 16) }
    }
}

/// Writes the record of the examples.
pub(super) fn write_examples(judge: &str, questions: &[Question], answers: &[Answers]) -> anyhow::Result<()> {
    let mut text = format!("# {judge}: input, its digest, results of all rules that judge it, their digest\n");
    for (question, answers) in questions.iter().zip(answers) {
        let line = Line::of(question, answers);
        writeln!(text, "{}\t{}\t{}\t{}", question.name, line.input, line.results, line.answers)?;
    }
    Ok(std::fs::write(folder().join("examples.txt"), text)?)
}

/// The record of the examples, by name.
#[cfg(test)]
pub(super) fn read_examples() -> BTreeMap<String, Line> {
    let text = std::fs::read_to_string(folder().join("examples.txt")).unwrap_or_default();
    let line = |line: &str| {
        let mut fields = line.split('\t').map(str::to_owned);
        let (name, input) = (fields.next()?, fields.next()?);
        Some((name, Line { input, results: fields.next()?.parse().ok()?, answers: fields.next()? }))
    };
    text.lines().filter(|line| !line.starts_with('#')).filter_map(line).collect()
}

/// Where the records lie.
pub(super) fn folder() -> PathBuf {
    workspace().join("crates/policy/oracle")
}

/// The first digits of a sum of SHA-256.
pub(super) fn digest(text: &str, digits: usize) -> String {
    let sum = Sha256::digest(text.as_bytes());
    let hex: String = sum.iter().map(|byte| format!("{byte:02x}")).collect();
    hex[..digits].to_owned()
}
