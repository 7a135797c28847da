//! How much one file may cost.

/// Limits on one file. Each that is hit is a problem of severity error: something was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file. Default 16 MiB: the largest bundles of cluster definitions in use are a few.
    pub bytes: usize,
    /// How deep values nest. Default 100: real objects stay under 30, and what reads the tree after us recurses.
    pub depth: usize,
    /// Values in the file, before aliases are expanded. Default 1,000,000.
    pub nodes: usize,
    /// Documents in the file, or instructions in a Dockerfile. Default 10,000.
    pub documents: usize,
    /// Values that aliases and merge keys may add to a document. Default 100,000.
    pub alias_nodes: usize,
    /// Bytes of text that aliases and merge keys may add to a document. Default 16 MiB.
    pub alias_bytes: usize,
    /// Problems kept of one file; one more says how many there were. Default 100.
    pub problems: usize,
    /// Remarks kept of one file: comments and annotations that bear a mark somebody asks for. Default 1,000.
    pub remarks: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            bytes: 16 << 20,
            depth: 100,
            nodes: 1_000_000,
            documents: 10_000,
            alias_nodes: 100_000,
            alias_bytes: 16 << 20,
            problems: 100,
            remarks: 1_000,
        }
    }
}
