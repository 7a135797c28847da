//! gator on every suite below `fixtures/gatekeeper`; what it says lies beside each as `gator.txt`, a case a line.

use anyhow::Context as _;

use super::Said;
use super::tools::Tools;
use crate::setup::workspace;

/// Runs gator on every suite. Tests of `crates/policy` compare.
pub(super) fn ask(tools: &Tools) -> anyhow::Result<Said> {
    let (mut suites, mut cases) = (0, 0);
    for entry in std::fs::read_dir(workspace().join("fixtures/gatekeeper"))? {
        let folder = entry?.path();
        if !folder.join("suite.yaml").exists() {
            continue;
        }
        let mut command = tools.gator();
        // Some cases fail on purpose.
        let output = command.args(["verify", "--verbose", "suite.yaml"]).current_dir(&folder).output();
        let output = output.context("gator could not be started")?;
        let lines = lines(&String::from_utf8_lossy(&output.stdout));
        let said = || String::from_utf8_lossy(&output.stderr).into_owned();
        anyhow::ensure!(!lines.is_empty(), "{}: gator said {}", folder.display(), said());
        cases += lines.len();
        suites += 1;
        std::fs::write(folder.join("gator.txt"), lines.iter().map(|line| format!("{line}\n")).collect::<String>())?;
    }
    let summary = format!("{suites} suites with {cases} cases recorded; crates/policy compares");
    Ok(Said { summary, differences: Vec::new() })
}

/// Outcome, test, case and message; a test without cases is a line of its own.
fn lines(output: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let (mut test, mut at_start) = ("", 0);
    let mut rest = output.lines().peekable();
    while let Some(line) = rest.next() {
        let name = |line: &'static str, text: &str| text.strip_prefix(line).map(|rest| before_tab(rest).to_owned());
        if let Some(begun) = line.strip_prefix("=== RUN   ") {
            (test, at_start) = (begun, lines.len());
        } else if let Some(skipped) = line.strip_prefix("=== SKIP  ") {
            lines.push(format!("skip\t{skipped}"));
        } else if let Some(case) = name("    === SKIP  ", line) {
            lines.push(format!("skip\t{test}\t{case}"));
        } else if let Some(case) = name("    --- PASS: ", line) {
            lines.push(format!("pass\t{test}\t{case}"));
        } else if let Some(case) = name("    --- FAIL: ", line) {
            let message = rest.peek().map(|next| next.trim_start()).unwrap_or_default();
            lines.push(format!("fail\t{test}\t{case}\t{message}"));
        } else if lines.len() == at_start {
            // What a test without cases failed of is said in words of its own.
            let outcome = [("--- PASS: ", "pass"), ("--- FAIL: ", "fail")];
            let outcome = outcome.into_iter().find(|(prefix, _)| line.starts_with(prefix));
            lines.extend(outcome.map(|(_, outcome)| format!("{outcome}\t{test}")));
        }
    }
    lines
}

fn before_tab(text: &str) -> &str {
    text.split('\t').next().unwrap_or_default()
}
