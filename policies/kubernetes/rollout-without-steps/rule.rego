# METADATA
# scope: package
# title: Canary without steps
# description: "A canary that names no step replaces all pods like any update: nothing is tried on a few first."
# related_resources:
#   - https://argo-rollouts.readthedocs.io/en/stable/features/canary/
# custom:
#   id: kubernetes/rollout-without-steps
#   severity: low
#   remediation: "Give it steps: a weight, a pause, an analysis."
#   profiles:
#     - recommended
#     - strict
package kubernetes.rollout_without_steps

import rego.v1

deny contains result if {
	input.kind == "Rollout"
	data.lib.kubernetes.group == "argoproj.io"
	is_object(input.spec.strategy.canary)
	not input.spec.strategy.canary.steps[0]
	result := {
		"msg": sprintf("%s tries nothing on a few pods first", [data.lib.kubernetes.name]),
		"path": ["spec", "strategy", "canary"],
	}
}

# All at once in the first step is the same.
deny contains result if {
	input.kind == "Rollout"
	data.lib.kubernetes.group == "argoproj.io"
	input.spec.strategy.canary.steps[0].setWeight == 100
	result := {
		"msg": sprintf("%s gives all traffic to the new version in its first step", [data.lib.kubernetes.name]),
		"path": ["spec", "strategy", "canary", "steps", 0, "setWeight"],
	}
}
