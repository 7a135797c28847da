//! The vocabulary against the official data it follows, and the laws of its values.

mod ecosystems;
mod purl_laws;
mod purl_suite;
mod value_laws;
mod values;
