//! Imports: those that OPA takes wherever they stand, and the one that says what a negation means.

use regorus::unstable as syntax;

use super::edit::{Edit, applied};
use super::reference::Reference;
use super::token::{Kind, Token, tokens};

/// Imports that stand behind a rule, written behind the package, where the engine wants them. Nothing when there are none.
pub(super) fn ahead(text: &str) -> Option<String> {
    let (tokens, slip) = tokens(text);
    let lines = statements(&tokens);
    let (package, others) = lines.split_first().filter(|_| slip.is_none())?;
    let first_rule = others.iter().position(|line| line[0].text != "import")?;
    let late: Vec<&[Token<'_>]> =
        others[first_rule..].iter().copied().filter(|line| line[0].text == "import").collect();
    let moved: String = late.iter().map(|line| format!(" {}", &text[range(line)])).collect();
    let mut edits = vec![Edit::insert(range(package).end, moved)];
    edits.extend(late.iter().map(|line| Edit::blank(text, range(line))));
    (!late.is_empty()).then(|| applied(text, edits))
}

/// The same with each on a line of its own, for a text that people read on. Nothing when there are none.
pub(super) fn ahead_on_lines(text: &str) -> Option<String> {
    let (tokens, slip) = tokens(text);
    let lines = statements(&tokens);
    let (package, others) = lines.split_first().filter(|_| slip.is_none())?;
    let first_rule = others.iter().position(|line| line[0].text != "import")?;
    let late: Vec<_> =
        others[first_rule..].iter().filter(|line| line[0].text == "import").map(|line| range(line)).collect();
    let ends_at = |from: usize| text[from..].find('\n').map_or(text.len(), |at| from + at + 1);
    let behind = ends_at(range(package).end);
    let moved: String = late.iter().map(|import| format!("{}\n", &text[import.clone()])).collect();
    let mut edits = vec![Edit::insert(behind, format!("\n{moved}"))];
    edits.extend(late.iter().map(|import| Edit { range: import.start..ends_at(import.end), text: String::new() }));
    (!late.is_empty()).then(|| applied(text, edits))
}

/// Every import as it is written.
pub(super) fn written(text: &str) -> Vec<&str> {
    let (tokens, _) = tokens(text);
    let lines = statements(&tokens).into_iter().filter(|line| line[0].text == "import");
    lines.map(|line| &text[range(line)]).collect()
}

/// Whether a negation of something undefined is true, as it is for OPA with this import and always for the engine; else a rule is
/// undefined with the operands of its negations.
pub(super) fn negates_undefined(module: &syntax::Module) -> bool {
    module.imports.iter().filter_map(|import| Reference::of(&import.refr)).any(|path| {
        let keyword = path.known();
        path.base.text() == "future"
            && matches!(&keyword[..], [all] | [all, _] if all == "keywords")
            && keyword.get(1).is_none_or(|keyword| keyword == "not")
    })
}

/// What begins a line outside of all brackets, each to the end of its line.
fn statements<'a, 't>(tokens: &'a [Token<'t>]) -> Vec<&'a [Token<'t>]> {
    let mut found = Vec::new();
    let mut depth = 0_u32;
    for (at, token) in tokens.iter().enumerate() {
        let line = token.place.line;
        if depth == 0 && token.kind == Kind::Word && (at == 0 || tokens[at - 1].place.line < line) {
            let length = tokens[at..].iter().take_while(|token| token.place.line == line).count();
            found.push(&tokens[at..at + length]);
        }
        match token.text {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    found
}

fn range(line: &[Token<'_>]) -> std::ops::Range<usize> {
    let last = &line[line.len() - 1];
    line[0].at..last.at + last.text.len()
}
