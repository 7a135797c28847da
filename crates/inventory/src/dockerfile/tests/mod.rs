//! Stages, arguments, here-documents.

use insta::assert_snapshot;

use super::{DETECTOR, is_dockerfile};
use crate::hostile::survives;
use crate::listing::{list, run};

const DOCKERFILE: &[u8] = include_bytes!("../../../../../fixtures/lockfiles/dockerfile/Dockerfile");

#[test]
fn images() {
    assert_snapshot!(list(&run(&DETECTOR, "Dockerfile", DOCKERFILE)), @r"
    pkg:docker/library/golang@1.22-alpine · line 6 · Direct
    pkg:docker/tools/lint@2.1?repository_url=host.example:5000 · line 10 · Direct · Build
    pkg:docker/library/busybox@1.36 · line 19 · Direct · Build
    pkg:oci/static@sha256:9ecc53c269509f63c69a266168e4a687c7eb8c0cfd753bd8bfcaa4f58a90876f?repository_url=gcr.example%2Fdistroless%2Fstatic&tag=nonroot · line 23 · Direct
    pkg:docker/library/debian · line 25 · Direct
    Warning Unsupported line 14: image `${UNSET}/nothing` has no value for `UNSET` here: it is not known what is built on
    ");
}

#[test]
fn another_escape() {
    let text = b"# escape=`\nFROM `\n  windows/nanoserver:1809\nRUN dir C:\\\nFROM two:1\n";
    assert_snapshot!(list(&run(&DETECTOR, "Dockerfile", text)), @r"
    pkg:docker/windows/nanoserver@1809 · line 2 · Direct
    pkg:docker/library/two@1 · line 5 · Direct
    ");
}

#[test]
fn broken() {
    assert_snapshot!(list(&run(&DETECTOR, "Dockerfile", b"FROM\nFROM ${X}\nFROM a b\x00c\nFROM \\\n")), @r"
    pkg:docker/library/a · line 3 · Direct
    Error Syntax line 1: `FROM` names no image: it is not read
    Warning Unsupported line 2: image `${X}` has no value for `X` here: it is not known what is built on
    Error Syntax line 4: `FROM` names no image: it is not read
    ");
}

#[test]
fn names() {
    let names = [
        "Dockerfile",
        "Containerfile",
        "Dockerfile.dev",
        "web.Dockerfile",
        "dockerfile",
        "DOCKERFILE",
        "dev.dockerfile",
        "Dockerfile.linux.amd64",
    ];
    names.into_iter().for_each(|name| assert!(is_dockerfile(name), "{name}"));
    let others = ["Dockerfile.md", "dockerfile.go", "MyDockerfile", "Dockerfile.j2", "Dockerfile.dockerignore", "a.md"];
    others.into_iter().for_each(|name| assert!(!is_dockerfile(name), "{name}"));
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, "Dockerfile", DOCKERFILE);
}
