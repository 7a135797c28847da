# METADATA
# scope: package
# title: Release that nothing measures
# description: "The steps go on by the clock alone: a new version that fails is given more traffic all the same."
# related_resources:
#   - https://argo-rollouts.readthedocs.io/en/stable/features/analysis/
# custom:
#   id: kubernetes/rollout-without-analysis
#   severity: low
#   remediation: Add an analysis to the strategy, or a pause that a person ends.
#   profiles:
#     - strict
package kubernetes.rollout_without_analysis

import rego.v1

deny contains result if {
	input.kind == "Rollout"
	data.lib.kubernetes.group == "argoproj.io"
	canary := input.spec.strategy.canary
	canary.steps[0]
	not canary.analysis
	not is_watched(canary.steps)
	result := {
		"msg": sprintf("%s goes on by the clock alone", [data.lib.kubernetes.name]),
		"path": ["spec", "strategy", "canary", "steps"],
	}
}

deny contains result if {
	input.kind == "Rollout"
	data.lib.kubernetes.group == "argoproj.io"
	strategy := input.spec.strategy.blueGreen
	is_object(strategy)
	not strategy.prePromotionAnalysis
	not strategy.postPromotionAnalysis
	object.get(strategy, "autoPromotionEnabled", true) != false
	result := {
		"msg": sprintf("%s promotes the new version unseen", [data.lib.kubernetes.name]),
		"path": ["spec", "strategy", "blueGreen"],
	}
}

is_watched(steps) if steps[_].analysis

is_watched(steps) if steps[_].experiment

# A pause without a duration ends by hand.
is_watched(steps) if {
	step := steps[_]
	step.pause == {}
}
