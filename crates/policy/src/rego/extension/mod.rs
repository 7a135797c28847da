//! Builtins of our own in place of those the engine does not have, or has and does not do as OPA does.

mod collection;
mod crypto;
mod deprecated;
mod jwt;
mod net;
mod number;
mod sprintf;
mod subset;
mod text;

use regorus::{Engine, Value};

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
    extension("cast_array", 1, deprecated::cast_array),
    extension("cast_boolean", 1, deprecated::cast_boolean),
    extension("cast_null", 1, deprecated::cast_null),
    extension("cast_object", 1, deprecated::cast_object),
    extension("cast_set", 1, deprecated::cast_set),
    extension("cast_string", 1, deprecated::cast_string),
    extension("crypto.hmac.equal", 2, crypto::equal),
    extension("crypto.hmac.sha256", 2, crypto::hmac_sha256),
    extension("crypto.hmac.sha512", 2, crypto::hmac_sha512),
    extension("crypto.sha256", 1, crypto::sha256),
    extension("io.jwt.decode", 1, jwt::decode),
    extension("net.cidr_intersects", 2, net::intersects),
    extension("numbers.range", 2, collection::range),
    extension("object.subset", 2, subset::call),
    extension("set_diff", 2, deprecated::set_diff),
    extension("sprintf", 2, sprintf::call),
];

/// Gives them all to an engine.
pub(super) fn install(engine: &mut Engine) -> anyhow::Result<()> {
    for extension in EXTENSIONS {
        let call = extension.call;
        let boxed = Box::new(move |arguments: Vec<Value>| call(&arguments));
        engine.add_extension(extension.name.to_owned(), extension.arguments, boxed)?;
    }
    Ok(())
}

/// Whether there is one of this name in this version of the language.
pub(super) fn has(name: &str, is_v0: bool) -> bool {
    let is_current = is_v0 || !deprecated::NAMES.contains(&name);
    is_current && EXTENSIONS.iter().any(|extension| extension.name == name)
}
