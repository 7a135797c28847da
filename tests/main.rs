//! The one integration test binary: what a user of the program sees, and the rules of this house.

#![allow(clippy::print_stderr, clippy::unwrap_used)]

mod command;
mod exits;
mod rooms;
