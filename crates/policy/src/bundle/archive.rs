//! Bundles as tar, compressed or not.

use std::io::Read;

use flate2::read::MultiGzDecoder;

use super::BundleFile;

/// Bytes of all files together.
const MOST_BYTES: u64 = 256 << 20;
/// Files.
const MOST_FILES: usize = 50_000;

/// The files of an archive.
pub(super) fn files(bytes: &[u8]) -> Result<Vec<BundleFile>, String> {
    if bytes.starts_with(&[0x1f, 0x8b]) {
        read(tar::Archive::new(MultiGzDecoder::new(bytes).take(MOST_BYTES)))
    } else {
        read(tar::Archive::new(bytes.take(MOST_BYTES)))
    }
}

fn read(mut archive: tar::Archive<impl Read>) -> Result<Vec<BundleFile>, String> {
    let damaged = |error: std::io::Error| format!("the bundle is no archive that can be read: {error}");
    let mut files = Vec::new();
    let mut left = MOST_BYTES;
    for entry in archive.entries().map_err(damaged)? {
        let entry = entry.map_err(damaged)?;
        // Folders hold nothing, and a link could lead anywhere.
        if entry.header().entry_type() != tar::EntryType::Regular {
            continue;
        }
        let path = entry.path().map_err(damaged)?.to_string_lossy().replace('\\', "/");
        let path = path.trim_start_matches("./").trim_start_matches('/').to_owned();
        let mut bytes = Vec::new();
        entry.take(left + 1).read_to_end(&mut bytes).map_err(damaged)?;
        left = left
            .checked_sub(bytes.len() as u64)
            .ok_or_else(|| format!("the bundle holds more than the limit of {MOST_BYTES} bytes"))?;
        files.push(BundleFile { path, bytes });
        if files.len() > MOST_FILES {
            return Err(format!("the bundle holds more than the limit of {MOST_FILES} files"));
        }
    }
    if files.is_empty() {
        return Err("the bundle holds no file".to_owned());
    }
    Ok(files)
}
