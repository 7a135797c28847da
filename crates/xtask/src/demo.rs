//! The image of the demo, `fixtures/demo/service-image.tar`: a small service in layers, the same bytes on every machine.

mod archive;
mod executable;
mod layer;

use std::path::PathBuf;

use anyhow::ensure;

use self::archive::Step;
use self::layer::Layer;

const OS_RELEASE: &str = include_str!("demo/os-release");
const BASE_PACKAGES: &str = include_str!("demo/base-status");
const MORE_PACKAGES: &str = include_str!("demo/more-status");
const AGENT: &str = include_str!("demo/agent-modules.txt");
const IMPORTER: &str = include_str!("demo/importer-modules.txt");
const CRATES: &str = include_str!("demo/ledger-crates.json");

/// Writes the image, or with `--check` compares the one that is there.
pub(crate) fn run(arguments: &[String]) -> anyhow::Result<()> {
    match arguments {
        [] => {
            let image = image()?;
            std::fs::write(path(), &image)?;
            println!("demo: {} bytes in fixtures/demo/service-image.tar", image.len());
            Ok(())
        }
        [flag] if flag == "--check" => {
            ensure!(std::fs::read(path())? == image()?, "the image is not what this makes: run `cargo xtask demo`");
            Ok(())
        }
        _ => anyhow::bail!("`demo` takes nothing or --check"),
    }
}

fn path() -> PathBuf {
    crate::setup::workspace().join("fixtures/demo/service-image.tar")
}

fn image() -> anyhow::Result<Vec<u8>> {
    let steps = [
        Step { by: "/bin/sh -c #(nop) ADD file:rootfs.tar.xz in / ", layer: Some(base()) },
        Step {
            by: "RUN /bin/sh -c apt-get update && apt-get install -y ca-certificates # buildkit",
            layer: Some(packages()),
        },
        Step { by: "ENV DATABASE_PASSWORD=hunter2", layer: None },
        Step { by: "RUN /bin/sh -c curl -fsSL https://example.org/agent.sh | sh # buildkit", layer: Some(agent()) },
        Step { by: "COPY /src/target/release/ledger /usr/local/bin/ledger # buildkit", layer: Some(service()?) },
        Step { by: "RUN /bin/sh -c rm -f /opt/agent/agent-old # buildkit", layer: Some(clean()) },
        Step { by: "CMD [\"ledger\"]", layer: None },
    ];
    archive::docker_save(&steps)
}

/// An operating system: who it is, and what its package database says.
fn base() -> Layer {
    Layer::default()
        .link("bin", "usr/bin")
        .link("etc/os-release", "../usr/lib/os-release")
        .file("usr/lib/os-release", 0o644, OS_RELEASE)
        .file("usr/bin/dash", 0o755, executable::program(&[]))
        .file("var/lib/dpkg/status", 0o644, BASE_PACKAGES)
        .file("var/lib/dpkg/info/dash.list", 0o644, "/.\n/usr\n/usr/bin\n/usr/bin/dash\n")
        .file(
            "var/lib/dpkg/info/base-files.list",
            0o644,
            "/.\n/etc\n/etc/os-release\n/usr\n/usr/lib\n/usr/lib/os-release\n",
        )
}

fn packages() -> Layer {
    Layer::default()
        .file("var/lib/dpkg/status", 0o644, [BASE_PACKAGES, "\n", MORE_PACKAGES].concat())
        .file("var/lib/dpkg/info/ca-certificates.list", 0o644, "/.\n/etc\n/etc/ca-certificates.conf\n")
        .file("etc/ca-certificates.conf", 0o644, "# certificates that are trusted: none, this is a demo\n")
}

/// What a script from the network put there: two Go programs, one of which a later layer removes.
fn agent() -> Layer {
    let agent = executable::go("go1.26.6", AGENT);
    let old = executable::go("go1.15.1", AGENT);
    Layer::default().file("opt/agent/agent", 0o755, agent).file("opt/agent/agent-old", 0o755, old)
}

/// The service, and a tool beside it.
fn service() -> anyhow::Result<Layer> {
    Ok(Layer::default().file("usr/local/bin/ledger", 0o755, executable::rust(CRATES)?).file(
        "usr/local/bin/import-statements",
        0o755,
        executable::go("go1.26.5", IMPORTER),
    ))
}

fn clean() -> Layer {
    Layer::default().whiteout("opt/agent", "agent-old")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_image_is_what_this_makes() {
        run(&["--check".to_owned()]).expect("the same bytes");
    }

    #[test]
    fn the_image_is_small() {
        let size = image().expect("an image").len();
        assert!(size < 100_000, "{size} bytes");
    }
}
