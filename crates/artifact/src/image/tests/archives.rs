//! Every form an image archive comes in.

use insta::assert_snapshot;
use testkit::image::{Image, docker_archive, layout, write};
use testkit::layer::{Layer, Storage, gzip, zstd};
use testkit::scratch::Scratch;
use testkit::tar::{Entry, Tar};

use crate::recorder::Recorder;
use crate::{Artifact, Options, Source, detect, open, open_bytes, open_reader};

fn image() -> Image {
    Image::new([
        Layer::files(&[("etc/os-release", "ID=debian")]).created_by("ADD rootfs.tar /"),
        Layer::files(&[("app/a", "1")]).created_by("COPY a /app").stored_as(Storage::Zstd),
    ])
    .named("registry.example/app:1")
    .empty_step(1, "ENV A=1")
    .run(serde_json::json!({"User": "nobody"}))
}

/// Identity and contents, one a line.
fn describe(artifact: &Artifact) -> String {
    let layers: Vec<String> = artifact
        .layers()
        .iter()
        .map(|layer| {
            let sums = (layer.digest.is_some(), layer.diff_id.is_some());
            let by = layer.created_by.as_deref().unwrap_or("-");
            format!("{} {} {sums:?} {by}\n", layer.index.0, layer.media_type)
        })
        .collect();
    format!(
        "{} {} {} {}\n{}user {}\n{}",
        artifact.kind().name(),
        artifact.name(),
        artifact.platform().unwrap_or("-"),
        if artifact.digest().is_some() { "manifest digest" } else { "no manifest digest" },
        layers.concat(),
        artifact.config().map_or("-", |config| &config.config.user),
        Recorder::all().tell(artifact)
    )
}

fn check(bytes: Vec<u8>) -> String {
    describe(&open_bytes("x", bytes, &Options::default()).expect("an image"))
}

#[test]
fn oci_archive() {
    assert_snapshot!(check(image().oci_archive()), @r"
    image registry.example/app:1 linux/amd64 manifest digest
    0 application/vnd.oci.image.layer.v1.tar+gzip (true, true) ADD rootfs.tar /
    1 application/vnd.oci.image.layer.v1.tar+zstd (true, true) COPY a /app
    user nobody
    /etc/os-release layer 0: ID=debian
    /app/a layer 1: 1
    ");
}

#[test]
fn docker_classic() {
    assert_snapshot!(check(image().docker_archive()), @r"
    image registry.example/app:1 linux/amd64 no manifest digest
    0 application/vnd.docker.image.rootfs.diff.tar (false, true) ADD rootfs.tar /
    1 application/vnd.docker.image.rootfs.diff.tar (false, true) COPY a /app
    user nobody
    /etc/os-release layer 0: ID=debian
    /app/a layer 1: 1
    ");
}

#[test]
fn docker_with_a_layout_inside() {
    assert_snapshot!(check(image().hybrid_archive()), @r"
    image registry.example/app:1 linux/amd64 manifest digest
    0 application/vnd.oci.image.layer.v1.tar+gzip (true, true) ADD rootfs.tar /
    1 application/vnd.oci.image.layer.v1.tar+zstd (true, true) COPY a /app
    user nobody
    /etc/os-release layer 0: ID=debian
    /app/a layer 1: 1
    ");
}

#[test]
fn compressed_as_a_whole() {
    for bytes in [image().oci_archive(), image().docker_archive(), image().hybrid_archive()] {
        let plain = check(bytes.clone());
        assert_eq!(check(gzip(&bytes)), plain);
        assert_eq!(check(zstd(&bytes)), plain);
    }
}

#[test]
fn from_disk() {
    let scratch = Scratch::new();
    let check = |name: &str, bytes: Vec<u8>, expected: fn(std::path::PathBuf) -> Source| {
        let path = scratch.write(name, &bytes);
        let source = detect(&path).expect("it is there");
        assert_eq!(source, expected(path.clone()), "{name}");
        let artifact = open(&source, &Options::default()).expect("an image");
        assert_eq!(artifact.layers().len(), 2);
        let walked = Recorder::all().tell(&artifact);
        assert!(walked.contains("/app/a layer 1: 1") && !walked.contains("error"), "{walked}");
        assert!(artifact.root().is_none());
    };
    check("oci.tar", image().oci_archive(), Source::OciArchive);
    check("docker.tar", image().docker_archive(), Source::DockerArchive);
    check("hybrid.tar", image().hybrid_archive(), Source::DockerArchive);
    check("oci.tgz", gzip(&image().oci_archive()), Source::OciArchive);
    check("docker.zst", zstd(&image().docker_archive()), Source::DockerArchive);
}

#[test]
fn layout_folder() {
    let scratch = Scratch::new();
    write(&image().layout(), scratch.path());
    let source = detect(scratch.path()).expect("it is there");
    assert_eq!(source, Source::OciLayout(scratch.path().to_owned()));
    let artifact = open(&source, &Options::default()).expect("an image");
    assert_eq!(describe(&artifact), check(image().oci_archive()));
}

#[test]
fn layers_that_are_links_inside_the_archive() {
    let layer = Layer::files(&[("a", "1")]);
    let image = Image::new([layer.clone(), layer.clone()]);
    let config = image.config();
    let name = format!("{}.json", testkit::digest::sha256(&config).hex());
    let manifest = serde_json::json!([{"Config": name, "RepoTags": null, "Layers": ["1/layer.tar", "2/layer.tar"]}]);
    let tar = Tar::new()
        .entry(&Entry::symlink("2/layer.tar", "../3/layer.tar"))
        .entry(&Entry::symlink("3/layer.tar", "../1/layer.tar"))
        .entry(&Entry::file("1/layer.tar", layer.tar()))
        .entry(&Entry::file(&name, config))
        .entry(&Entry::file("manifest.json", manifest.to_string()))
        .finish();
    let walked = Recorder::all().tell(&open_bytes("x", tar, &Options::default()).expect("an image"));
    assert_snapshot!(walked, @r"
    /a layer 0 (hidden by 1): 1
    /a layer 1: 1
    ");
}

#[test]
fn a_layout_that_contradicts_the_docker_manifest() {
    let other = Image::new([Layer::files(&[("other", "2")])]).named("other:1");
    let mut files = layout(&[other]);
    files.extend(image().layout().into_iter().filter(|(name, _)| name.starts_with("blobs/")));
    let config = testkit::image::blob_name(&testkit::digest::sha256(&image().config()));
    let blob = testkit::image::blob_name(&Layer::files(&[("etc/os-release", "ID=debian")]).digest());
    let manifest = serde_json::json!([{"Config": config, "RepoTags": ["a:1"], "Layers": [blob]}]);
    files.insert("manifest.json".to_owned(), manifest.to_string().into_bytes());
    let walked = Recorder::all().tell(&super::open_files(&files, &Options::default()).expect("an image"));
    assert!(walked.contains("`manifest.json` and `index.json` name different images"), "{walked}");
}

#[test]
fn text_of_the_archive_cannot_steer_a_terminal() {
    let image = image().named("a/\u{1b}[2Jb:1").platform("li\u{1b}nux", "amd64", None);
    for bytes in [image.oci_archive(), image.docker_archive(), image.hybrid_archive()] {
        let artifact = open_bytes("x", bytes, &Options::default()).expect("an image");
        assert_eq!((artifact.name(), artifact.platform()), ("x", None));
    }
    let odd = image.manifest_fields(serde_json::json!({"mediaType": "\u{1b}[2J"}));
    let files = odd.layout().into_iter().map(|(name, bytes)| match name.as_str() {
        "index.json" => {
            (name, String::from_utf8(bytes).expect("JSON").replace("\\u001b[2J", "\\u001b[3J").into_bytes())
        }
        _ => (name, bytes),
    });
    let error = super::open_files(&files.collect(), &Options::default()).expect_err("two media types");
    assert!(!error.to_string().contains('\u{1b}'), "{error:?}");
}

#[test]
fn what_is_no_image_is_a_file() {
    let check = |bytes: &[u8]| {
        let artifact = open_bytes("dir/Cargo.lock", bytes.to_vec(), &Options::default()).expect("a file");
        Recorder::all().tell(&artifact)
    };
    assert_snapshot!(check(b"version = 4"), @"Cargo.lock: version = 4");
    assert_snapshot!(check(b""), @"Cargo.lock:");
    let tar = Tar::new().entry(&Entry::file("src/main.rs", "fn main() {}")).finish();
    assert!(check(&tar).starts_with("Cargo.lock: "));
    assert!(check(&gzip(&tar)).starts_with("Cargo.lock: "));
}

#[test]
fn a_reader_is_read_within_its_limit() {
    let bytes = image().oci_archive();
    let artifact = open_reader("stdin", bytes.as_slice(), &Options::default()).expect("an image");
    assert_eq!(artifact.layers().len(), 2);
    let limits = |memory_bytes| crate::Limits { memory_bytes, ..crate::Limits::default() };
    let options = Options { limits: limits(1000), ..Options::default() };
    let error = open_reader("stdin", bytes.as_slice(), &options).expect_err("too long");
    assert!(
        error.to_string().contains("limit `memory_bytes` is 1000; `--limit memory_bytes=N` raises it")
            && !error.is_usage(),
        "{error}"
    );
    // Too long to be told from a file: it is read as one, and its kind is refused where it is forced.
    let archive = gzip(&docker_archive(&[image()]));
    let path = Scratch::new();
    let path = path.write("docker.tgz", &archive);
    let error = open(&Source::DockerArchive(path), &Options { limits: limits(2000), ..Options::default() })
        .expect_err("too long");
    assert!(error.to_string().contains("limit `memory_bytes` is 2000; `--limit memory_bytes=N` raises it"), "{error}");
}

/// What the stream held up to its limit or its fault, and what is said about it.
fn check_cut(bytes: &[u8], most: u64, fails_at: usize) -> String {
    struct Failing<'b>(&'b [u8]);
    impl std::io::Read for Failing<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            if self.0.is_empty() {
                return Err(std::io::Error::other("the cable was cut"));
            }
            std::io::Read::read(&mut self.0, buffer)
        }
    }
    let options =
        Options { limits: crate::Limits { memory_bytes: most, ..crate::Limits::default() }, ..Options::default() };
    let opened = match bytes.get(..fails_at) {
        Some(before) => open_reader("Cargo.lock", Failing(before), &options),
        None => open_reader("Cargo.lock", bytes, &options),
    };
    match opened {
        Ok(artifact) => Recorder::all().tell(&artifact),
        Err(error) => format!("exit {}: {error}", if error.is_usage() { 2 } else { 4 }),
    }
}

#[test]
fn a_stream_that_is_cut_off_gives_what_it_has() {
    const NOWHERE: usize = usize::MAX;
    assert_snapshot!(check_cut(b"version = 4", 7, NOWHERE), @r"
    Cargo.lock: version
    error limit: the input is longer than may be kept; save it to a file and scan that; what came before is kept (limit `memory_bytes` is 7; `--limit memory_bytes=N` raises it)
    ");
    assert_snapshot!(check_cut(b"version = 4", 100, 7), @r"
    Cargo.lock: version
    error io: the input could not be read to its end: the cable was cut; what came before is kept
    ");
    let root = Tar::new()
        .entry(&Entry::file("etc/os-release", "ID=debian"))
        .entry(&Entry::file("usr/x", vec![b'x'; 5000]))
        .finish();
    assert_snapshot!(check_cut(&root, 3000, NOWHERE), @r"
    /etc/os-release layer 0: ID=debian
    error limit: the input is longer than may be kept; save it to a file and scan that; what came before is kept (limit `memory_bytes` is 3000; `--limit memory_bytes=N` raises it)
    error io layer 0: the layer was not read to its end: the tar ends inside a file; what came before is kept
    ");
    assert_snapshot!(check_cut(&image().docker_archive(), 3000, NOWHERE), @"exit 4: Cargo.lock: the input is longer than may be kept; save it to a file and scan that (limit `memory_bytes` is 3000; `--limit memory_bytes=N` raises it); nothing of it was scanned");
    assert_snapshot!(check_cut(&image().docker_archive(), 100_000, 3000), @"exit 4: Cargo.lock: the input could not be read to its end: the cable was cut; nothing of it was scanned, fetch or build it again");
}

#[test]
fn an_archive_cut_short_gives_what_it_has() {
    let bytes = image().docker_archive();
    let cut = bytes[..bytes.len() - 1500].to_vec();
    match open_bytes("x", cut, &Options::default()) {
        Ok(artifact) => {
            let walked = Recorder::all().tell(&artifact);
            assert!(walked.contains("error "), "{walked}");
        }
        Err(error) => assert!(!error.is_usage(), "{error}"),
    }
}

/// What `docker export` writes: links, a folder that is one, no whiteouts.
fn root_tar() -> Vec<u8> {
    Tar::new()
        .entry(&Entry::file("./usr/lib/os-release", "ID=debian"))
        .entry(&Entry::symlink("./etc/os-release", "../usr/lib/os-release"))
        .entry(&Entry::file("./var/lib/dpkg/status", "Package: a\n"))
        .finish()
}

#[test]
fn bare_roots() {
    assert_snapshot!(check(root_tar()), @r"
    rootfs x - no manifest digest
    0 application/x-tar (false, false) -
    user -
    /usr/lib/os-release layer 0: ID=debian
    /var/lib/dpkg/status layer 0: Package: a\u{a}
    ");
    assert_eq!(check(gzip(&root_tar())), check(root_tar()));
    assert_eq!(check(zstd(&root_tar())), check(root_tar()));
    let scratch = Scratch::new();
    let path = scratch.write("root.tar.gz", gzip(&root_tar()));
    assert_eq!(detect(&path).expect("it is there"), Source::RootTar(path));
    let other = Tar::new().entry(&Entry::file("src/main.c", "int x;")).finish();
    let other = scratch.write("other.tar", &other);
    assert_eq!(detect(&other).expect("it is there"), Source::File(other));
}
