//! What does not fit a schema, in the words of OPA.

use std::collections::BTreeMap;

use boon::{ErrorKind, Types, ValidationError};
use regorus::Value;
use serde_json::Value as Json;

/// One complaint, or one for each name that it is about: its `type`, and what is said.
pub(super) fn complaints(error: &ValidationError<'_, '_>) -> Vec<Value> {
    let path = error.instance_location.to_string();
    let path = path.trim_matches('\'').trim_start_matches('/').replace('/', ".");
    let field = if path.is_empty() { "(Root)".to_owned() } else { path };
    let said = said(&error.kind, &field).unwrap_or_else(|| {
        let keyword = error.schema_url.rsplit('/').next().unwrap_or_default();
        vec![(keyword.to_owned(), error.kind.to_string())]
    });
    let complaint = |(kind, said): (String, String)| {
        let members = [("error", format!("{field}: {said}")), ("type", kind), ("field", field.clone()), ("desc", said)];
        let pairs = members.map(|(name, text)| (Value::from(name), Value::from(text)));
        Value::from(BTreeMap::from(pairs))
    };
    said.into_iter().map(complaint).collect()
}

/// `None` for what OPA has no word for, because it does not know the keyword.
fn said(kind: &ErrorKind<'_, '_>, field: &str) -> Option<Vec<(String, String)>> {
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
            one("invalid_type", format!("Invalid type. Expected: {}, given: {got}", types(*want)))
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
