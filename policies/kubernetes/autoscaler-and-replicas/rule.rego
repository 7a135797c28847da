# METADATA
# scope: package
# title: Replicas that an autoscaler sets
# description: "Every delivery puts the number back to what the manifest says, and the autoscaler changes it again: pods are ended in the middle of the day."
# related_resources:
#   - https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#migrating-deployments-and-statefulsets-to-horizontal-autoscaling
# custom:
#   id: kubernetes/autoscaler-and-replicas
#   severity: low
#   remediation: Remove `replicas` from the workload.
#   input: documents
#   profiles:
#     - recommended
#     - strict
package kubernetes.autoscaler_and_replicas

import rego.v1

deny contains result if {
	some pair in data.lib.cluster.scaled
	scaler := input[pair[0]].contents
	workload := data.lib.cluster.workloads[pair[1]]
	# Zero keeps it off.
	workload.item.spec.replicas > 0
	result := {
		"msg": sprintf("%s sets the replicas that %s changes", [data.lib.cluster.shown(workload.item), data.lib.cluster.shown(scaler)]),
		"path": [workload.place, "contents", "spec", "replicas"],
	}
}
