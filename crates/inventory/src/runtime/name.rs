//! Which files may be a program or a library: by their last component, in small letters.

use super::table::Fingerprint;

const LIBRARY_ENDINGS: [&str; 3] = [".so", ".dylib", ".dll"];

/// True when the file is named like this program or one of its libraries.
pub(super) fn is_one_of(row: &Fingerprint, name: &str) -> bool {
    row.programs.iter().any(|program| is_program(name, program))
        || row.libraries.iter().any(|library| is_library(name, library))
}

/// `3.11` of `python3.11`, `libpython3.11.so.1.0` and `python311.dll`.
pub(super) fn minor_version(name: &str) -> Option<String> {
    let start = name.find(|character: char| character.is_ascii_digit())?;
    let rest = &name[start..];
    let end = rest.find(|character: char| !character.is_ascii_digit() && character != '.').unwrap_or(rest.len());
    let mut numbers = rest[..end].split('.').filter(|number| !number.is_empty());
    let major = numbers.next()?;
    match numbers.next() {
        Some(minor) => Some(format!("{major}.{minor}")),
        // A file name of Windows has no place for the dot.
        None if major.len() > 1 => Some(format!("{}.{}", &major[..1], &major[1..])),
        None => None,
    }
}

/// `python`, `python3.11`, `python3.6m`, `lua-5.4`, `node.exe`.
fn is_program(name: &str, program: &str) -> bool {
    let name = name.strip_suffix(".exe").unwrap_or(name);
    name.strip_prefix(program).is_some_and(is_version)
}

/// `libcrypto.so.3`, `libruby-3.1.so.3.1`, `libcrypto-3-x64.dll`, `libnode.108.dylib`, `librustc_driver-4c3beb7552356b6f.so`.
fn is_library(name: &str, library: &str) -> bool {
    let Some(rest) = name.strip_prefix(library) else { return false };
    LIBRARY_ENDINGS.iter().any(|ending| {
        let found = rest.find(ending).map(|at| rest.split_at(at));
        found.is_some_and(|(version, end)| {
            let end = &end[ending.len()..];
            (end.is_empty() || end.starts_with('.')) && (is_version(version) || is_hash(version))
        })
    })
}

/// Nothing, or numbers with what Python's and Windows' builds add to them.
fn is_version(text: &str) -> bool {
    let text = text.strip_suffix("-x64").unwrap_or(text);
    let text = text.trim_start_matches('-');
    let numbers = text.strip_suffix(['m', 't', 'd', 'u']).unwrap_or(text);
    let is_number =
        |text: &str| text.chars().all(|character| character.is_ascii_digit() || matches!(character, '.' | '_'));
    is_number(text) || (!numbers.is_empty() && is_number(numbers))
}

/// What cargo puts behind the name of a library.
fn is_hash(text: &str) -> bool {
    text.strip_prefix('-').is_some_and(|hash| hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs() {
        for name in ["python", "python3", "python3.11", "python3.6m", "python3.13t", "python-3", "python.exe"] {
            assert!(is_program(name, "python"), "{name}");
        }
        for name in ["python3.11-config", "python3-x", "pythonw", "ipython", "python3.11.py", "pythonm"] {
            assert!(!is_program(name, "python"), "{name}");
        }
    }

    #[test]
    fn libraries() {
        for name in
            ["libcrypto.so", "libcrypto.so.1.1", "libcrypto-3-x64.dll", "libcrypto.3.dylib", "libcrypto-1_1.dll"]
        {
            assert!(is_library(name, "libcrypto"), "{name}");
        }
        assert!(is_library("librustc_driver-4c3beb7552356b6f.so", "librustc_driver"));
        for name in ["libcrypto", "libcryptopp.so", "libcrypto.sorted", "libcrypto.a", "libcrypto-lite.so"] {
            assert!(!is_library(name, "libcrypto"), "{name}");
        }
    }

    #[test]
    fn versions_of_names() {
        let of = |name| minor_version(name).unwrap_or_default();
        let names = ["python3.11", "libpython3.6m.so.1.0", "python311.dll", "python3", "python", "libpython3.so"];
        assert_eq!(names.map(of), ["3.11", "3.6", "3.11", "", "", ""]);
    }
}
