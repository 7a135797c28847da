//! Where in the input the variables of a rule lead: `some c in input.spec.containers` makes `c` stand for `spec.containers[_]`.

use std::collections::BTreeMap;

use regorus::unstable::{Expr, Literal, Rule};

use super::reference::{Reference, Step, Way};
use super::walk::{Part, walk};

/// Variables that stand for variables that stand for variables, at most.
const LONGEST_CHAIN: usize = 8;
/// Steps of one way, at most.
const MOST_STEPS: usize = 64;

/// What the variables of one rule stand for, as far as the rule itself says.
pub(super) struct Variables(BTreeMap<String, (String, Vec<Step>)>);

impl Variables {
    pub(super) fn of(rule: &Rule) -> Variables {
        let mut variables = BTreeMap::new();
        let mut add = |name: &Expr, value: &Expr, last: Option<Step>| {
            let (Expr::Var { span, .. }, Some(reference)) = (name, Reference::of(value)) else { return };
            let steps: Vec<Step> = reference.steps.into_iter().chain(last).collect();
            variables.entry(span.text().to_owned()).or_insert((reference.base.text().to_owned(), steps));
        };
        walk(rule, &mut |part| match part {
            Part::Statement(statement) => {
                if let Literal::SomeIn { value, collection, .. } = &statement.literal {
                    add(value, collection, Some(Step::Any));
                }
            }
            Part::Expr(Expr::AssignExpr { lhs, rhs, .. }) => add(lhs, rhs, None),
            _ => {}
        });
        Variables(variables)
    }

    /// The way of a reference, from the input if its start leads there; none if it starts from data.
    pub(super) fn way(&self, base: &str, steps: &[Step]) -> Option<Way> {
        let mut base = base;
        let mut steps = steps.to_vec();
        for _ in 0..LONGEST_CHAIN {
            let Some((next, before)) = self.0.get(base).filter(|_| steps.len() < MOST_STEPS) else { break };
            steps = [&before[..], &steps].concat();
            base = next;
        }
        (base != "data").then(|| Way { is_from_input: base == "input", steps })
    }
}
