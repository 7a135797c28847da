//! What a run says of the file that is judged: `data.conftest.file`, as Conftest gives it. The folder is that below what is scanned, not one
//! of the machine, so that the same input gives the same answer everywhere.
//!
//! A run works on one thread from its beginning to its end, and that thread knows its file.

use std::cell::RefCell;

use regorus::Value;

thread_local! {
    static FILE: RefCell<Option<Value>> = const { RefCell::new(None) };
}

/// The runs that follow on this thread are about this file, or about all of them together.
pub(crate) fn about(path: Option<&str>) {
    let (folder, name) = match path {
        Some(path) => path.rsplit_once('/').unwrap_or((".", path)),
        None => (".", "Combined"),
    };
    let file = serde_json::json!({"conftest": {"file": {"name": name, "dir": folder}}});
    FILE.set(Some(Value::from(file)));
}

/// The data that says so.
pub(super) fn data() -> Option<Value> {
    FILE.with_borrow(Clone::clone)
}

/// Whether a policy of this text may ask.
pub(super) fn is_asked_by(text: &str) -> bool {
    text.contains("conftest")
}

/// Whether data has a path because it is given with every file.
pub(super) fn gives(path: &[String]) -> bool {
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    matches!(path[..], ["conftest"] | ["conftest", "file"] | ["conftest", "file", "name" | "dir"])
}
