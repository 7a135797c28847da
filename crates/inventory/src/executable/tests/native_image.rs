//! Native images: the symbols as GraalVM exports them, in a library that the machine's C compiler links.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::Command;

use flate2::{Compression, write::GzEncoder};
use insta::assert_snapshot;

use super::super::NATIVE_IMAGE;
use super::real::{Scratch, has, output};
use crate::listing::{list, run};

const INVENTORY: &[u8] = include_bytes!("../../../../../fixtures/sbom/shop.cdx.json");

fn library(name: &str, sbom: &[u8], length: usize) -> Option<Vec<u8>> {
    if !has("cc") {
        return None;
    }
    let scratch = Scratch::new(name);
    let bytes = sbom.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte},").expect("a string takes all");
        text
    });
    let source =
        format!("const unsigned char sbom[] = {{{bytes}}};\nconst unsigned long long sbom_length = {length}ULL;\n");
    let source = scratch.write("image.c", source);
    let made = scratch.write("image.so", "");
    output(Command::new("cc").args(["-shared", "-fPIC", "-s", "-o"]).arg(&made).arg(source)).expect("cc is there");
    Some(std::fs::read(made).expect("cc wrote it"))
}

fn compressed(data: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(data).expect("memory takes all");
    encoder.finish().expect("memory takes all")
}

#[test]
fn inventory() {
    let sbom = compressed(INVENTORY);
    let Some(library) = library("native-image", &sbom, sbom.len()) else { return };
    let found = run(&NATIVE_IMAGE, "app/program", &library);
    assert_eq!(found.packages.len(), run(&crate::sbom::DETECTOR, "x.cdx.json", INVENTORY).packages.len());
    assert!(found.packages.iter().all(|package| package.locations[0].span.is_none()));
}

#[test]
fn broken() {
    let Some(damaged) = library("native-image-damaged", b"no gzip", 7) else { return };
    assert_snapshot!(list(&run(&NATIVE_IMAGE, "app/program", &damaged)), @r"Error Compression: the inventory of a native image cannot be inflated: unexpected end of file");
    let Some(outside) = library("native-image-outside", b"no gzip", usize::MAX >> 1) else { return };
    assert_snapshot!(list(&run(&NATIVE_IMAGE, "app/program", &outside)), @r"Error Truncated: the inventory of a native image lies outside of the file: it is not read");
}
