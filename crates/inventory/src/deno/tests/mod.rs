//! Every version of the format.

use insta::assert_snapshot;

use super::DETECTOR;
use crate::hostile::survives;
use crate::listing::{list, run};

const VERSION_5: &[u8] = include_bytes!("../../../../../fixtures/lockfiles/deno/deno.lock");

#[test]
fn version_5() {
    assert_snapshot!(list(&run(&DETECTOR, "deno.lock", VERSION_5)), @r#"
    pkg:npm/ansi-styles@4.3.0 · lines 22-23 · sha512:cdb07da · Transitive · needs color-convert
    pkg:npm/chalk@4.1.2 · lines 28-29 · sha512:a0a9db8 · Direct · needs ansi-styles supports-color
    pkg:npm/color-convert@2.0.1 · lines 35-36 · sha512:4511023 · Transitive
    pkg:npm/react-dom@18.2.0 · lines 38-39 · sha512:e88313a · needs react
    pkg:npm/react@18.2.0 · lines 44-45 · sha512:ff72233
    pkg:npm/supports-color@7.2.0 · lines 47-48 · sha512:aa9080b · Transitive
    pkg:jsr/%40std/assert@1.0.13 · lines 10-11 · sha256:ae0d31e · Direct · needs @std/internal
    pkg:jsr/%40std/internal@1.0.8 · lines 17-18 · sha256:fc66e84 · Transitive
    pkg:generic/deno.land/std@0.200.0?download_url=https:%2F%2Fdeno.land%2Fstd%400.200.0%2Fpath%2Fmod.ts · line 55 · Url("https://deno.land/std@0.200.0/path/mod.ts")
    pkg:generic/deno.land/x/oak@v12.6.1?download_url=https:%2F%2Fdeno.land%2Fx%2Foak%40v12.6.1%2Fmod.ts · line 57 · Url("https://deno.land/x/oak@v12.6.1/mod.ts")
    pkg:npm/%40types/lodash@4.14.195 · line 58
    "#);
}

#[test]
fn older_versions() {
    let version_3 = br#"{"version": "3",
      "packages": {
        "specifiers": {"npm:chalk@4": "npm:chalk@4.1.2", "jsr:@std/path@1": "jsr:@std/path@1.0.8"},
        "jsr": {"@std/path@1.0.8": {"integrity": "548f77fcd4c0a1d0e7c1a5ca8b1f6b9b0d61b9a1c4e1a1b4b0a5d1b9a1c4e1a1"}},
        "npm": {
          "chalk@4.1.2": {"integrity": "sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=", "dependencies": {"ansi-styles": "ansi-styles@4.3.0"}},
          "ansi-styles@4.3.0": {"integrity": "sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=", "dependencies": {}}
        }
      },
      "remote": {}
    }"#;
    assert_snapshot!(list(&run(&DETECTOR, "deno.lock", version_3)), @r"
    pkg:npm/chalk@4.1.2 · line 6 · sha1:da39a3ee5 · Direct · needs ansi-styles
    pkg:npm/ansi-styles@4.3.0 · line 7 · sha1:da39a3ee5 · Transitive
    pkg:jsr/%40std/path@1.0.8 · line 4 · sha256:548f77f · Direct
    ");
    let version_2 = br#"{"version": "2", "remote": {},
      "npm": {
        "specifiers": {"react-dom@18": "react-dom@18.2.0_react@18.2.0", "react@18": "react@18.2.0"},
        "packages": {
          "react-dom@18.2.0_react@18.2.0": {"integrity": "x", "dependencies": {"react": "react@18.2.0"}},
          "react@18.2.0": {"integrity": "x", "dependencies": {}}
        }
      }
    }"#;
    assert_snapshot!(list(&run(&DETECTOR, "deno.lock", version_2)), @r"
    pkg:npm/react-dom@18.2.0 · line 5 · Direct · needs react
    pkg:npm/react@18.2.0 · line 6 · Direct
    ");
    let version_1 =
        br#"{"https://deno.land/std@0.100.0/path/mod.ts": "00", "https://esm.sh/v135/react@17.0.2/index.js": "00"}"#;
    assert_snapshot!(list(&run(&DETECTOR, "deno.lock", version_1)), @r#"
    pkg:generic/deno.land/std@0.100.0?download_url=https:%2F%2Fdeno.land%2Fstd%400.100.0%2Fpath%2Fmod.ts · line 1 · Url("https://deno.land/std@0.100.0/path/mod.ts")
    pkg:npm/react@17.0.2 · line 1
    "#);
}

#[test]
fn broken() {
    assert_snapshot!(list(&run(&DETECTOR, "deno.lock", br#"{"version": "9", "npm": {"x": {}, "y@1": {}}"#)), @r"
    pkg:npm/y@1 · line 1
    Error Truncated line 1: the JSON ends in the middle: what follows is missing
    Warning FormatVersion line 1: lock version 9 is not known: it is read as version 5, and may say more
    Error Shape line 1: `x` is no package and its version: it is not read
    ");
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, "deno.lock", VERSION_5);
}
