# METADATA
# scope: package
# title: Disruption budget that can never be met
# description: It allows no pod to be taken away, so a node can never be emptied for an upgrade.
# related_resources:
#   - https://kubernetes.io/docs/tasks/run-application/configure-pdb/
# custom:
#   id: kubernetes/disruption-budget-blocks
#   severity: medium
#   remediation: "Allow at least one pod to be away: `maxUnavailable: 1`, or minAvailable below the number of replicas."
#   profiles:
#     - recommended
#     - strict
#   equivalents:
#     - kube-linter:pdb-max-unavailable
#     - kube-linter:pdb-min-available
package kubernetes.disruption_budget_blocks

import rego.v1

deny contains result if {
	input.kind == "PodDisruptionBudget"
	input.spec.maxUnavailable in {0, "0", "0%"}
	result := {
		"msg": sprintf("%s allows no pod to be away", [data.lib.kubernetes.name]),
		"path": ["spec", "maxUnavailable"],
	}
}

deny contains result if {
	input.kind == "PodDisruptionBudget"
	input.spec.minAvailable == "100%"
	result := {
		"msg": sprintf("%s wants every pod to be there", [data.lib.kubernetes.name]),
		"path": ["spec", "minAvailable"],
	}
}
