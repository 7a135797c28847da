//! Bytes to packages: one folder an ecosystem.
