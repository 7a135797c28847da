//! `NAME=value` lines with the quoting of a shell.

/// What a line is.
pub(super) enum Line {
    /// Empty or a comment.
    Nothing,
    /// An assignment; `fault` says what is wrong with the value, if anything.
    Assignment { name: String, value: String, fault: Option<&'static str> },
    /// Anything else.
    Garbage,
}

/// Reads one line. No variable is expanded and no command run: the format forbids both.
pub(super) fn read_line(line: &str) -> Line {
    let line = line.trim();
    if line.is_empty() || line.starts_with('#') {
        return Line::Nothing;
    }
    match line.split_once('=') {
        Some((name, raw)) if is_name(name) => {
            let (value, fault) = unquote(raw);
            Line::Assignment { name: name.to_owned(), value, fault }
        }
        _ => Line::Garbage,
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(|first: char| first.is_ascii_digit())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Joins the quoted and unquoted pieces of one word.
fn unquote(raw: &str) -> (String, Option<&'static str>) {
    let mut value = String::new();
    let mut rest = raw.chars();
    while let Some(character) = rest.next() {
        match character {
            '"' if !double_quoted(&mut rest, &mut value) => return (value, Some("has no closing quote")),
            '\'' if !single_quoted(&mut rest, &mut value) => return (value, Some("has no closing quote")),
            '"' | '\'' => {}
            '\\' => value.extend(rest.next()),
            blank if blank.is_whitespace() => {
                let tail = rest.as_str().trim_start();
                let fault = !tail.is_empty() && !tail.starts_with('#');
                return (value, fault.then_some("is followed by more words, which are ignored"));
            }
            other => value.push(other),
        }
    }
    (value, None)
}

/// In double quotes a backslash quotes only `"`, `$`, `` ` `` and itself. False when the quote is not closed.
fn double_quoted(rest: &mut std::str::Chars<'_>, value: &mut String) -> bool {
    while let Some(character) = rest.next() {
        match character {
            '"' => return true,
            '\\' => match rest.next() {
                Some(quoted @ ('"' | '$' | '`' | '\\')) => value.push(quoted),
                other => {
                    value.push('\\');
                    value.extend(other);
                }
            },
            other => value.push(other),
        }
    }
    false
}

fn single_quoted(rest: &mut std::str::Chars<'_>, value: &mut String) -> bool {
    for character in rest.by_ref() {
        if character == '\'' {
            return true;
        }
        value.push(character);
    }
    false
}
