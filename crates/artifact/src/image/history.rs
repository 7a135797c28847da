//! Which instruction made which layer.

use model::{Layer, Problem, ProblemKind};

use super::ImageConfig;

/// Gives each layer its diff id and its instruction. Steps that made no layer are passed over; where steps and layers
/// are not as many, no step can be told to have made any of them.
/// `count` is how many layers the manifest lists; `layers` may be fewer.
pub(super) fn attribute(layers: &mut [Layer], count: usize, config: &ImageConfig, problems: &mut Vec<Problem>) {
    let diff_ids = &config.rootfs.diff_ids;
    for (layer, diff_id) in layers.iter_mut().zip(diff_ids) {
        layer.diff_id = Some(*diff_id);
    }
    if diff_ids.len() != count {
        let (claimed, found) = (diff_ids.len(), count);
        let what =
            format!("the configuration lists {claimed} layers and the manifest {found}; runtimes refuse such an image");
        problems.push(Problem::error(ProblemKind::Manifest, what));
    }
    let steps: Vec<_> = config.history.iter().filter(|step| !step.empty_layer).collect();
    if steps.len() == count {
        for (layer, step) in layers.iter_mut().zip(steps) {
            layer.created_by = step.created_by.clone().filter(|instruction| !instruction.is_empty());
        }
    } else if !steps.is_empty() {
        let (steps, found) = (steps.len(), count);
        let what = format!("the history has {steps} steps for {found} layers; no layer's instruction is known");
        problems.push(Problem::note(ProblemKind::Manifest, what));
    }
}
