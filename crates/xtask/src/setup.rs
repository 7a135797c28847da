//! What the tests need beside cargo: shared data, Debian tools, one npm package, one real image.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::Context as _;

/// Debian packages of real tools the tests drive, with the program that shows each is there.
const DEBIAN: &[(&str, &str)] = &[
    ("mmdebstrap", "mmdebstrap"),
    ("umoci", "umoci"),
    ("skopeo", "skopeo"),
    ("binutils", "objcopy"),
    ("zstd", "zstd"),
    ("docker-registry", "docker-registry"),
    ("apache2-utils", "htpasswd"),
    ("openssl", "openssl"),
    ("docker.io", "dockerd"),
    ("podman", "podman"),
    ("buildah", "buildah"),
];

/// The reference validator for SARIF.
const NPM: &str = "@microsoft/sarif-multitool@5.7.0";

/// Installs and makes what is missing. Returns what could not be had.
pub(crate) fn run() -> anyhow::Result<Vec<String>> {
    let cache = workspace().join(".cache");
    std::fs::create_dir_all(&cache)?;
    let mut missing = Vec::new();
    for (name, step) in [
        ("shared test data", shared_data as fn(&Path) -> anyhow::Result<()>),
        ("Debian packages", debian_packages),
        ("SARIF validator", sarif_validator),
        ("Debian image", debian_image),
        ("images of real builders", built_images),
        ("big root", big_root),
        ("programs of Debian", programs),
        ("lockfiles of the real package managers", lockfiles),
    ] {
        if let Err(error) = step(&cache) {
            println!("setup: {name}: {error:#}");
            missing.push(name.to_owned());
        }
    }
    Ok(missing)
}

/// The root of this repository.
pub(crate) fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn shared_data(cache: &Path) -> anyhow::Result<()> {
    let target = cache.join("shared");
    if target.join("conformance").exists() {
        return Ok(());
    }
    let unpack = workspace().join("../shared/unpack");
    anyhow::ensure!(unpack.exists(), "the folder `shared` does not lie beside this checkout");
    println!("setup: unpacking the shared test data");
    let unpack = unpack.canonicalize()?;
    execute(Command::new("sh").arg(unpack).arg(&target))
}

fn debian_packages(_: &Path) -> anyhow::Result<()> {
    let wanted: Vec<&str> =
        DEBIAN.iter().filter(|(_, program)| !is_installed(program)).map(|(package, _)| *package).collect();
    if wanted.is_empty() {
        return Ok(());
    }
    anyhow::ensure!(is_installed("apt-get"), "this is no Debian; install by hand: {}", wanted.join(" "));
    anyhow::ensure!(is_root(), "not root; install by hand: apt-get install {}", wanted.join(" "));
    println!("setup: installing Debian packages: {}", wanted.join(" "));
    execute(Command::new("apt-get").args(["-q", "update"]).stdout(Stdio::null()))?;
    execute(
        Command::new("apt-get")
            .args(["-q", "-y", "install", "--no-install-recommends"])
            .args(&wanted)
            .env("DEBIAN_FRONTEND", "noninteractive")
            .stdout(Stdio::null()),
    )
}

fn sarif_validator(cache: &Path) -> anyhow::Result<()> {
    let folder = cache.join("npm");
    if folder.join("node_modules/@microsoft/sarif-multitool").exists() {
        return Ok(());
    }
    anyhow::ensure!(is_installed("npm"), "npm is not installed");
    println!("setup: installing the npm package {NPM}");
    std::fs::create_dir_all(&folder)?;
    execute(
        Command::new("npm").args(["install", "--silent", "--no-audit", "--no-fund", "--prefix"]).arg(&folder).arg(NPM),
    )
}

/// A real Debian root with a purged and an added package, in two layers.
fn debian_image(cache: &Path) -> anyhow::Result<()> {
    let script = workspace().join("tests/components/debian-image.sh");
    if cache.join("images/debian/index.json").exists() {
        return Ok(());
    }
    anyhow::ensure!(is_root(), "not root: mmdebstrap and umoci need it");
    println!("setup: making a Debian image with mmdebstrap and umoci");
    execute(Command::new("sh").arg(script).arg(cache.join("images")))
}

/// Images by buildah and umoci: a multi-stage build, 127 layers, an index of three platforms.
fn built_images(cache: &Path) -> anyhow::Result<()> {
    if cache.join("images/built/platforms/index.json").exists() {
        return Ok(());
    }
    let programs = ["buildah", "umoci", "npm", "python3"];
    let missing: Vec<&str> = programs.into_iter().filter(|program| !is_installed(program)).collect();
    anyhow::ensure!(missing.is_empty(), "not installed: {}", missing.join(" "));
    anyhow::ensure!(is_root(), "not root: buildah needs it");
    println!("setup: making images with buildah and umoci");
    let script = workspace().join("tests/components/built-images.sh");
    execute(Command::new("sh").arg(script).arg(cache.join("images")))
}

/// A large real root with packages of four languages, and what its own tools list.
fn big_root(cache: &Path) -> anyhow::Result<()> {
    let script = workspace().join("tests/components/big-root.sh");
    if cache.join("images/big/root").exists() {
        return Ok(());
    }
    anyhow::ensure!(is_root(), "not root: mmdebstrap needs it");
    println!("setup: making a big root with mmdebstrap, pip and npm (takes some minutes)");
    execute(Command::new("sh").arg(script).arg(cache.join("images")))
}

/// Programs of Debian's packages, for those told by their bytes.
fn programs(cache: &Path) -> anyhow::Result<()> {
    if cache.join("programs/expected.txt").exists() {
        return Ok(());
    }
    anyhow::ensure!(is_installed("apt-get"), "this is no Debian: its programs cannot be had");
    println!("setup: unpacking programs of Debian");
    execute(Command::new("sh").arg(workspace().join("tests/components/programs.sh")).arg(cache))
}

/// Lockfiles written by the cargo, npm, go and pip of this machine, with what each says is in them.
fn lockfiles(cache: &Path) -> anyhow::Result<()> {
    // The last one that the script makes: folders of an earlier form are made anew.
    if cache.join("lockfiles/pip-includes/expected.txt").exists() {
        return Ok(());
    }
    let missing: Vec<&str> =
        ["npm", "go", "python3", "git"].into_iter().filter(|program| !is_installed(program)).collect();
    anyhow::ensure!(missing.is_empty(), "not installed: {}", missing.join(" "));
    println!("setup: making lockfiles with cargo, npm, go and pip");
    execute(Command::new("sh").arg(workspace().join("tests/components/lockfiles.sh")).arg(cache))
}

fn is_installed(program: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|paths| std::env::split_paths(&paths).any(|folder| folder.join(program).is_file()))
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n")
}

fn execute(command: &mut Command) -> anyhow::Result<()> {
    let shown = format!("{command:?}");
    let status = command.status().with_context(|| format!("could not start {shown}"))?;
    anyhow::ensure!(status.success(), "{shown} ended with {status}");
    Ok(())
}
