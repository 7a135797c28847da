//! `policy pull` and `policy push`.

use std::path::PathBuf;

use clap::Args;

use crate::registry::RegistryArguments;

#[derive(Debug, Args)]
pub(crate) struct PolicyPull {
    /// Policies in a registry: oci:HOST/REPOSITORY[:TAG|@DIGEST]
    #[arg(value_name = "oci:REF")]
    pub(crate) reference: String,
    /// The folder they are written to; nothing in it is overwritten
    #[arg(short, long, value_name = "DIR", default_value = "policy")]
    pub(crate) output: PathBuf,
    /// They must be a bundle signed with this key
    #[arg(long, value_name = "FILE")]
    pub(crate) verification_key: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) registry: RegistryArguments,
}

#[derive(Debug, Args)]
pub(crate) struct PolicyPush {
    /// A folder of policies, one .rego file, or a bundle as `opa build` makes it (.tar.gz)
    pub(crate) path: PathBuf,
    /// Where they go: oci:HOST/REPOSITORY[:TAG]
    #[arg(value_name = "oci:REF")]
    pub(crate) reference: String,
    #[command(flatten)]
    pub(crate) registry: RegistryArguments,
}
