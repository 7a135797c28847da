# METADATA
# scope: package
# title: Disruption budget above the replicas
# description: As many pods must stay as there are, so none may be taken away and no node can be emptied for an upgrade.
# related_resources:
#   - https://kubernetes.io/docs/tasks/run-application/configure-pdb/
# custom:
#   id: kubernetes/disruption-budget-too-tight
#   severity: medium
#   remediation: Ask for fewer pods than there are, or run more.
#   input: documents
#   profiles:
#     - recommended
#     - strict
package kubernetes.disruption_budget_too_tight

import rego.v1

deny contains result if {
	some place in data.lib.cluster.of("PodDisruptionBudget")
	budget := input[place].contents
	least := budget.spec.minAvailable
	is_number(least)
	selector := budget.spec.selector
	is_object(selector)
	count(selector) > 0
	chosen := data.lib.cluster.selected_by(selector, data.lib.cluster.namespace_of(budget))
	# Pods of several workloads count together, and an autoscaler may make more.
	some index in chosen
	count(chosen) == 1
	not data.lib.cluster.is_scaled(index)
	workload := data.lib.cluster.workloads[index]
	workload.item.kind in {"Deployment", "StatefulSet", "Rollout", "ReplicaSet"}
	replicas := object.get(workload.item, ["spec", "replicas"], 1)
	is_number(replicas)
	replicas > 0
	least >= replicas
	result := {
		"msg": sprintf("%s keeps %v pods of the %v of %s", [data.lib.cluster.shown(budget), least, replicas, data.lib.cluster.shown(workload.item)]),
		"path": [place, "contents", "spec", "minAvailable"],
	}
}
