//! Java runtimes: the `release` file at their top (JEP 223, JEP 322), else the text inside their virtual machine.

use model::{ProblemKind, Scope};

use super::mark::{End, Mark};
use super::version::{self, JAVA};
use crate::bounds::quote;
use crate::package_list::{Naming, PackageList};
use crate::{Claim, Companion, Detector, Evidence, Input, Parsed, Pattern};

pub(crate) const RELEASE: Detector = Detector {
    name: "java-release",
    evidence: Evidence::Installed,
    claims: &[Claim::new(Pattern::Name(FILE))],
    parse: parse_release,
};

pub(crate) const LIBRARY: Detector = Detector {
    name: "java-virtual-machine",
    evidence: Evidence::Installed,
    claims: &[Claim::new(Pattern::NameMatches(is_virtual_machine)).limit(200 << 20).with(&[Companion::Above(FILE)])],
    parse: parse_library,
};

const FILE: &str = "release";
const KEY: &str = "JAVA_VERSION";
const NAMING: Naming = Naming { purl_type: "generic", separator: None };
/// `OpenJDK 64-Bit Server VM (17.0.9+9) for linux-amd64 JRE (17.0.9+9), built on …`
const MARK: Mark = Mark::After(b" JRE (", End::Anything);

fn is_virtual_machine(name: &str) -> bool {
    matches!(name, "libjvm.so" | "libjvm.dylib" | "jvm.dll")
}

fn parse_release(input: &Input<'_>) -> Parsed {
    if !states_java(input.bytes) {
        return Parsed::default();
    }
    let mut list = PackageList::new(input, RELEASE.name);
    let assignments = assignments(list.text());
    let stated = |key: &str| assignments.iter().find(|assignment| assignment.key == key);
    let Some(java) = stated(KEY) else { return list.finish() };
    match version::read(java.value.as_bytes(), JAVA) {
        Some(read) => add(product(stated("BUILD_TYPE")), read.version, java, &mut list),
        None => {
            let message = format!("`{}` is no version of Java: this runtime is not listed", quote(java.value));
            list.error(ProblemKind::Version, java.start, message);
        }
    }
    if let Some(graal) = stated("GRAALVM_VERSION")
        && let Some(read) = version::read(graal.value.as_bytes(), JAVA)
    {
        add("graalvm", read.version, graal, &mut list);
    }
    list.finish()
}

/// Only Oracle's builds that are not open say so.
fn product(build: Option<&Assignment<'_>>) -> &'static str {
    match build {
        Some(Assignment { value: "commercial", .. }) => "oracle-jdk",
        _ => "openjdk",
    }
}

fn add(name: &str, version: &str, assignment: &Assignment<'_>, list: &mut PackageList<'_>) {
    if let Some(at) = list.add(NAMING, name, Some(version), assignment.start..assignment.end) {
        list.packages[at].scope = Scope::Runtime;
    }
}

/// Nothing when a `release` file says it already.
fn parse_library(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::of_binary(input, LIBRARY.name);
    if input.companions.iter().any(|file| states_java(file.bytes)) {
        return list.finish();
    }
    if let Some(found) = MARK.find(input.bytes, JAVA, "")
        && let Some(at) = list.add_whole_file(NAMING, "openjdk", Some(&found.version))
    {
        list.packages[at].scope = Scope::Runtime;
    }
    list.finish()
}

/// Other files are called `release` too.
fn states_java(bytes: &[u8]) -> bool {
    bytes
        .split(|byte| *byte == b'\n')
        .take(MAX_LINES)
        .any(|line| line.strip_prefix(KEY.as_bytes()).is_some_and(|rest| rest.starts_with(b"=")))
}

/// Such a file has twenty lines.
const MAX_LINES: usize = 1000;

/// `KEY="value"`
struct Assignment<'t> {
    key: &'t str,
    value: &'t str,
    start: usize,
    end: usize,
}

fn assignments(text: &str) -> Vec<Assignment<'_>> {
    let mut start = 0;
    let mut found = Vec::new();
    for line in text.split_inclusive('\n').take(MAX_LINES) {
        let written = line.trim_end();
        if let Some((key, value)) = written.split_once('=') {
            found.push(Assignment { key, value: value.trim_matches('"'), start, end: start + written.len() });
        }
        start += line.len();
    }
    found
}
