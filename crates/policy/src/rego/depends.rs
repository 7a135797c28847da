//! What modules refer to: which others a package needs to run, and calls that go in circles.

use std::collections::{BTreeMap, BTreeSet};

use regorus::unstable::{Expr, Literal, Rule, RuleHead};

use super::module::{Module, RuleKind, RuleSyntax};
use super::reference::Reference;
use super::walk::{Part, walk, walk_expr};
use crate::{Lint, PolicyError};

/// The places of all modules that a package needs: its own and, step by step, those referred to.
pub(crate) fn needed(modules: &[Module], among: &[usize], package: &[String]) -> BTreeSet<usize> {
    let mut needed: BTreeSet<usize> =
        among.iter().copied().filter(|place| modules[*place].package == package).collect();
    let mut open: Vec<usize> = needed.iter().copied().collect();
    while let Some(place) = open.pop() {
        for path in paths(&modules[place]) {
            let meant = among.iter().filter(|other| meets(&path, &modules[**other].package));
            open.extend(meant.copied().filter(|other| needed.insert(*other)));
        }
    }
    needed
}

/// Functions that call themselves, directly or through others. OPA refuses them; the engine would run out of stack.
pub(super) fn check_circles(modules: &[&Module]) -> Vec<PolicyError> {
    let graph = Graph::of(modules);
    let mut errors = Vec::new();
    for (name, node) in graph.nodes.iter().filter(|(_, node)| node.is_function) {
        if graph.reaches(name, name) {
            let message =
                format!("`{}` calls itself, directly or through others, which Rego does not allow", name.join("."));
            errors.push(
                PolicyError::at(&node.module.file, node.rule.lines.0, node.rule.column, message).of(Lint::Recursion),
            );
        }
    }
    errors
}

/// Whether a reference means something of a package: it leads into it, or stands for a whole that holds it.
pub(super) fn meets(path: &[String], package: &[String]) -> bool {
    let common = path.len().min(package.len());
    path[..common] == package[..common]
}

/// All paths below `data` that a module refers to; a path ends where a variable begins.
fn paths(module: &Module) -> BTreeSet<Vec<String>> {
    let mut paths: BTreeSet<Vec<String>> =
        module.imports.iter().filter(|(_, path)| path[0] == "data").map(|(_, path)| path[1..].to_vec()).collect();
    for rule in module.rules() {
        walk(rule.syntax(), &mut |part| {
            let Part::Expr(expr) = part else { return };
            let reference = match expr {
                Expr::Call { fcn, .. } => Reference::of(fcn),
                other => Reference::of(other),
            };
            paths.extend(reference.filter(|reference| reference.base.text() == "data").map(|found| found.known()));
        });
    }
    paths
}

struct Graph<'m> {
    nodes: BTreeMap<Vec<String>, Node<'m>>,
}

struct Node<'m> {
    module: &'m Module,
    rule: &'m RuleSyntax,
    is_function: bool,
    refers_to: BTreeSet<Vec<String>>,
}

impl<'m> Graph<'m> {
    fn of(modules: &[&'m Module]) -> Graph<'m> {
        let mut nodes: BTreeMap<Vec<String>, Node<'m>> = BTreeMap::new();
        for module in modules {
            for rule in module.rules() {
                let Some(first) = rule.name.first() else { continue };
                let name = [&module.package[..], std::slice::from_ref(first)].concat();
                let node = nodes.entry(name).or_insert_with(|| Node {
                    module,
                    rule,
                    is_function: false,
                    refers_to: BTreeSet::new(),
                });
                node.is_function |= rule.kind == RuleKind::Function;
                node.refers_to.extend(refers_to(module, rule));
            }
        }
        Graph { nodes }
    }

    fn reaches(&self, from: &[String], to: &[String]) -> bool {
        let mut seen = BTreeSet::new();
        let mut open = vec![from];
        while let Some(name) = open.pop() {
            for path in self.nodes.get(name).into_iter().flat_map(|node| &node.refers_to) {
                // A name is meant by a path that leads to it or into it.
                let meant =
                    (1..=path.len()).rev().map(|length| &path[..length]).find(|path| self.nodes.contains_key(*path));
                let Some(meant) = meant else { continue };
                if meant == to {
                    return true;
                }
                if seen.insert(meant) {
                    open.push(meant);
                }
            }
        }
        false
    }
}

fn refers_to(module: &Module, rule: &RuleSyntax) -> BTreeSet<Vec<String>> {
    let local = locals(rule.syntax());
    let mut found = BTreeSet::new();
    walk(rule.syntax(), &mut |part| {
        let Part::Expr(expr) = part else { return };
        let (reference, is_call) = match expr {
            Expr::Call { fcn, .. } => (Reference::of(fcn), true),
            other => (Reference::of(other), false),
        };
        let Some(reference) = reference else { return };
        let base = reference.base.text();
        if !is_call && local.contains(base) {
            return;
        }
        let rest = reference.known();
        if base == "data" {
            found.insert(rest);
        } else if let Some((_, path)) = module.imports.iter().find(|(alias, path)| alias == base && path[0] == "data") {
            found.insert([&path[1..], &rest[..]].concat());
        } else {
            found.insert([&module.package[..], &[base.to_owned()], &rest[..]].concat());
        }
    });
    found
}

/// Names a rule binds itself: its parameters, and what `some`, `every` and `:=` bring.
fn locals(rule: &Rule) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    if let Rule::Spec { head: RuleHead::Func { args, .. }, .. } = rule {
        args.iter().for_each(|argument| bind(argument, &mut names));
    }
    walk(rule, &mut |part| match part {
        Part::Expr(Expr::AssignExpr { lhs, .. }) => bind(lhs, &mut names),
        Part::Statement(statement) => match &statement.literal {
            Literal::SomeVars { vars, .. } => names.extend(vars.iter().map(|name| name.text().to_owned())),
            Literal::SomeIn { key, value, .. } => {
                key.iter().for_each(|key| bind(key, &mut names));
                bind(value, &mut names);
            }
            Literal::Every { key, value, .. } => {
                names.extend(key.iter().chain([value]).map(|name| name.text().to_owned()));
            }
            _ => {}
        },
        _ => {}
    });
    names
}

fn bind(pattern: &Expr, names: &mut BTreeSet<String>) {
    walk_expr(pattern, &mut |part| {
        if let Part::Expr(Expr::Var { span, .. }) = part {
            names.insert(span.text().to_owned());
        }
    });
}
