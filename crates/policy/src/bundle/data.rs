//! Data files of a bundle: each stands where its folder says.

use serde_json::{Map, Value as Json};

use super::BundleFile;
use crate::rego::yaml_of_text;

/// Data while it is gathered.
#[derive(Default)]
pub(super) struct Data {
    root: Map<String, Json>,
}

impl Data {
    /// Puts a file where its folder is.
    pub(super) fn add(&mut self, file: &BundleFile) -> Result<(), String> {
        let value: Json = if file.path.ends_with(".json") {
            serde_json::from_slice(&file.bytes).map_err(|error| format!("no valid JSON: {error}"))?
        } else {
            let text = std::str::from_utf8(&file.bytes).map_err(|_| "the data is not UTF-8".to_owned())?;
            yaml_of_text(text).map_err(|message| format!("no valid YAML: {message}"))?
        };
        let folders = file.path.rsplit_once('/').map_or("", |(folders, _)| folders);
        let folders: Vec<&str> = folders.split('/').filter(|folder| !folder.is_empty()).collect();
        let whole = folders
            .iter()
            .rev()
            .fold(value, |inner, folder| Json::Object(Map::from_iter([((*folder).to_owned(), inner)])));
        match whole {
            Json::Object(members) => merge(&mut self.root, members),
            _ => Err("data at the root of a bundle must be an object".to_owned()),
        }
    }

    pub(super) fn finish(self) -> Json {
        Json::Object(self.root)
    }
}

/// The paths of all values that are no objects, and of empty ones.
pub(super) fn paths(data: &Json) -> Vec<Vec<String>> {
    let mut paths = Vec::new();
    let mut open = vec![(Vec::new(), data)];
    while let Some((path, value)) = open.pop() {
        match value {
            Json::Object(members) if !members.is_empty() => open.extend(members.iter().map(|(name, value)| {
                let path: Vec<String> = [&path[..], std::slice::from_ref(name)].concat();
                (path, value)
            })),
            _ if path.is_empty() => {}
            _ => paths.push(path),
        }
    }
    paths.sort();
    paths
}

fn merge(into: &mut Map<String, Json>, members: Map<String, Json>) -> Result<(), String> {
    for (name, value) in members {
        match (into.get_mut(&name), value) {
            (None, value) => drop(into.insert(name, value)),
            (Some(Json::Object(known)), Json::Object(members)) => merge(known, members)?,
            (Some(_), _) => return Err(format!("`{name}` is given twice in the data of the bundle")),
        }
    }
    Ok(())
}
