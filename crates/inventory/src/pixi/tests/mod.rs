//! Both shapes of entries.

use insta::assert_snapshot;

use super::DETECTOR;
use crate::hostile::survives;
use crate::listing::{list, run};

const VERSION_6: &[u8] = include_bytes!("../../../../../fixtures/lockfiles/pixi/pixi.lock");

#[test]
fn version_6() {
    assert_snapshot!(list(&run(&DETECTOR, "pixi.lock", VERSION_6)), @r#"
    pkg:conda/bzip2@1.0.8?build=h4bc722e_7 · line 16 · license bzip2-1.0.6 · sha256:5ced965 · md5:62ee74e96c
    pkg:conda/python@3.12.4?build=h194c7f8_0_cpython · line 29 · license Python-2.0 · sha256:97a7863 · Direct · needs bzip2
    pkg:pypi/requests@2.32.3 · lines 34-36 · sha256:70761cf · Direct · needs idna
    pkg:pypi/idna@3.7 · lines 42-44 · sha256:82fee1f
    pkg:pypi/tool@0.3.0?vcs_url=git%2Bhttps:%2F%2Fgit.example%2Fteam%2Ftool%3Frev%3D0f1e2d3c4b5a69788796a5b4c3d2e1f001122334 · lines 46-48 · Git("git+https://git.example/team/tool?rev=0f1e2d3c4b5a69788796a5b4c3d2e1f001122334") · Direct
    pkg:pypi/own@0.1.0 · lines 49-51 · Path · Direct
    "#);
}

#[test]
fn version_5() {
    let text = b"version: 5\npackages:\n- kind: conda\n  name: bzip2\n  version: 1.0.8\n  build: h4bc722e_7\n  url: https://c.example/linux-64/bzip2-1.0.8-h4bc722e_7.conda\n- kind: pypi\n  name: own\n  version: 0.1.0\n  path: .\n";
    assert_snapshot!(list(&run(&DETECTOR, "pixi.lock", text)), @r"
    pkg:conda/bzip2@1.0.8?build=h4bc722e_7 · lines 3-7 · Direct
    pkg:pypi/own@0.1.0 · lines 8-10 · Path · Direct
    ");
}

#[test]
fn broken() {
    let text = b"version: 9\npackages:\n- conda: nothing\n- wheel: x\n- pypi: https://x.example/a.whl\n";
    assert_snapshot!(list(&run(&DETECTOR, "pixi.lock", text)), @r"
    Warning FormatVersion line 1: lock version 9 is not known: it is read as version 7, and may say more
    Error Shape line 3: a package without a name or a version: it is not read
    Error Shape line 4: a package of a kind that is not known: it is not read
    Error Shape line 5: a package without a name: it is not read
    ");
    assert_snapshot!(list(&run(&DETECTOR, "pixi.lock", b"a: 1\n")), @r"Error Shape line 1: the file has no `packages`: it is no pixi.lock");
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, "pixi.lock", VERSION_6);
}
