//! Both files.

use insta::assert_snapshot;

use super::DETECTOR;
use crate::hostile::survives;
use crate::listing::{list, run};

const SCRIPT: &[u8] = include_bytes!("../../../../../fixtures/installed/pnp/.pnp.cjs");

const DATA: &[u8] = br#"{"packageRegistryData": [
  [null, [[null, {"packageLocation": "./", "packageDependencies": [["lodash", "npm:4.17.20"]]}]]],
  ["lodash", [["npm:4.17.20", {"packageLocation": "./.yarn/cache/x/", "packageDependencies": [["lodash", "npm:4.17.20"]]}]]]
]}"#;

#[test]
fn script() {
    assert_snapshot!(list(&run(&DETECTOR, "app/.pnp.cjs", SCRIPT)), @r"
    pkg:npm/lodash@4.17.20 · Direct
    pkg:npm/react-dom@18.2.0 · Direct · needs scheduler
    pkg:npm/scheduler@0.23.0 · Transitive
    ");
}

#[test]
fn data() {
    assert_snapshot!(list(&run(&DETECTOR, "app/.pnp.data.json", DATA)), @r"pkg:npm/lodash@4.17.20 · Direct");
}

#[test]
fn broken() {
    assert_snapshot!(list(&run(&DETECTOR, "app/.pnp.cjs", &SCRIPT[..500])), @r"Error Shape line 1: the table of packages is not where Yarn writes it: nothing is read");
    assert_snapshot!(list(&run(&DETECTOR, "app/.pnp.cjs", b"const RAW_RUNTIME_STATE =\n'{\\\n  \"a\": \\\n';")), @r"Error Truncated line 1: the table of packages: the JSON ends in the middle: what follows is missing");
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, "app/.pnp.cjs", SCRIPT);
    survives(&DETECTOR, "app/.pnp.data.json", DATA);
}
