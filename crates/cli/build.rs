//! Links the program at a fixed address, and with its unwinder inside.
//!
//! As a position-independent executable it has 73,000 places, on 460 pages, that the loader must correct each time it starts: a third of the time
//! of a small scan. What is given up is that the addresses of the program's own code are random. Libraries, stack and heap still
//! are; the code is Rust without `unsafe` but for the mapping of one file, and bundled C only where it allocates, inflates zstd and checks
//! signatures.
//! Other systems demand position-independent programs.
//!
//! The standard library asks for `libgcc_s`, a library of its own that the loader would have to find, map and correct, and that asks the
//! processor what it is, for nothing but unwinding. The compiler has the same code as an archive.

use std::path::Path;
use std::process::Command;

fn main() {
    let is = |name: &str, value: &str| std::env::var(name).is_ok_and(|found| found == value);
    if is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") {
        println!("cargo::rustc-link-arg-bins=-no-pie");
        // Who compiles for another machine has another linker, which is not asked here.
        if std::env::var("HOST") == std::env::var("TARGET") && has_archive("libgcc_eh.a") {
            link_unwinder();
        }
    }
    println!("cargo::rerun-if-changed=crates/cli/build.rs");
}

/// Puts a script in the way of the library that names the archive instead. Linkers look into this folder first.
fn link_unwinder() {
    let Some(folder) = std::env::var_os("OUT_DIR") else { return };
    if std::fs::write(Path::new(&folder).join("libgcc_s.so"), "INPUT(-lgcc_eh -lgcc)\n").is_ok() {
        println!("cargo::rustc-link-search=native={}", Path::new(&folder).display());
    }
}

/// Whether the compiler that links has this archive; it answers with the bare name of what it does not have.
fn has_archive(name: &str) -> bool {
    let linker = std::env::var_os("RUSTC_LINKER").unwrap_or_else(|| "cc".into());
    let answer = Command::new(linker).arg(format!("-print-file-name={name}")).output();
    answer.is_ok_and(|answer| Path::new(String::from_utf8_lossy(&answer.stdout).trim()).is_absolute())
}
