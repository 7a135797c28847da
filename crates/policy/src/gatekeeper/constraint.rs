//! One constraint: whom it speaks of, its parameters, and what a violation means.

use model::{Document, FindingClass, Node, Rule, RuleId, Severity, Span};

use super::matching::Matcher;
use super::objects::{self, below, metadata};
use super::template::Template;
use crate::PolicyError;
use crate::rego::{Value, of_node};

/// One constraint.
pub(super) struct Constraint {
    /// The kind, which is its template's.
    pub(super) kind: String,
    pub(super) action: Action,
    pub(super) matcher: Matcher,
    pub(super) parameters: Value,
    pub(super) rule: Rule,
}

/// What the cluster does about a violation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Action {
    DryRun,
    Warn,
    Deny,
}

impl Action {
    /// The name in a constraint.
    pub(super) fn name(self) -> &'static str {
        match self {
            Action::DryRun => "dryrun",
            Action::Warn => "warn",
            Action::Deny => "deny",
        }
    }

    fn of(name: &str) -> Option<Action> {
        [Action::DryRun, Action::Warn, Action::Deny].into_iter().find(|action| action.name() == name)
    }

    fn severity(self) -> Severity {
        match self {
            Action::Deny => Severity::High,
            Action::Warn => Severity::Low,
            // It is looked at, and stops nothing.
            Action::DryRun => Severity::Negligible,
        }
    }
}

impl Constraint {
    /// Reads a constraint; its template must be there, and its parameters must be such as the template wants.
    pub(super) fn load(document: &Document, templates: &[Template]) -> Result<Constraint, PolicyError> {
        let root = &document.root;
        let kind = objects::kind(root);
        let file = document.origin.path.to_string();
        let at = |span: Span, message: String| PolicyError::at(&file, span.start.line, span.start.column, message);
        let Some(template) = templates.iter().find(|template| template.kind == kind) else {
            let message = format!("there is no ConstraintTemplate for the kind `{kind}`; load its file too");
            return Err(at(root.span, message));
        };
        let name = metadata(root, "name");
        if name.is_empty() {
            return Err(at(root.span, "a constraint needs `metadata.name`".to_owned()));
        }
        let matcher = match below(root, &["spec", "match"]).filter(|node| node.is_object()) {
            Some(node) => Matcher::read(node).map_err(|message| at(node.span, message))?,
            None => Matcher::default(),
        };
        let parameters = below(root, &["spec", "parameters"]);
        template
            .check_parameters(parameters)
            .map_err(|message| at(parameters.map_or(root.span, |node| node.span), message))?;
        let action = action(root).map_err(|message| at(root.span, message))?;
        Ok(Constraint {
            kind: kind.to_owned(),
            action,
            matcher,
            parameters: parameters.map_or_else(Value::new_object, of_node),
            rule: rule(template, kind, name, action),
        })
    }
}

/// The one named; of several for parts of the cluster the hardest.
fn action(root: &Node) -> Result<Action, String> {
    let named = below(root, &["spec", "enforcementAction"]).and_then(Node::as_str).unwrap_or("deny");
    if named != "scoped" {
        // The controller takes an action it does not know for none that it enforces.
        return Action::of(named)
            .ok_or_else(|| format!("`enforcementAction`: `{named}` is none of deny, warn, dryrun and scoped"));
    }
    let entries = below(root, &["spec", "scopedEnforcementActions"]).and_then(Node::as_array).unwrap_or_default();
    let actions = entries.iter().filter_map(|entry| entry.get("action").and_then(Node::as_str)).filter_map(Action::of);
    actions.max().ok_or_else(|| "`scopedEnforcementActions` names no action: deny, warn or dryrun".to_owned())
}

fn rule(template: &Template, kind: &str, name: &str, action: Action) -> Rule {
    let plain = |text: &str| -> String { text.chars().filter(char::is_ascii_graphic).take(120).collect() };
    let id: RuleId = format!("{}/{}", plain(kind), plain(name))
        .parse()
        .expect("printable ASCII of at most 255 characters, with a slash");
    let mut rule = Rule::new(id, FindingClass::Policy, template.title.clone());
    rule.description.clone_from(&template.description);
    rule.severity = action.severity();
    rule.domain = "gatekeeper".to_owned();
    rule
}
