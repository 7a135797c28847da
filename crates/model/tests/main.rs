//! The vocabulary against the official data it follows.

mod purl_laws;
mod purl_suite;
