//! Makes the list of modules from what lies in the folder, so that a new policy is its folder alone.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use sha2::{Digest as _, Sha256};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let mut names = Vec::new();
    for folder in folders(&root)? {
        println!("cargo::rerun-if-changed={}", folder.display());
        modules(&root, &folder, &mut names)?;
    }
    println!("cargo::rerun-if-changed=build.rs");
    // By bytes, so that every machine makes the same list.
    names.sort();
    let mut list = String::from("&[\n");
    let mut stamp = Stamp::new();
    for name in names {
        let file = root.join(&name);
        let text = fs::read_to_string(&file)?;
        let (profiles, equivalents) = (listed(&text, "profiles"), listed(&text, "equivalents"));
        stamp.take(&name);
        stamp.take(&text);
        let sum: [u8; 32] = Sha256::digest(&text).into();
        writeln!(
            list,
            "    Module {{ path: {name:?}, text: include_str!({file:?}), sum: {sum:?}, profiles: &{profiles:?}, equivalents: &{equivalents:?} }},"
        )
        .expect("a string takes it");
    }
    list += "]\n";
    let stamp = format!("{:016x}", stamp.0);
    warn_if_other(&root, &stamp)?;
    println!("cargo::rustc-env=PORTCULLIS_POLICIES_STAMP={stamp}");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    fs::write(out.join("modules.rs"), list)
}

/// Bytes at the beginning of the compiled rules in which the stamp of their texts stands.
const HEAD: usize = 64;

/// Rules compiled of other texts are not used: all is right then, and thirty times slower.
fn warn_if_other(root: &Path, stamp: &str) -> io::Result<()> {
    println!("cargo::rerun-if-changed=compiled.bin");
    let compiled = fs::read(root.join("compiled.bin"))?;
    let head = &compiled[..compiled.len().min(HEAD)];
    if !head.windows(stamp.len()).any(|piece| piece == stamp.as_bytes()) {
        println!("cargo::warning=compiled.bin is of other policies than these; run `cargo xtask embed-policies`");
    }
    Ok(())
}

/// FNV-1a, 64 bits: tells compiled rules of other texts from those of these. It guards against forgetting, not against anybody.
struct Stamp(u64);

impl Stamp {
    fn new() -> Stamp {
        Stamp(0xcbf2_9ce4_8422_2325)
    }

    fn take(&mut self, text: &str) {
        for byte in text.bytes().chain([0xff]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}

/// What the metadata lists under a key of ours, so that a module nobody asked for need not be read to know it. A test holds it
/// against what the reader of metadata says.
fn listed<'t>(text: &'t str, key: &str) -> Vec<&'t str> {
    let heading = format!("#   {key}:");
    let after = text.lines().skip_while(|line| **line != heading).skip(1);
    after.map_while(|line| line.strip_prefix("#     - ")).collect()
}

/// `lib` and the domains.
fn folders(root: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(root)?.collect::<io::Result<Vec<_>>>()?;
    let is_source = |path: &Path| path.ends_with("src") || path.ends_with("target");
    Ok(entries.into_iter().map(|entry| entry.path()).filter(|path| path.is_dir() && !is_source(path)).collect())
}

/// Every `.rego` below a folder, as a path with `/` from the root. Tests of policies stay out.
fn modules(root: &Path, folder: &Path, names: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            modules(root, &path, names)?;
            continue;
        }
        let below = path.strip_prefix(root).expect("the walk began there");
        let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
        let name = parts.join("/");
        if name.ends_with(".rego") && !name.ends_with("_test.rego") {
            names.push(name);
        }
    }
    Ok(())
}
