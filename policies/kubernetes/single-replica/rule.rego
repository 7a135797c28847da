# METADATA
# scope: package
# title: One pod alone
# description: When it or its node goes away, for an update or by accident, the service is not there.
# related_resources:
#   - https://kubernetes.io/docs/concepts/workloads/pods/disruptions/
# custom:
#   id: kubernetes/single-replica
#   severity: low
#   remediation: Run at least two replicas of what must answer.
#   input: documents
#   profiles:
#     - strict
#   equivalents:
#     - kube-linter:minimum-three-replicas
package kubernetes.single_replica

import rego.v1

deny contains result if {
	some index, workload in data.lib.cluster.workloads
	workload.item.kind in {"Deployment", "Rollout"}
	replicas := object.get(workload.item, ["spec", "replicas"], 1)
	replicas in {1, null}
	not data.lib.cluster.is_scaled(index)
	result := {
		"msg": sprintf("%s runs a single pod", [data.lib.cluster.shown(workload.item)]),
		"path": [workload.place, "contents", "spec", "replicas"],
	}
}
