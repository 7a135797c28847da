//! Which packages an archive is made of.

use std::collections::HashMap;

use model::License;

use super::archive::Contents;
use super::known::Known;

/// Group, name and version, as far as they are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Coordinates {
    pub(super) group: Option<String>,
    pub(super) artifact: String,
    pub(super) version: Option<String>,
    pub(super) license: Option<License>,
    /// From the manifest and the file name, which are not written by Maven.
    pub(super) is_inferred: bool,
}

/// What the name of an archive says.
pub(super) struct FileName {
    stem: String,
    version: Option<String>,
    known: Option<&'static Known>,
}

impl FileName {
    pub(super) fn of(name: &[u8]) -> FileName {
        let (stem, version) = split(&String::from_utf8_lossy(name));
        FileName { known: Known::of(&stem), stem, version }
    }

    /// The folder that an archive of this name has, if it is what it is called.
    pub(super) fn folder(&self) -> Option<&'static str> {
        self.known.map(|known| known.folder)
    }
}

impl Coordinates {
    /// As Maven prints it; without a group the name alone.
    pub(super) fn name(&self) -> String {
        match &self.group {
            Some(group) => format!("{group}:{}", self.artifact),
            None => self.artifact.clone(),
        }
    }
}

/// The packages of an archive, each with the entry that names it; `None` for the archive itself.
pub(super) fn of(name: &FileName, contents: &Contents) -> Vec<(Coordinates, Option<String>)> {
    let from_properties: Vec<(Coordinates, &str)> =
        contents.properties.iter().filter_map(|(entry, text)| Some((of_properties(text)?, entry.as_str()))).collect();
    let manifest = contents.manifest.as_deref().map(attributes).unwrap_or_default();
    // Its own properties are those its file is named by; a single set is its own whatever the file is called.
    let is_own = |coordinates: &Coordinates| from_properties.len() == 1 || coordinates.artifact == name.stem;
    let mut found: Vec<(Coordinates, Option<String>)> = from_properties
        .iter()
        .map(|(coordinates, entry)| (coordinates.clone(), (!is_own(coordinates)).then(|| (*entry).to_owned())))
        .collect();
    let license = manifest.get("Bundle-License").and_then(|text| License::stated(text));
    match found.iter_mut().find(|(_, entry)| entry.is_none()) {
        Some((own, _)) => own.license = license,
        None => {
            let known = name.known.filter(|_| contents.has_folder);
            found.extend(of_manifest(&manifest, name, known).map(|own| (Coordinates { license, ..own }, None)));
        }
    }
    found
}

/// `key=value` lines.
fn of_properties(text: &str) -> Option<Coordinates> {
    let value = |key: &str| {
        let lines = text.lines().filter_map(|line| line.split_once(['=', ':']));
        let found = lines.filter(|(name, _)| name.trim() == key).map(|(_, value)| value.trim().to_owned()).next();
        found.filter(|value| !value.is_empty() && !value.contains("${"))
    };
    Some(Coordinates {
        group: Some(value("groupId")?),
        artifact: value("artifactId")?,
        version: Some(value("version")?),
        ..Coordinates::default()
    })
}

/// What the manifest and the file name say together. Without a version from either it is no package of a registry: the
/// project's own archive, or one of its parts.
fn of_manifest(
    manifest: &HashMap<String, String>,
    FileName { stem, version, .. }: &FileName,
    known: Option<&Known>,
) -> Option<Coordinates> {
    let stated = |keys: &[&str]| {
        let found = keys.iter().filter_map(|key| manifest.get(*key));
        found.map(|value| value.split(';').next().unwrap_or(value).trim().to_owned()).find(|value| is_plain(value))
    };
    let version =
        version.clone().or_else(|| stated(&["Implementation-Version", "Specification-Version", "Bundle-Version"]));
    let version = version.filter(|version| version.starts_with(|first: char| first.is_ascii_digit()))?;
    // `Bundle-Activator` and `Main-Class` name classes, which are no groups.
    let written = stated(&["Implementation-Vendor-Id", "Group-Id"]).filter(|group| group.contains('.')).or_else(|| {
        let symbolic = stated(&["Bundle-SymbolicName", "Automatic-Module-Name"])?;
        symbolic.strip_suffix(stem.as_str())?.strip_suffix('.').map(str::to_owned)
    });
    if stem.is_empty() {
        return None;
    }
    let group = known.map(|known| known.group.to_owned()).or(written);
    let artifact = known.map_or(stem.as_str(), |known| known.artifact(stem)).to_owned();
    Some(Coordinates { group, artifact, version: Some(version), license: None, is_inferred: true })
}

fn is_plain(value: &str) -> bool {
    !value.is_empty() && value.len() <= 200 && !value.contains(char::is_whitespace) && !value.contains("${")
}

/// The main section of a manifest: a line that begins with a blank goes on with the one before.
fn attributes(text: &str) -> HashMap<String, String> {
    let mut attributes: Vec<(String, String)> = Vec::new();
    for line in text.lines().map(|line| line.trim_end_matches('\r')).take_while(|line| !line.is_empty()) {
        if let (Some(rest), Some((_, value))) = (line.strip_prefix(' '), attributes.last_mut()) {
            value.push_str(rest);
        } else if let Some((key, value)) = line.split_once(':') {
            attributes.push((key.trim().to_owned(), value.trim().to_owned()));
        }
    }
    attributes.into_iter().collect()
}

/// Name and version of `name-1.2.3-classifier.jar`.
fn split(file_name: &str) -> (String, Option<String>) {
    let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
    let starts = stem
        .match_indices('-')
        .map(|(at, _)| at)
        .filter(|at| stem[at + 1..].starts_with(|first: char| first.is_ascii_digit()));
    let starts: Vec<usize> = starts.collect();
    // From the last part that looks like a version back to the first, as long as no word stands between: `1.2` of
    // `log4j-1.2-api-2.17.1` belongs to the name, `1.0` of `x-1.0-20240101.120000-3` does not.
    let mut start = starts.last().copied();
    for pair in starts.windows(2).rev() {
        if start != Some(pair[1]) || stem[pair[0] + 1..pair[1]].contains('-') {
            break;
        }
        start = Some(pair[0]);
    }
    match start {
        Some(at) => (stem[..at].to_owned(), Some(stem[at + 1..].to_owned())),
        None => (stem.to_owned(), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names() {
        let check = |name: &str, stem: &str, version: Option<&str>| {
            assert_eq!(split(name), (stem.to_owned(), version.map(str::to_owned)), "{name}");
        };
        check("commons-io-2.11.0.jar", "commons-io", Some("2.11.0"));
        check("log4j-1.2-api-2.17.1.jar", "log4j-1.2-api", Some("2.17.1"));
        check("x-1.0-20240101.120000-3.jar", "x", Some("1.0-20240101.120000-3"));
        check("app.jar", "app", None);
        check("guava-31.1-jre.jar", "guava", Some("31.1-jre"));
    }

    #[test]
    fn manifests() {
        let found = attributes("A: 1\r\nB: long\r\n er\r\n\r\nC: 2\r\n");
        assert_eq!(
            (found.get("A").map(String::as_str), found.get("B").map(String::as_str)),
            (Some("1"), Some("longer"))
        );
        assert!(!found.contains_key("C"));
    }
}
