# METADATA
# scope: package
# title: Autoscaler that cannot scale
# description: With both bounds alike it never changes anything; with the lower one above, the API server refuses it.
# related_resources:
#   - https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
# custom:
#   id: kubernetes/autoscaler-bounds
#   severity: medium
#   remediation: Leave room between minReplicas and maxReplicas, or set replicas and remove the autoscaler.
#   profiles:
#     - recommended
#     - strict
package kubernetes.autoscaler_bounds

import rego.v1

deny contains result if {
	input.kind == "HorizontalPodAutoscaler"
	lowest := lower_bound
	highest := input.spec.maxReplicas
	is_number(highest)
	lowest >= highest
	result := {
		"msg": sprintf("%s goes from %v to %v replicas", [data.lib.kubernetes.name, lowest, highest]),
		"path": ["spec", "maxReplicas"],
	}
}

deny contains result if {
	input.kind == "ScaledObject"
	data.lib.kubernetes.group == "keda.sh"
	lowest := input.spec.minReplicaCount
	highest := input.spec.maxReplicaCount
	is_number(lowest)
	is_number(highest)
	lowest >= highest
	result := {
		"msg": sprintf("%s goes from %v to %v replicas", [data.lib.kubernetes.name, lowest, highest]),
		"path": ["spec", "maxReplicaCount"],
	}
}

lower_bound := value if {
	value := input.spec.minReplicas
	is_number(value)
} else := 1
