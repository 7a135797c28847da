//! The comments in which `pip-compile` and `uv pip compile` say who asks for each line: `# via flask`.

use std::collections::HashMap;

use model::{Family, Scope};

use super::line::Logical;
use crate::graph::{Graph, Request};
use crate::package_list::PackageList;

/// Who asks for which package.
#[derive(Default)]
pub(super) struct Origins {
    /// (package, who asks): a file or a package.
    asked: Vec<(usize, String)>,
    current: Option<usize>,
    /// Lines of comments after `# via` alone name one asker each.
    is_open: bool,
}

impl Origins {
    /// A requirement, and the comments on its own lines.
    pub(super) fn enter(&mut self, at: Option<usize>, logical: &Logical<'_>) {
        self.current = at;
        self.is_open = false;
        self.read(logical);
    }

    /// A line of comments, which speak of the requirement before them; an empty line ends that.
    pub(super) fn comment(&mut self, logical: &Logical<'_>) {
        if logical.comments.is_empty() {
            self.current = None;
        }
        self.read(logical);
    }

    fn read(&mut self, logical: &Logical<'_>) {
        let Some(current) = self.current else { return };
        for comment in &logical.comments {
            let text = comment.trim();
            match text.strip_prefix("via") {
                Some("") => self.is_open = true,
                Some(asker) if asker.starts_with(' ') => self.ask(current, asker),
                _ if self.is_open => self.ask(current, text),
                _ => {}
            }
        }
    }

    /// Writes relationships and edges. A file without such comments says nothing of either.
    pub(super) fn write(self, list: &mut PackageList<'_>) {
        if self.asked.is_empty() {
            return;
        }
        let normal = |name: &str| Family::PyPi.normalise_name(name).into_owned();
        let places = list.packages.iter().enumerate().map(|(at, package)| (normal(&package.name), at));
        let places: HashMap<String, usize> = places.collect();
        let mut graph = Graph::new(list.packages.len());
        let mut requests = Vec::new();
        for (package, asker) in self.asked {
            match places.get(&normal(&asker)) {
                Some(from) => graph.add(*from, package),
                None => requests.push(Request { package, scope: Scope::Unknown }),
            }
        }
        graph.relate(&mut list.packages, &requests);
        graph.name_dependencies(&mut list.packages, &mut list.faults);
    }

    /// `-r requirements.in`, `flask`, `app (pyproject.toml)`; several with commas in between.
    fn ask(&mut self, package: usize, askers: &str) {
        let askers = askers.split(',').map(str::trim).filter(|asker| !asker.is_empty());
        self.asked.extend(askers.map(|asker| (package, asker.to_owned())));
    }
}
