//! What one entry of a tar is.

/// One entry. Its name and the name it links to are asked of the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// What it is.
    pub(crate) kind: Kind,
    /// Bytes of its content, holes included.
    pub(crate) size: u64,
    /// Permission bits.
    pub(crate) mode: u32,
    /// Where its header begins in the stream.
    pub(crate) offset: u64,
    /// Where its content begins in the stream; of use where it is not sparse.
    pub(crate) content_offset: u64,
    /// Its content has holes.
    pub(crate) sparse: bool,
}

/// Kinds of entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A regular file.
    File,
    /// A further name of a file.
    HardLink,
    /// A symbolic link.
    SymbolicLink,
    /// A folder.
    Folder,
    /// A character or block device.
    Device,
    /// A named pipe.
    Pipe,
    /// Something no runtime makes a file of.
    Other,
}

impl Entry {
    /// Somebody may execute it.
    pub(crate) fn is_executable(&self) -> bool {
        self.mode & 0o111 != 0
    }
}

impl Kind {
    /// From a type flag. The name decides for the flag of v7, which has no folders.
    pub(super) fn of(flag: u8, name: &[u8]) -> Kind {
        match flag {
            0 if name.ends_with(b"/") => Kind::Folder,
            0 | b'0' | b'7' | b'S' => Kind::File,
            b'1' => Kind::HardLink,
            b'2' => Kind::SymbolicLink,
            b'3' | b'4' => Kind::Device,
            b'5' => Kind::Folder,
            b'6' => Kind::Pipe,
            _ => Kind::Other,
        }
    }

    /// True where content may follow, whatever the size field says.
    pub(super) fn has_content(self) -> bool {
        matches!(self, Kind::File | Kind::Other)
    }
}
