//! The one integration test binary: what a user of the program sees, and the rules of this house.

#![allow(clippy::print_stderr, clippy::unwrap_used)]

mod ages;
mod big_root;
mod builders;
mod bundles;
mod caching;
mod command;
mod conventions;
mod database;
mod demo;
mod documents;
mod engines;
mod exits;
mod hostile;
mod image_layers;
mod image_rules;
mod images;
mod jobs;
mod lockfiles;
mod peers;
mod policies;
mod policy_registry;
mod profiles;
mod readme;
mod registry;
mod rooms;
mod sarif;
mod sbom;
mod secrets;
mod settings;
mod suppressions;
mod update;
