//! The built-in policies: rules as data.
