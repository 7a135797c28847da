# METADATA
# scope: package
# title: Disruption budget for no pod
# description: No pod that is delivered with it has these labels, so an upgrade of nodes may take all pods at once.
# related_resources:
#   - https://kubernetes.io/docs/tasks/run-application/configure-pdb/
# custom:
#   id: kubernetes/dangling-disruption-budget
#   severity: medium
#   remediation: Give the selector the labels of the pods it is meant for.
#   input: documents
#   profiles:
#     - recommended
#     - strict
package kubernetes.dangling_disruption_budget

import rego.v1

deny contains result if {
	not data.lib.cluster.is_open
	some place in data.lib.cluster.of("PodDisruptionBudget")
	budget := input[place].contents
	selector := budget.spec.selector
	is_object(selector)
	count(selector) > 0
	namespace := data.lib.cluster.namespace_of(budget)
	data.lib.cluster.has_workloads(namespace)
	count(data.lib.cluster.selected_by(selector, namespace)) == 0
	result := {
		"msg": sprintf("%s selects no pod", [data.lib.cluster.shown(budget)]),
		"path": [place, "contents", "spec", "selector"],
	}
}
