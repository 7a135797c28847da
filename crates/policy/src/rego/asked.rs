//! Which rules a run asks that asks many: a builtin that only our own modules can call.
//!
//! A run works on one thread from its beginning to its end, and that thread knows what it asks.

use std::cell::RefCell;

use regorus::{Engine, Value};

use super::about;
use super::module::Module;

/// What the builtin is called. Modules of others that call it are refused, for there is no builtin of that name.
pub(crate) const ASKS: &str = "portcullis_asks";

thread_local! {
    static ASKED: RefCell<Option<Vec<bool>>> = const { RefCell::new(None) };
}

/// The runs that follow on this thread ask the rules of these places; all without a list.
pub(crate) fn asking(asked: Option<&[bool]>) {
    ASKED.set(asked.map(<[bool]>::to_vec));
}

/// Whether a module may find more than the document and the data that are given.
pub(crate) fn gives_more(module: &Module) -> bool {
    about::is_asked_by(&module.text)
}

/// Gives an engine the builtin.
pub(super) fn install(engine: &mut Engine) -> anyhow::Result<()> {
    let is_asked = |given: Vec<Value>| {
        let place = given.first().and_then(|place| place.as_u64().ok());
        let is_asked = ASKED.with_borrow(|asked| {
            let (Some(asked), Some(place)) = (asked, place) else { return true };
            usize::try_from(place).ok().and_then(|place| asked.get(place)).copied().unwrap_or(true)
        });
        Ok(Value::Bool(is_asked))
    };
    engine.add_extension(ASKS.to_owned(), 1, Box::new(is_asked))
}
