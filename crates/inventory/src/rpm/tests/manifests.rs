//! The lists of distroless images.

use insta::assert_snapshot;

use super::super::MANIFEST;
use crate::hostile::survives;
use crate::listing::{list, run, run_with};

const PLAIN: &[u8] = include_bytes!("../../../../../fixtures/installed/rpm/container-manifest-1");
const WITH_TABS: &[u8] = include_bytes!("../../../../../fixtures/installed/rpm/container-manifest-2");
const PLAIN_PATH: &str = "var/lib/rpmmanifest/container-manifest-1";
const WITH_TABS_PATH: &str = "var/lib/rpmmanifest/container-manifest-2";

#[test]
fn with_tabs() {
    let parsed = run(&MANIFEST, WITH_TABS_PATH, WITH_TABS);
    assert_snapshot!(list(&parsed), @r"
    pkg:rpm/glibc@2.35-7.cm2?arch=x86_64&upstream=glibc-2.35-7.cm2.src.rpm · line 1 · source glibc 2.35-7.cm2
    pkg:rpm/shadow@4.9-12.cm2?arch=x86_64&epoch=2&upstream=shadow-utils-4.9-12.cm2.src.rpm · line 2 · source shadow-utils 2:4.9-12.cm2
    Error Shape line 3: `no columns` is no package of the list: it is not read
    ");
    assert_eq!(parsed.packages[1].version.as_deref(), Some("2:4.9-12.cm2"));
}

#[test]
fn plain() {
    assert_snapshot!(list(&run(&MANIFEST, PLAIN_PATH, PLAIN)), @r"
    pkg:rpm/glibc@2.35-7.cm2?arch=x86_64 · line 1
    pkg:rpm/ca-certificates-base@2.0.0-13.cm2?arch=noarch · line 2
    Error Shape line 3: `nonsense` is no package of the list: it is not read
    ");
    let both = run_with(&MANIFEST, PLAIN_PATH, PLAIN, &[(WITH_TABS_PATH, WITH_TABS)]);
    assert_eq!(list(&both), "", "the other list says it all");
}

#[test]
fn survives_anything() {
    survives(&MANIFEST, WITH_TABS_PATH, WITH_TABS);
    survives(&MANIFEST, PLAIN_PATH, PLAIN);
}
