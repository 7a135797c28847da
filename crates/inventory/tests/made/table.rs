//! The table of what was compared with which tool, as the documentation has it.

use std::fmt::Write as _;

use crate::case::{Case, Flags};

/// One row a lockfile, in the order of the cases.
pub(crate) fn rows(cases: &[Case]) -> String {
    let mut text =
        String::from("| read by | tool and its list | packages | direct | differences |\n|---|---|---|---|---|\n");
    for case in cases {
        let expected = case.expected();
        let direct = expected.packages.values().filter(|flag| flag.as_deref() == Some("direct")).count();
        let direct = match (case.flags, expected.packages.values().any(Option::is_some)) {
            (Flags::NotSaid, _) => "not in the file".to_owned(),
            (Flags::Compared, true) => direct.to_string(),
            (Flags::Compared, false) => "not said".to_owned(),
        };
        let (reader, title, count) = (case.reader(), expected.title, expected.packages.len());
        let differences = differences(case);
        writeln!(text, "| `{reader}` | {title} | {count} | {direct} | {differences} |").expect("a string takes all");
    }
    text
}

/// Each reason once, with the number of packages it is the reason for.
fn differences(case: &Case) -> String {
    let mut reasons: Vec<(&str, Vec<&str>)> = Vec::new();
    for (line, reason) in case.differences {
        let name = line.split(' ').nth(1).unwrap_or_default();
        match reasons.iter_mut().find(|(known, _)| known == reason) {
            Some((_, names)) if names.contains(&name) => {}
            Some((_, names)) => names.push(name),
            None => reasons.push((reason, vec![name])),
        }
    }
    let shown: Vec<String> = reasons.iter().map(|(reason, names)| format!("{}: {reason}", names.join(", "))).collect();
    if shown.is_empty() { "none".to_owned() } else { shown.join("; ") }
}
