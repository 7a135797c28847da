//! What one run may make: its builtins, and elements of lists and sets that it goes through others to make. The engine looks at the clock between its steps, and one step may be a builtin
//! that makes all the memory there is; so what it is going to make is worked out before it is called.
//!
//! A run works on one thread from its beginning to its end, and that thread keeps its account.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use anyhow::bail;
use regorus::Value;

/// Bytes that one run may make, whether or not they are still needed.
pub(crate) const MOST_MADE: usize = 256 << 20;
/// The longest number that builtins and multiplications make.
pub(super) const MOST_BITS: u64 = 1 << 20;
/// Bytes that a value may have, were it written out, which holds other values many times.
pub(super) const MOST_HELD: usize = 64 << 20;
/// How a value too large for one step is told, which follows.
pub(super) const LARGE: &str = "it would make";
/// How the engine's errors are told from this one, which they pass on as text.
pub(super) const MARK: &str = "more was made than the limit";

/// Numbers of which it is kept that they were rounded.
const MOST_ROUNDED: usize = 1 << 16;

thread_local! {
    static UNTOLD: RefCell<Option<String>> = const { RefCell::new(None) };
    static ROUNDED: RefCell<BTreeSet<u64>> = const { RefCell::new(BTreeSet::new()) };
    static ACCOUNT: Cell<Account> = const { Cell::new(Account { left: MOST_MADE, is_strict: false }) };
}

#[derive(Clone, Copy)]
struct Account {
    left: usize,
    is_strict: bool,
}

/// Begins a run.
pub(super) fn begin(is_strict: bool) {
    ACCOUNT.set(Account { left: MOST_MADE, is_strict });
    ROUNDED.with_borrow_mut(BTreeSet::clear);
    UNTOLD.set(None);
}

/// An error where OPA may have an answer that is not known here. The engine forgets errors of a function of which another body has a value;
/// this one is kept.
pub(super) fn untold(why: String) -> anyhow::Error {
    UNTOLD.set(Some(why.clone()));
    anyhow::Error::msg(why)
}

/// What of this run is not known, though it may have ended well.
pub(super) fn what_is_untold() -> Option<String> {
    UNTOLD.take()
}

/// Remembers a number of this run that has more digits for OPA than here.
pub(super) fn round(number: f64) {
    ROUNDED.with_borrow_mut(|rounded| {
        if rounded.len() < MOST_ROUNDED {
            rounded.insert(number.to_bits());
        }
    });
}

pub(super) fn has_rounded() -> bool {
    ROUNDED.with_borrow(|rounded| !rounded.is_empty())
}

/// Whether OPA would print more digits of a number than are known here.
pub(super) fn is_rounded(number: f64) -> bool {
    ROUNDED.with_borrow(|rounded| rounded.len() >= MOST_ROUNDED || rounded.contains(&number.to_bits()))
}

/// Whether a builtin that fails is an error in this run, or undefined.
pub(super) fn is_strict() -> bool {
    ACCOUNT.get().is_strict
}

/// Takes what a builtin is going to make off what is left.
pub(super) fn charge(bytes: usize) -> anyhow::Result<()> {
    let account = ACCOUNT.get();
    let Some(left) = account.left.checked_sub(bytes) else { bail!("{MARK} of {MOST_MADE} bytes") };
    ACCOUNT.set(Account { left, ..account });
    Ok(())
}

/// About how many bytes a value has when it is written out. What is shared inside counts as often as it would be written; beyond the
/// limit nothing is counted.
pub(crate) fn weight(value: &Value) -> usize {
    let mut total = 0_usize;
    let mut open = vec![value];
    while let Some(value) = open.pop().filter(|_| total <= MOST_MADE) {
        total += 4;
        match value {
            Value::String(text) => total += text.len(),
            Value::Array(items) => open.extend(items.iter()),
            Value::Set(items) => open.extend(items.iter()),
            Value::Object(members) => open.extend(members.iter().flat_map(|(key, value)| [key, value])),
            _ => total += 20,
        }
    }
    total
}
