//! All that is looked at between parsing and running: what the engine would do wrong is refused or written otherwise.

use std::collections::{BTreeMap, BTreeSet};

use super::bodies;
use super::builtins::{self, check_calls, functions};
use super::depends::check_circles;
use super::guard::{self, Guards};
use super::module::Module;
use super::{declaration, head, negation, order, safety};
use crate::{Options, PolicyError, Trust};

/// Checks all modules of one owner, and gives each the text that the engine reads as OPA reads the original.
pub(crate) fn check(modules: &mut [Module], trust: Trust, options: &Options) -> Vec<PolicyError> {
    let own: Vec<&Module> = modules.iter().filter(|module| module.trust == trust).collect();
    let functions = functions(own.iter().copied());
    let mut errors: Vec<PolicyError> = own.iter().flat_map(|module| check_calls(module, &functions, options)).collect();
    errors.extend(check_circles(&own));
    let guards = if trust == Trust::User { guard::all(&own) } else { own.iter().map(|_| Guards::default()).collect() };
    let mut guards = guards.into_iter();
    let mut names: BTreeMap<Vec<String>, BTreeSet<String>> = BTreeMap::new();
    for module in own {
        let rules = module.rules().iter().filter_map(|rule| rule.name.first().cloned());
        names.entry(module.package.clone()).or_default().extend(rules);
    }
    for module in modules.iter_mut().filter(|module| module.trust == trust) {
        let rules = &names[&module.package];
        module.guards = guards.next().unwrap_or_default();
        errors.extend(bodies::lists(module));
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
