//! Builtins of our own in place of those the engine does not have, or has and does not do as OPA does.

mod base64;
mod calendar;
mod case;
mod collection;
mod config;
mod count;
mod crypto;
mod deprecated;
mod glob;
mod globs;
mod graph;
mod guarded;
mod jwt;
mod mended;
mod metered;
mod net;
mod number;
mod parts;
mod paths;
mod pattern;
mod query;
mod real;
mod reckoned;
mod schema;
mod semantic;
mod sprintf;
mod subset;
mod template;
mod text;
mod units;
mod uri;
mod yaml;

use regorus::{Engine, Value};

pub(crate) use jwt::claims_signed_with;
pub(crate) use schema::fits_schema;
pub(crate) use yaml::yaml_of_text;

use super::literals::Spelled;
use super::meter::{charge, weight};
use super::templates::TEMPLATE;
use crate::Options;

/// A builtin: what it is called, how many arguments it takes, what it does. `Undefined` is its answer where OPA has none; an
/// error stops the evaluation and is said.
struct Extension {
    name: &'static str,
    arguments: u8,
    call: fn(&[Value]) -> anyhow::Result<Value>,
}

const fn extension(name: &'static str, arguments: u8, call: fn(&[Value]) -> anyhow::Result<Value>) -> Extension {
    Extension { name, arguments, call }
}

const EXTENSIONS: &[Extension] = &[
    extension("all", 1, deprecated::all),
    extension("any", 1, deprecated::any),
    extension("array.flatten", 1, collection::flatten),
    extension("base64.decode", 1, base64::decode),
    extension("base64.is_valid", 1, base64::is_valid),
    extension("base64url.decode", 1, base64::decode_url),
    extension("cast_array", 1, deprecated::cast_array),
    extension("cast_boolean", 1, deprecated::cast_boolean),
    extension("cast_null", 1, deprecated::cast_null),
    extension("cast_object", 1, deprecated::cast_object),
    extension("cast_set", 1, deprecated::cast_set),
    extension("cast_string", 1, deprecated::cast_string),
    extension("ceil", 1, reckoned::ceil),
    extension("crypto.hmac.equal", 2, crypto::equal),
    extension("crypto.hmac.md5", 2, crypto::hmac_md5),
    extension("crypto.hmac.sha1", 2, crypto::hmac_sha1),
    extension("crypto.hmac.sha256", 2, crypto::hmac_sha256),
    extension("crypto.hmac.sha512", 2, crypto::hmac_sha512),
    extension("crypto.md5", 1, crypto::md5),
    extension("crypto.sha1", 1, crypto::sha1),
    extension("crypto.sha256", 1, crypto::sha256),
    extension("floor", 1, reckoned::floor),
    extension("glob.match", 3, glob::is_match),
    extension("glob.quote_meta", 1, glob::quote_meta),
    extension("io.jwt.decode", 1, jwt::decode),
    extension("io.jwt.decode_verify", 2, jwt::decode_verify),
    extension("io.jwt.verify_eddsa", 2, jwt::eddsa),
    extension("io.jwt.verify_es256", 2, jwt::es256),
    extension("io.jwt.verify_es384", 2, jwt::es384),
    extension("io.jwt.verify_hs256", 2, jwt::hs256),
    extension("io.jwt.verify_hs384", 2, jwt::hs384),
    extension("io.jwt.verify_hs512", 2, jwt::hs512),
    extension("io.jwt.verify_ps256", 2, jwt::ps256),
    extension("io.jwt.verify_ps384", 2, jwt::ps384),
    extension("io.jwt.verify_ps512", 2, jwt::ps512),
    extension("io.jwt.verify_rs256", 2, jwt::rs256),
    extension("io.jwt.verify_rs384", 2, jwt::rs384),
    extension("io.jwt.verify_rs512", 2, jwt::rs512),
    extension("json.filter", 2, paths::filter),
    extension("json.match_schema", 2, schema::match_schema),
    extension("json.remove", 2, paths::remove),
    extension("json.verify_schema", 1, schema::verify_schema),
    extension("net.cidr_contains_matches", 2, net::contains_matches),
    extension("net.cidr_intersects", 2, net::intersects),
    extension("net.cidr_merge", 1, net::merge),
    extension("numbers.range", 2, collection::range),
    extension("object.subset", 2, subset::call),
    extension(TEMPLATE, 1, parts::call),
    extension("regex.globs_match", 2, globs::call),
    extension("regex.template_match", 4, template::call),
    extension("semver.compare", 2, semantic::compare),
    extension("semver.is_valid", 1, semantic::is_valid),
    extension("set_diff", 2, deprecated::set_diff),
    extension("sprintf", 2, sprintf::call),
    extension("strings.count", 2, count::call),
    extension("strings.split_n", 3, collection::split_n),
    extension("time.add_date", 4, calendar::add_date),
    extension("units.parse", 1, units::parse),
    extension("units.parse_bytes", 1, units::parse_bytes),
    extension("uri.is_valid", 1, uri::is_valid),
    extension("uri.parse", 1, uri::parse),
    extension("urlquery.decode", 1, query::decode),
    extension("urlquery.decode_object", 1, query::decode_object),
    extension("urlquery.encode", 1, query::encode),
    extension("urlquery.encode_object", 1, query::encode_object),
    extension("yaml.is_valid", 1, yaml::is_valid),
    extension("yaml.marshal", 1, yaml::marshal),
    extension("yaml.unmarshal", 1, yaml::unmarshal),
];

/// Of these, those that write out what they are given.
const WRITES: &[&str] =
    &["array.flatten", TEMPLATE, "sprintf", "urlquery.encode", "urlquery.encode_object", "yaml.marshal"];

/// Of these, those that print numbers.
const PRINTS: &[&str] = &["sprintf", "yaml.marshal"];

/// Gives them all to an engine. Rules that are not ours are metered, and how they spell numbers is known.
pub(super) fn install(
    engine: &mut Engine,
    options: &Options,
    is_metered: bool,
    spelled: &Spelled,
) -> anyhow::Result<()> {
    if is_metered {
        metered::install(engine, spelled)?;
        guarded::install(engine)?;
    }
    if let Some(reader) = &options.configs {
        config::install(engine, reader)?;
    }
    for extension in EXTENSIONS {
        let spelled = spelled.clone();
        let boxed = Box::new(move |arguments: Vec<Value>| {
            if PRINTS.contains(&extension.name) {
                elements(&arguments).try_for_each(|value| spelled.check_alone(value))?;
            }
            if extension.name == TEMPLATE {
                arguments.iter().try_for_each(|value| spelled.check(value))?;
            }
            if WRITES.contains(&extension.name) {
                charge(arguments.iter().map(weight).sum())?;
            }
            (extension.call)(&arguments)
        });
        engine.add_extension(extension.name.to_owned(), extension.arguments, boxed)?;
    }
    Ok(())
}

/// What is printed by itself: what stands in the list of `sprintf`, or is given.
fn elements(arguments: &[Value]) -> impl Iterator<Item = &Value> {
    arguments.iter().flat_map(|argument| match argument {
        Value::Array(items) => items.as_slice(),
        other => std::slice::from_ref(other),
    })
}

/// What `sprintf` makes of a text and values; nothing where it makes nothing.
pub(super) fn printed(given: &[Value]) -> String {
    match sprintf::call(given) {
        Ok(Value::String(text)) => text.to_string(),
        _ => String::new(),
    }
}

/// How many arguments the one of this name takes.
pub(super) fn arguments(name: &str) -> Option<usize> {
    EXTENSIONS.iter().find(|extension| extension.name == name).map(|extension| usize::from(extension.arguments))
}

/// Whether there is one of this name in this version of the language.
pub(super) fn has(name: &str, is_v0: bool, options: &Options) -> bool {
    if config::NAMES.contains(&name) {
        return options.configs.is_some();
    }
    let is_current = is_v0 || !deprecated::NAMES.contains(&name);
    is_current && EXTENSIONS.iter().any(|extension| extension.name == name)
}
