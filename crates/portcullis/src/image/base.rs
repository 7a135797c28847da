//! Where the base image ends: told by the base itself, or by a label that names its topmost layer.

use artifact::{Artifact, ImageConfig};
use model::{Digest, Layer, LayerIndex, Problem, ProblemKind, Timestamp};

use super::shape::BaseImage;
use super::support::age_days;

/// Annotations of the OCI image specification: what an image was built on.
const NAME: &str = "org.opencontainers.image.base.name";
const DIGEST: &str = "org.opencontainers.image.base.digest";
/// Cloud Native Buildpacks: JSON that names the topmost layer of the image an application was put on.
const LIFECYCLE: &str = "io.buildpacks.lifecycle.metadata";

/// The base image that the user named, opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Base {
    name: String,
    digest: Option<Digest>,
    created: Option<String>,
    diff_ids: Vec<Option<Digest>>,
}

/// What is known of an image's base.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Boundary {
    reference: Option<String>,
    digest: Option<String>,
    /// How many of the lowest layers are the base's, and who says so.
    layers: Option<(usize, KnownBy)>,
    /// When the base was made, as it says itself.
    created: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum KnownBy {
    Option,
    Label,
}

impl Base {
    /// Of an opened image; its layers are not read.
    pub(crate) fn of(artifact: &Artifact) -> Base {
        Base {
            name: artifact.name().to_owned(),
            digest: artifact.digest(),
            created: artifact.config().and_then(|config| config.created.clone()),
            diff_ids: artifact.layers().iter().map(|layer| layer.diff_id).collect(),
        }
    }

    /// Of how many of an image's layers it consists; the problem says why that cannot be told.
    fn layers_of(&self, layers: &[Layer]) -> Result<usize, Problem> {
        let name = &self.name;
        let warn = |what: String| {
            Problem::warning(ProblemKind::Manifest, format!("{what}; nothing is told apart from the base image"))
        };
        if self.diff_ids.is_empty() {
            return Err(warn(format!("the base image {name} has no layers")));
        }
        for (at, own) in self.diff_ids.iter().enumerate() {
            let Some(layer) = layers.get(at) else {
                let (own, all) = (self.diff_ids.len(), layers.len());
                return Err(warn(format!("the image is not built on {name}: that has {own} layers, the image {all}")));
            };
            let (Some(own), Some(layer)) = (own, layer.diff_id) else {
                return Err(warn(format!(
                    "whether the image is built on {name} is not known: layer {at} has no diff id"
                )));
            };
            if *own != layer {
                return Err(warn(format!("the image is not built on {name}: layer {at} is another than its")));
            }
        }
        Ok(self.diff_ids.len())
    }
}

impl Boundary {
    /// What labels say, and the base that the user named. The user knows better.
    pub(crate) fn find(
        layers: &[Layer],
        config: Option<&ImageConfig>,
        base: Option<&Base>,
    ) -> (Boundary, Vec<Problem>) {
        let label = |name: &str| config?.config.labels.get(name).filter(|text| !text.is_empty()).cloned();
        let mut boundary = Boundary { reference: label(NAME), digest: label(DIGEST), ..Boundary::default() };
        let mut problems = Vec::new();
        if let Some(base) = base {
            match base.layers_of(layers) {
                Ok(number) => {
                    boundary.reference = Some(base.name.clone());
                    boundary.digest = base.digest.map(|digest| digest.to_string());
                    boundary.created = base.created.clone();
                    boundary.layers = Some((number, KnownBy::Option));
                }
                Err(problem) => problems.push(problem),
            }
        } else if let Some(text) = label(LIFECYCLE) {
            match topmost(&text, layers) {
                Ok(number) => boundary.layers = Some((number, KnownBy::Label)),
                Err(problem) => problems.push(problem),
            }
        } else if let Some(reference) = &boundary.reference {
            let what = format!(
                "the image is built on `{}`, and nothing says which layers are its; --base tells",
                shown(reference)
            );
            problems.push(Problem::note(ProblemKind::Manifest, what));
        }
        (boundary, problems)
    }

    /// Whether anybody says where the base ends.
    pub(crate) fn is_known(&self) -> bool {
        self.layers.is_some()
    }

    /// Whether a layer is of the base; `None` where nobody says where that ends.
    pub(crate) fn is_base(&self, layer: LayerIndex) -> Option<bool> {
        self.layers.map(|(number, _)| (layer.0 as usize) < number)
    }

    /// As rules see it. A base that does not say when it was made was made when its last layer was.
    pub(super) fn facts(&self, config: Option<&ImageConfig>, now: Timestamp) -> BaseImage {
        let created = self.created.clone().or_else(|| {
            let (number, _) = self.layers?;
            let steps = config?.history.iter().filter(|step| !step.empty_layer);
            steps.take(number).last()?.created.clone()
        });
        BaseImage {
            reference: self.reference.clone(),
            digest: self.digest.clone(),
            layers: self.layers.map(|(number, _)| number),
            known_by: self.layers.map(|(_, by)| match by {
                KnownBy::Option => "option",
                KnownBy::Label => "label",
            }),
            age_days: age_days(created.as_deref(), now),
            created,
        }
    }
}

/// How many layers end with the one that the label names.
fn topmost(text: &str, layers: &[Layer]) -> Result<usize, Problem> {
    let note = |what: &str| Problem::note(ProblemKind::Manifest, format!("the label `{LIFECYCLE}` {what}"));
    let value: serde_json::Value = serde_json::from_str(text).map_err(|_| note("is no JSON"))?;
    let named = value.pointer("/runImage/topLayer").and_then(serde_json::Value::as_str);
    let named: Digest =
        named.and_then(|text| text.parse().ok()).ok_or_else(|| note("names no topmost layer of a base"))?;
    let at = layers.iter().position(|layer| layer.diff_id == Some(named));
    at.map(|at| at + 1).ok_or_else(|| note("names a topmost layer of the base that the image does not have"))
}

/// A text of the image, short and in one line.
fn shown(text: &str) -> String {
    text.chars().filter(|character| !character.is_control()).take(200).collect()
}

#[cfg(test)]
mod tests;
