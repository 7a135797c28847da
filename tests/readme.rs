//! The README says what is true: its commands, its policy, its example, its table of exit codes.

use crate::command::{Folder, NOW, portcullis, portcullis_in};

fn readme() -> String {
    std::fs::read_to_string(testkit::workspace().join("README.md")).unwrap()
}

/// The first fenced block of this language behind a heading.
fn block(text: &str, heading: &str, language: &str) -> String {
    let from = text.find(heading).unwrap_or_else(|| panic!("no heading `{heading}`"));
    let fence = format!("```{language}\n");
    let start = text[from..].find(&fence).unwrap_or_else(|| panic!("no {language} block below `{heading}`"))
        + from
        + fence.len();
    let end = text[start..].find("```").unwrap() + start;
    text[start..end].to_owned()
}

#[test]
fn the_policy_of_the_readme_gives_the_finding_of_the_readme() {
    let text = readme();
    let folder = Folder::new();
    folder.write("team.rego", block(&text, "Ten lines of Rego", "rego"));
    folder.write("service.yaml", block(&text, "Ten lines of Rego", "yaml"));
    let command = block(&text, "Ten lines of Rego", "sh");
    let arguments: Vec<&str> =
        command.trim().strip_prefix("portcullis ").expect("a command of ours").split(' ').collect();
    let run = portcullis_in(folder.path(), &[&arguments[..], &["--now", NOW]].concat(), b"");
    assert_eq!(run.code, 1, "{}", run.stderr);
    let shown = block(&text, "Ten lines of Rego", "text");
    assert!(run.stdout.starts_with(shown.trim_end()), "the README shows\n{shown}\nthe program says\n{}", run.stdout);
}

#[test]
fn the_library_example_is_the_one_that_compiles() {
    let example = std::fs::read_to_string(testkit::workspace().join("crates/portcullis/examples/embed.rs")).unwrap();
    let body = example.split_once("\n\n").expect("a doc line, then code").1;
    assert_eq!(block(&readme(), "As a library", "rust"), body);
    assert!(example.lines().count() <= 20, "the example has {} lines", example.lines().count());
}

#[test]
fn the_exit_codes_are_those_of_the_help() {
    let help = portcullis(&["scan", "--help"]).stdout;
    let text = readme();
    for line in help.lines().skip_while(|line| !line.starts_with("Exit codes")).skip(1) {
        let (code, meaning) = line.trim().split_once("  ").expect("a code and its meaning");
        let row = format!("| {code} | {} |", meaning.replace("--allow-empty", "`--allow-empty`"));
        assert!(text.contains(&row), "the README lacks the row {row}");
    }
}

#[test]
fn the_waiver_of_the_readme_is_read() {
    let folder = Folder::with("--- requirements.txt\nportcullis-no-such-package==1.0\n");
    folder.write("portcullis.toml", block(&readme(), "## In a pipeline", "toml"));
    let run = portcullis_in(folder.path(), &["scan", "--now", NOW], b"");
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
}

#[test]
fn every_file_the_readme_names_exists() {
    let text = readme();
    for target in
        text.split("](").skip(1).filter_map(|rest| rest.split(')').next()).filter(|target| !target.contains("://"))
    {
        let path = target.split('#').next().unwrap();
        assert!(testkit::workspace().join(path).exists(), "the README links to {path}");
    }
}
