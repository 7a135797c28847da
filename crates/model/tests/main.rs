//! The vocabulary against the official data it follows.

mod ecosystems;
mod purl_laws;
mod purl_suite;
