//! Promise: scanning an image costs its inflate or its hashes, whichever is more, and a second scan next to nothing.
//! Bound: inflating every layer on one thread while another hashes its stored and its inflated bytes, with the same crates.
//! The scan, in a process of its own, verifies all of that, reads the packages, matches them and writes a report too.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a bench talks to who runs it")]

#[path = "unpack/bound.rs"]
mod bound;
#[path = "unpack/process.rs"]
mod process;
#[path = "unpack/serve.rs"]
mod serve;

use std::path::{Path, PathBuf};
use std::time::Duration;

use bound::{Bound, Layers, Stored, content};
use portcullis::artifact;
use process::{Taken, run};

/// Of so many runs the best counts; those of scan and bound take turns.
const ROUNDS: usize = 3;

const FORMS: [(&str, Stored); 6] = [
    ("one-gzip", Stored::Gzip),
    ("seven-gzip", Stored::Gzip),
    ("one-zstd", Stored::Zstd),
    ("seven-zstd", Stored::Zstd),
    ("one-plain", Stored::Plain),
    ("seven-plain", Stored::Plain),
];

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let big = root.join(".cache/images/bench");
    let debian = root.join(".cache/images/debian");
    if big.join("seven-plain/index.json").exists() {
        let named: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
        for (name, stored) in
            FORMS.into_iter().filter(|(name, _)| named.is_empty() || named.iter().any(|one| one == name))
        {
            measure(name, &big.join(name), stored);
        }
    } else if debian.join("index.json").exists() {
        eprintln!("unpack: no large image; `benches/unpack/make-image.sh .cache/images/bench` makes it, as root");
        measure("debian", &debian, Stored::Gzip);
    } else {
        eprintln!("unpack: no image; run `cargo xtask setup` once, as root");
    }
}

fn measure(name: &str, layout: &Path, stored: Stored) {
    let source = artifact::detect(layout).expect("an image");
    let opened = artifact::open(&source, &artifact::Options::default()).expect("an image");
    let digests = opened.layers().iter().filter_map(|layer| layer.digest);
    let blobs: Vec<PathBuf> = digests.map(|digest| layout.join("blobs/sha256").join(digest.hex())).collect();
    let contents = blobs.iter().map(|blob| content(blob, stored)).collect();
    let layers = Layers { blobs, contents, stored };
    let manifest = opened.digest().expect("a layout names its manifest").hex();
    let host = serve::layout(layout, &manifest);
    let cache = Path::new(env!("CARGO_TARGET_TMPDIR")).join("unpack-cache");
    let _ = std::fs::remove_dir_all(&cache);
    let (place, cache) = (layout.display().to_string(), cache.display().to_string());
    let reference = format!("registry:{host}/app:1");
    let fresh = ["scan", &place, "--no-cache"];
    let remote = ["scan", &reference, "--plain-http", &host, "--no-cache"];
    let kept = ["scan", &place, "--cache-dir", &cache];
    let (mut bounds, mut scans, mut remotes, mut fetched) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        bounds.push(layers.measure());
        fetched.push(layers.measure_fetched(&host));
        scans.push(run(&fresh));
        remotes.push(run(&remote));
    }
    let first = run(&kept);
    let seconds: Vec<Taken> = (0..3 * ROUNDS).map(|_| run(&kept)).collect();
    let bound = Bound { wall: least(bounds.iter().map(|b| b.wall)), cpu: least(bounds.iter().map(|b| b.cpu)) };
    let (wall, cpu) = (least(scans.iter().map(|t| t.wall)), least(scans.iter().map(|t| t.cpu)));
    let peak = scans.iter().chain(&remotes).map(|taken| taken.peak_mib).max().unwrap_or_default();
    println!("image  {name}: {} layers, {} MB", layers.blobs.len(), layers.bytes() / 1_000_000);
    let ratio = |what: &str, of: Duration, to: Duration| {
        println!(
            "ratio  {name}: {what}: {:.2} ({:.2} s to {:.2} s)",
            of.as_secs_f64() / to.as_secs_f64(),
            of.as_secs_f64(),
            to.as_secs_f64()
        );
    };
    ratio("wall to the larger of inflate and hash (goal 1.15)", wall, bound.wall);
    ratio("processor to their sum (goal 1.15)", cpu, bound.cpu);
    ratio("registry on loopback to disk (goal 1.1)", least(remotes.iter().map(|t| t.wall)), wall);
    let fetched = least(fetched.into_iter());
    ratio(
        "registry on loopback to the bound with its blobs fetched from there",
        least(remotes.iter().map(|t| t.wall)),
        fetched,
    );
    ratio("the bound with its blobs fetched from there to the bound", fetched, bound.wall);
    ratio("first scan with an empty cache to one without", first.wall, wall);
    println!("peak   {name}: {peak} MiB (goal 256)");
    println!(
        "time   {name}: second scan, from the cache: {:.1} ms (goal 50)",
        least(seconds.iter().map(|t| t.wall)).as_secs_f64() * 1e3
    );
    let _ = std::fs::remove_dir_all(&cache);
}

fn least(times: impl Iterator<Item = Duration>) -> Duration {
    times.min().expect("there was a run")
}
