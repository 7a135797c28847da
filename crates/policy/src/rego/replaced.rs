//! `x := port with input.b as given`, where `given` reads `input.b` itself: OPA asks for what is put in place before it is there, the engine
//! when it is, and finds nothing. So it gets a name in a statement of its own, on the same line: `__with_0 := given; x := port with …`.
//!
//! What is put in the place of data may be a function, which has no value and stays where it is; which names are functions is known when
//! all modules are. Functions themselves are replaced by their whole names.

use std::collections::BTreeSet;

use regorus::unstable::{Expr, LiteralStmt, WithModifier};

use super::builtins::Functions;
use super::edit::{Edit, applied, before_statement, on_one_line};
use super::module::{Module, whole};
use super::reference::Reference;
use super::walk::{Part, walk, walk_expr, walk_statements};

/// The text with names for what is a value whatever it is put in the place of; nothing where none are needed.
pub(super) fn named(module: &Module) -> Option<String> {
    text(module, "with", &|modifier| match path(module, &modifier.r#as) {
        Some(value) => value[0] == "input" || path(module, &modifier.refr).is_some_and(|path| path[0] == "input"),
        None => is_worked_out(&modifier.r#as),
    })
}

/// The same for data and rules that are put in the place of others, once the functions of all modules and the rules of the package are known.
pub(super) fn rules_named(module: &Module, functions: &Functions, rules: &BTreeSet<String>) -> Option<String> {
    let global = |path: &[String]| match path {
        [data, rest @ ..] if data == "data" => Some(rest.to_vec()),
        [first, ..] if rules.contains(first) => Some([&module.package[..], path].concat()),
        _ => None,
    };
    text(module, "with_data", &|modifier| {
        let value = path(module, &modifier.r#as).and_then(|path| global(&path));
        let replaced = path(module, &modifier.refr).and_then(|path| global(&path));
        let is_function = |path: &Vec<String>| functions.contains_key(path);
        value.is_some_and(|path| !is_function(&path)) && replaced.is_some_and(|path| !is_function(&path))
    })
}

/// Functions that some module puts something else in the place of, by package and name.
pub(super) fn mocked<'m>(modules: impl Iterator<Item = &'m Module>, functions: &Functions) -> BTreeSet<Vec<String>> {
    let mut mocked = BTreeSet::new();
    for module in modules {
        for rule in module.rules() {
            walk_statements(rule.syntax(), &mut |statement, _| {
                let targets =
                    statement.with_mods.iter().filter_map(|modifier| function(module, &modifier.refr, functions));
                mocked.extend(targets);
            });
        }
    }
    mocked
}

/// The text with these functions by their whole names, `data.main.f`, where they are called and replaced: the engine replaces what is called
/// by the very name that stands behind `with`.
pub(super) fn by_whole_names(module: &Module, functions: &Functions, mocked: &BTreeSet<Vec<String>>) -> Option<String> {
    let mut edits = Vec::new();
    let mut see = |name: &Expr| {
        let Some(path) = function(module, name, functions).filter(|path| mocked.contains(path)) else { return };
        let range = whole(&module.text, name.span());
        let text = format!("data.{}", path.join("."));
        if module.text.get(range.clone()).is_some_and(|written| written != text) {
            edits.push(Edit { range, text });
        }
    };
    for rule in module.rules().iter().filter(|_| !mocked.is_empty()) {
        walk(rule.syntax(), &mut |part| match part {
            Part::Expr(Expr::Call { fcn, .. }) => see(fcn),
            Part::Statement(statement) => {
                for modifier in &statement.with_mods {
                    see(&modifier.refr);
                    see(&modifier.r#as);
                }
            }
            _ => {}
        });
    }
    (!edits.is_empty()).then(|| applied(&module.text, edits))
}

/// The function that a name means, by package and name.
fn function(module: &Module, name: &Expr, functions: &Functions) -> Option<Vec<String>> {
    let path = path(module, name)?;
    let whole = match &path[..] {
        [data, rest @ ..] if data == "data" => rest.to_vec(),
        _ => [&module.package[..], &path[..]].concat(),
    };
    functions.contains_key(&whole).then_some(whole)
}

/// The text with names for what stands behind `as` where that is wanted.
fn text(module: &Module, word: &'static str, is_wanted: &dyn Fn(&WithModifier) -> bool) -> Option<String> {
    let mut naming = Naming { module, word, is_wanted, edits: Vec::new(), names: 0 };
    for rule in module.rules() {
        walk_statements(rule.syntax(), &mut |statement, is_bare| naming.statement(statement, is_bare));
    }
    (!naming.edits.is_empty()).then(|| applied(&module.text, naming.edits))
}

struct Naming<'m> {
    module: &'m Module,
    /// What names have in them.
    word: &'static str,
    is_wanted: &'m dyn Fn(&WithModifier) -> bool,
    edits: Vec<Edit>,
    names: usize,
}

impl Naming<'_> {
    fn statement(&mut self, statement: &LiteralStmt, is_bare: bool) {
        let text = &self.module.text[..];
        let mut before = String::new();
        for modifier in statement.with_mods.iter().filter(|modifier| (self.is_wanted)(modifier)) {
            let behind = whole(text, modifier.refr.span()).end;
            let range = whole(text, modifier.r#as.span());
            let range =
                start_of_value(text, behind).unwrap_or(range.start)..whole(text, &modifier.span).end.max(range.end);
            let Some(value) = text.get(range.clone()) else { continue };
            let name = format!("__{}_{}", self.word, self.names);
            self.names += 1;
            // What cannot stand on one line takes its lines with it; those behind the statement stay where they are.
            let (value, breaks) = match on_one_line(value) {
                Some(line) => (line, value.matches('\n').count()),
                None => (value.to_owned(), 0),
            };
            before += &format!("{name} := {value}; ");
            self.edits.push(Edit { range, text: format!("{name}{}", "\n".repeat(breaks)) });
        }
        if !before.is_empty() {
            self.edits.extend(before_statement(text, statement, is_bare, before));
        }
    }
}

/// Where the value begins that stands behind `as`: an object has the place of one of its members.
fn start_of_value(text: &str, from: usize) -> Option<usize> {
    let rest = text.get(from..)?;
    let behind = rest.trim_start().strip_prefix("as")?.trim_start();
    Some(text.len() - behind.len())
}

/// A reference as a path, with what an import stands for in the place of its name.
fn path(module: &Module, expr: &Expr) -> Option<Vec<String>> {
    let reference = Reference::of(expr)?;
    let base = reference.base.text();
    let imported = module.imports.iter().find(|(alias, _)| alias == base).map(|(_, path)| path.clone());
    let mut path = imported.unwrap_or_else(|| vec![base.to_owned()]);
    path.extend(reference.known());
    Some(path)
}

/// Constants are the same at any time.
fn is_worked_out(value: &Expr) -> bool {
    let mut is = false;
    walk_expr(value, &mut |part| {
        is |= matches!(
            part,
            Part::Query(_)
                | Part::Expr(Expr::Var { .. } | Expr::RefDot { .. } | Expr::RefBrack { .. } | Expr::Call { .. })
        );
    });
    is
}
