//! Values under names that say they are secrets, as texts write them: `TOKEN=…`, `password = "…"`, `"secret": "…"`. The rules know more of
//! such names (`policies/lib/secrets.rego`); here lines beside a finding are covered, which no rule may have looked at.

use std::ops::Range;

use crate::credential::is_filled_in;

/// How names of secrets end, without what stands between their words.
const NAMES: [&str; 14] = [
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "secret",
    "token",
    "apikey",
    "accesskey",
    "secretkey",
    "privatekey",
    "encryptionkey",
    "signingkey",
    "credential",
    "credentials",
];
/// Values that are none.
const SWITCHES: [&str; 15] = [
    "true",
    "false",
    "yes",
    "no",
    "on",
    "off",
    "none",
    "null",
    "nil",
    "undefined",
    "inherit",
    "read",
    "write",
    "x",
    "...",
];
/// Longer ones are none of those that are no secrets.
const LONGEST: usize = 512;
/// How places begin where a secret is kept.
const PLACES: [&str; 9] = ["/", "./", "../", "file:", "vault:", "arn:aws", "projects/", "op:", "ssm:"];

/// The values.
pub(crate) fn assigned(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut covered = 0;
    memchr::memchr2_iter(b'=', b':', text.as_bytes()).filter_map(move |at| {
        // No value is inside of another, so that each byte is looked at once.
        let value = (at >= covered).then(|| value_at(text, at)).flatten()?;
        covered = value.end;
        Some(value)
    })
}

fn value_at(text: &str, at: usize) -> Option<Range<usize>> {
    let (before, behind) = (&text[..at], &text[at + 1..]);
    let is_other_sign = before.ends_with(['=', '!', '<', '>', ':', '+']) || behind.starts_with(['=', '~', '>', ':']);
    let name = name_before(before)?;
    let is_pair = text.as_bytes()[at] == b'=' || name.is_quoted;
    if is_other_sign || !is_pair || !is_name(name.word) {
        return None;
    }
    let value = value_behind(behind, name.is_quoted || before.ends_with([' ', '\t']), at + 1)?;
    is_secret(name.word, &text[value.clone()]).then_some(value)
}

struct Name<'t> {
    word: &'t str,
    is_quoted: bool,
}

fn name_before(text: &str) -> Option<Name<'_>> {
    let text = text.trim_end_matches([' ', '\t']);
    let (inner, is_quoted) = match text.strip_suffix(['"', '\'']) {
        Some(inner) => (inner.strip_suffix('\\').unwrap_or(inner), true),
        None => (text, false),
    };
    let is_of_name = |character: char| character.is_ascii_alphanumeric() || matches!(character, '_' | '-' | '.');
    let word = &inner[inner.trim_end_matches(is_of_name).len()..];
    (!word.is_empty()).then_some(Name { word, is_quoted })
}

/// What is given: between quotes, or where that may be, a word.
fn value_behind(text: &str, must_be_quoted: bool, offset: usize) -> Option<Range<usize>> {
    let rest = text.trim_start_matches([' ', '\t']);
    let start = offset + text.len() - rest.len();
    let opening = rest.strip_prefix('\\').unwrap_or(rest);
    let Some(quote) = opening.chars().next().filter(|first| matches!(first, '"' | '\'')) else {
        let is_end = |character: char| character.is_whitespace() || "\"'`;&|),]}".contains(character);
        let length = rest.find(is_end).unwrap_or(rest.len());
        let is_word = !must_be_quoted && rest.len() == text.len() && length > 0;
        return is_word.then_some(start..start + length);
    };
    let start = start + rest.len() - opening.len() + 1;
    let inner = &opening[1..];
    // Of a text in a text the quotes themselves are escaped.
    let is_inside = rest.len() != opening.len();
    let is_behind_escape = |at: usize| inner[..at].ends_with('\\');
    let is_end =
        |at: usize, character: char| character == '\n' || character == quote && (is_inside || !is_behind_escape(at));
    let end = inner.char_indices().find(|(at, character)| is_end(*at, *character)).map_or(inner.len(), |(at, _)| at);
    let end = end - usize::from(is_inside && is_behind_escape(end));
    (end > 0).then_some(start..start + end)
}

/// `DB_PASSWORD`, `client-secret2`, without what stands between the words and what counts them.
fn plain(name: &str) -> String {
    let plain: String = name.chars().filter(|character| !"_-.".contains(*character)).collect();
    plain.trim_end_matches(|character: char| character.is_ascii_digit()).to_ascii_lowercase()
}

fn is_name(word: &str) -> bool {
    let plain = plain(word);
    NAMES.iter().any(|end| plain.ends_with(end))
}

/// Of a value under such a name.
fn is_secret(name: &str, value: &str) -> bool {
    if value.len() > LONGEST {
        return true;
    }
    let lower = value.to_ascii_lowercase();
    let is_number = value.bytes().all(|byte| byte.is_ascii_digit());
    let is_flag = is_number && !["pass", "pwd"].iter().any(|word| plain(name).contains(word));
    !is_flag
        && !is_filled_in(value)
        && !SWITCHES.contains(&lower.as_str())
        && !PLACES.iter().any(|place| lower.starts_with(place))
}

#[cfg(test)]
mod tests {
    use super::assigned;

    #[test]
    fn values_under_names_of_secrets() {
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<&str> = assigned(text).map(|value| &text[value]).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("export API_TOKEN=abc; docker run -e DB_PASSWORD='a b' x", &["abc", "a b"]);
        check("  secret_key = \"a\\\"b\" # c", &["a\\\"b"]);
        check(r#"{"db-password" : "abc", "x": {"clientSecret2":"d"}}"#, &["abc", "d"]);
        check(r#"run: "echo '{\"token\": \"abc\"}'""#, &["abc"]);
        check("https://example.org/?token=abc&page=1", &["abc"]);
        check("password=12", &["12"]);
        for text in [
            "token = var.token",
            "TOKEN=$TOKEN TOKEN=${{ secrets.TOKEN }} TOKEN=\"$(cat x)\" TOKEN=",
            "id-token: write",
            "\"id-token\": \"write\"",
            "MYSQL_ALLOW_EMPTY_PASSWORD=yes MAX_TOKEN=4096",
            "password := input.password",
            "password == \"x\"",
            "secretName=\"abc\" SECRET_FILE=/run/secrets/a TOKEN=/run/secrets/a",
            "secret: {name: abc}",
        ] {
            check(text, &[]);
        }
    }
}
