//! Builtins of our own in place of those the engine does not have, or has and does not do as OPA does.

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

const EXTENSIONS: &[Extension] = &[
    Extension { name: "sprintf", arguments: 2, call: sprintf::call },
    Extension { name: "object.subset", arguments: 2, call: subset::call },
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

/// Whether there is one of this name.
pub(super) fn has(name: &str) -> bool {
    EXTENSIONS.iter().any(|extension| extension.name == name)
}
