//! Being told how far it is.

/// Told how far it is.
pub trait Progress: Send + Sync {
    /// Something begins; its bytes or pieces, where they are known.
    fn begin(&self, what: &str, total: Option<u64>);
    /// So far it is.
    fn at(&self, position: u64);
    /// It is over.
    fn end(&self);
}

/// Tells nobody.
#[derive(Clone, Copy, Debug, Default)]
pub struct Quiet;

impl Progress for Quiet {
    fn begin(&self, _: &str, _: Option<u64>) {}

    fn at(&self, _: u64) {}

    fn end(&self) {}
}
