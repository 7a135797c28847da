//! Functions a policy may call: what is not there is refused when the policy is loaded, with its line and what to use instead.

use std::collections::{BTreeMap, BTreeSet};

use regorus::unstable::{BUILTINS, Expr, Rule, RuleHead, Span};

use super::edit::Edit;
use super::extension;
use super::module::Module;
use super::pairs;
use super::reference::Reference;
use super::walk::{Part, walk};
use crate::{Lint, Options, PolicyError};

/// The functions of some modules, each as package and name, with how many arguments it takes.
pub(super) type Functions = BTreeMap<Vec<String>, BTreeSet<usize>>;

/// Every call of a function that is neither a builtin nor a function of the loaded policies, or that gives it more or fewer arguments
/// than it takes.
pub(super) fn check_calls(module: &Module, functions: &Functions, options: &Options) -> Vec<PolicyError> {
    let mut errors = Vec::new();
    let mut say = |span: &Span, lint: Lint, message: String| {
        errors.push(PolicyError::at(&module.file, span.line, span.col, message).of(lint));
    };
    for rule in module.rules() {
        walk(rule.syntax(), &mut |part| {
            let Part::Expr(Expr::Call { fcn, params, span, .. }) = part else { return };
            let Some(path) = path_of(module, fcn) else { return };
            let own = [&module.package[..], &path[..]].concat();
            let in_data = path.first().is_some_and(|first| first == "data").then(|| path[1..].to_vec());
            let name = path.join(".");
            let own = functions.get(&own).or_else(|| functions.get(&in_data?));
            if own.is_none() && !is_there(&name, module.is_v0, options) {
                return say(span, Lint::UnknownFunction, format!("there is no function `{name}`{}", instead(&name)));
            }
            if own.is_none() && pairs::is_unnamed(fcn, params.len()) {
                let message = "`walk` gives one pair after the other; name it in a statement of its own, `walk(x, [path, value])`";
                return say(span, Lint::ArgumentCount, message.to_owned());
            }
            let wanted = own.cloned().unwrap_or_else(|| arguments(&name).into_iter().collect());
            if !wanted.is_empty() && !wanted.iter().any(|wanted| fits(params.len(), *wanted)) {
                let wanted: Vec<String> = wanted.iter().map(usize::to_string).collect();
                let message = format!("`{name}` takes {} arguments, not {}", wanted.join(" or "), params.len());
                say(span, Lint::ArgumentCount, message);
            }
        });
    }
    errors
}

/// How many arguments a builtin takes; `None` of what takes any number.
fn arguments(name: &str) -> Option<usize> {
    let name = current(name);
    let of_engine = || BUILTINS.get(name).map(|(_, arguments)| usize::from(*arguments));
    extension::arguments(name).or_else(of_engine).filter(|_| name != "print")
}

/// One more may be where the answer goes.
fn fits(given: usize, wanted: usize) -> bool {
    given == wanted || given == wanted + 1
}

/// The functions of some modules.
pub(super) fn functions<'m>(modules: impl Iterator<Item = &'m Module>) -> Functions {
    let mut functions = Functions::new();
    for module in modules {
        for rule in module.rules() {
            let taken = match rule.syntax() {
                Rule::Spec { head: RuleHead::Func { args, .. }, .. } => Some(args.len()),
                // That of a value is none of a function.
                Rule::Default { args, .. } => Some(args.len()).filter(|count| *count > 0),
                Rule::Spec { .. } => continue,
            };
            functions.entry([&module.package[..], &rule.name[..]].concat()).or_default().extend(taken);
        }
    }
    functions
}

/// Whether the engine, as it is built here, has a builtin that does what its name says.
pub(super) fn is_there(name: &str, is_v0: bool, options: &Options) -> bool {
    let name = if is_v0 { current(name) } else { name };
    name == "print" || extension::has(name, is_v0, options) || (BUILTINS.contains_key(name) && !STUBS.contains(&name))
}

/// What a builtin of version 0 is called in version 1, if it is there under another name.
pub(super) fn current(name: &str) -> &str {
    match name {
        "re_match" => "regex.match",
        "net.cidr_overlap" => "net.cidr_contains",
        other => other,
    }
}

/// Calls by the new names, for modules in version 0.
pub(super) fn edits(module: &Module) -> Vec<Edit> {
    let mut edits = Vec::new();
    for rule in module.rules().iter().filter(|_| module.is_v0) {
        walk(rule.syntax(), &mut |part| {
            let Part::Expr(Expr::Call { fcn, .. }) = part else { return };
            let span = fcn.span();
            let range = span.start as usize..span.end as usize;
            let old = module.text.get(range.clone()).unwrap_or_default();
            if current(old) != old {
                edits.push(Edit { range, text: current(old).to_owned() });
            }
        });
    }
    edits
}

/// There under their names, but giving nothing.
const STUBS: &[&str] = &["http.send", "opa.runtime"];

fn path_of(module: &Module, function: &Expr) -> Option<Vec<String>> {
    let reference = Reference::of(function)?;
    let base = reference.base.text();
    let start = module.imports.iter().find(|(alias, _)| alias == base);
    let mut path = start.map_or_else(|| vec![base.to_owned()], |(_, path)| path.clone());
    path.extend(reference.known());
    Some(path)
}

/// What to do without it.
fn instead(name: &str) -> &'static str {
    match name {
        "http.send" | "net.lookup_ip_addr" | "providers.aws.sign_req" => {
            "; a scan uses no network, so give what it would fetch as data"
        }
        "opa.runtime" => "; a policy sees no environment, so give what it needs as data",
        "eq" | "equal" | "neq" | "lt" | "lte" | "gt" | "gte" | "plus" | "minus" | "mul" | "div" | "rem" | "and"
        | "or" | "assign" => "; write the operator between its operands instead",
        "any" => "; OPA 1 has none either, write `true in items` instead",
        "all" => "; OPA 1 has none either, write `every item in items { item }` instead",
        "re_match" => "; OPA 1 has none either, write `regex.match` instead",
        "set_diff" => "; OPA 1 has none either, write `a - b` instead",
        "cast_array" | "cast_set" | "cast_string" | "cast_boolean" | "cast_null" | "cast_object" => {
            "; OPA 1 has none either, use `is_array` and its like, or a comprehension"
        }
        "rego.metadata.rule" | "rego.metadata.chain" => "; what the annotation says is in the finding without it",
        "parse_config" | "parse_config_file" | "parse_combined_config_files" => {
            "; scan the file itself, give its content as data, or test with `policy test`"
        }
        name if name.starts_with("data.") => " in the policies loaded; load the file that has it too",
        name if name.starts_with("crypto.") => "; give digests and certificates that were taken apart as data",
        name if name.starts_with("io.jwt.") => "; give the token's claims as data",
        name if name.starts_with("graphql.") => "; documents of this kind are not judged",
        _ => "; OPA may have it, this engine does not",
    }
}
