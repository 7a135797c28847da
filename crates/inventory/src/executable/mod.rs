//! Executables that carry their own package list: cargo-auditable's, the build information of Go, bundles of .NET, inventories of
//! native images; what Windows programs say of themselves; and those that a packer made unreadable.
//!
//! They are read from ELF, PE and Mach-O without symbols, so stripped files are no different.

mod auditable;
mod bundle;
mod container;
mod evidence;
mod go;
mod native_image;
mod occurrences;
mod packed;
#[cfg(test)]
mod tests;
mod windows;

pub(crate) use self::auditable::DETECTOR as CARGO_AUDITABLE;
pub(crate) use self::bundle::DETECTOR as DOTNET_BUNDLE;
pub(crate) use self::container::begins_executable;
pub use self::evidence::{evidence_in, suffices};
pub(crate) use self::go::DETECTOR as GO_BUILD_INFO;
pub(crate) use self::native_image::DETECTOR as NATIVE_IMAGE;
pub(crate) use self::packed::DETECTOR as PACKED;
pub(crate) use self::windows::DETECTOR as WINDOWS_VERSION;
use crate::{Claim, Pattern};

/// Go programs of 300 MiB exist; nothing is known beyond this.
const LIMIT: u64 = 512 << 20;

/// Every executable and library, told by its first bytes. Of large ones in images a reader is given what [`evidence_in`] says: one
/// that looks elsewhere is to be named there.
pub(crate) const CLAIMS: &[Claim] =
    &[Claim::new(Pattern::Magic { head: container::HEAD, test: container::begins_executable }).limit(LIMIT)];
