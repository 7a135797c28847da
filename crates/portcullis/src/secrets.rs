//! Secrets that findings are about: what their rules name in `conceal` is covered in the lines that reports show, of whatever finding,
//! and taken out of what findings say.

mod place;

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};
use model::{Finding, Origin};
use serde_json::Value;

use self::place::Place;
use crate::credential::{hidden, private_keys};
use crate::snippet::Texts;

/// What a result of a rule calls them: a text, or a list of texts.
const CONCEAL: &str = "conceal";
/// Shorter texts may be words that are no secret elsewhere, longer ones are not written twice.
const TELLING: Range<usize> = 8..200;
/// Bytes of telling texts that are looked for everywhere: what finds them takes some hundred times as much memory.
const MOST_TELLING: usize = 256 << 10;
/// Bytes that are looked through for secrets that do not stand at their findings.
const MOST_SEARCHED: usize = 256 << 20;

/// What the findings of a target are about and no report shows.
#[derive(Default)]
pub(crate) struct Secrets {
    places: HashMap<Origin, Vec<Range<usize>>>,
    /// Those that cannot be taken for anything else: they are covered wherever they are.
    telling: Option<AhoCorasick>,
}

impl Secrets {
    /// Takes them out of the evidence, and looks where in the files they stand.
    pub(crate) fn take(findings: &mut [Finding], texts: &Texts) -> Secrets {
        let mut places: HashMap<Origin, Vec<Range<usize>>> = HashMap::new();
        let mut telling = Vec::new();
        let mut left = MOST_SEARCHED;
        for finding in findings {
            let secrets = concealed(finding);
            if secrets.is_empty() {
                continue;
            }
            telling.extend(secrets.iter().filter(|secret| is_telling(secret)).cloned());
            let key = last_key(finding);
            for location in &finding.locations {
                let Some((origin, text)) = texts.text_of(location) else { continue };
                let place = Place { text, location, key: key.as_deref() };
                let found = secrets.iter().flat_map(|secret| place.of(secret, &mut left));
                places.entry(origin.clone()).or_default().extend(found);
            }
        }
        telling.sort();
        telling.dedup();
        let mut bytes = 0;
        telling.retain(|text: &String| {
            bytes += text.len();
            bytes <= MOST_TELLING
        });
        let wherever = (!telling.is_empty())
            .then(|| AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&telling).ok())
            .flatten();
        Secrets { places, telling: wherever }
    }

    /// The pieces of a file that are not shown, in order and apart.
    pub(crate) fn of_file(&self, origin: &Origin, text: &[u8]) -> Vec<Range<usize>> {
        let named = self.places.get(origin).cloned().unwrap_or_default();
        let elsewhere = self.telling.iter().flat_map(|telling| telling.find_iter(text)).map(|found| found.range());
        joined(named.into_iter().chain(elsewhere).chain(private_keys(text)).collect())
    }

    /// Takes secrets out of what a finding says, whoever wrote its rule.
    pub(crate) fn hide(&self, finding: &mut Finding) {
        self.hide_text(&mut finding.message);
        self.hide_text(&mut finding.title);
        finding.evidence.values_mut().for_each(|value| self.hide_value(value));
    }

    fn hide_value(&self, value: &mut Value) {
        match value {
            Value::String(text) => self.hide_text(text),
            Value::Array(items) => items.iter_mut().for_each(|item| self.hide_value(item)),
            Value::Object(members) => members.values_mut().for_each(|member| self.hide_value(member)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn hide_text(&self, text: &mut String) {
        let found = self.telling.iter().flat_map(|telling| telling.find_iter(text.as_str())).map(|found| found.range());
        for range in joined(found.chain(private_keys(text.as_bytes())).collect()).into_iter().rev() {
            text.replace_range(range, "***");
        }
        if let Cow::Owned(shown) = hidden(text) {
            *text = shown;
        }
    }
}

/// A line as it is shown: `ranges` are pieces of the file, in which the line begins at `start`. Every character keeps its column.
pub(crate) fn shown_line(line: &[u8], start: usize, ranges: &[Range<usize>]) -> String {
    let mut shown = String::new();
    let mut at = 0;
    let first = ranges.partition_point(|range| range.end <= start);
    for range in ranges[first..].iter().take_while(|range| range.start < start + line.len()) {
        let from = range.start.saturating_sub(start);
        let to = (range.end - start).min(line.len());
        shown.push_str(&String::from_utf8_lossy(&line[at..from]));
        let secret = String::from_utf8_lossy(&line[from..to]);
        shown.extend(secret.chars().map(|character| if character.is_whitespace() { character } else { '*' }));
        at = to;
    }
    shown.push_str(&String::from_utf8_lossy(&line[at..]));
    shown
}

/// What the rule named, which is no evidence any more.
fn concealed(finding: &mut Finding) -> Vec<String> {
    let details = finding.evidence.get_mut("details").and_then(Value::as_object_mut);
    let Some(named) = details.and_then(|details| details.remove(CONCEAL)) else { return Vec::new() };
    let items = match named {
        Value::Array(items) => items,
        one => vec![one],
    };
    let text = |item: Value| match item {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    items.into_iter().filter_map(text).filter(|text| !text.trim().is_empty()).collect()
}

fn is_telling(text: &str) -> bool {
    let has = |is_such: fn(&char) -> bool| usize::from(text.chars().any(|character| is_such(&character)));
    let kinds = has(char::is_ascii_lowercase) + has(char::is_ascii_uppercase) + has(char::is_ascii_digit);
    TELLING.contains(&text.chars().count()) && kinds > 1 && !text.contains(char::is_whitespace)
}

/// `password` of `services.db.environment.password`.
fn last_key(finding: &Finding) -> Option<String> {
    let path = finding.evidence.get("path")?.as_str()?;
    Some(path.rsplit('.').next().unwrap_or(path).to_owned())
}

fn joined(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| range.start);
    let mut apart: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges.into_iter().filter(|range| !range.is_empty()) {
        match apart.last_mut().filter(|last| range.start <= last.end) {
            Some(last) => last.end = last.end.max(range.end),
            None => apart.push(range),
        }
    }
    apart
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use model::{FindingClass, LineIndex, RuleId, Severity, TreePath};

    use super::*;

    /// What is shown of a file in which a finding stands at `at` and names `conceal`.
    fn shown(file: &str, at: &str, path: &str, conceal: &Value) -> String {
        let origin = Origin::file(TreePath::new("a").expect("a path"));
        let start = file.find(at).expect("the place");
        let span = LineIndex::new(file.as_bytes()).span(start..start + at.len());
        let rule: RuleId = "a/b".parse().expect("an id");
        let mut finding = Finding::new(rule, FindingClass::Policy, Severity::High, "");
        finding.locations = vec![origin.at(span)];
        finding.evidence.insert("path".to_owned(), path.into());
        finding.evidence.insert("details".to_owned(), serde_json::json!({ CONCEAL: conceal }));
        let mut texts = Texts::default();
        texts.insert(origin.clone(), Arc::new(file.as_bytes().to_vec()));
        let secrets = Secrets::take(std::slice::from_mut(&mut finding), &texts);
        assert!(finding.evidence["details"].get(CONCEAL).is_none());
        let ranges = secrets.of_file(&origin, file.as_bytes());
        let mut offset = 0;
        let lines = file.split('\n').map(|line| {
            let shown = shown_line(line.as_bytes(), offset, &ranges);
            offset += line.len() + 1;
            shown
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    #[track_caller]
    fn check(file: &str, at: &str, path: &str, conceal: impl Into<Value>, expected: &str) {
        assert_eq!(shown(file, at, path, &conceal.into()), expected);
    }

    #[test]
    fn values_are_covered_where_the_finding_is() {
        check("image: db\npassword: db\n", "password: db", "password", "db", "image: db\npassword: **\n");
        check("a: 12\npin: 12 # é", "pin: 12", "pin", 12, "a: 12\npin: ** # é");
        check("RUN curl -u \\\n  me:hé y\n", "-u", "[0]", "hé", "RUN curl -u \\\n  me:** y\n");
        check("key: |\n  ab\n  cd\n", "key: |\n  ab\n  cd", "key", "ab\ncd\n", "key: |\n  **\n  **\n");
        check("token=tokens", "token=tokens", "token", "tokens", "token=******");
    }

    #[test]
    fn what_is_written_otherwise_is_covered_whole() {
        check("a: 1\nkey: \"x\\\"y\"\nb: 1", "key: \"x\\\"y\"", "o.key", "x\"y", "a: 1\nkey: \"*****\nb: 1");
        check("a: xf\nkey: \"x\\u0066\"", "key: \"x\\u0066\"", "key", "xf", "a: **\nkey: \"********");
        check("\"key\" : 0x10", "\"key\" : 0x10", "key", 16, "\"key\" : ****");
        check("ENV PW=\"a\\\"b\"", "PW", "[0].Value[0]", "ab", "ENV PW=\"*****");
        check("\"command\": [\"a\\\"b\"]", "\"command\"", "command", "a\"b", "\"command\": ********");
        check("command:\n  - -p\n  - pw\n", "command", "command", "pw", "command:\n  - -p\n  - **\n");
    }

    #[test]
    fn many_secrets_on_one_line_are_covered() {
        let pair = |at: usize| format!("\"k{at}\":\"\\u0061{at:x}\"");
        let file = format!("{{{}}}", (0..20_000).map(pair).collect::<Vec<_>>().join(","));
        let origin = Origin::file(TreePath::new("a").expect("a path"));
        let index = LineIndex::new(file.as_bytes());
        let mut at = 0;
        let findings = (0..20_000).map(|number| {
            let length = pair(number).len();
            let rule: RuleId = "a/b".parse().expect("an id");
            let mut finding = Finding::new(rule, FindingClass::Policy, Severity::High, "");
            finding.locations = vec![origin.at(index.span(at + 1..at + 1 + length))];
            at += length + 1;
            finding.evidence.insert("path".to_owned(), format!("k{number}").into());
            finding.evidence.insert("details".to_owned(), serde_json::json!({ CONCEAL: format!("a{number:x}") }));
            finding
        });
        let mut findings: Vec<Finding> = findings.collect();
        let mut texts = Texts::default();
        texts.insert(origin.clone(), Arc::new(file.as_bytes().to_vec()));
        let secrets = Secrets::take(&mut findings, &texts);
        let ranges = secrets.of_file(&origin, file.as_bytes());
        let shown = shown_line(file.as_bytes(), 0, &ranges);
        assert!(shown.contains("\"k0\"") && !shown.contains("u0061"), "{}", &shown[..80]);
    }

    #[test]
    fn what_cannot_be_anything_else_is_covered_everywhere() {
        check("p: hunter22\n# not hunter22", "p: hunter22", "p", "hunter22", "p: ********\n# not ********");
        check("p: postgres\n# not postgres", "p: postgres", "p", "postgres", "p: ********\n# not postgres");
    }
}
