//! Paths inside a target: normalised, with `/`, never above the root.

use std::fmt;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The longest path anything reads.
const MAX_LENGTH: usize = 4096;

/// A path inside a target. No empty, `.` or `..` component, no NUL. Kept as bytes, for images may hold any.
///
/// Shown with every byte that is not printable UTF-8 as `\xff`; inside an image or a root it starts with `/`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct TreePath {
    bytes: Arc<[u8]>,
    rooted: bool,
}

/// Why bytes are no path of a target.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PathError {
    /// A `..` leads above the root.
    #[error("path leads above the root")]
    AboveRoot,
    /// A NUL byte.
    #[error("path holds a NUL byte")]
    Nul,
    /// Too long.
    #[error("path is longer than {MAX_LENGTH} bytes")]
    TooLong,
    /// Nothing is left of it.
    #[error("path is empty")]
    Empty,
}

impl TreePath {
    /// A path relative to a folder that was scanned. `./x`, `x//y` and `a/../x` are made plain.
    pub fn new(raw: impl AsRef<[u8]>) -> Result<TreePath, PathError> {
        TreePath::normalise(raw.as_ref(), false)
    }

    /// A path inside an image or a root file system, shown with a leading `/`.
    pub fn rooted(raw: impl AsRef<[u8]>) -> Result<TreePath, PathError> {
        TreePath::normalise(raw.as_ref(), true)
    }

    /// The path without a leading `/`.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The path without a leading `/`, if it is UTF-8.
    pub fn to_str(&self) -> Option<&str> {
        std::str::from_utf8(&self.bytes).ok()
    }

    /// True inside an image or a root file system.
    pub fn is_rooted(&self) -> bool {
        self.rooted
    }

    /// The last component.
    pub fn file_name(&self) -> &[u8] {
        let start = self.bytes.iter().rposition(|byte| *byte == b'/').map_or(0, |at| at + 1);
        &self.bytes[start..]
    }

    /// The folder it is in; `None` at the top.
    pub fn parent(&self) -> Option<TreePath> {
        let end = self.bytes.iter().rposition(|byte| *byte == b'/')?;
        Some(TreePath { bytes: self.bytes[..end].into(), rooted: self.rooted })
    }

    /// A path below the folder this path is in.
    pub fn sibling(&self, name: impl AsRef<[u8]>) -> Result<TreePath, PathError> {
        match self.parent() {
            Some(parent) => parent.join(name),
            None => TreePath::normalise(name.as_ref(), self.rooted),
        }
    }

    /// A path below this one. `name` may hold `..` as long as it stays inside the root.
    pub fn join(&self, name: impl AsRef<[u8]>) -> Result<TreePath, PathError> {
        let raw = [self.as_bytes(), b"/", name.as_ref()].concat();
        TreePath::normalise(&raw, self.rooted)
    }

    /// A path inside an archive at this path: `outer.jar!/inner.jar`.
    pub fn nested(&self, inner: impl AsRef<[u8]>) -> Result<TreePath, PathError> {
        let inner = TreePath::normalise(inner.as_ref(), false)?;
        let bytes = [self.as_bytes(), b"!/", inner.as_bytes()].concat();
        if bytes.len() > MAX_LENGTH {
            return Err(PathError::TooLong);
        }
        Ok(TreePath { bytes: bytes.into(), rooted: self.rooted })
    }

    fn normalise(raw: &[u8], rooted: bool) -> Result<TreePath, PathError> {
        if raw.len() > MAX_LENGTH {
            return Err(PathError::TooLong);
        }
        if memchr::memchr(0, raw).is_some() {
            return Err(PathError::Nul);
        }
        // Nearly all are plain, or as archives write them, and a tree has many: those are only copied.
        let written = raw.strip_prefix(b"./").or_else(|| raw.strip_prefix(b"/")).unwrap_or(raw);
        let written = written.strip_suffix(b"/").unwrap_or(written);
        if is_plain(written) {
            return Ok(TreePath { bytes: written.into(), rooted });
        }
        let mut components: Vec<&[u8]> = Vec::new();
        for component in raw.split(|byte| *byte == b'/') {
            match component {
                b"" | b"." => {}
                b".." => {
                    components.pop().ok_or(PathError::AboveRoot)?;
                }
                name => components.push(name),
            }
        }
        if components.is_empty() {
            return Err(PathError::Empty);
        }
        Ok(TreePath { bytes: components.join(&b'/').into(), rooted })
    }
}

impl fmt::Display for TreePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.rooted {
            f.write_str("/")?;
        }
        // Nearly every name is of these alone, and a report shows thousands.
        if self.bytes.iter().all(|byte| matches!(byte, b' '..=b'~')) {
            return f.write_str(std::str::from_utf8(&self.bytes).unwrap_or_default());
        }
        for chunk in self.bytes.utf8_chunks() {
            for character in chunk.valid().chars() {
                if is_printable(character) {
                    write!(f, "{character}")?;
                } else {
                    let mut buffer = [0; 4];
                    write_escaped(f, character.encode_utf8(&mut buffer).as_bytes())?;
                }
            }
            write_escaped(f, chunk.invalid())?;
        }
        Ok(())
    }
}

/// True when no component is empty, `.` or `..`.
fn is_plain(raw: &[u8]) -> bool {
    raw.split(|byte| *byte == b'/').all(|name| !matches!(name, b"" | b"." | b".."))
}

/// Control characters and the marks that reorder text are not printable: a name must not steer a terminal.
fn is_printable(character: char) -> bool {
    !character.is_control()
        && !matches!(character, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

fn write_escaped(f: &mut fmt::Formatter<'_>, bytes: &[u8]) -> fmt::Result {
    bytes.iter().try_for_each(|byte| write!(f, "\\x{byte:02x}"))
}

impl fmt::Debug for TreePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl TryFrom<String> for TreePath {
    type Error = PathError;

    /// A leading `/` means rooted. Escapes stay as they are shown.
    fn try_from(text: String) -> Result<TreePath, PathError> {
        let rooted = text.starts_with('/');
        TreePath::normalise(text.as_bytes(), rooted)
    }
}

impl From<TreePath> for String {
    fn from(path: TreePath) -> String {
        path.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(raw: &str, expected: Result<&str, PathError>) {
        assert_eq!(TreePath::new(raw).map(|path| path.to_string()), expected.map(str::to_owned), "{raw:?}");
    }

    #[test]
    fn one_name_for_one_file() {
        check("./a//b/../c", Ok("a/c"));
        check("/etc/passwd", Ok("etc/passwd"));
        check("..", Err(PathError::AboveRoot));
        check("a/../../b", Err(PathError::AboveRoot));
        check("./", Err(PathError::Empty));
        check("a\0b", Err(PathError::Nul));
        check("a/.../b./.c", Ok("a/.../b./.c"));
        check("a/.", Ok("a"));
        check("./..", Err(PathError::AboveRoot));
        check("a/", Ok("a"));
        check("", Err(PathError::Empty));
    }

    #[test]
    fn shows_what_cannot_be_shown() {
        let path = TreePath::rooted(b"a\xff/\x1b[2Jb\xe2\x80\xae".as_slice()).expect("a valid path");
        assert_eq!(path.to_string(), r"/a\xff/\x1b[2Jb\xe2\x80\xae");
        assert_eq!(path.parent().map(|parent| parent.to_string()).as_deref(), Some(r"/a\xff"));
    }

    #[test]
    fn nests() {
        let outer = TreePath::rooted("opt/app.jar").expect("a valid path");
        assert_eq!(outer.nested("lib/x.jar").map(|path| path.to_string()).as_deref(), Ok("/opt/app.jar!/lib/x.jar"));
        assert_eq!(outer.sibling("b").map(|path| path.to_string()).as_deref(), Ok("/opt/b"));
    }
}
