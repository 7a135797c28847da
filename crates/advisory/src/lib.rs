//! Advisories: import, the memory-mapped snapshot, packages to findings.
