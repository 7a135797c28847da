//! Chores of this repository: test set-up, generated files, tidy.
fn main() {}
