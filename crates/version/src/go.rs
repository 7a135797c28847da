//! Go: module versions as golang.org/x/mod/semver orders them, and toolchain versions as the go command does.
//!
//! A module version is a semantic version after `v`, which OSV records leave out; pseudo-versions are pre-releases whose
//! ASCII order is that of time, and `+incompatible` does not count. A toolchain version is put on the same axis where the
//! Go vulnerability database puts it: `go1.21rc2` is `1.21.0-rc.2`. From 1.21 on `go1.21` names the language, which
//! comes before every pre-release of its toolchain (go.dev/doc/toolchain); before, it was the release itself.

use crate::reading::{Reading, Reason};
use crate::scanner::Scanner;
use crate::semver::{self, Pieces};

/// The first minor version of Go 1 whose name without a third number is no release.
const FIRST_LANGUAGE_ONLY: u64 = 21;
/// The lowest pre-release there is.
const LOWEST: &str = "0";

pub(crate) fn read(text: &str) -> Result<Reading, Reason> {
    if let Some(toolchain) = text.strip_prefix("go") {
        return read_toolchain(toolchain, true);
    }
    if text.starts_with("devel") || text.starts_with("(devel)") {
        return Err("a development build has no version");
    }
    let mut pieces = semver::split(text)?;
    pieces.note(pieces.count != 3, "it has not three numbers");
    match (pieces.is_loose, pieces.has_v) {
        (true, false) => read_toolchain(text, false),
        (true, true) => Err("its pre-release has no hyphen"),
        (false, _) => Ok(pieces.reading()),
    }
}

/// Reads `1.21`, `1.21.3`, `1.21rc2`, and with its name also `go1.21.3-vendor` and `go1.21.3 X:experiment`.
fn read_toolchain(text: &str, named: bool) -> Result<Reading, Reason> {
    let mut scanner = Scanner::new(text);
    let major = number(&mut scanner)?;
    let minor = if scanner.eat(b'.') { Some(number(&mut scanner)?) } else { None };
    let patch = if minor.is_some() && scanner.eat(b'.') { Some(number(&mut scanner)?) } else { None };
    let kind = ["alpha", "beta", "rc"].into_iter().find(|kind| scanner.eat_word(kind));
    let pre_release = match kind {
        Some(kind) => Some(format!("{kind}.{}", number(&mut scanner)?)),
        None if patch.is_none() && is_language(major, minor) => Some(LOWEST.to_owned()),
        None => None,
    };
    let is_vendored = named && matches!(scanner.peek(), Some(b'-' | b' '));
    if !scanner.is_at_end() && !is_vendored {
        return Err("it is neither a module version nor a toolchain's");
    }
    let numbers = [major, minor.unwrap_or("0"), patch.unwrap_or("0"), "0"];
    Ok(Pieces { numbers, count: 3, pre_release: pre_release.as_deref(), ..Pieces::default() }.reading())
}

fn number<'a>(scanner: &mut Scanner<'a>) -> Result<&'a str, Reason> {
    Some(scanner.digits()).filter(|digits| !digits.is_empty()).ok_or("a toolchain version lacks a number")
}

fn is_language(major: &str, minor: Option<&str>) -> bool {
    let is_new = |minor: &str| minor.parse::<u64>().is_ok_and(|minor| minor >= FIRST_LANGUAGE_ONLY);
    major == "1" && minor.is_some_and(is_new)
}
