//! Results kept between runs: the same bytes out, from several processes, after a kill, and with damage.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use testkit::image::Image;
use testkit::layer::Layer;
use testkit::registry::{Server, honest};
use testkit::tar::Entry;

use crate::command::{Folder, NOW, check_report, portcullis_in, portcullis_with};

const STATUS: &str = "Package: zlib1g\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1:1.2.13.dfsg-1\nMaintainer: a\nDescription: b\n";

/// A base that takes a while to read.
fn base() -> Layer {
    let noise: String = (0..200_000_u32).map(|at| format!("{:x}", at.wrapping_mul(2_654_435_761))).collect();
    let release = Entry::file("usr/lib/os-release", "ID=debian\nVERSION_ID=12\n");
    let link = Entry::symlink("etc/os-release", "../usr/lib/os-release");
    Layer::of(&[link, release, Entry::file("usr/share/noise", &noise)])
}

fn image(version: &str) -> Image {
    let status = STATUS.replace("1:1.2.13.dfsg-1", version);
    Image::new([base(), Layer::files(&[("var/lib/dpkg/status", &status)])])
}

/// A folder with an image and room for a cache.
fn with(image: &Image) -> Folder {
    let folder = Folder::new();
    testkit::image::write(&image.layout(), &folder.path().join("image"));
    folder
}

const SCAN: [&str; 8] = ["scan", "image", "-f", "json", "--now", NOW, "--fail-on", "none"];

fn scan(folder: &Path, more: &[&str]) -> (String, String) {
    let run = portcullis_in(folder, &[&SCAN, more].concat(), b"");
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    (run.stdout, run.stderr)
}

fn cached(folder: &Path) -> (String, String) {
    scan(folder, &["--cache-dir", "cache", "-v"])
}

fn start(folder: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_portcullis"))
        .args(SCAN)
        .args(["--cache-dir", "cache"])
        .current_dir(folder)
        .env_clear()
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Removes the results that end so.
fn forget(folder: &Path, ending: &str) {
    for entry in std::fs::read_dir(folder.join("cache")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|found| found == ending) {
            std::fs::remove_file(path).unwrap();
        }
    }
}

fn results(folder: &Path) -> u64 {
    let run = portcullis_in(folder, &["cache", "status", "--json", "--cache-dir", "cache"], b"");
    serde_json::from_str::<Value>(&run.stdout).unwrap()["results"].as_u64().unwrap()
}

#[test]
fn the_same_bytes() {
    let folder = with(&image("1"));
    let (fresh, _) = scan(folder.path(), &[]);
    assert!(!folder.path().join("cache").exists());
    let (first, said) = cached(folder.path());
    assert!(said.contains("0 layers found, 3 results added"), "{said}");
    let (second, said) = cached(folder.path());
    assert!(said.contains("2 layers found, 0 results added"), "{said}");
    assert_eq!((&first, &second), (&fresh, &fresh));
    // The same from what each layer yielded.
    forget(folder.path(), "image");
    let (third, said) = cached(folder.path());
    assert!(said.contains("2 layers found, 1 results added"), "{said}");
    assert_eq!(third, fresh);
    check_report(&serde_json::from_str(&fresh).unwrap());
    let (none, said) = scan(folder.path(), &["--cache-dir", "cache", "-v", "--no-cache"]);
    assert!(none == fresh && !said.contains("cache"), "{said}");
    // Other evidence is another question.
    let (_, said) = scan(folder.path(), &["--cache-dir", "cache", "-v", "--lockfiles"]);
    assert!(said.contains("0 layers found, 3 results added"), "{said}");
    // Nothing of the layers is needed any more.
    for blob in std::fs::read_dir(folder.path().join("image/blobs/sha256")).unwrap() {
        let path = blob.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        if bytes.starts_with(&[0x1f, 0x8b]) {
            std::fs::write(&path, vec![0; bytes.len()]).unwrap();
        }
    }
    assert_eq!(cached(folder.path()).0, fresh);
    forget(folder.path(), "image");
    assert_eq!(cached(folder.path()).0, fresh);
}

#[test]
fn every_format_for_every_number_of_threads() {
    let folder = with(&image("1"));
    for format in ["text", "json", "sarif"] {
        let run = |more: &[&str]| {
            let common = ["scan", "image", "--now", NOW, "--fail-on", "none", "-f", format];
            portcullis_in(folder.path(), &[&common, more].concat(), b"").stdout
        };
        let fresh = run(&[]);
        assert!(!fresh.is_empty());
        for jobs in ["1", "2", "8"] {
            assert_eq!(run(&["-j", jobs, "--cache-dir", "cache"]), fresh, "{format}, {jobs} threads");
        }
    }
}

#[test]
fn a_registry_is_asked_for_manifest_and_configuration_alone() {
    let files = image("1").layout();
    let served = image("1");
    let server = Server::start(move |request| honest(&files, &served, request));
    let host = server.host();
    let folder = Folder::new();
    let scan = |reference: &str| {
        let asked = server.asked().len();
        let common = ["scan", "--plain-http", &host, reference, "-f", "json", "--now", NOW, "--fail-on", "none"];
        let run = portcullis_with(folder.path(), &[&common[..], &["--cache-dir", "cache"]].concat(), &[]);
        assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
        let paths: Vec<String> = server.asked()[asked..].iter().map(|request| request.path.clone()).collect();
        (run.stdout, paths)
    };
    let reference = format!("registry:{host}/app:1");
    let (first, asked) = scan(&reference);
    assert_eq!(asked.iter().filter(|path| path.contains("/blobs/")).count(), 3, "{asked:?}");
    let (second, asked) = scan(&reference);
    assert_eq!(second, first);
    let config = testkit::digest::sha256(&image("1").config()).to_string();
    assert_eq!(asked.len(), 2, "{asked:?}");
    assert!(asked[0].contains("/manifests/1") && asked[1].ends_with(&config), "{asked:?}");
}

#[test]
fn an_image_that_shares_a_base_reads_its_own_layers() {
    let folder = with(&image("1"));
    cached(folder.path());
    std::fs::remove_dir_all(folder.path().join("image")).unwrap();
    testkit::image::write(&image("2").layout(), &folder.path().join("image"));
    let (report, said) = cached(folder.path());
    assert!(said.contains("1 layers found, 2 results added"), "{said}");
    assert_eq!(report, scan(folder.path(), &[]).0);
}

#[test]
fn several_processes_at_once() {
    let folder = with(&image("1"));
    let fresh = scan(folder.path(), &[]).0;
    for _ in 0..3 {
        let children: Vec<Child> = (0..4).map(|_| start(folder.path())).collect();
        for child in children {
            let output = child.wait_with_output().unwrap();
            assert!(output.status.success());
            assert_eq!(String::from_utf8(output.stdout).unwrap(), fresh);
        }
        assert_eq!(results(folder.path()), 3);
        portcullis_in(folder.path(), &["cache", "clear", "--cache-dir", "cache"], b"");
        assert_eq!(results(folder.path()), 0);
    }
}

/// Killed at moments all over the scan: whatever is left, the next answers are those of a fresh scan.
#[test]
fn killed_at_any_moment() {
    let folder = with(&image("1"));
    let begun = Instant::now();
    let fresh = scan(folder.path(), &[]).0;
    let whole = begun.elapsed();
    let mut left_behind = 0;
    for part in 1..=24 {
        let mut child = start(folder.path());
        std::thread::sleep(whole * part / 20);
        let _ = child.kill();
        child.wait().unwrap();
        let unfinished = std::fs::read_dir(folder.path().join("cache")).map(|entries| {
            entries
                .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().starts_with("unfinished-"))
                .count()
        });
        left_behind += unfinished.unwrap_or(0);
        assert_eq!(cached(folder.path()).0, fresh, "killed after {part}/20 of a scan");
        // The next one is killed while it fills an empty cache again.
        for entry in std::fs::read_dir(folder.path().join("cache")).unwrap() {
            std::fs::remove_file(entry.unwrap().path()).unwrap();
        }
    }
    assert!(left_behind > 0, "no kill hit the writing of a result");
}

/// Bytes of results, changed: the report stays what it was, and the file is good again afterwards.
#[test]
fn damaged_results() {
    let folder = with(&Image::new([Layer::files(&[("etc/os-release", "ID=debian\nVERSION_ID=12\n")])]));
    let scan = || scan(folder.path(), &["--cache-dir", "cache", "--allow-empty", "-v"]);
    let fresh = scan().0;
    let said_of = [
        ("image", "1 layers found, 1 results added, 1 damaged"),
        ("layer", "0 layers found, 2 results added, 1 damaged"),
    ];
    for (ending, expected) in said_of {
        let all = std::fs::read_dir(folder.path().join("cache")).unwrap().map(|entry| entry.unwrap().path());
        let path = all.into_iter().find(|path| path.extension().is_some_and(|found| found == ending)).unwrap();
        let good = std::fs::read(&path).unwrap();
        for place in (0..good.len()).step_by(11) {
            let mut bytes = good.clone();
            bytes[place] ^= 0xff;
            std::fs::write(&path, bytes).unwrap();
            if ending == "layer" {
                forget(folder.path(), "image");
            }
            let (report, said) = scan();
            assert_eq!(report, fresh);
            assert!(said.contains(expected), "byte {place} of {ending}: {said}");
            assert_eq!(std::fs::read(&path).unwrap(), good);
        }
    }
}

#[test]
fn bounds() {
    let folder = with(&image("1"));
    cached(folder.path());
    // Nothing fits; nothing is wrong either.
    let run = scan(folder.path(), &["--cache-dir", "other", "-v", "--cache-size", "0"]);
    assert!(run.1.is_empty() || !run.1.contains("added, 1"), "{}", run.1);
    let left = std::fs::read_dir(folder.path().join("other")).unwrap().count();
    assert_eq!(left, 0);
    // Old results go when something is added.
    let old = std::time::SystemTime::now() - Duration::from_secs(40 * 86_400);
    for entry in std::fs::read_dir(folder.path().join("cache")).unwrap() {
        let file = std::fs::File::options().write(true).open(entry.unwrap().path()).unwrap();
        file.set_modified(old).unwrap();
    }
    scan(folder.path(), &["--cache-dir", "cache", "--lockfiles"]);
    assert_eq!(results(folder.path()), 3, "those without lockfiles are gone");
}

#[test]
fn the_settings_file_names_it_but_not_from_within_what_is_scanned() {
    let folder = with(&image("1"));
    folder.write("portcullis.toml", "cache-dir = \"kept\"\ncache-size = 100\ncache-days = 3\n");
    scan(folder.path(), &[]);
    assert!(folder.path().join("kept").exists());
    let run = portcullis_in(folder.path(), &["scan", ".", "--now", NOW, "--fail-on", "none", "--allow-empty"], b"");
    assert!(run.stderr.contains("its cache-dir is not followed"), "{}", run.stderr);
    folder.write("portcullis.toml", "no-cache = true\n");
    std::fs::remove_dir_all(folder.path().join("kept")).unwrap();
    let home = folder.path().join("home");
    let home = home.to_str().unwrap();
    assert_eq!(portcullis_with(folder.path(), &SCAN, &[("HOME", home)]).code, 0);
    assert!(!Path::new(home).exists());
    folder.write("portcullis.toml", "");
    assert_eq!(portcullis_with(folder.path(), &SCAN, &[("HOME", home)]).code, 0);
    let platform = Path::new(home).join(if cfg!(target_os = "macos") { "Library/Caches" } else { ".cache" });
    assert!(platform.join("portcullis/layers").exists());
}

#[cfg(unix)]
#[test]
fn a_folder_that_others_may_fill_is_not_believed() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = with(&image("1"));
    let cache = folder.path().join("cache");
    std::fs::create_dir(&cache).unwrap();
    std::fs::set_permissions(&cache, std::fs::Permissions::from_mode(0o777)).unwrap();
    let (_, said) = cached(folder.path());
    assert!(
        said.contains("everybody may write to the cache cache; it is not believed; every layer was read"),
        "{said}"
    );
    assert_eq!(std::fs::read_dir(&cache).unwrap().count(), 0);
}

/// A real image, with programs, a package database and links across layers.
#[test]
fn a_real_image() {
    let Some((image, _)) = crate::images::debian() else { return };
    let folder = Folder::new();
    let image = image.display().to_string();
    let scan = |more: &[&str]| {
        let common = ["scan", &image, "-f", "json", "--now", NOW, "--fail-on", "none"];
        let run = portcullis_in(folder.path(), &[&common, more].concat(), b"");
        (run.stdout, run.stderr)
    };
    let fresh = scan(&[]).0;
    let mut said = Vec::new();
    for _ in 0..3 {
        let run = scan(&["--cache-dir", "cache", "-v"]);
        assert_eq!(run.0, fresh);
        said.push(run.1);
        forget(folder.path(), if said.len() == 1 { "none" } else { "image" });
    }
    assert!(said[0].contains("0 layers found, 3 results"), "{}", said[0]);
    assert!(said[1].contains("2 layers found, 0 results"), "{}", said[1]);
    assert!(said[2].contains("2 layers found, 1 results"), "{}", said[2]);
    // Without what came of its programs a layer is read again.
    forget(folder.path(), "results");
    forget(folder.path(), "image");
    let run = scan(&["--cache-dir", "cache", "-v"]);
    assert!(run.0 == fresh && run.1.contains("layers found, ") && !run.1.contains("2 layers found"), "{}", run.1);
}
