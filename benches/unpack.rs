//! Promise: scanning an image costs its inflate and its hashes. Bound: inflating every layer once, hashing its stored
//! and its inflated bytes, one after the other in one thread. The scan verifies all of that and reads the packages too.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a bench talks to who runs it")]

mod input;
mod ratio;

use std::hint::black_box;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use criterion::Criterion;
use flate2::read::MultiGzDecoder;
use portcullis::{Cancel, Config, ScannerKind, Scanners, Source, artifact};
use sha2::{Digest as _, Sha256};

fn main() {
    let Some(image) = input::debian_image() else {
        eprintln!("unpack: no image; run `cargo xtask setup` once, as root");
        return;
    };
    let blobs = layers(&image);
    let mut criterion = Criterion::default().sample_size(10).configure_from_args();
    let stored: Vec<Vec<u8>> = blobs.iter().map(|blob| std::fs::read(blob).expect("a blob")).collect();
    let inflated: Vec<Vec<u8>> = stored.iter().map(|blob| inflate(blob)).collect();
    let mut config = Config::new(input::NOW.parse().expect("a date"));
    config.scanners = Scanners::new([ScannerKind::Vulnerability]).expect("one scanner");
    let scanner = portcullis::Scanner::new(config).expect("the scanner builds");
    let source = [Source::detect(&image)];

    let mut group = criterion.benchmark_group("unpack");
    group.bench_function("inflate", |bencher| {
        bencher.iter(|| stored.iter().map(|blob| drain(MultiGzDecoder::new(blob.as_slice()))).sum::<u64>());
    });
    group.bench_function("hash-stored", |bencher| bencher.iter(|| stored.iter().for_each(|blob| hash(blob))));
    group.bench_function("hash-inflated", |bencher| bencher.iter(|| inflated.iter().for_each(|layer| hash(layer))));
    group.bench_function("scan", |bencher| {
        bencher.iter(|| black_box(scanner.scan(&source, &Cancel::new()).expect("the image is there")));
    });
    group.finish();
    let bytes: usize = inflated.iter().map(Vec::len).sum();
    println!("image  {} layers, {} MB inflated", inflated.len(), bytes / 1_000_000);
    ratio::print(
        "image scan to its own inflate and hashes",
        "unpack/scan",
        &["unpack/inflate", "unpack/hash-stored", "unpack/hash-inflated"],
    );
}

/// The blobs of the image's layers.
fn layers(image: &Path) -> Vec<PathBuf> {
    let source = artifact::detect(image).expect("an image");
    let opened = artifact::open(&source, &artifact::Options::default()).expect("an image");
    let digests = opened.layers().iter().filter_map(|layer| layer.digest);
    digests.map(|digest| image.join("blobs/sha256").join(digest.hex())).collect()
}

fn inflate(blob: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    MultiGzDecoder::new(blob).read_to_end(&mut out).expect("a gzip layer");
    out
}

fn drain(mut reader: impl io::Read) -> u64 {
    io::copy(&mut reader, &mut io::sink()).expect("a gzip layer")
}

fn hash(bytes: &[u8]) {
    black_box(Sha256::digest(bytes));
}
