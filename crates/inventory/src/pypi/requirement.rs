//! One requirement: a name with extras, versions and a marker (PEP 508), or a place.

use std::ops::Range;

use model::Provenance;

/// What is asked for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Requirement {
    /// `None` for a place that does not say what is there.
    pub(super) name: Option<String>,
    /// Only when exactly one version fits.
    pub(super) version: Option<String>,
    pub(super) provenance: Provenance,
    /// Name and versions, in the line.
    pub(super) range: Range<usize>,
}

/// Archives pip installs from.
const ARCHIVES: [&str; 5] = [".whl", ".tar.gz", ".zip", ".tar.bz2", ".tgz"];

/// Schemes before `+` of repositories.
const REPOSITORIES: [&str; 4] = ["git+", "hg+", "svn+", "bzr+"];

/// Reads a line that is no option; the error says what it is not.
pub(super) fn read(line: &str) -> Result<Requirement, &'static str> {
    let start = line.len() - line.trim_start().len();
    let text = without_options(line[start..].trim_end());
    if is_place(text) {
        return read_place(text, start);
    }
    let name_end = text.find(|character: char| !is_name(character)).unwrap_or(text.len());
    let name = &text[..name_end];
    if !name.starts_with(|first: char| first.is_ascii_alphanumeric())
        || !name.ends_with(|last: char| last.is_ascii_alphanumeric())
    {
        return Err("does not begin with the name of a package");
    }
    let rest = after_extras(text[name_end..].trim_start())?;
    if let Some(place) = rest.strip_prefix('@') {
        let place = without_marker(place.trim_start());
        let end = start + text.len() - rest.len() + 1;
        let range = start..end + rest[1..].find(place).unwrap_or(0) + place.len();
        let version = wheel(place).map(|(_, version)| version.to_owned());
        return Ok(Requirement { name: Some(name.to_owned()), version, provenance: provenance(place), range });
    }
    let versions = rest.split(';').next().unwrap_or_default().trim_end();
    let version = pinned(versions.trim_start_matches('(').trim_end_matches(')'))?;
    let end = start + text.len() - rest.len() + versions.len();
    let range = start..if versions.is_empty() { start + name_end } else { end };
    Ok(Requirement { name: Some(name.to_owned()), version, provenance: Provenance::Registry, range })
}

/// An address or a folder; `start` is where it is in the line.
pub(super) fn read_place(place: &str, start: usize) -> Result<Requirement, &'static str> {
    let place = without_marker(place);
    let named =
        egg(place).map(|name| (name, None)).or_else(|| wheel(place).map(|(name, version)| (name, Some(version))));
    Ok(Requirement {
        name: named.map(|(name, _)| name.to_owned()),
        version: named.and_then(|(_, version)| version).map(str::to_owned),
        provenance: provenance(place),
        range: start..start + place.len(),
    })
}

/// pip takes everything from the first word with a dash for options of this requirement.
fn without_options(text: &str) -> &str {
    let end = text.match_indices([' ', '\t']).map(|(at, _)| at).find(|at| text[at + 1..].starts_with('-'));
    text[..end.unwrap_or(text.len())].trim_end()
}

fn without_marker(place: &str) -> &str {
    let end = place.find(" ;").or_else(|| place.find("; ")).unwrap_or(place.len());
    place[..end].trim_end()
}

fn is_name(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | '.')
}

fn is_place(text: &str) -> bool {
    let first = text.split([' ', ';', '[']).next().unwrap_or_default();
    let is_archive =
        ARCHIVES.iter().any(|ending| first.ends_with(ending)) && !first.contains(['=', '<', '>', '~', '!', '@']);
    // `name@https://…` begins with a name, not with a scheme.
    let scheme = first.split("://").next().filter(|scheme| first.len() > scheme.len());
    scheme.is_some_and(|scheme| !scheme.contains('@'))
        || REPOSITORIES.iter().any(|scheme| first.starts_with(scheme))
        || first.starts_with("file:")
        || first.starts_with(['.', '/', '~'])
        || is_archive
}

fn after_extras(rest: &str) -> Result<&str, &'static str> {
    let Some(extras) = rest.strip_prefix('[') else { return Ok(rest) };
    let end = extras.find(']').ok_or("has extras without a closing bracket")?;
    if extras[..end].chars().all(|character| is_name(character) || matches!(character, ',' | ' ')) {
        Ok(extras[end + 1..].trim_start())
    } else {
        Err("has extras that are no names")
    }
}

/// The one version that fits `==1.2`, or `==1.2` among others; `None` where several fit.
fn pinned(versions: &str) -> Result<Option<String>, &'static str> {
    const OPERATORS: [&str; 8] = ["===", "==", "~=", "!=", "<=", ">=", "<", ">"];
    let mut pin = None;
    for clause in versions.split(',').map(str::trim).filter(|clause| !clause.is_empty()) {
        let operator = OPERATORS.iter().find(|operator| clause.starts_with(**operator));
        let operator = *operator.ok_or("has something after its name that is no version")?;
        let version = clause[operator.len()..].trim();
        let is_any = operator == "===" && !version.contains(char::is_whitespace);
        if version.is_empty() || !is_any && !version.chars().all(is_version) {
            return Err("asks for something that is no version");
        }
        if operator == "===" || operator == "==" && !version.contains('*') {
            pin = Some(version.to_owned());
        }
    }
    Ok(pin)
}

fn is_version(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '.' | '+' | '!' | '*' | '-' | '_')
}

/// `x` of `…#egg=x[extra]&subdirectory=y`.
fn egg(place: &str) -> Option<&str> {
    let fragment = place.split_once('#')?.1;
    let name = fragment.split('&').find_map(|part| part.strip_prefix("egg="))?;
    let name = name.split(['[', '=', '<', '>']).next().unwrap_or_default();
    Some(name).filter(|name| !name.is_empty() && name.chars().all(is_name))
}

/// Name and version of a wheel's file name, which has both (binary distribution format).
fn wheel(place: &str) -> Option<(&str, &str)> {
    let path = place.split(['#', '?']).next()?;
    let mut parts = path.rsplit('/').next()?.strip_suffix(".whl")?.split('-');
    let (name, version) = (parts.next()?, parts.next()?);
    let fits = parts.count() >= 3 && !name.is_empty() && name.chars().all(is_name) && version.chars().all(is_version);
    fits.then_some((name, version)).filter(|(_, version)| !version.is_empty())
}

fn provenance(place: &str) -> Provenance {
    if REPOSITORIES.iter().any(|scheme| place.starts_with(scheme)) {
        Provenance::Git(place.split('#').next().unwrap_or(place).to_owned())
    } else if place.contains("://") && !place.starts_with("file:") {
        Provenance::Url(place.split('#').next().unwrap_or(place).to_owned())
    } else {
        Provenance::Path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, name: &str, version: &str, piece: &str) {
        let requirement = read(line).unwrap_or_else(|fault| panic!("{line}: {fault}"));
        let found =
            (requirement.name.as_deref().unwrap_or_default(), requirement.version.as_deref().unwrap_or_default());
        assert_eq!((found, &line[requirement.range]), ((name, version), piece), "{line}");
    }

    #[test]
    fn pins() {
        check("a==1.2", "a", "1.2", "a==1.2");
        check("  A.b-c [x, y] == 1.2+cu1 ; python_version < '3' ", "A.b-c", "1.2+cu1", "A.b-c [x, y] == 1.2+cu1");
        check("a===odd~1", "a", "odd~1", "a===odd~1");
        check("a (==1.2)", "a", "1.2", "a (==1.2)");
        check("a==1.2 --hash=sha256:0", "a", "1.2", "a==1.2");
        check("a>=1,==1!2.0", "a", "1!2.0", "a>=1,==1!2.0");
    }

    #[test]
    fn what_pins_nothing() {
        check("a", "a", "", "a");
        check("a==1.*", "a", "", "a==1.*");
        check("a>=1,<2", "a", "", "a>=1,<2");
        check("a; x == 'y'", "a", "", "a");
    }

    #[test]
    fn places() {
        check(
            "a @ https://files.example/a-1.2-py3-none-any.whl",
            "a",
            "1.2",
            "a @ https://files.example/a-1.2-py3-none-any.whl",
        );
        check("a[x]@git+https://git.example/a@v1 ; m", "a", "", "a[x]@git+https://git.example/a@v1");
        check("git+ssh://git@git.example/a@v1#egg=a&x=y", "a", "", "git+ssh://git@git.example/a@v1#egg=a&x=y");
        check("./wheels/a_b-1.2-1-py3-none-any.whl", "a_b", "1.2", "./wheels/a_b-1.2-1-py3-none-any.whl");
        check("./a", "", "", "./a");
    }

    #[test]
    fn what_is_none() {
        for line in ["a=='1'", "a|b", "{a}", "a[b", "a==1 2", "==1", "a b", "-"] {
            assert!(read(line).is_err(), "{line}");
        }
    }
}
