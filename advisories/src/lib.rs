//! The embedded default advisory snapshot: facts only.
