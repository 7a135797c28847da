//! Credentials whose form tells them, taken out of texts that reports repeat: what lets somebody in by a header, passwords in addresses, tokens with a public form.
//!
//! The rules that find them are in `policies/lib/secrets.rego`. Here nothing is found: what looks like one is not shown.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use memchr::memmem;

use crate::assigned::assigned;

const MASK: &str = "***";
/// Shorter words are not what lets anybody in.
const SHORTEST: usize = 6;
/// How tokens with a public form begin, and how many characters follow at least.
const TOKENS: [(&str, usize); 17] = [
    ("AKIA", 16),
    ("ASIA", 16),
    ("ghp_", 36),
    ("gho_", 36),
    ("ghu_", 36),
    ("ghs_", 36),
    ("ghr_", 36),
    ("github_pat_", 50),
    ("glpat-", 20),
    ("xoxa-", 10),
    ("xoxb-", 10),
    ("xoxp-", 10),
    ("xoxr-", 10),
    ("xoxs-", 10),
    ("sk_live_", 20),
    ("npm_", 36),
    ("AIza", 35),
];

/// The text without them.
pub(crate) fn hidden(text: &str) -> Cow<'_, str> {
    masked(text, |_| MASK.to_owned())
}

/// The same for text that is pointed into: every character keeps its column.
pub(crate) fn covered(text: &str) -> Cow<'_, str> {
    masked(text, |secret| "*".repeat(secret.chars().count()))
}

fn masked(text: &str, mask: impl Fn(&str) -> String) -> Cow<'_, str> {
    let mut found: Vec<Range<usize>> =
        headers(text).chain(passwords(text)).chain(options(text)).chain(tokens(text)).chain(assigned(text)).collect();
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    found.sort_by_key(|range| range.start);
    let mut shown = String::with_capacity(text.len());
    let mut at = 0;
    for range in found {
        let from = range.start.max(at);
        if from < range.end {
            shown.push_str(&text[at..from]);
            shown.push_str(&mask(&text[from..range.end]));
            at = range.end;
        }
    }
    shown.push_str(&text[at..]);
    Cow::Owned(shown)
}

/// What stands behind `Authorization: Bearer`, however it is quoted.
fn headers(text: &str) -> impl Iterator<Item = Range<usize>> {
    places(text, "authorization").filter_map(|at| {
        let rest = &text[at + "authorization".len()..];
        let value = past_quotes(rest).strip_prefix([':', '='])?;
        let value = past_quotes(value);
        let scheme = ["bearer", "basic", "token"].into_iter().find(|scheme| begins(value, scheme))?;
        let after = &value[scheme.len()..];
        let given = past_quotes(after);
        let from = text.len() - given.len();
        let length = given.bytes().take_while(|byte| is_of_token(*byte)).count();
        // `api-${TOKEN}`: what is filled in later is shown.
        let is_template = given[length..].starts_with(['$', '{', '(', '%', '<', '`']);
        (after.len() > given.len() && length >= SHORTEST && !is_template).then_some(from..from + length)
    })
}

/// `scheme://user:password@host`.
fn passwords(text: &str) -> impl Iterator<Item = Range<usize>> {
    places(text, "://").filter_map(|at| {
        let from = at + "://".len();
        let is_end = |character: char| character.is_whitespace() || matches!(character, '/' | '"' | '\'' | '@');
        let end = from + text[from..].find(is_end)?;
        let password = from + text[from..end].find(':')? + 1;
        let secret = default_in(&text[password..end]).map_or(password..end, |default| shifted(default, password));
        let is_shown = secret.is_empty() || is_filled_in(&text[secret.clone()]);
        (text[end..].starts_with('@') && !is_shown).then_some(secret)
    })
}

/// `curl -u user:password`, `docker login -p password`, and `--password=…` of any program.
fn options(text: &str) -> impl Iterator<Item = Range<usize>> {
    // Found once: a text may be one line with a hundred thousand options.
    let first = ["curl", "wget"].into_iter().filter_map(|program| text.find(program)).min();
    let of_curl = ["-u", "--user"].into_iter().flat_map(|option| given(text, option)).filter_map(move |value| {
        let at = text[value.clone()].find(':')?;
        first.is_some_and(|first| first < value.start).then_some(value.start + at + 1..value.end)
    });
    let passwords = ["--password", "--http-password", "--ftp-password", "--proxy-password"];
    let all = of_curl.chain(of_login(text)).chain(passwords.into_iter().flat_map(|option| given(text, option)));
    // `usermod --password '!'` gives none.
    let is_word = |value: &str| value.contains(char::is_alphanumeric) && !is_filled_in(value);
    all.filter(move |value| is_word(&text[value.clone()]))
}

/// The passwords of `docker login -p password`, in the same command.
fn of_login(text: &str) -> Vec<Range<usize>> {
    let logins: Vec<usize> = ["docker login", "podman login"]
        .into_iter()
        .flat_map(|login| text.match_indices(login))
        .map(|(at, _)| at)
        .collect();
    if logins.is_empty() {
        return Vec::new();
    }
    let ends: Vec<usize> = text.match_indices(['\n', '&', ';', '|']).map(|(at, _)| at).collect();
    let command = |at: usize| ends.partition_point(|end| *end < at);
    let commands: HashSet<usize> = logins.into_iter().map(command).collect();
    given(text, "-p").into_iter().filter(|value| commands.contains(&command(value.start))).collect()
}

/// What stands behind an option, in quotes or not. No option is inside of what another is given, so that each byte is looked at once.
fn given(text: &str, option: &str) -> Vec<Range<usize>> {
    let is_separator = |character: char| matches!(character, '=' | ' ' | '\t' | '"' | '\'' | ',');
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.match_indices(option) {
        let is_whole = !text[..at].ends_with(|character: char| character == '-' || character.is_alphanumeric());
        let rest = &text[at + option.len()..];
        let value = rest.trim_start_matches(is_separator);
        let is_inside = found.last().is_some_and(|last| at < last.end);
        if !is_whole || is_inside || value.len() == rest.len() || value.starts_with('-') {
            continue;
        }
        let quote = rest[..rest.len() - value.len()].chars().next_back().filter(|last| matches!(last, '"' | '\''));
        let is_end = |character: char| quote.map_or(character.is_whitespace(), |quote| character == quote);
        let length = value.find(is_end).unwrap_or(value.len());
        let start = text.len() - value.len();
        found.push(start..start + length);
    }
    found
}

/// What `${NAME:-…}` is where nobody sets the variable.
fn default_in(word: &str) -> Option<Range<usize>> {
    let name =
        word.strip_prefix("${")?.find(|character: char| !(character.is_ascii_alphanumeric() || character == '_'))?;
    let rest = &word[name + 2..];
    let sign = [":-", "-"].into_iter().find(|sign| rest.starts_with(sign))?;
    let length = rest[sign.len()..].rfind('}')?;
    let start = name + 2 + sign.len();
    Some(start..start + length)
}

fn shifted(range: Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}

/// All of it is a variable, a template or a placeholder: `$NAME`, `${…}`, `{{ … }}`, `%NAME%`, `<name>`.
pub(crate) fn is_filled_in(word: &str) -> bool {
    let is_variable = word.strip_prefix('$').is_some_and(|rest| {
        rest.starts_with(|first: char| first.is_ascii_alphabetic() || matches!(first, '_' | '{' | '('))
    });
    let is_between = |start: &str, end: &str| word.starts_with(start) && word.ends_with(end);
    let is_of_windows = word.len() > 2 && is_between("%", "%") && !word[1..word.len() - 1].contains('%');
    is_variable || is_of_windows || is_between("<", ">") || word.starts_with("{{") || word.ends_with("}}")
}

/// What stands in a private key, between the words that begin and end one; of one that does not end, what could be of it.
pub(crate) fn private_keys(text: &[u8]) -> Vec<Range<usize>> {
    const BEGIN: &[u8] = b"PRIVATE KEY-----";
    const END: &[u8] = b"-----END";
    let mut keys: Vec<Range<usize>> = Vec::new();
    // Behind the last end none is looked for: many keys may not end.
    let mut last_end = None;
    for at in memmem::find_iter(text, BEGIN) {
        let start = at + BEGIN.len();
        let head = &text[..at];
        let is_begin = memmem::rfind(&head[head.len().saturating_sub(30)..], b"-----BEGIN").is_some();
        if !is_begin || keys.last().is_some_and(|last| start < last.end) {
            continue;
        }
        let rest = &text[start..];
        let last_end = *last_end.get_or_insert_with(|| memmem::rfind(text, END).unwrap_or_default());
        let end = (start <= last_end).then(|| memmem::find(rest, END)).flatten();
        let length = end.unwrap_or_else(|| {
            let is_of_key = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/=\\ \t\r\n".contains(byte);
            rest.iter().take_while(|byte| is_of_key(byte)).count()
        });
        keys.push(start..start + length);
    }
    keys
}

fn tokens(text: &str) -> impl Iterator<Item = Range<usize>> {
    TOKENS.into_iter().flat_map(move |(prefix, least)| {
        text.match_indices(prefix).filter_map(move |(at, _)| {
            let is_inside = text[..at].ends_with(|character: char| character.is_ascii_alphanumeric());
            let more = &text[at + prefix.len()..];
            let length = more.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(byte)).count();
            (!is_inside && length >= least).then_some(at..at + prefix.len() + length)
        })
    })
}

/// Where a word of ASCII stands, in any case.
fn places<'t>(text: &'t str, word: &'t str) -> impl Iterator<Item = usize> + 't {
    let first = word.as_bytes()[0];
    let starts = memchr::memchr2_iter(first, first.to_ascii_uppercase(), text.as_bytes());
    starts.filter(move |at| {
        text.as_bytes()[*at..].get(..word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word.as_bytes()))
    })
}

fn begins(text: &str, word: &str) -> bool {
    text.as_bytes().get(..word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word.as_bytes()))
}

/// Past blanks, quotes and what escapes them.
fn past_quotes(text: &str) -> &str {
    text.trim_start_matches(|character: char| character.is_whitespace() || matches!(character, '\\' | '"' | '\''))
}

fn is_of_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"._~+/=-".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::{Range, covered, hidden, private_keys};

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(hidden(text), expected);
    }

    #[test]
    fn credentials_are_not_shown() {
        check(r#"curl -H "Authorization: Bearer f3a9c1d2" b"#, r#"curl -H "Authorization: Bearer ***" b"#);
        check(r"curl -H Authorization:\ token\ f3a9c1d2 b", r"curl -H Authorization:\ token\ *** b");
        check(
            r#"["-H", "proxy-authorization: BASIC cm9ib3Q6NWYwZTFkMmM="]"#,
            r#"["-H", "proxy-authorization: BASIC ***"]"#,
        );
        check(r#"{\"Authorization\": \"Bearer f3a9c1d2\"}"#, r#"{\"Authorization\": \"Bearer ***\"}"#);
        check("git clone https://me:f3a9@example.org/a é", "git clone https://me:***@example.org/a é");
        check("https://me:f3%40a$9@example.org", "https://me:***@example.org");
        check("curl -u me:f3a9 b --user='me:f 3' c", "curl -u me:*** b --user='me:***' c");
        check(r#"["wget", "--user", "me", "--password", "f3 a"]"#, r#"["wget", "--user", "me", "--password", "***"]"#);
        check("psql --password=f3a9", "psql --password=***");
        check(
            "docker login -u me -p f3a9 && mkdir -p a\nssh -p 22",
            "docker login -u me -p *** && mkdir -p a\nssh -p 22",
        );
        check("https://me:${WORD:-f3a9}@example.org", "https://me:${WORD:-***}@example.org");
        check("AKIAIOSFODNN7EXAMPLE and Authorization=basic abcdefgh", "*** and Authorization=basic ***");
    }

    #[test]
    fn each_byte_of_hostile_text_is_looked_at_once() {
        for piece in ["-u=a:b=", "-p=a;docker login=", "TOKEN=$A=", "curl -u", "TOKEN=abc=", "--password=a=", "token='"]
        {
            let text = piece.repeat(200_000);
            assert_eq!(covered(&text).chars().count(), text.len(), "{piece}");
        }
        assert!(private_keys("-----BEGIN PRIVATE KEY-----;".repeat(200_000).as_bytes()).iter().all(Range::is_empty));
    }

    #[test]
    fn private_keys_are_not_shown() {
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<&str> = private_keys(text.as_bytes()).into_iter().map(|key| &text[key]).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("-----BEGIN RSA PRIVATE KEY-----\\nMIIE\\n-----END RSA PRIVATE KEY----- MIIE", &["\\nMIIE\\n"]);
        check("a: |\n  -----BEGIN PRIVATE KEY-----\n  MII+\n  E=\nb: c", &["\n  MII+\n  E=\nb"]);
        check("a PRIVATE KEY----- b -----BEGIN PUBLIC KEY-----", &[]);
    }

    #[test]
    fn what_is_pointed_into_keeps_its_columns() {
        let text = "git clone https://me:fé9@example.org/a AKIAIOSFODNN7EXAMPLE é";
        assert_eq!(covered(text), "git clone https://me:***@example.org/a ******************** é");
    }

    #[test]
    fn what_is_filled_in_later_is_shown() {
        for text in [
            r#"curl -H "Authorization: Bearer $TOKEN" https://me:${PASSWORD}@example.org/"#,
            "Authorization: Bearer api-${TOKEN}",
            "Authorization: Bearer $(cat /run/secrets/token)",
            "curl -u me:$PASSWORD docker login --password-stdin --password=${{ secrets.PASSWORD }} --password \"$PASSWORD\"",
            "docker run -u 1000:1000 a; usermod --password '!' app",
            "authorization",
            "Authorization: Bearer",
            "https://me:{{ password }}@example.org https://me:%PASSWORD%@example.org https://me:<password>@example.org",
            "https://me:${PASSWORD:-}@example.org https://me:${PASSWORD-${WORD}}@example.org",
            "https://example.org:8080/a@b",
            "xAKIAIOSFODNN7EXAMPLE",
        ] {
            check(text, text);
        }
    }
}
