# METADATA
# scope: package
# title: Update that cannot begin
# description: Without a pod more and without a pod less there is no way to replace one; the API server refuses it.
# related_resources:
#   - https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#rolling-update-deployment
# custom:
#   id: kubernetes/rollout-stuck
#   severity: medium
#   remediation: Let maxSurge or maxUnavailable be at least 1.
#   profiles:
#     - recommended
#     - strict
package kubernetes.rollout_stuck

import rego.v1

deny contains result if {
	input.kind in {"Deployment", "Rollout"}
	some strategy, field in {"strategy": "rollingUpdate"}
	values := input.spec[strategy][field]
	is_nothing(values.maxUnavailable)
	is_nothing(values.maxSurge)
	result := {
		"msg": sprintf("%s may have neither a pod more nor a pod less during an update", [data.lib.kubernetes.name]),
		"path": ["spec", strategy, field, "maxUnavailable"],
	}
}

is_nothing(value) if value in {0, "0", "0%"}
