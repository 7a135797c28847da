//! Sums of every artifact Gradle has ever fetched: `gradle/verification-metadata.xml` (Gradle user manual, "Verifying dependencies").

use model::{ChecksumAlgorithm, ProblemKind};

use super::NAMING;
use crate::package_list::PackageList;
use crate::xml_tree::{self, Element};
use crate::{Claim, Detector, Evidence, Input, Parsed, Pattern, checksum};

const NAME: &str = "gradle-verification";

pub(crate) const DETECTOR: Detector = Detector {
    name: NAME,
    evidence: Evidence::Locked,
    claims: &[Claim::new(Pattern::Name("verification-metadata.xml"))],
    parse,
};

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    let (document, fault) = xml_tree::read(list.text());
    let root = document.child("verification-metadata");
    if fault.is_none() && root.is_none() {
        list.error(ProblemKind::Shape, 0, "the file has no `verification-metadata`: no component of it is read");
    }
    list.report(fault);
    let components = root.and_then(|root| root.child("components"));
    for component in components.into_iter().flat_map(|all| all.all("component")) {
        add(component, &mut list);
    }
    list.finish()
}

/// Which project asked for it, the file does not say.
fn add(component: &Element, list: &mut PackageList<'_>) {
    let filled = |key| component.attribute(key).filter(|text| !text.is_empty());
    let (Some(group), Some(name), Some(version)) = (filled("group"), filled("name"), filled("version")) else {
        let message = "a component without group, name or version: it is not read";
        list.error(ProblemKind::Shape, component.start, message);
        return;
    };
    let range = component.start..component.children.first().map_or(component.end, |child| child.start);
    let Some(at) = list.add(NAMING, &format!("{group}:{name}"), Some(version), range) else { return };
    // The sums of the library itself, not of its pom.
    let artifacts = component.all("artifact");
    let own = artifacts.filter(|artifact| artifact.attribute("name").is_some_and(|name| !name.ends_with(".pom")));
    let sums = own
        .flat_map(|artifact| &artifact.children)
        .filter_map(|sum| checksum::of(ChecksumAlgorithm::from_name(&sum.name)?, sum.attribute("value")?));
    list.packages[at].checksums = sums.take(checksum::MOST).collect();
}
