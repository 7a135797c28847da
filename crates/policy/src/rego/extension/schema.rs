//! `json.match_schema` and `json.verify_schema`, through `boon`. Nothing is fetched: a schema that names another file or host is refused.
//!
//! Whether a document fits is what OPA says, and so are the words for what does not; of alternatives (`anyOf`, `oneOf`, `if`) OPA lists the ones that
//! come nearest, and here all of them are.

mod said;

use boon::{Compiler, Draft, SchemaIndex, Schemas, UrlLoader, ValidationError};
use regorus::Value;
use serde_json::Value as Json;

use said::Complaints;

/// What the schema is called while it is compiled.
const NAME: &str = "rego:///schema";
/// Complaints that are listed.
const MOST_ERRORS: usize = 100;

/// `json.match_schema`: whether a document fits, and what does not.
pub(super) fn match_schema(arguments: &[Value]) -> anyhow::Result<Value> {
    let [document, schema] = arguments else { return Ok(Value::Undefined) };
    let (Some(document), Some(schema)) = (json(document), json(schema)) else { return Ok(Value::Undefined) };
    let mut schemas = Schemas::new();
    let index = compile(schema, &mut schemas).map_err(|message| anyhow::anyhow!("json.match_schema: {message}"))?;
    let errors = match schemas.validate(&document, index) {
        Ok(()) => Vec::new(),
        Err(error) => complaints(&error, &document),
    };
    Ok(Value::from(vec![Value::Bool(errors.is_empty()), Value::from(errors)]))
}

/// `json.verify_schema`: whether a schema is one, and why not.
pub(super) fn verify_schema(arguments: &[Value]) -> anyhow::Result<Value> {
    let [schema] = arguments else { return Ok(Value::Undefined) };
    let verdict = match json(schema) {
        Some(schema) => compile(schema, &mut Schemas::new()).map(|_| ()),
        None => Err("it is neither an object nor the text of one".to_owned()),
    };
    Ok(match verdict {
        Ok(()) => Value::from(vec![Value::Bool(true), Value::Null]),
        Err(message) => Value::from(vec![Value::Bool(false), Value::from(message)]),
    })
}

/// Whether a value fits a schema of OpenAPI's kind; else the first complaint.
pub(crate) fn fits_schema(value: &Json, schema: &Json) -> Result<(), String> {
    let mut schemas = Schemas::new();
    let index = compile(schema.clone(), &mut schemas)?;
    schemas.validate(value, index).map_err(|error| {
        let first = complaints(&error, value).first().map(crate::rego::json);
        first.and_then(|error| error["error"].as_str().map(str::to_owned)).unwrap_or_else(|| error.to_string())
    })
}

/// An object, or what its text holds.
fn json(value: &Value) -> Option<Json> {
    match value {
        Value::String(text) => serde_json::from_str(text).ok(),
        Value::Object(_) => Some(crate::rego::json(value)),
        _ => None,
    }
}

fn compile(schema: Json, schemas: &mut Schemas) -> Result<SchemaIndex, String> {
    let mut compiler = Compiler::new();
    // The newest that OPA knows.
    compiler.set_default_draft(Draft::V7);
    compiler.use_loader(Box::new(Nowhere));
    compiler.add_resource(NAME, schema).map_err(|error| error.to_string())?;
    compiler.compile(NAME, schemas).map_err(|error| error.to_string().replace(NAME, "the schema"))
}

/// Where schemas are looked for that a schema names.
struct Nowhere;

impl UrlLoader for Nowhere {
    fn load(&self, url: &str) -> Result<Json, Box<dyn std::error::Error>> {
        Err(format!("a policy reads no other schema, and this one names {url}").into())
    }
}

/// The innermost complaints.
fn complaints(error: &ValidationError<'_, '_>, document: &Json) -> Vec<Value> {
    let mut found = Complaints::default();
    gather(error, document, &mut found);
    found.into_values()
}

fn gather(error: &ValidationError<'_, '_>, document: &Json, out: &mut Complaints) {
    if !error.causes.is_empty() {
        return error.causes.iter().for_each(|cause| gather(cause, document, out));
    }
    if out.len() < MOST_ERRORS {
        out.add(error, document);
    }
}
