# METADATA
# scope: package
# title: Replicas without a disruption budget
# description: When nodes are emptied for an upgrade, all replicas may be taken away at the same time.
# related_resources:
#   - https://kubernetes.io/docs/concepts/workloads/pods/disruptions/
# custom:
#   id: kubernetes/disruption-budget-missing
#   severity: low
#   remediation: Add a PodDisruptionBudget that selects the pods.
#   input: documents
#   profiles:
#     - strict
package kubernetes.disruption_budget_missing

import rego.v1

deny contains result if {
	some index, workload in data.lib.cluster.workloads
	workload.item.kind in {"Deployment", "StatefulSet", "Rollout"}
	replicas := workload.item.spec.replicas
	is_number(replicas)
	replicas > 1
	not index in covered
	result := {
		"msg": sprintf("%s has %v replicas and no disruption budget", [data.lib.cluster.shown(workload.item), replicas]),
		"path": [workload.place, "contents", "spec", "replicas"],
	}
}

covered contains index if {
	some place in data.lib.cluster.of("PodDisruptionBudget")
	budget := input[place].contents
	some index in data.lib.cluster.selected_by(budget.spec.selector, data.lib.cluster.namespace_of(budget))
}
