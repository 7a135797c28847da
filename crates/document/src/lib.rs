//! Bytes to values with spans: one folder a format.
