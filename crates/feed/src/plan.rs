//! What is to be fetched, from where and to where.

use std::path::PathBuf;

use model::Ecosystem;
use network::Reach;

use crate::layout::Address;

/// What is to be fetched, from where and to where.
pub struct Plan {
    /// The folder of folders, one an ecosystem.
    pub from: Address,
    /// The ecosystems; at least one.
    pub ecosystems: Vec<Ecosystem>,
    /// Where the snapshot lies.
    pub snapshot: PathBuf,
    /// Where the records are kept.
    pub store: PathBuf,
    /// Files of this machine that go into the snapshot too.
    pub also: Vec<PathBuf>,
    /// Fetch every record again.
    pub afresh: bool,
    /// Take it although many records went away.
    pub allow_shrink: bool,
    /// How the network may be used.
    pub reach: Reach,
}
