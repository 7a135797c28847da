//! What no input may exceed. Each limit that is hit becomes a problem that names it.

use std::fmt;

use model::{Problem, ProblemKind};

/// Limits on every count and size that input controls. The fields' names are the names in messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Entries of one layer; the rest of the layer is not read.
    pub layer_entries: u64,
    /// Files and folders of the merged image, all layers together. Bounds memory: about 120 bytes each.
    pub image_entries: u64,
    /// Uncompressed bytes of one layer.
    pub layer_bytes: u64,
    /// Uncompressed bytes of all layers.
    pub image_bytes: u64,
    /// Uncompressed bytes per stored byte, asked once a layer has given `ratio_from` bytes.
    pub ratio: u64,
    /// Below this many uncompressed bytes any ratio is accepted: a small layer of zeros harms nobody.
    pub ratio_from: u64,
    /// Layers of an image; further ones are not read.
    pub layers: usize,
    /// Bytes of an index or manifest. Registries refuse more than 4 MiB.
    pub manifest_bytes: u64,
    /// Bytes of an image configuration.
    pub config_bytes: u64,
    /// Indexes inside indexes.
    pub index_depth: usize,
    /// Manifests an index may lead to.
    pub index_manifests: usize,
    /// Links followed to resolve one path, as Linux does.
    pub link_hops: usize,
    /// Bytes of one PAX or long-name header of a tar.
    pub tar_header_bytes: u64,
    /// Bytes of one file, whatever the sink would take.
    pub file_bytes: u64,
    /// Members of an image archive.
    pub archive_members: usize,
    /// Bytes of what must be held in memory where there is no folder for it: streams, and archives that are compressed as a whole.
    /// Plain archives on disk are read in place and need none.
    pub memory_bytes: u64,
    /// Bytes of the same where there is one ([`crate::Options::spool`]).
    pub spool_bytes: u64,
    /// Contents held back until their layer ends, so that of a path written twice only the last is delivered.
    pub held_back_bytes: usize,
    /// Files of a folder.
    pub folder_entries: u64,
    /// Files with set-user-id or set-group-id bits that are listed.
    pub special_files: usize,
    /// Problems kept; further ones are counted in one last problem.
    pub problems: usize,
    /// Skipped files listed.
    pub skipped: usize,
}

const KIB: u64 = 1 << 10;
const MIB: u64 = 1 << 20;
const GIB: u64 = 1 << 30;

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            layer_entries: 1_000_000,
            image_entries: 4_000_000,
            layer_bytes: 32 * GIB,
            image_bytes: 128 * GIB,
            ratio: 200,
            ratio_from: GIB,
            layers: 1_000,
            manifest_bytes: 4 * MIB,
            config_bytes: 8 * MIB,
            index_depth: 4,
            index_manifests: 10_000,
            link_hops: 40,
            tar_header_bytes: 1024 * KIB,
            file_bytes: GIB,
            archive_members: 200_000,
            memory_bytes: 2 * GIB,
            spool_bytes: 16 * GIB,
            held_back_bytes: 16 << 20,
            folder_entries: 10_000_000,
            special_files: 10_000,
            problems: 1_000,
            skipped: 10_000,
        }
    }
}

/// A name that is no limit's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no limit `{0}`; there are {known}", known = NAMES.join(", "))]
pub struct UnknownLimit(String);

macro_rules! by_name {
    (wide $($wide:ident)*; short $($short:ident)*) => {
        const NAMES: &[&str] = &[$(stringify!($wide),)* $(stringify!($short)),*];

        impl Limits {
            /// Sets the limit of this name, which is that of its field. On machines with short addresses a larger value than they
            /// have is the largest they have.
            pub fn set(&mut self, name: &str, value: u64) -> Result<(), UnknownLimit> {
                match name {
                    $(stringify!($wide) => self.$wide = value,)*
                    $(stringify!($short) => self.$short = usize::try_from(value).unwrap_or(usize::MAX),)*
                    _ => return Err(UnknownLimit(name.to_owned())),
                }
                Ok(())
            }
        }
    };
}

by_name! {
    wide layer_entries image_entries layer_bytes image_bytes ratio ratio_from manifest_bytes config_bytes tar_header_bytes file_bytes memory_bytes
        spool_bytes folder_entries;
    short layers index_depth index_manifests link_hops archive_members held_back_bytes special_files problems skipped
}

/// A limit and its value, as messages tell them, with what raises it.
pub(crate) struct Told<'a>(pub(crate) &'a str, pub(crate) u64);

impl fmt::Display for Told<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Told(name, value) = self;
        write!(f, "limit `{name}` is {value}")?;
        // What detectors read of files of one kind is theirs to say.
        if NAMES.contains(name) { write!(f, "; `--limit {name}=N` raises it") } else { Ok(()) }
    }
}

/// A limit that was hit, as a problem.
pub(crate) fn limit_problem(name: &str, value: u64, what: &str) -> Problem {
    Problem::error(ProblemKind::Limit, format!("{what} ({})", Told(name, value)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_limit_has_its_name() {
        let mut limits = Limits::default();
        for (at, name) in NAMES.iter().enumerate() {
            limits.set(name, 100 + at as u64).expect("a name of the list");
        }
        let shown = format!("{limits:?}");
        for (at, name) in NAMES.iter().enumerate() {
            assert!(shown.contains(&format!(" {name}: {}", 100 + at)), "{shown}");
        }
        assert_eq!(shown.matches(": ").count(), NAMES.len(), "a field has no name: {shown}");
        let error = limits.set("layer-bytes", 1).expect_err("no name of a field").to_string();
        assert!(
            error.starts_with("there is no limit `layer-bytes`; there are layer_entries, image_entries"),
            "{error}"
        );
    }
}
