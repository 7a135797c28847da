//! What a document has to hold for a rule to have something to say, read from the syntax of the rule.
//!
//! Every step asks for less than it might, never for more: what is not understood needs nothing. So a document that does not
//! hold it can be passed over, and one that does has to be judged all the same.

mod clauses;
mod closure;
mod conflicts;
mod constants;
mod plain;
mod reference;
mod rule;
mod scope;
mod target;
mod truth;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use regorus::unstable::Expr;

use self::clauses::Needs;
use self::closure::{Made, Tables, made};
use self::scope::Constants;
use self::target::Rules;
use super::module::Module;

pub(crate) use self::clauses::{Mark, Needs as DocumentNeeds, Scalar};

/// Keys of the frame in which rules see all documents at once.
const FRAME: &[&str] = &["path", "contents"];

/// The rules of some modules.
pub(crate) struct Analysis<'m>(Rules<'m>);

/// What is asked of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Mode {
    /// It has a value.
    Defined,
    /// It has one that is not false.
    True,
    /// It has one, and if that is a collection there is something in it.
    Filled,
}

/// A rule, what it was called with, and what is asked of it.
type Asked = (Vec<String>, Vec<Option<Constants>>, Mode);

/// The rules as one of them sees them.
struct View<'r, 'm> {
    rules: &'r Rules<'m>,
    made: Made,
    tables: Tables,
    /// The input is one document, not a list of all.
    is_alone: bool,
    /// Only what tells one kind of object from others is asked for.
    is_of_kinds: bool,
    known: RefCell<BTreeMap<Asked, Needs>>,
    /// How deep in expressions it is.
    depth: Cell<usize>,
}

impl<'m> Analysis<'m> {
    pub(crate) fn of(modules: &[&'m Module]) -> Analysis<'m> {
        Analysis(Rules::of(modules))
    }

    /// What the rule at a path (below `data`) needs to have something to say of a document; `is_alone` if that is what it sees, and not a
    /// list of all.
    pub(crate) fn needs(&self, path: &[String], is_alone: bool) -> DocumentNeeds {
        self.view(path, is_alone).rule(path, Vec::new(), Mode::Filled)
    }

    /// The same, or to end in an error instead. A builtin that fails is none: it is undefined.
    pub(crate) fn needs_to_end(&self, path: &[String], is_alone: bool) -> DocumentNeeds {
        let view = self.view(path, is_alone);
        view.rule(path, Vec::new(), Mode::Filled).or(&view.conflicts(path))
    }

    /// Of the same only what tells one kind of object from others: its `kind` and its `apiVersion`.
    pub(crate) fn kinds(&self, path: &[String], is_alone: bool) -> DocumentNeeds {
        let view = View { is_of_kinds: true, ..self.view(path, is_alone) };
        view.rule(path, Vec::new(), Mode::Filled)
    }

    fn view(&self, path: &[String], is_alone: bool) -> View<'_, 'm> {
        let (mut made, tables) = made(&self.0, path);
        if !is_alone {
            made.iter_mut().for_each(|made| made.extend(FRAME.iter().map(|key| (*key).to_owned())));
        }
        View { made, tables, is_alone, ..View::bare(&self.0) }
    }
}

impl<'r, 'm> View<'r, 'm> {
    /// Where nothing is known of keys.
    fn bare(rules: &'r Rules<'m>) -> View<'r, 'm> {
        View {
            rules,
            made: None,
            tables: Tables::new(),
            is_alone: false,
            is_of_kinds: false,
            known: RefCell::default(),
            depth: Cell::default(),
        }
    }

    /// Whether a key may be one that rules put into objects.
    fn is_made(&self, key: &str) -> bool {
        self.made.as_ref().is_none_or(|made| made.contains(key))
    }
}

/// `object.get`.
fn name_of(function: &Expr) -> Option<String> {
    match function {
        Expr::Var { span, .. } => Some(span.text().to_owned()),
        Expr::RefDot { refr, field, .. } => Some(format!("{}.{}", name_of(refr)?, field.0.text())),
        _ => None,
    }
}
