//! Which image, and for which platform.

use insta::assert_snapshot;
use testkit::image::{Image, docker_archive, layout, nested_layout};
use testkit::layer::Layer;

use super::open_files;
use crate::{OpenError, Options, open_bytes};

fn image(content: &str) -> Image {
    Image::new([Layer::files(&[("a", content)])])
}

fn options(image: Option<&str>, platform: Option<&str>) -> Options {
    Options { image: image.map(str::to_owned), platform: platform.map(str::to_owned), ..Options::default() }
}

fn message(error: &OpenError) -> String {
    assert!(error.is_usage(), "{error}");
    error.to_string()
}

#[test]
fn several_images_are_never_merged() {
    let images = [image("1").named("app:1"), image("2").named("app:2")];
    let error = open_files(&layout(&images), &Options::default()).expect_err("two images");
    assert_snapshot!(message(&error), @"image.tar: holds 2 images; choose one with --image: app:1, app:2");
    let error = open_bytes("x.tar", docker_archive(&images), &Options::default()).expect_err("two images");
    assert_snapshot!(message(&error), @"x.tar: holds 2 images; choose one with --image: app:1, app:2");
}

#[test]
fn one_of_several_is_chosen_by_name_tag_or_digest() {
    let images = [image("1").named("example.org/app:1"), image("2").named("example.org/app:2")];
    let digest = images[1].digest().to_string();
    for asked in ["example.org/app:2", "2", &digest] {
        let artifact = open_files(&layout(&images), &options(Some(asked), None)).expect("one image");
        assert_eq!(artifact.digest().map(|digest| digest.to_string()), Some(digest.clone()));
        assert_eq!(artifact.name(), "example.org/app:2");
    }
    for asked in ["example.org/app:2", "2"] {
        let artifact = open_bytes("x", docker_archive(&images), &options(Some(asked), None)).expect("one image");
        assert_eq!(artifact.name(), "example.org/app:2");
    }
    let error = open_files(&layout(&images), &options(Some("3"), None)).expect_err("no such image");
    assert_snapshot!(message(&error), @"image.tar: holds no image `3`; it holds: example.org/app:1, example.org/app:2");
}

#[test]
fn one_image_under_two_names_is_one() {
    let images = [image("1").named("app:1"), image("1").named("app:latest")];
    assert!(open_files(&layout(&images), &Options::default()).is_ok());
    assert!(open_bytes("x", docker_archive(&images), &Options::default()).is_ok());
}

#[test]
fn a_tag_alone_is_no_name() {
    let artifact = open_files(&layout(&[image("1").named("latest")]), &Options::default()).expect("one image");
    assert_eq!(artifact.name(), "image.tar");
}

fn three_platforms() -> testkit::image::Files {
    let images = [
        image("1").platform("linux", "arm64", Some("v8")),
        image("2").platform("linux", "amd64", None),
        image("3").platform("windows", "amd64", None),
    ];
    nested_layout(&images, "app:1")
}

#[test]
fn platforms() {
    let check = |asked: Option<&str>| {
        let artifact = open_files(&three_platforms(), &options(None, asked)).expect("it is there");
        artifact.platform().unwrap_or_default().to_owned()
    };
    assert_eq!(check(None), "linux/amd64");
    assert_eq!(check(Some("linux/arm64")), "linux/arm64/v8");
    assert_eq!(check(Some("windows/amd64")), "windows/amd64");
}

#[test]
fn a_platform_that_is_not_there() {
    let error = open_files(&three_platforms(), &options(None, Some("linux/riscv64"))).expect_err("not there");
    assert_snapshot!(message(&error), @"image.tar: is not there for platform `linux/riscv64`; it is for: linux/arm64/v8, linux/amd64, windows/amd64");
    let error = open_files(&image("1").layout(), &options(None, Some("linux/riscv64"))).expect_err("not there");
    assert_snapshot!(message(&error), @"image.tar: is not there for platform `linux/riscv64`; it is for: linux/amd64");
    let archive = image("1").docker_archive();
    let error = open_bytes("x", archive, &options(None, Some("linux/riscv64"))).expect_err("not there");
    assert_snapshot!(message(&error), @"x: is not there for platform `linux/riscv64`; it is for: linux/amd64");
    let error = open_bytes("x", image("1").oci_archive(), &options(None, Some("linux"))).expect_err("no platform");
    assert_snapshot!(message(&error), @"platform `linux` is not written os/architecture[/variant], like linux/arm64");
}

#[test]
fn attestations_are_no_images() {
    let attestation = image("2").platform("unknown", "unknown", None);
    let files = nested_layout(&[image("1"), attestation], "app:1");
    let artifact = open_files(&files, &Options::default()).expect("one image");
    assert_eq!(artifact.platform(), Some("linux/amd64"));
}
