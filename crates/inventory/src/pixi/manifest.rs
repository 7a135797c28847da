//! What `pixi.toml`, or the table of Pixi in `pyproject.toml`, asks for, which a lockfile does not say (Pixi documentation, "Manifest").

use crate::pypi::pyproject;
use crate::tree::Node;
use crate::{Input, toml_tree};

/// Names of packages, by where they come from.
#[derive(Default)]
pub(super) struct Asked {
    pub(super) of_conda: Vec<String>,
    pub(super) of_pypi: Vec<String>,
}

/// A fault in the manifest is for Pixi to tell: what it asks for is then not known.
pub(super) fn beside(input: &Input<'_>) -> Asked {
    let mut asked = Asked::default();
    let text = |name| input.companion(name).and_then(|file| std::str::from_utf8(file.bytes).ok());
    if let Some(text) = text("pixi.toml") {
        collect(&toml_tree::read(text).0, &mut asked);
    } else if let Some(text) = text("pyproject.toml") {
        let (root, _) = toml_tree::read(text);
        root.get("tool").and_then(|tool| tool.get("pixi")).into_iter().for_each(|pixi| collect(pixi, &mut asked));
        asked.of_pypi.extend(pyproject::beside(input).into_iter().map(|asked| asked.name));
    }
    asked
}

/// `dependencies`, `host-dependencies` and `pypi-dependencies`, at the top and in each `feature` and `target`.
fn collect(table: &Node<'_>, asked: &mut Asked) {
    for member in table.members() {
        let names = || member.value.members().iter().map(|member| member.key.to_string());
        match &*member.key {
            "dependencies" | "host-dependencies" | "build-dependencies" => asked.of_conda.extend(names()),
            "pypi-dependencies" => asked.of_pypi.extend(names()),
            "feature" | "target" => member.value.members().iter().for_each(|inner| collect(&inner.value, asked)),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table() {
        let text = "[dependencies]\na = '*'\n[pypi-dependencies]\nb = '*'\n[feature.x.dependencies]\nc = '1'\n\
                    [target.linux-64.host-dependencies]\nd = '1'\n[feature.x.target.win-64.pypi-dependencies]\ne = '1'\n";
        let mut asked = Asked::default();
        collect(&toml_tree::read(text).0, &mut asked);
        assert_eq!((asked.of_conda.join(" "), asked.of_pypi.join(" ")), ("a c d".to_owned(), "b e".to_owned()));
    }
}
