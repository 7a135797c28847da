# METADATA
# scope: package
# title: Autoscaler of what is not there
# description: Nothing that is delivered with it has this kind and name, so it scales nothing.
# related_resources:
#   - https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
# custom:
#   id: kubernetes/dangling-autoscaler
#   severity: medium
#   remediation: Name a workload of the same namespace, by its kind and name.
#   input: documents
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - kube-linter:dangling-horizontalpodautoscaler
package kubernetes.dangling_autoscaler

import rego.v1

# The kinds that are looked for.
kinds := {"Deployment", "StatefulSet", "ReplicaSet", "Rollout"}

deny contains result if {
	not data.lib.cluster.is_open
	some kind in ["HorizontalPodAutoscaler", "ScaledObject"]
	some place in data.lib.cluster.of(kind)
	scaler := input[place].contents
	reference := scaler.spec.scaleTargetRef
	is_string(reference.name)
	target := object.get(reference, "kind", "Deployment")
	target in kinds
	namespace := data.lib.cluster.namespace_of(scaler)
	data.lib.cluster.has_workloads(namespace)
	count(data.lib.cluster.targets({"kind": target, "name": reference.name}, namespace)) == 0
	result := {
		"msg": sprintf("%s scales %s `%s`, which is not there", [data.lib.cluster.shown(scaler), target, reference.name]),
		"path": [place, "contents", "spec", "scaleTargetRef", "name"],
	}
}
