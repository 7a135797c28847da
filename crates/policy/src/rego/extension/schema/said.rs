//! What does not fit a schema, in the words of OPA.

use std::collections::BTreeMap;

use boon::{ErrorKind, Types, ValidationError};
use regorus::Value;
use serde_json::Value as Json;

/// Complaints, those about a value before those about what is in it.
#[derive(Default)]
pub(super) struct Complaints(Vec<(Vec<String>, Value)>);

impl Complaints {
    /// Adds a complaint about a document, or one for each name that it is about: where it is, its `type`, and what is said.
    pub(super) fn add(&mut self, error: &ValidationError<'_, '_>, document: &Json) {
        let pointer = error.instance_location.to_string();
        let pointer = pointer.trim_matches('\'');
        let name = |step: &str| step.replace("~1", "/").replace("~0", "~");
        let steps: Vec<String> = pointer.split('/').skip(1).map(name).collect();
        let field = if steps.is_empty() { "(Root)".to_owned() } else { steps.join(".") };
        let is_whole = document.pointer(pointer).is_some_and(|value| value.is_i64() || value.is_u64());
        let said = said(&error.kind, &field, is_whole).unwrap_or_else(|| {
            let keyword = error.schema_url.rsplit('/').next().unwrap_or_default();
            vec![(keyword.to_owned(), error.kind.to_string())]
        });
        for (kind, said) in said {
            let members =
                [("error", format!("{field}: {said}")), ("type", kind), ("field", field.clone()), ("desc", said)];
            let pairs = members.map(|(name, text)| (Value::from(name), Value::from(text)));
            self.0.push((steps.clone(), Value::from(BTreeMap::from(pairs))));
        }
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn into_values(mut self) -> Vec<Value> {
        self.0.sort_by(|(left, _), (right, _)| left.cmp(right));
        self.0.into_iter().map(|(_, complaint)| complaint).collect()
    }
}

/// `None` for what OPA has no word for, because it does not know the keyword.
fn said(kind: &ErrorKind<'_, '_>, field: &str, is_whole: bool) -> Option<Vec<(String, String)>> {
    let one = |kind: &str, said: String| Some(vec![(kind.to_owned(), said)]);
    match kind {
        ErrorKind::Required { want } => each("required", want.iter().map(|name| format!("{name} is required"))),
        ErrorKind::AdditionalProperties { got } => each(
            "additional_property_not_allowed",
            got.iter().map(|name| format!("Additional property {name} is not allowed")),
        ),
        ErrorKind::Dependency { missing, .. } => {
            each("missing_dependency", missing.iter().map(|name| format!("Has a dependency on {name}")))
        }
        ErrorKind::Type { got, want } => {
            let given = if is_whole { "integer".to_owned() } else { got.to_string() };
            one("invalid_type", format!("Invalid type. Expected: {}, given: {given}", types(*want)))
        }
        ErrorKind::Enum { want } => {
            let allowed: Vec<String> = want.iter().map(Json::to_string).collect();
            one("enum", format!("{field} must be one of the following: {}", allowed.join(", ")))
        }
        ErrorKind::Const { want } => one("const", format!("{field} does not match: {want}")),
        ErrorKind::FalseSchema => one("false", "False always fails validation".to_owned()),
        ErrorKind::Format { want, .. } => one("format", format!("Does not match format '{want}'")),
        ErrorKind::Pattern { want, .. } => one("pattern", format!("Does not match pattern '{want}'")),
        ErrorKind::PropertyName { prop } => {
            one("invalid_property_name", format!("Property name of \"{prop}\" does not match"))
        }
        ErrorKind::Contains => one("contains", "At least one of the items must match".to_owned()),
        ErrorKind::UniqueItems { got: [first, second] } => {
            one("unique", format!("array items[{first},{second}] must be unique"))
        }
        ErrorKind::AdditionalItems { .. } => {
            one("array_no_additional_items", "No additional items allowed on array".to_owned())
        }
        ErrorKind::Not => one("number_not", "Must not validate the schema (not)".to_owned()),
        kind => bound(kind).map(|(kind, said)| vec![(kind.to_owned(), said)]),
    }
}

/// What is too small or too large.
fn bound(kind: &ErrorKind<'_, '_>) -> Option<(&'static str, String)> {
    Some(match kind {
        ErrorKind::MinProperties { want, .. } => {
            ("array_min_properties", format!("Must have at least {want} properties"))
        }
        ErrorKind::MaxProperties { want, .. } => {
            ("array_max_properties", format!("Must have at most {want} properties"))
        }
        ErrorKind::MinItems { want, .. } => ("array_min_items", format!("Array must have at least {want} items")),
        ErrorKind::MaxItems { want, .. } => ("array_max_items", format!("Array must have at most {want} items")),
        ErrorKind::MinLength { want, .. } => {
            ("string_gte", format!("String length must be greater than or equal to {want}"))
        }
        ErrorKind::MaxLength { want, .. } => {
            ("string_lte", format!("String length must be less than or equal to {want}"))
        }
        ErrorKind::Minimum { want, .. } => ("number_gte", format!("Must be greater than or equal to {want}")),
        ErrorKind::Maximum { want, .. } => ("number_lte", format!("Must be less than or equal to {want}")),
        ErrorKind::ExclusiveMinimum { want, .. } => ("number_gt", format!("Must be greater than {want}")),
        ErrorKind::ExclusiveMaximum { want, .. } => ("number_lt", format!("Must be less than {want}")),
        ErrorKind::MultipleOf { want, .. } => ("multiple_of", format!("Must be a multiple of {want}")),
        _ => return None,
    })
}

fn each(kind: &str, said: impl Iterator<Item = String>) -> Option<Vec<(String, String)>> {
    Some(said.map(|said| (kind.to_owned(), said)).collect())
}

/// `integer`; of several, `[integer,null]`. OPA has them as the schema does, which is not known here: in the order of letters.
fn types(want: Types) -> String {
    let mut names: Vec<String> = want.iter().map(|one| one.to_string()).collect();
    names.sort();
    match &names[..] {
        [one] => one.clone(),
        many => format!("[{}]", many.join(",")),
    }
}
