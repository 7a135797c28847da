//! Descriptions as R writes them when it installs.

use insta::assert_snapshot;

use super::{DETECTOR, is_description};
use crate::hostile::survives;
use crate::listing::{list, run};

const DESCRIPTION: &[u8] = include_bytes!("../../../../../fixtures/installed/rlang/DESCRIPTION");
const PATH: &str = "usr/lib/R/site-library/digest/DESCRIPTION";

#[test]
fn installed() {
    assert_snapshot!(list(&run(&DETECTOR, PATH, DESCRIPTION)), @r"pkg:cran/digest@0.6.34 · lines 1-4 · license GPL (>= 2) · needs utils stats");
}

#[test]
fn from_elsewhere() {
    let text = b"Package: tool\nVersion: 0.1\nRemoteType: github\nRemoteUsername: team\nRemoteRepo: tool\nRemoteSha: 0a1b\nBuilt: R 4.3\n";
    assert_snapshot!(list(&run(&DETECTOR, PATH, text)), @r#"pkg:cran/tool@0.1?vcs_url=team%2Ftool%230a1b · lines 1-2 · Git("team/tool#0a1b")"#);
    let text = b"Package: limma\nVersion: 3.58.1\nRepository: Bioconductor 3.18\nBuilt: R 4.3\n";
    assert_snapshot!(list(&run(&DETECTOR, PATH, text)), @r#"pkg:cran/limma@3.58.1?repository_url=Bioconductor%203.18 · lines 1-2 · OtherRegistry("Bioconductor 3.18")"#);
}

#[test]
fn broken() {
    assert_snapshot!(list(&run(&DETECTOR, PATH, b"Package: x\nBuilt: R 4.3\n")), @r"Error Shape line 1: the description of a package has no `Package` or no `Version`: it is not read");
    assert_eq!(list(&run(&DETECTOR, PATH, b"A folder of words\n")), "");
}

#[test]
fn places() {
    assert!(is_description(PATH) && !is_description("src/DESCRIPTION") && !is_description("library/DESCRIPTION"));
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, PATH, DESCRIPTION);
}
