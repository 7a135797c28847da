//! The fields of an annotation that mean something to us.

use model::{DocumentKind, RuleId, Severity};
use serde_json::{Map, Value};

use super::Scope;
use crate::{Input, ObjectKind};

/// What one annotation says.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields {
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) links: Vec<String>,
    pub(crate) id: Option<RuleId>,
    pub(crate) severity: Option<Severity>,
    pub(crate) remediation: Option<String>,
    pub(crate) kinds: Vec<DocumentKind>,
    pub(crate) profiles: Vec<String>,
    pub(crate) controls: Vec<String>,
    pub(crate) equivalents: Vec<String>,
    pub(crate) input: Option<Input>,
    pub(crate) objects: Vec<ObjectKind>,
    pub(crate) parameters: Vec<String>,
}

/// Reads an annotation. Fields of others are left alone; a field of ours that makes no sense is an error.
pub(super) fn read(value: &Value) -> Result<(Option<Scope>, Fields), String> {
    let empty = Map::new();
    let annotation = match value {
        Value::Null => &empty,
        Value::Object(members) => members,
        _ => return Err("must be a mapping".to_owned()),
    };
    let custom = match annotation.get("custom") {
        None | Some(Value::Null) => &empty,
        Some(Value::Object(members)) => members,
        Some(_) => return Err("`custom` must be a mapping".to_owned()),
    };
    let parsed = |name: &str| text(custom, name);
    let fields = Fields {
        title: text(annotation, "title")?,
        description: text(annotation, "description")?,
        links: links(annotation)?,
        id: parsed("id")?.map(|id| id.parse().map_err(|error| format!("`custom.id`: {error}"))).transpose()?,
        severity: parsed("severity")?
            .map(|severity| severity.parse().map_err(|error| format!("`custom.severity`: {error}")))
            .transpose()?,
        remediation: parsed("remediation")?,
        kinds: kinds(custom)?,
        profiles: texts(custom, "profiles")?,
        controls: texts(custom, "controls")?,
        equivalents: texts(custom, "equivalents")?,
        input: input(custom)?,
        objects: objects(custom)?,
        parameters: texts(custom, "parameters")?,
    };
    Ok((scope(annotation)?, fields))
}

/// The kinds a package of this first name judges, if it does not say: those of the domain. Names of packages have no `-`.
pub(crate) fn kinds_of_domain(package: &str) -> impl Iterator<Item = DocumentKind> {
    DocumentKind::ALL.into_iter().filter(move |kind| kind.domain().replace('-', "_") == package)
}

/// The kind of this name.
fn kind(name: &str) -> Option<DocumentKind> {
    DocumentKind::ALL.into_iter().find(|kind| kind.name() == name)
}

fn scope(annotation: &Map<String, Value>) -> Result<Option<Scope>, String> {
    Ok(match text(annotation, "scope")?.as_deref() {
        None => None,
        Some("rule") => Some(Scope::Rule),
        Some("document") => Some(Scope::Document),
        Some("package") => Some(Scope::Package),
        Some("subpackages") => Some(Scope::Subpackages),
        Some(other) => return Err(format!("`{other}` is no scope: rule, document, package or subpackages")),
    })
}

fn input(custom: &Map<String, Value>) -> Result<Option<Input>, String> {
    Ok(match text(custom, "input")?.as_deref() {
        None => None,
        Some("document") => Some(Input::Document),
        Some("documents") => Some(Input::Documents),
        Some(other) => return Err(format!("`custom.input`: `{other}` is neither document nor documents")),
    })
}

fn kinds(custom: &Map<String, Value>) -> Result<Vec<DocumentKind>, String> {
    let names = [texts(custom, "kinds")?, texts(custom, "kind")?].concat();
    let known = |name: String| kind(&name).ok_or_else(|| format!("`{name}` is no kind of document"));
    names.into_iter().map(known).collect()
}

fn objects(custom: &Map<String, Value>) -> Result<Vec<ObjectKind>, String> {
    let known = |name: String| name.parse().map_err(|error| format!("`custom.objects`: {error}"));
    texts(custom, "objects")?.into_iter().map(known).collect()
}

/// `related_resources`: addresses, or mappings with `ref`.
fn links(annotation: &Map<String, Value>) -> Result<Vec<String>, String> {
    let Some(value) = annotation.get("related_resources") else { return Ok(Vec::new()) };
    let Value::Array(items) = value else { return Err("`related_resources` must be a list".to_owned()) };
    let address = |item: &Value| match item {
        Value::String(text) => Some(text.clone()),
        Value::Object(members) => members.get("ref").and_then(Value::as_str).map(str::to_owned),
        _ => None,
    };
    let links = items.iter().map(|item| {
        address(item).ok_or_else(|| "each of `related_resources` is an address, or a mapping with `ref`".to_owned())
    });
    links.collect()
}

fn text(members: &Map<String, Value>, name: &str) -> Result<Option<String>, String> {
    match members.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.trim().to_owned())),
        Some(Value::Number(number)) => Ok(Some(number.to_string())),
        Some(_) => Err(format!("`{name}` must be a text")),
    }
}

/// A list of texts, or one.
fn texts(members: &Map<String, Value>, name: &str) -> Result<Vec<String>, String> {
    let fault = || format!("`{name}` must be a list of texts");
    match members.get(name) {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::String(text)) => Ok(vec![text.clone()]),
        Some(Value::Array(items)) => {
            items.iter().map(|item| item.as_str().map(str::to_owned).ok_or_else(fault)).collect()
        }
        Some(_) => Err(fault()),
    }
}
