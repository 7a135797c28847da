//! The gate as a library: a scanner built once, a report out.
