//! Files in which a toolchain states its release: `VERSION` of Go (its `cmd/dist` writes it), `OTP_VERSION` of Erlang.

use model::Scope;

use super::version::{self, WHOLE};
use crate::package_list::{Naming, PackageList};
use crate::{Claim, Detector, Evidence, Input, Parsed, Pattern};

pub(crate) const DETECTOR: Detector = Detector {
    name: "runtime-release",
    evidence: Evidence::Installed,
    claims: &[Claim::new(Pattern::PathMatches(is_of_go)), Claim::new(Pattern::Name("OTP_VERSION"))],
    parse,
};

/// `usr/local/go/VERSION`, `usr/lib/go-1.19/VERSION`, `toolchain@v0.0.1-go1.22.1.linux-amd64/VERSION`.
fn is_of_go(path: &str) -> bool {
    let folder = path.strip_suffix("/VERSION").map(|folder| folder.rsplit('/').next().unwrap_or(folder));
    folder.is_some_and(|folder| {
        let folder = folder.strip_prefix("toolchain@v0.0.1-").unwrap_or(folder);
        let version = folder.strip_prefix("go").map(|version| version.trim_start_matches('-'));
        version.is_some_and(|version| version.is_empty() || version.starts_with(|first: char| first.is_ascii_digit()))
    })
}

fn parse(input: &Input<'_>) -> Parsed {
    let is_go = input.origin.path.file_name() == b"VERSION";
    let prefix: &[u8] = if is_go { b"go" } else { b"" };
    // Other projects have files of these names; theirs do not begin so.
    let Some(read) = input.bytes.strip_prefix(prefix).and_then(|rest| version::read(rest, WHOLE)) else {
        return Parsed::default();
    };
    let mut list = PackageList::new(input, DETECTOR.name);
    // Advisories of Go speak of the tools as `toolchain`; `bin/go` itself tells the standard library.
    let (purl_type, name) = if is_go { ("golang", "toolchain") } else { ("generic", "erlang") };
    let line = input.bytes.iter().take_while(|byte| !byte.is_ascii_whitespace()).count();
    if let Some(at) = list.add(Naming { purl_type, separator: None }, name, Some(read.version), 0..line) {
        list.packages[at].scope = Scope::Runtime;
    }
    list.finish()
}

#[cfg(test)]
mod tests {
    use super::is_of_go;

    #[test]
    fn paths() {
        for path in ["go/VERSION", "usr/lib/go-1.19/VERSION", "a/toolchain@v0.0.1-go1.22.1.linux-amd64/VERSION"] {
            assert!(is_of_go(path), "{path}");
        }
        for path in ["VERSION", "gopher/VERSION", "a/cargo/VERSION", "go/VERSION.txt"] {
            assert!(!is_of_go(path), "{path}");
        }
    }
}
