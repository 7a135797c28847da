//! All that is looked at between parsing and running: what the engine would do wrong is refused or written otherwise.

use std::collections::{BTreeMap, BTreeSet};

use super::bodies;
use super::builtins::{self, check_calls, functions};
use super::depends::check_circles;
use super::guard::{self, Guards};
use super::module::Module;
use super::{declaration, head, literals, negation, order, parse, replaced, safety};
use crate::{Options, PolicyError, Trust};

/// Checks all modules of one owner, and gives each the text that the engine reads as OPA reads the original.
pub(crate) fn check(modules: &mut [Module], trust: Trust, options: &Options) -> Vec<PolicyError> {
    let functions = functions(modules.iter().filter(|module| module.trust == trust));
    let names = names(modules, trust);
    let mut errors = Vec::new();
    let mocked = replaced::mocked(modules.iter().filter(|module| module.trust == trust), &functions);
    for module in modules.iter_mut().filter(|module| module.trust == trust) {
        let named = |module: &Module| replaced::rules_named(module, &functions, &names[&module.package]);
        let by_whole_names = |module: &Module| replaced::by_whole_names(module, &functions, &mocked);
        for mended in [&named as &dyn Fn(&Module) -> Option<String>, &by_whole_names] {
            match mended(module).map(|text| parse::again(module, &text)) {
                Some(Ok(again)) => *module = again,
                Some(Err(error)) => errors.push(error),
                None => {}
            }
        }
    }
    let own: Vec<&Module> = modules.iter().filter(|module| module.trust == trust).collect();
    errors.extend(own.iter().flat_map(|module| check_calls(module, &functions, options)));
    errors.extend(check_circles(&own));
    let guards = if trust == Trust::User { guard::all(&own) } else { own.iter().map(|_| Guards::default()).collect() };
    let mut guards = guards.into_iter();
    for module in modules.iter_mut().filter(|module| module.trust == trust) {
        let rules = &names[&module.package];
        module.guards = guards.next().unwrap_or_default();
        errors.extend(bodies::lists(module));
        if trust == Trust::User {
            errors.extend(literals::indices(module));
            errors.extend(literals::no_numbers(module));
            errors.extend(negation::of_nothing(module));
        }
        errors.extend(safety::check(module, rules));
        let mut edits = declaration::edits(module);
        edits.extend(order::edits(module));
        edits.extend(builtins::edits(module));
        let (negations, faults) = negation::edits(module, rules);
        edits.extend(negations);
        errors.extend(faults);
        // Heads of our own rules are always there; their tests prove it.
        if trust == Trust::User {
            edits.extend(head::edits(module, rules, &edits));
        }
        module.edits = module.guards.around(&edits);
    }
    errors
}

/// The rules of each package.
fn names(modules: &[Module], trust: Trust) -> BTreeMap<Vec<String>, BTreeSet<String>> {
    let mut names: BTreeMap<Vec<String>, BTreeSet<String>> = BTreeMap::new();
    for module in modules.iter().filter(|module| module.trust == trust) {
        let rules = module.rules().iter().filter_map(|rule| rule.name.first().cloned());
        names.entry(module.package.clone()).or_default().extend(rules);
    }
    names
}
