//! The core, plugins, themes.

use insta::assert_snapshot;

use super::DETECTOR;
use crate::hostile::survives;
use crate::listing::{list, run};

macro_rules! fixture {
    ($path:literal) => {
        include_bytes!(concat!("../../../../../fixtures/installed/wordpress/", $path))
    };
}

const CORE: &[u8] = fixture!("wp-includes/version.php");
const PLUGIN: &[u8] = fixture!("wp-content/plugins/akismet/akismet.php");
const THEME: &[u8] = fixture!("wp-content/themes/plain/style.css");

fn check(path: &str, bytes: &[u8]) -> String {
    list(&run(&DETECTOR, path, bytes))
}

#[test]
fn all_of_it() {
    assert_snapshot!(check("var/www/wp-includes/version.php", CORE), @r"pkg:generic/wordpress@6.4.3 · line 9");
    assert_snapshot!(check("var/www/wp-content/plugins/akismet/akismet.php", PLUGIN), @r"pkg:wordpress-plugin/akismet@5.3.1 · lines 6-9");
    assert_snapshot!(check("var/www/wp-content/plugins/hello.php", b"<?php\n/* Plugin Name: Hello\nVersion: 1.7.2 */\n"), @r"pkg:wordpress-plugin/hello@1.7.2 · lines 2-3");
    assert_snapshot!(check("var/www/wp-content/themes/plain/style.css", THEME), @r"pkg:wordpress-theme/plain@1.2 · lines 2-4");
}

#[test]
fn broken() {
    assert_snapshot!(check("wp-includes/version.php", b"<?php\n"), @r"Error Shape line 1: WordPress without `$wp_version`: its version is not known");
    assert_snapshot!(check("wp-content/plugins/a/a.php", b"<?php\n// Plugin Name: A\n"), @r"Warning Shape line 2: `a` states no version: it cannot be matched");
    assert_eq!(check("wp-content/plugins/a/other.php", b"<?php\n$version = 1;\n"), "");
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, "wp-includes/version.php", CORE);
    survives(&DETECTOR, "wp-content/plugins/akismet/akismet.php", PLUGIN);
}
