//! Version 0 of the language rewritten as version 1: `if` before bodies, `contains` in the heads of sets, `import rego.v1`, builtins
//! by their new names. All else stays as it was written; what comes out is read again as version 1 before it is given.

use regorus::unstable::{Expr, Rule, RuleHead};

use super::bodies::Scanner;
use super::builtins;
use super::edit::{Edit, applied};
use super::imports;
use super::module::{Module, RuleSyntax, whole};
use super::parse::{parse, parse_as_written};
use super::templates;
use super::walk::{Part, walk};
use crate::{Options, PolicyError, PolicyFile};

/// The text in version 1, which OPA from 0.59 on reads too; nothing where the file is of version 1 already.
pub fn migrate(file: &PolicyFile, options: &Options) -> Result<Option<String>, PolicyError> {
    if templates::expanded(&file.name, &file.text)?.is_some() {
        // Only version 1 has template strings.
        return parse(file, options).map(|_| None);
    }
    let mut module = parse_as_written(file, options)?;
    if !module.is_v0 {
        return Ok(None);
    }
    if let Some(text) = imports::ahead_on_lines(&file.text) {
        module = parse_as_written(&PolicyFile { text, ..file.clone() }, options)?;
    }
    if let Some((name, line, column)) = gone(&module, options) {
        let message = format!("`{name}` is not in version 1 of the language; write it otherwise first");
        return Err(PolicyError::at(&file.name, line, column, message));
    }
    let mut edits = edits_of_imports(&module.text, module.negates_undefined);
    edits.extend(builtins::edits(&module));
    for rule in module.rules() {
        edits.extend(head(&module, rule));
        edits.extend(bodies(&module, rule));
    }
    let text = applied(&module.text, edits);
    let migrated = PolicyFile { text: text.clone(), ..file.clone() };
    let read = parse_as_written(&migrated, options)?;
    if read.is_v0 {
        return Err(PolicyError::in_file(&file.name, "it could not be rewritten: what came out is no version 1"));
    }
    Ok(Some(text))
}

/// A builtin that only version 0 has.
fn gone(module: &Module, options: &Options) -> Option<(String, u32, u32)> {
    let mut found = None;
    for rule in module.rules() {
        walk(rule.syntax(), &mut |part| {
            let Part::Expr(Expr::Call { fcn, span, .. }) = part else { return };
            let name = module.text.get(whole(&module.text, fcn.span())).unwrap_or_default();
            if builtins::is_there(name, true, options) && !builtins::is_there(builtins::current(name), false, options) {
                found.get_or_insert((name.to_owned(), span.line, span.col));
            }
        });
    }
    found
}

/// One import in place of those of single keywords, and that of what a negation means.
fn edits_of_imports(text: &str, negates_undefined: bool) -> Vec<Edit> {
    let line_break = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let negation = if negates_undefined { format!("{line_break}import future.keywords.not") } else { String::new() };
    let mut edits = Vec::new();
    let mut start = 0;
    let mut is_imported = false;
    for line in text.split_inclusive('\n') {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            ["package", ..] if !is_imported => {
                let end = start + line.trim_end().len();
                edits.push(Edit::insert(end, format!("{line_break}{line_break}import rego.v1{negation}")));
                is_imported = true;
            }
            ["import", what, ..] if what.starts_with("future.keywords") => {
                edits.push(Edit { range: start..start + line.len(), text: String::new() });
            }
            _ => {}
        }
        start += line.len();
    }
    edits
}

/// `deny[msg]` of a set is `deny contains msg`.
fn head(module: &Module, rule: &RuleSyntax) -> Vec<Edit> {
    let Rule::Spec { head: RuleHead::Set { refr, .. }, .. } = rule.syntax() else { return Vec::new() };
    let name = whole(&module.text, refr.span());
    let Some((open, close)) = brackets(&module.text, name.end) else { return Vec::new() };
    vec![
        Edit { range: name.end..open + 1, text: " contains ".to_owned() },
        Edit { range: close..close + 1, text: String::new() },
    ]
}

/// The brackets that begin at a place, blanks aside.
fn brackets(text: &str, from: usize) -> Option<(usize, usize)> {
    let mut depth = 0_u32;
    let mut open = None;
    for (at, character) in (Scanner { text, at: from }) {
        match character {
            '[' if open.is_none() => open = Some(at),
            _ if open.is_none() && !character.is_whitespace() => return None,
            '[' | '{' | '(' => depth += 1,
            ']' if depth == 0 => return open.map(|open| (open, at)),
            ']' | '}' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// `if` before every body that has none.
fn bodies(module: &Module, rule: &RuleSyntax) -> Vec<Edit> {
    let text = &module.text[..rule.range.end];
    let mut edits = Vec::new();
    let mut depth = 0_u32;
    for (at, character) in (Scanner { text, at: end_of_head(module, rule) }) {
        match character {
            '{' | '[' | '(' => {
                if depth == 0 && character == '{' && begins_body(&text[..at]) {
                    edits.push(Edit::insert(at, "if "));
                }
                depth += 1;
            }
            '}' | ']' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    edits
}

/// Not after `if`, and not where a value is due.
fn begins_body(before: &str) -> bool {
    let before = before.trim_end();
    let is_value = before.ends_with(['=', ':', '|', '&', '+', '-', '*', '/', '%', ',', '<', '>']);
    let word = before.rsplit(|c: char| !(c.is_alphanumeric() || c == '_')).next();
    !is_value && word != Some("if")
}

/// Where the name, the arguments and the value of a rule end.
fn end_of_head(module: &Module, rule: &RuleSyntax) -> usize {
    let end = |expression: &Expr| whole(&module.text, expression.span()).end;
    let closed = |at: usize, bracket: char| -> usize {
        module.text.get(at..).and_then(|rest| rest.find(bracket)).map_or(at, |found| at + found + 1)
    };
    match rule.syntax() {
        Rule::Default { value, .. } => end(value),
        Rule::Spec { head, .. } => match head {
            RuleHead::Compr { refr, assign, .. } => {
                assign.as_ref().map_or_else(|| end(refr), |assign| end(&assign.value))
            }
            RuleHead::Set { refr, .. } => {
                let name = end(refr);
                brackets(&module.text, name).map_or(name, |(_, close)| close + 1)
            }
            RuleHead::Func { refr, args, assign, .. } => match assign {
                Some(assign) => end(&assign.value),
                None => closed(args.last().map_or_else(|| end(refr), |last| end(last)), ')'),
            },
        },
    }
}
