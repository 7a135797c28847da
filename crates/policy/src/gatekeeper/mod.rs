//! Gatekeeper: templates hold Rego, constraints say where it is asked and with which parameters.
//!
//! A template is what the field has: `violation` rules that see `input.review` and `input.parameters`, and `data.inventory` with all
//! other objects. Whether a constraint speaks of an object is decided here, outside of Rego, as the controller decides it.
//! Templates in CEL alone are not evaluated, and that is an error, never a pass.

mod constraint;
mod inventory;
mod judge;
mod matching;
mod objects;
mod review;
mod reviewer;
mod selector;
pub(crate) mod suite;
mod template;

use model::{Document, Rule};

use crate::{Options, PolicyError};
use constraint::Constraint;
use template::Template;

pub use reviewer::Reviewer;

/// Templates and constraints, ready to judge. Built once, shared.
pub struct Gatekeeper {
    templates: Vec<Template>,
    constraints: Vec<Constraint>,
    rules: Vec<Rule>,
    options: Options,
}

impl Gatekeeper {
    /// Loads the templates and constraints among some documents; others are left alone. Everything that is wrong is an error.
    pub fn load(documents: &[Document], options: &Options) -> (Gatekeeper, Vec<PolicyError>) {
        let mut errors = Vec::new();
        let mut templates: Vec<Template> = Vec::new();
        for document in documents.iter().filter(|document| objects::is_template(&document.root)) {
            match Template::load(document, options) {
                Ok(template) => templates.push(template),
                Err(faults) => errors.extend(faults),
            }
        }
        let mut constraints = Vec::new();
        for document in documents.iter().filter(|document| objects::is_constraint(&document.root)) {
            match Constraint::load(document, &templates) {
                Ok(constraint) => constraints.push(constraint),
                // Its template is broken, and that is said already.
                Err(_) if !errors.is_empty() && !templates.iter().any(|t| t.kind == objects::kind(&document.root)) => {}
                Err(fault) => errors.push(fault),
            }
        }
        let rules = constraints.iter().map(|constraint| constraint.rule.clone()).collect();
        (Gatekeeper { templates, constraints, rules, options: options.clone() }, errors)
    }

    /// One rule for each constraint.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// True when nothing is asked.
    pub fn is_empty(&self) -> bool {
        self.constraints.is_empty()
    }

    /// Templates that no constraint uses, by their kinds: nobody should take their silence for a pass.
    pub fn unused(&self) -> Vec<&str> {
        let is_used = |kind: &str| self.constraints.iter().any(|constraint| constraint.kind == kind);
        self.templates.iter().map(|template| template.kind.as_str()).filter(|kind| !is_used(kind)).collect()
    }

    /// What is most probably a slip in the Rego of templates, though they run.
    pub fn warnings(&self) -> Vec<PolicyError> {
        self.templates.iter().flat_map(Template::warnings).collect()
    }

    fn template(&self, kind: &str) -> Option<&Template> {
        self.templates.iter().find(|template| template.kind == kind)
    }
}

/// Whether a document is a template, a constraint or a suite of Gatekeeper's: what is for it, and no object to judge.
pub fn is_gatekeeper(document: &Document) -> bool {
    let root = &document.root;
    objects::is_template(root) || objects::is_constraint(root) || objects::is_suite(root)
}

/// Whether a document is a suite of tests.
pub fn is_suite(document: &Document) -> bool {
    objects::is_suite(&document.root)
}

const _: () = {
    const fn is_shared<T: Send + Sync>() {}
    is_shared::<Gatekeeper>();
};
