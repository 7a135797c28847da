//! Slips outside of bodies: the package, imports, and heads of rules as version 0 of the language has them.

use super::super::token::{Kind, Place, Token};
use super::bracket::Inside;

/// The first slip.
pub(super) fn check(tokens: &[Token<'_>], insides: &[Inside], is_v0: bool) -> Option<(Place, String)> {
    let Some(first) = tokens.first() else {
        return Some((
            Place { line: 1, column: 1 },
            "there is nothing in it; a policy begins with `package NAME`".into(),
        ));
    };
    if !first.is("package") {
        return Some((first.place, "a policy begins with `package NAME`, before imports and rules".into()));
    }
    let heads = heads(tokens, insides);
    heads.iter().enumerate().find_map(|(at, head)| {
        let rules_before = heads[..at].iter().any(|head| !head[0].is("package") && !head[0].is("import"));
        let after = &tokens[tokens.iter().position(|token| token.place == head[0].place)? + head.len()..];
        of_head(head, after.first(), rules_before, is_v0)
    })
}

/// What stands outside of bodies, each from the beginning of its line (or from behind a body) to its body or the next.
fn heads<'a, 't>(tokens: &'a [Token<'t>], insides: &[Inside]) -> Vec<&'a [Token<'t>]> {
    let mut heads = Vec::new();
    let mut start: Option<usize> = None;
    for at in 0..tokens.len() {
        let is_body = tokens[at].is("{") && insides.get(at + 1) == Some(&Inside::Body);
        let is_outside = insides[at] == Inside::File && !(tokens[at].kind == Kind::Sign && tokens[at].text == "}");
        let begins_line = at == 0 || tokens[at].place.line > tokens[at - 1].place.line || tokens[at - 1].is("}");
        let begins = is_outside && begins_line && tokens[at].kind == Kind::Word && !tokens[at].is("if");
        if (begins || (is_body && insides[at] == Inside::File))
            && let Some(from) = start.take()
        {
            heads.push(&tokens[from..at]);
        }
        if begins {
            start = Some(at);
        }
    }
    heads.extend(start.map(|from| &tokens[from..]));
    heads
}

fn of_head(head: &[Token<'_>], next: Option<&Token<'_>>, rules_before: bool, is_v0: bool) -> Option<(Place, String)> {
    let first = &head[0];
    let name = first.text;
    let has = |text: &str| head.iter().any(|token| token.is(text));
    match name {
        "package" | "import" => return of_name(head, rules_before),
        "default" => return of_default(head),
        "elif" => {
            let text = "there is no `elif`: a rule goes on with `else := value if { … }`";
            return Some((first.place, text.to_owned()));
        }
        "function" | "func" | "def" | "fn" | "rule" if head.get(1).is_some_and(|second| second.kind == Kind::Word) => {
            let text = format!("a rule or function begins with its name; leave `{name}` out");
            return Some((first.place, text));
        }
        _ => {}
    }
    if let Some(dash) = head.windows(2).find(|pair| pair[1].is("-") && pair[1].is_close && pair[0].kind == Kind::Word) {
        let is_name = head
            .iter()
            .take_while(|token| token.place < dash[1].place)
            .all(|token| token.kind == Kind::Word || token.is("."));
        if is_name {
            return Some((dash[1].place, "names have no `-`; write `_`".to_owned()));
        }
    }
    let before_if = head.iter().take_while(|token| !token.is("if") && !token.is(":=") && !token.is("="));
    if let Some(equal) = before_if.into_iter().find(|token| token.is("==")) {
        return Some((equal.place, "a rule is given its value by `:=`; `==` compares".to_owned()));
    }
    if let Some(found) = of_set(head, next) {
        return Some(found);
    }
    let body = next.filter(|next| next.is("{")).filter(|_| !is_v0 && !has("if"));
    body.and_then(|body| as_version_1(head, body))
}

fn of_default(head: &[Token<'_>]) -> Option<(Place, String)> {
    let place = head[0].place;
    if let Some(contains) = head.iter().find(|token| token.is("contains")) {
        return Some((contains.place, "a set has no default: it is empty where no rule gives an element".to_owned()));
    }
    let has_value = head.iter().any(|token| token.is(":=") || token.is("="));
    (!has_value).then(|| (place, "a default needs a value: `default allow := false`".to_owned()))
}

/// A rule that makes a set, without `contains` or without what it contains.
fn of_set(head: &[Token<'_>], next: Option<&Token<'_>>) -> Option<(Place, String)> {
    let (first, second) = (&head[0], head.get(1)?);
    let third = head.get(2).or(next);
    if second.is("contains") && third.is_some_and(|third| third.is("if") || third.place.line > second.place.line) {
        let text = format!("what the set contains is missing: `{} contains msg if {{`", first.text);
        return Some((second.place, text));
    }
    let is_two = first.kind == Kind::Word && !first.is_keyword() && second.kind == Kind::Word && !second.is_keyword();
    let text = format!("`contains` is missing: `{} contains {}`", first.text, second.text);
    is_two.then_some((second.place, text))
}

/// A package or an import.
fn of_name(head: &[Token<'_>], rules_before: bool) -> Option<(Place, String)> {
    let (first, what) = (&head[0], head[0].text);
    if let Some(dash) = head.iter().find(|token| token.is("-")) {
        let text = "names have no `-`; write `_`, or the part in brackets: `data[\"a-b\"]`";
        return Some((dash.place, text.to_owned()));
    }
    if rules_before && what == "package" {
        let text = format!("`{what}` stands before the first rule; move it up");
        return Some((first.place, text));
    }
    if let Some(quoted) = head.get(1).filter(|second| second.kind == Kind::Text) {
        let text = format!("a path has no quotes: `{what} data.lib`");
        return Some((quoted.place, text));
    }
    let path: String = head.iter().skip(1).map(|token| token.text).collect();
    let is_rooted = ["data", "input", "rego", "future"].contains(&head.get(1)?.text);
    if what == "import" && !is_rooted {
        let text = format!("paths of imports begin with `data` or `input`: `import data.{path}`");
        return Some((head[1].place, text));
    }
    if what == "import"
        && let Some(keyword) = path.strip_prefix("future.keywords.")
    {
        let is_known = ["contains", "every", "if", "in"].iter().any(|known| keyword.starts_with(known));
        let text = format!(
            "there is no `{path}` here; `contains`, `every`, `if` and `in` there are, and version 1 needs no import for them"
        );
        return (!is_known).then_some((first.place, text));
    }
    None
}

/// What version 1 wants where a body follows without `if`.
fn as_version_1(head: &[Token<'_>], body: &Token<'_>) -> Option<(Place, String)> {
    const MIGRATE: &str = "`portcullis policy migrate` rewrites files of version 0";
    let first = &head[0];
    let value = head.iter().position(|token| token.is("=") || token.is(":="));
    let written = |tokens: &[Token<'_>]| -> String {
        let texts = tokens.iter().enumerate().map(|(at, token)| {
            let gap = if at == 0 || token.is_close { "" } else { " " };
            format!("{gap}{}", token.text)
        });
        texts.collect()
    };
    let is_set = head.len() > 3 && head[1].is("[") && head[1].is_close && head.last().is_some_and(|last| last.is("]"));
    if is_set && value.is_none() && first.text != "else" {
        let (name, key) = (first.text, written(&head[2..head.len() - 1]));
        let text = format!("version 1 of Rego writes `{name} contains {key} if {{` for this; {MIGRATE}");
        return Some((first.place, text));
    }
    let (head, given) = value.map_or((head, None), |at| (&head[..at], Some(&head[at + 1..])));
    let given = given.map_or(String::new(), |given| format!(" := {}", written(given)));
    let text = format!("version 1 of Rego wants `if` before a body, `{}{given} if {{`; {MIGRATE}", written(head));
    Some((body.place, text))
}
