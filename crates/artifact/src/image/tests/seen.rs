//! Special bits, programs and what is spent below folders, once all layers are applied.

use std::fmt::Write as _;

use insta::assert_snapshot;
use model::Cancel;
use testkit::image::Image;
use testkit::layer::Layer;
use testkit::tar::Entry;

use crate::recorder::Recorder;
use crate::{Limits, Options, Walk, open_bytes};

fn walk(layers: &[&[Entry]], limits: Limits) -> Walk {
    let image = Image::new(layers.iter().map(|entries| Layer::of(*entries)));
    let options = Options { limits, ..Options::default() };
    let artifact = open_bytes("x", image.oci_archive(), &options).expect("an image");
    artifact.walk(&Recorder::default(), &Cancel::new())
}

fn specials(layers: &[&[Entry]], most: usize) -> String {
    let walk = walk(layers, Limits { special_files: most, ..Limits::default() });
    let mut text = String::new();
    for file in &walk.specials {
        writeln!(text, "{} of {}: {:o}", file.path, file.layer.0, file.mode).expect("a string");
    }
    write!(text, "{} more", walk.more_specials).expect("a string");
    text
}

#[test]
fn files_with_special_bits_that_are_still_there() {
    let file = |path, mode| Entry::file(path, "x").mode(mode);
    assert_snapshot!(specials(&[
        &[
            file("usr/bin/su", 0o4755),
            file("usr/bin/wall", 0o2755),
            file("usr/bin/ls", 0o1755),
            file("gone", 0o4755),
            file("plain", 0o4755),
            Entry::folder("var/mail").mode(0o2775),
        ],
        &[Entry::file(".wh.gone", ""), file("plain", 0o755), Entry::hardlink("bin/also", "usr/bin/su")],
    ], 10), @r"
    /bin/also of 1: 4755
    /usr/bin/su of 0: 4755
    /usr/bin/wall of 0: 2755
    0 more
    ");
    let many = [file("a", 0o4755), file("b", 0o4755), file("c", 0o4755)];
    assert_snapshot!(specials(&[&many], 2), @r"
    /a of 0: 4755
    /b of 0: 4755
    1 more
    ");
}

#[test]
fn programs_and_links_to_them() {
    let program = |path| Entry::file(path, "x").mode(0o755);
    let walk = walk(
        &[
            &[
                program("usr/bin/gcc-12"),
                program("usr/bin/gone"),
                Entry::file("usr/bin/text", "x"),
                Entry::symlink("bin", "usr/bin"),
            ],
            &[
                Entry::symlink("usr/bin/gcc", "/etc/alternatives/gcc"),
                Entry::symlink("etc/alternatives/gcc", "/usr/bin/gcc-12"),
                Entry::symlink("usr/bin/nowhere", "x"),
                Entry::file("usr/bin/.wh.gone", ""),
            ],
        ],
        Limits::default(),
    );
    let told = |folder| -> Vec<String> {
        walk.view.programs_in(folder).iter().map(|found| format!("{} of {}", found.path, found.layer.0)).collect()
    };
    assert_eq!(told("usr/bin"), ["/usr/bin/gcc of 1", "/usr/bin/gcc-12 of 0"]);
    assert!(told("bin").is_empty() && told("nowhere").is_empty() && told("usr/bin/text").is_empty());
}

#[test]
fn what_is_spent_below_a_folder_by_layer() {
    let walk = walk(
        &[
            &[Entry::file("var/cache/apt/a", "xx"), Entry::file("var/cache/apt/b/c", "xxx"), Entry::folder("home/me")],
            &[
                Entry::file("var/cache/apt/a", "x"),
                Entry::file("home/you/.cache/x", "x"),
                Entry::file("home/file", "x"),
            ],
        ],
        Limits::default(),
    );
    let told = |folder| -> Vec<(u32, u64, u64)> {
        let spent = walk.view.spent_below(folder);
        spent.iter().map(|(layer, spent)| (layer.0, spent.files, spent.bytes)).collect()
    };
    assert_eq!(told("var/cache/apt"), [(0, 1, 3), (1, 1, 1)]);
    assert_eq!(told("var/cache"), told("var/cache/apt"));
    assert!(told("var/lib").is_empty());
    assert_eq!(walk.view.folders_in("home"), [b"me".to_vec(), b"you".to_vec()]);
}
