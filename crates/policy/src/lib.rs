//! Policy as code: the Rego engine, wrapped and guarded.
