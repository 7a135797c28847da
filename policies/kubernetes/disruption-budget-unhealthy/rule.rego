# METADATA
# scope: package
# title: Disruption budget that protects broken pods
# description: Pods that run but are not ready count as protected, so an application that is down keeps its nodes from being emptied.
# related_resources:
#   - https://kubernetes.io/docs/tasks/run-application/configure-pdb/#unhealthy-pod-eviction-policy
# custom:
#   id: kubernetes/disruption-budget-unhealthy
#   severity: low
#   remediation: "Set `unhealthyPodEvictionPolicy: AlwaysAllow`."
#   profiles:
#     - strict
#   equivalents:
#     - kube-linter:pdb-unhealthy-pod-eviction-policy
package kubernetes.disruption_budget_unhealthy

import rego.v1

deny contains result if {
	input.kind == "PodDisruptionBudget"
	is_object(input.spec)
	# Known since 1.27.
	data.lib.kubernetes.minor >= 27
	object.get(input.spec, "unhealthyPodEvictionPolicy", "IfHealthyBudget") != "AlwaysAllow"
	result := {
		"msg": sprintf("%s also protects pods that are not ready", [data.lib.kubernetes.name]),
		"path": ["spec", "unhealthyPodEvictionPolicy"],
	}
}
