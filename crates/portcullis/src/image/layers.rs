//! Layers and the history that made them, as rules see them.

use artifact::ImageConfig;
use model::{LayerIndex, Timestamp};

use super::instruction::variables;
use super::shape::{Layer, Step};
use super::support::age_days;

pub(super) fn of(layers: &[model::Layer]) -> Vec<Layer> {
    let layer = |layer: &model::Layer| Layer {
        index: layer.index,
        digest: layer.digest,
        diff_id: layer.diff_id,
        size: layer.size,
        instruction: layer.created_by.clone(),
        base: layer.base,
    };
    layers.iter().map(layer).collect()
}

/// The steps, oldest first. Which step made which layer is told where there are as many of them as layers.
pub(super) fn history(config: Option<&ImageConfig>, layers: &[model::Layer], now: Timestamp) -> Vec<Step> {
    let steps = config.map(|config| config.history.as_slice()).unwrap_or_default();
    let is_told = steps.iter().filter(|step| !step.empty_layer).count() == layers.len();
    let mut next = 0;
    let mut shown = Vec::new();
    for (index, step) in steps.iter().enumerate() {
        let layer = (!step.empty_layer && is_told).then_some(LayerIndex(next));
        next += u32::from(!step.empty_layer);
        let instruction = step.created_by.clone().unwrap_or_default();
        shown.push(Step {
            index,
            variables: variables(&instruction),
            instruction,
            created: step.created.clone(),
            age_days: age_days(step.created.as_deref(), now),
            empty_layer: step.empty_layer,
            layer,
        });
    }
    shown
}
