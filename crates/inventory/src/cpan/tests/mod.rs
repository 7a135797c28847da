//! A snapshot, whole and broken.

use insta::assert_snapshot;

use super::DETECTOR;
use crate::hostile::survives;
use crate::listing::{list, run};

const SNAPSHOT: &[u8] = include_bytes!("../../../../../fixtures/lockfiles/cpan/cpanfile.snapshot");

#[test]
fn snapshot() {
    assert_snapshot!(list(&run(&DETECTOR, "cpanfile.snapshot", SNAPSHOT)), @r"
    pkg:cpan/DAGOLDEN/Capture-Tiny@0.48 · lines 3-4 · Transitive
    pkg:cpan/DAGOLDEN/HTTP-Tiny@0.088 · lines 11-12 · Transitive
    pkg:cpan/SRI/Mojolicious@9.35 · lines 17-18 · Direct · needs Capture-Tiny HTTP-Tiny
    pkg:cpan/OALDERS/libwww-perl@6.77 · lines 26-27 · Direct · needs HTTP-Tiny
    ");
}

#[test]
fn broken() {
    let text = b"DISTRIBUTIONS\n  NoVersion\n    pathname: A/AB/ABC/NoVersion.tar.gz\n        deep 1\n  Good-v1.2.3\n";
    assert_snapshot!(list(&run(&DETECTOR, "cpanfile.snapshot", text)), @r"
    pkg:cpan/Good@v1.2.3 · line 5 · Direct
    Warning FormatVersion line 1: the file does not begin as a snapshot of version 1: it is read as one, and may say more
    Error Syntax line 4: `deep 1` has no place there: it is not read
    Error Shape line 2: `NoVersion` is no distribution and its version: it is not read
    ");
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, "cpanfile.snapshot", SNAPSHOT);
}
