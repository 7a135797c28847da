//! The table of the documentation.
