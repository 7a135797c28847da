//! Sums up the sources that decide what is read of an image and what is made of it: results that another build kept are not ours.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// Rooms whose sources count, beside the versions of what they use.
const ROOMS: [&str; 5] = ["artifact", "inventory", "model", "portcullis", "version"];

fn main() -> io::Result<()> {
    let own = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let rooms = own.parent().expect("the room lies beside the others");
    let mut sum = DefaultHasher::new();
    for folder in ROOMS.map(|room| rooms.join(room).join("src")) {
        // Not there where the room was published alone; then its version speaks for it.
        if folder.is_dir() {
            println!("cargo::rerun-if-changed={}", folder.display());
            add(&mut sum, &folder, &folder)?;
        }
    }
    let lock = rooms.join("../Cargo.lock");
    if lock.is_file() {
        println!("cargo::rerun-if-changed={}", lock.display());
        fs::read(lock)?.hash(&mut sum);
    }
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-env=PORTCULLIS_SOURCES={:016x}", sum.finish());
    Ok(())
}

fn add(sum: &mut DefaultHasher, root: &Path, folder: &Path) -> io::Result<()> {
    let entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    let mut paths: Vec<PathBuf> = entries.iter().map(fs::DirEntry::path).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            add(sum, root, &path)?;
        } else {
            path.strip_prefix(root).unwrap_or(&path).to_string_lossy().hash(sum);
            fs::read(&path)?.hash(sum);
        }
    }
    Ok(())
}
