//! Policy files as they are given: text, never a path to read.

/// One policy file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyFile {
    /// What messages call it: a path, or a place in the built-in policies.
    pub name: String,
    /// Rego source.
    pub text: String,
    /// Whose it is.
    pub trust: Trust,
}

/// Whose policy it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trust {
    /// Comes with the program: every package is asked, on documents of its kind.
    Builtin,
    /// The user's: the namespaces asked for, on every document.
    User,
}
