//! What reads configuration for policies that ask for a file or a text: `parse_config` and its like.

use std::fmt;
use std::sync::Arc;

/// Reads configuration. What it may read is for the one who makes it to say; this crate opens no file.
pub trait ConfigReader: Send + Sync {
    /// A text in the language that a parser of this name reads.
    fn parse(&self, parser: &str, text: &str) -> Result<serde_json::Value, String>;

    /// A file, in the language that its name tells. A file of several documents is an array of them.
    fn read(&self, path: &str) -> Result<serde_json::Value, String>;
}

/// A shared reader.
#[derive(Clone)]
pub struct ConfigFiles(Arc<dyn ConfigReader>);

impl ConfigFiles {
    /// Shares a reader.
    pub fn new(reader: impl ConfigReader + 'static) -> ConfigFiles {
        ConfigFiles(Arc::new(reader))
    }

    pub(crate) fn reader(&self) -> &dyn ConfigReader {
        &*self.0
    }
}

impl fmt::Debug for ConfigFiles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ConfigFiles")
    }
}
