//! `some x` that does not stand first in its body: the engine declares the name again for every element that an earlier statement
//! goes over, and takes the second time for an error. Written first it is declared once; it means the same there.

use regorus::unstable::{Literal, Query};

use super::edit::Edit;
use super::module::{Module, whole};
use super::walk::{Part, walk};

/// What to change in the text for the engine.
pub(super) fn edits(module: &Module) -> Vec<Edit> {
    let mut edits = Vec::new();
    for rule in module.rules() {
        walk(rule.syntax(), &mut |part| {
            if let Part::Query(query) = part {
                of_query(module, query, &mut edits);
            }
        });
    }
    edits
}

fn of_query(module: &Module, query: &Query, edits: &mut Vec<Edit>) {
    let Some(first) = query.stmts.first() else { return };
    for statement in &query.stmts[1..] {
        let Literal::SomeVars { vars, .. } = &statement.literal else { continue };
        let names: Vec<&str> = vars.iter().map(|name| name.text()).collect();
        edits.push(Edit::insert(whole(&module.text, &first.span).start, format!("some {}; ", names.join(", "))));
        let range = whole(&module.text, &statement.span);
        // The lines that the declaration took stay.
        let breaks = module.text[range.clone()].matches('\n').count();
        edits.push(Edit { range, text: format!("true{}", "\n".repeat(breaks)) });
    }
}
