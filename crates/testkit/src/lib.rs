//! Development only: trees from fixture strings, layer builder, check functions.
