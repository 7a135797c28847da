//! Links the program at a fixed address.
//!
//! As a position-independent executable it has 73,000 places, on 460 pages, that the loader must correct each time it starts: a third of the time
//! of a small scan. What is given up is that the addresses of the program's own code are random. Libraries, stack and heap still
//! are; the code is Rust without `unsafe` but for the mapping of one file, and bundled C only where it inflates zstd and checks signatures.
//! Other systems demand position-independent programs.

fn main() {
    let is = |name: &str, value: &str| std::env::var(name).is_ok_and(|found| found == value);
    if is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
    println!("cargo::rerun-if-changed=crates/cli/build.rs");
}
