# METADATA
# scope: package
# title: Update that takes everything down
# description: All pods may be gone at the same time while the new ones start, so the service is not there during every release.
# related_resources:
#   - https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy
# custom:
#   id: kubernetes/rollout-stops-service
#   severity: medium
#   remediation: Let maxUnavailable stay below all pods, 25% or 1.
#   profiles:
#     - recommended
#     - strict
package kubernetes.rollout_stops_service

import rego.v1

deny contains result if {
	input.kind == "Deployment"
	data.lib.kubernetes.group == "apps"
	value := input.spec.strategy.rollingUpdate.maxUnavailable
	is_all(value)
	result := {
		"msg": sprintf("%s may lose all of its pods during an update", [data.lib.kubernetes.name]),
		"path": ["spec", "strategy", "rollingUpdate", "maxUnavailable"],
	}
}

is_all(value) if value == "100%"

is_all(value) if {
	is_number(value)
	is_number(input.spec.replicas)
	input.spec.replicas > 0
	value >= input.spec.replicas
}
