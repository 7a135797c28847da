//! Every source.

use insta::assert_snapshot;

use super::DETECTOR;
use crate::hostile::survives;
use crate::listing::{list, run};

const LOCK_FILE: &[u8] = include_bytes!("../../../../../fixtures/lockfiles/renv/renv.lock");

#[test]
fn lock() {
    assert_snapshot!(list(&run(&DETECTOR, "renv.lock", LOCK_FILE)), @r#"
    pkg:cran/R6@2.5.1 · lines 19-21
    pkg:bioconductor/Biobase@2.62.0 · lines 29-31 · Direct · needs BiocGenerics
    pkg:bioconductor/BiocGenerics@0.48.1 · lines 40-42
    pkg:cran/httr@1.4.7 · lines 45-47 · Direct · needs R6 jsonlite
    pkg:cran/jsonlite@1.8.8 · lines 62-64
    pkg:cran/forked@0.1.0.9000?vcs_url=git%2Bhttps:%2F%2Fgithub.com%2Fteam%2Fforked%230123456789abcdef0123456789abcdef01234567 · lines 68-70 · Git("https://github.com/team/forked#0123456789abcdef0123456789abcdef01234567") · Direct
    pkg:cran/plain@1.0?vcs_url=git%2Bhttps:%2F%2Fgit.example%2Fplain.git%23main · lines 79-81 · Git("https://git.example/plain.git#main") · Direct
    pkg:cran/ours@3.0-1?repository_url=https:%2F%2Fr.example%2Finner · lines 86-88 · OtherRegistry("https://r.example/inner") · Direct
    pkg:cran/tool@0.2 · lines 92-94 · Path · Direct
    Error Shape line 98: package `half` has no version: it is not read
    "#);
}

#[test]
fn broken() {
    assert_snapshot!(list(&run(&DETECTOR, "renv.lock", &LOCK_FILE[..LOCK_FILE.len() / 3])), @r"
    pkg:cran/R6@2.5.1 · lines 19-21 · Direct
    pkg:bioconductor/Biobase@2.62.0 · lines 29-31 · Direct
    Error Truncated line 38: the JSON ends in the middle: what follows is missing
    ");
    assert_snapshot!(list(&run(&DETECTOR, "renv.lock", b"{\"R\": {}}")), @r"Error Shape line 1: the file has no `Packages`: it is no renv.lock");
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, "renv.lock", LOCK_FILE);
}
