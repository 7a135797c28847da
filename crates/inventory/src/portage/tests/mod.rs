//! A package with all its facts, one from an overlay, damaged ones, and which files are asked for.

use insta::assert_snapshot;

use super::{DETECTOR, is_fact, is_package, split};
use crate::hostile::survives;
use crate::listing::{list, run, run_with};

const PATH: &str = "var/db/pkg/app-shells/bash-5.2_p26-r6/PF";
const PF: &[u8] = include_bytes!("../../../../../fixtures/installed/portage/bash/PF");

fn beside(name: &str) -> String {
    format!("var/db/pkg/app-shells/bash-5.2_p26-r6/{name}")
}

#[test]
fn a_package() {
    let paths = ["CONTENTS", "LICENSE", "repository"].map(beside);
    let facts: [(&str, &[u8]); 3] = [
        (&paths[0], include_bytes!("../../../../../fixtures/installed/portage/bash/CONTENTS")),
        (&paths[1], include_bytes!("../../../../../fixtures/installed/portage/bash/LICENSE")),
        (&paths[2], include_bytes!("../../../../../fixtures/installed/portage/bash/repository")),
    ];
    assert_snapshot!(list(&run_with(&DETECTOR, PATH, PF, &facts)), @r"
    pkg:ebuild/app-shells/bash@5.2_p26-r6 · line 1 · license GPL-3+
    file /bin/bash of app-shells/bash
    file /usr/bin/bash of app-shells/bash
    file /bin/sh of app-shells/bash
    file /usr/bin/sh of app-shells/bash
    file /usr/share/doc/a file of app-shells/bash
    ");
    let overlay = [(paths[2].as_str(), b"guru\n".as_slice())];
    assert_snapshot!(list(&run_with(&DETECTOR, PATH, PF, &overlay)), @r#"pkg:ebuild/app-shells/bash@5.2_p26-r6 · line 1 · OtherRegistry("guru")"#);
}

#[test]
fn broken() {
    assert_snapshot!(list(&run(&DETECTOR, PATH, b"bash\n")), @r"Error Shape line 1: `bash` is no package with its version: it is not read");
    assert_snapshot!(list(&run(&DETECTOR, PATH, b"")), @r"Error Shape line 1: `` is no package with its version: it is not read");
}

#[test]
fn names_and_versions() {
    assert_eq!(split("bash-5.2_p21-r1"), Some(("bash", "5.2_p21-r1")));
    assert_eq!(split("gtk+-3.24"), Some(("gtk+", "3.24")));
    assert_eq!(split("font-adobe-100dpi-1.0.4"), Some(("font-adobe-100dpi", "1.0.4")));
    assert_eq!(split("x-r1-9999"), Some(("x-r1", "9999")));
    assert_eq!((split("bash"), split("-1"), split("")), (None, None, None));
}

#[test]
fn names_of_files() {
    assert!(is_package(PATH) && is_fact(&beside("LICENSE")));
    assert!(!is_fact("usr/share/x/LICENSE") && !is_package("var/db/pkg/PF") && !is_fact(&beside("environment.bz2")));
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, PATH, PF);
}
