# METADATA
# scope: package
# title: Replicas that may share a node
# description: Nothing keeps the replicas apart, so one node may hold all of them and take them down together.
# related_resources:
#   - https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/
# custom:
#   id: kubernetes/spread
#   severity: low
#   remediation: "Spread the pods over nodes or zones: `topologySpreadConstraints`, or anti-affinity."
#   profiles:
#     - strict
#   equivalents:
#     - kube-linter:no-anti-affinity
package kubernetes.spread

import rego.v1

deny contains result if {
	input.kind in {"Deployment", "StatefulSet", "Rollout", "ReplicaSet"}
	is_number(input.spec.replicas)
	input.spec.replicas > 1
	some pod in data.lib.kubernetes.pods
	not is_spread(pod)
	result := {
		"msg": sprintf("%s has %v replicas that may all run on one node", [data.lib.kubernetes.name, input.spec.replicas]),
		"path": ["spec", "replicas"],
	}
}

is_spread(pod) if pod.spec.topologySpreadConstraints[0]

is_spread(pod) if pod.spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0]

is_spread(pod) if pod.spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0]
