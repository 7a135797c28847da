# METADATA
# scope: package
# title: Autoscaler that goes down to one
# description: At the quiet hour one pod is left, and its node or its update takes the service with it.
# related_resources:
#   - https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
# custom:
#   id: kubernetes/autoscaler-minimum
#   severity: low
#   remediation: Keep at least 2 replicas of what must answer.
#   profiles:
#     - strict
#   equivalents:
#     - kube-linter:hpa-minimum-three-replicas
package kubernetes.autoscaler_minimum

import rego.v1

deny contains result if {
	input.kind == "HorizontalPodAutoscaler"
	is_object(input.spec)
	object.get(input.spec, "minReplicas", 1) in {0, 1, null}
	result := {
		"msg": sprintf("%s goes down to a single pod", [data.lib.kubernetes.name]),
		"path": ["spec", "minReplicas"],
	}
}
