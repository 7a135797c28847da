//! Evidence that a later layer overwrote or deleted: it is installed no more, but it says what the base image brought, and whoever
//! has the image still has it.

use std::collections::{BTreeMap, HashSet};

use artifact::View;
use inventory::attribute_distribution;
use model::{LayerIndex, Os, Package, PackageState, Problem, Purl, TreePath};

use crate::claims;
use crate::image::Boundary;
use crate::parse::Parsed;

/// Packages of evidence that is hidden, each from the uppermost layer that had it.
#[derive(Default)]
pub(crate) struct Hidden {
    packages: Vec<Package>,
    problems: Vec<Problem>,
    /// What layers of the base listed, whatever later layers made of the list.
    of_base: HashSet<Key>,
}

/// A package in a file.
type Key = (TreePath, Purl);

impl Hidden {
    /// What hidden files hold, once it is known which system they are of.
    pub(crate) fn of(parsed: Vec<Parsed>, view: &View, os: Option<&Os>, boundary: &Boundary) -> Hidden {
        let mut hidden = Hidden::default();
        let mut uppermost: BTreeMap<(TreePath, String), Package> = BTreeMap::new();
        for file in parsed {
            let by = view.hidden_by(&file.origin).or(file.origin.layer);
            let mut packages = file.packages;
            packages.retain(|package| !claims::is_claim(&package.found_by));
            if let Some(os) = os {
                attribute_distribution(&mut packages, os);
            }
            for mut package in packages {
                let Some(key) = key(&package) else { continue };
                if layer(&package).is_some_and(|layer| boundary.is_base(layer) == Some(true)) {
                    hidden.of_base.insert(key.clone());
                }
                (package.state, package.hidden_by) = (PackageState::RemovedLater, by);
                let place = (key.0, key.1.to_string());
                if uppermost.get(&place).is_none_or(|known| layer(known) < layer(&package)) {
                    uppermost.insert(place, package);
                }
            }
            hidden.problems.extend(file.problems);
        }
        hidden.packages = uppermost.into_values().collect();
        hidden
    }

    /// Says of packages whether they came with the base image: also of those whose list a later layer wrote anew.
    pub(crate) fn attribute(&self, packages: &mut [Package], boundary: &Boundary) {
        for package in packages {
            let Some(of_layer) = layer(package).and_then(|layer| boundary.is_base(layer)) else { continue };
            package.base = Some(of_layer || key(package).is_some_and(|key| self.of_base.contains(&key)));
        }
    }

    /// The packages that are nowhere to be seen any more, and what could not be read of their evidence.
    pub(crate) fn list(mut self, visible: &[Package], boundary: &Boundary) -> (Vec<Package>, Vec<Problem>) {
        let still_there: HashSet<Key> = visible.iter().filter_map(key).collect();
        self.packages.retain(|package| key(package).is_some_and(|key| !still_there.contains(&key)));
        let mut packages = std::mem::take(&mut self.packages);
        self.attribute(&mut packages, boundary);
        (packages, self.problems)
    }
}

fn key(package: &Package) -> Option<Key> {
    package.locations.first().map(|place| (place.path.clone(), package.purl().clone()))
}

fn layer(package: &Package) -> Option<LayerIndex> {
    package.locations.first().and_then(|place| place.layer)
}
