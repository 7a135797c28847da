//! One template: its Rego, made ready, and what it wants of parameters.

use std::collections::BTreeSet;

use model::{Document, Node, Span};
use serde_json::Value as Json;

use super::objects::{below, metadata};
use crate::rego::{fits_schema, unknown_fields_of_review};
use crate::{Namespaces, Options, PolicyError, PolicyFile, PolicySet, Trust, load};

const TARGET: &str = "admission.k8s.gatekeeper.sh";

/// One template.
pub(super) struct Template {
    /// The kind of its constraints.
    pub(super) kind: String,
    pub(super) title: String,
    pub(super) description: String,
    /// Its rule, without any inventory.
    pub(super) set: PolicySet,
    /// It asks for other objects.
    pub(super) uses_inventory: bool,
    files: Vec<PolicyFile>,
    package: String,
    /// What parameters must be like.
    schema: Option<Json>,
}

impl Template {
    /// Reads a template and compiles its Rego.
    pub(super) fn load(document: &Document, options: &Options) -> Result<Template, Vec<PolicyError>> {
        let root = &document.root;
        let file = document.origin.path.to_string();
        let at = |span: Span, message: &str| vec![PolicyError::at(&file, span.start.line, span.start.column, message)];
        let names = below(root, &["spec", "crd", "spec", "names", "kind"]).and_then(Node::as_str);
        let kind = names.ok_or_else(|| at(root.span, "a template needs `spec.crd.spec.names.kind`"))?;
        let targets = below(root, &["spec", "targets"]).and_then(Node::as_array).unwrap_or_default();
        let is_ours = |target: &&Node| target.get("target").and_then(Node::as_str) == Some(TARGET);
        let target = targets.iter().find(is_ours).or(targets.first());
        let target = target.ok_or_else(|| at(root.span, "a template needs one of `spec.targets`"))?;
        let (rego, libs) = source(target).map_err(|(span, message)| at(span, message))?;
        let files: Vec<PolicyFile> = std::iter::once(rego).chain(libs).map(|node| policy_file(&file, node)).collect();
        let package = package(&files[0].text).to_owned();
        let set = compile(files.clone(), &package, options)?;
        let has_rule = set.rules().iter().any(|rule| rule.package == package && rule.name == "violation");
        if !has_rule {
            return Err(at(rego.span, "the Rego of a template needs a rule `violation`"));
        }
        let annotation =
            |name: &str| below(root, &["metadata", "annotations"]).and_then(|all| all.get(name)).and_then(Node::as_str);
        let schema = below(root, &["spec", "crd", "spec", "validation", "openAPIV3Schema"]);
        let description = annotation("description").unwrap_or_default().trim().to_owned();
        let title = annotation("metadata.gatekeeper.sh/title").map_or_else(|| metadata(root, "name"), str::trim);
        Ok(Template {
            kind: kind.to_owned(),
            title: title.to_owned(),
            description,
            uses_inventory: files.iter().any(|file| file.text.contains("inventory")),
            set,
            files,
            package,
            schema: schema.map(|node| validation(node.to_json())),
        })
    }

    /// Its rule, with all other objects as `data.inventory`.
    pub(super) fn with_inventory(&self, inventory: &Json, options: &Options) -> Result<PolicySet, Vec<PolicyError>> {
        let mut data = options.data.clone();
        if let Json::Object(members) = &mut data {
            members.insert("inventory".to_owned(), inventory.clone());
        }
        compile(self.files.clone(), &self.package, &Options { data, ..options.clone() })
    }

    /// What is most probably a slip, though it runs: also fields that no review has, and parameters that the template does not.
    pub(super) fn warnings(&self) -> Vec<PolicyError> {
        let mut found = self.set.warnings();
        let parameters = self.schema.as_ref().and_then(parameters);
        found.extend(self.set.modules.iter().flat_map(|module| unknown_fields_of_review(module, parameters.clone())));
        found
    }

    /// What is wrong with the parameters of a constraint.
    pub(super) fn check_parameters(&self, parameters: Option<&Node>) -> Result<(), String> {
        let (Some(schema), Some(parameters)) = (&self.schema, parameters) else { return Ok(()) };
        fits_schema(&parameters.to_json(), schema).map_err(|message| {
            format!("`parameters` are not as the template for `{}` wants them: {message}", self.kind)
        })
    }
}

/// The names of parameters, where a schema says all of them.
fn parameters(schema: &Json) -> Option<BTreeSet<String>> {
    let may_have_others = [
        "additionalProperties",
        "x-kubernetes-preserve-unknown-fields",
        "patternProperties",
        "allOf",
        "anyOf",
        "oneOf",
    ];
    let properties =
        schema["properties"].as_object().filter(|_| may_have_others.iter().all(|key| schema[*key].is_null()))?;
    Some(properties.keys().cloned().collect())
}

/// The Rego of a target and of its libraries.
fn source(target: &Node) -> Result<(&Node, Vec<&Node>), (Span, &'static str)> {
    let code = target.get("code").and_then(Node::as_array).unwrap_or_default();
    let engine = |node: &Node, name: &str| node.get("engine").and_then(Node::as_str) == Some(name);
    let inner = code.iter().find(|entry| engine(entry, "Rego")).and_then(|entry| entry.get("source"));
    let holder = match inner {
        Some(source) => source,
        None if target.get("rego").is_some() => target,
        None if code.iter().any(|entry| engine(entry, "K8sNativeValidation")) => {
            return Err((target.span, "a template in CEL alone is not evaluated here: give it Rego too"));
        }
        None => return Err((target.span, "a target of a template needs `rego`, or `code` for the engine Rego")),
    };
    let is_text = |node: &&Node| node.as_str().is_some();
    let rego = holder.get("rego").filter(is_text).ok_or((holder.span, "`rego` of a template must be a text"))?;
    let libs = holder.get("libs").and_then(Node::as_array).unwrap_or_default();
    if let Some(odd) = libs.iter().find(|lib| lib.as_str().is_none()) {
        return Err((odd.span, "`libs` of a template must be texts"));
    }
    Ok((rego, libs.iter().collect()))
}

/// Rego in a file of its own: it stands as deep as in the template, so that lines are those of the template.
fn policy_file(file: &str, node: &Node) -> PolicyFile {
    let text = node.as_str().unwrap_or_default();
    let spanned = node.span.end.line.saturating_sub(node.span.start.line) as usize;
    // A block scalar starts with the line of its sign, of which nothing is in the text.
    let sign = usize::from(spanned > 0 && spanned >= text.trim_end().lines().count());
    let above = (node.span.start.line as usize).saturating_sub(1) + sign;
    PolicyFile { name: file.to_owned(), text: "\n".repeat(above) + text, trust: Trust::User }
}

fn compile(files: Vec<PolicyFile>, package: &str, options: &Options) -> Result<PolicySet, Vec<PolicyError>> {
    let options = Options { namespaces: Namespaces::Named(vec![package.to_owned()]), ..options.clone() };
    let (set, errors) = load(files, &options);
    if errors.is_empty() { Ok(set) } else { Err(errors) }
}

/// The package a text declares.
fn package(text: &str) -> &str {
    let line = text.lines().map(str::trim).find_map(|line| line.strip_prefix("package "));
    line.map_or("", |rest| rest.split([';', '#']).next().unwrap_or_default().trim())
}

/// OpenAPI's way to allow null is none of JSON Schema's; what a schema does not say is allowed.
fn validation(mut schema: Json) -> Json {
    if let Json::Object(members) = &mut schema {
        let is_nullable = members.remove("nullable") == Some(Json::Bool(true));
        if let Some(kind) = members.get("type").cloned().filter(|_| is_nullable) {
            members.insert("type".to_owned(), Json::Array(vec![kind, "null".into()]));
        }
        members.values_mut().for_each(|value| *value = validation(std::mem::take(value)));
    }
    if let Json::Array(items) = &mut schema {
        items.iter_mut().for_each(|item| *item = validation(std::mem::take(item)));
    }
    schema
}
